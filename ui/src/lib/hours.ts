// Opening hours of the directory in words.
import type { Span } from "./bindings";

/** The words hours are told with: Monday first. */
export type HourWords = { allDay: string; everyDay: string; weekdays: string; dayNames: string[]; dayRange: (from: string, to: string) => string; between: string };

function days(mask: string, w: HourWords): string {
  if (mask === "xxxxxxx") return w.everyDay;
  if (mask === "xxxxx--") return w.weekdays;
  const open = [...mask].flatMap((letter, i) => (letter === "x" ? [i] : []));
  const [first, last] = [open[0], open.at(-1)];
  const name = (i: number | undefined) => w.dayNames[i ?? 0] ?? "";
  if (open.length > 2 && first !== undefined && last !== undefined && last - first === open.length - 1) return w.dayRange(name(first), name(last));
  return open.map(name).join(w.between);
}

/** `周一至周五 08:30–11:30、14:00–17:30`; spans of the same days stand together. */
export function hoursText(spans: Span[], w: HourWords): string {
  if (spans.length === 1 && spans[0]?.days === "xxxxxxx" && spans[0].from === "00:00" && spans[0].to === "24:00") return w.allDay;
  const masks = [...new Set(spans.map((span) => span.days))];
  return masks
    .map((mask) => `${days(mask, w)} ${spans.filter((s) => s.days === mask).map((s) => `${s.from}–${s.to}`).join(w.between)}`)
    .join(" · ");
}
