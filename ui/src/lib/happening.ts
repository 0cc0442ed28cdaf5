// What an event of a case says, in the words of the window.
import type { Attachment, CallPlan, Event, Lang, Provider, Step } from "./bindings";
import { duration, money } from "./format";
import { longDay } from "./due";
import type { Words } from "./words/zh";

/** What the words of an event are looked up in. */
export type Around = {
  words: Words;
  lang: Lang;
  providers: Provider[];
  steps: Step[];
  attachments: Attachment[];
  events: Event[];
  plan: CallPlan;
};

/** One event: a headline, and the labelled details under it. */
export type Told = { headline: string; details: { label: string; text: string; copy?: boolean }[] };

export function tell(event: Event, around: Around): Told {
  const { words, lang } = around;
  const w = words.cases.event;
  const name = (id: string) => {
    const provider = around.providers.find((p) => p.id === id);
    return provider ? provider.name[lang] : id;
  };
  const number = (id: string, line: string) =>
    around.providers.find((p) => p.id === id)?.hotlines.find((h) => h.id === line)?.number
    ?? around.plan.call.find((l) => l.provider === id && l.line === line)?.number ?? "";
  const step = (id: string) => around.steps.find((s) => s.id === id)?.title[lang] ?? id;
  const promiseOf = (id: number): string => {
    const holder = around.events.find((e) => e.id === id)?.happening;
    return holder && "promise" in holder ? (holder.promise?.what ?? "") : "";
  };
  const happening = event.happening;
  const details: Told["details"] = [];
  const add = (label: string, text: string, copy = false) => {
    if (text.trim() !== "") details.push(copy ? { label, text, copy } : { label, text });
  };
  switch (happening.what) {
    case "called":
      if (happening.seconds > 0) add(w.lastedLabel, duration(happening.seconds));
      add(w.agent, happening.agent);
      add(w.ticket, happening.ticket, true);
      add(w.said, happening.said);
      if (happening.promise) add(w.promised, `${happening.promise.what} · ${w.by(longDay(happening.promise.due, lang))}`);
      return { headline: w.called(name(happening.provider), number(happening.provider, happening.line)), details };
    case "noted":
      add(w.noted, happening.text);
      return { headline: w.noted, details };
    case "stepped":
      return { headline: happening.done ? w.stepDone(step(happening.step)) : w.stepUndone(step(happening.step)), details };
    case "attached": {
      const file = around.attachments.find((a) => a.id === happening.attachment)?.name;
      return { headline: w.attached(happening.label || file || ""), details };
    }
    case "sent":
      return { headline: w.sent(name(happening.to), happening.how), details };
    case "answered":
      add(w.said, happening.text);
      if (happening.promise) add(w.promised, `${happening.promise.what} · ${w.by(longDay(happening.promise.due, lang))}`);
      return { headline: w.answered(name(happening.from)), details };
    case "promise-resolved":
      return { headline: (happening.kept ? w.promiseKept : w.promiseBroken)(promiseOf(happening.event)), details };
    case "closed":
      if (happening.recovered) add(w.back, money(happening.recovered, lang));
      return { headline: w.closed(words.general.outcome[happening.outcome]), details };
    case "reopened":
      return { headline: w.reopened, details };
    case "retold":
      return { headline: w.retold(words.cases.says[happening.trouble]), details };
  }
}
