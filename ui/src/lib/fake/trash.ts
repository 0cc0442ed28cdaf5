// What the fake holds in its trash, as the core lists it.
import type { Attachment, Case, Hold, Import, Owner, Text, Thing, Transaction, Trashed } from "../bindings";
import { lineOf } from "./cases";

/** A thing thrown away, and when. */
export type Gone = { thing: Thing; since: string };
type Facts = { rows: Transaction[]; imports: Import[]; cases: Case[]; attachments: (Attachment & { owner: Owner })[]; gone: Gone[] };

const same = (text: string): Text => ({ zh: text, en: text });
const is = (a: Thing, kind: Thing["kind"], id: number) => a.kind === kind && a.id === id;

export function isGone(facts: Facts, kind: Thing["kind"], id: number): boolean {
  return facts.gone.some(({ thing }) => is(thing, kind, id));
}

export function trashedOf(facts: Facts, today: string): Trashed[] {
  const gone = (kind: Thing["kind"], id: number) => isGone(facts, kind, id);
  const all = facts.gone.flatMap(({ thing, since }): Trashed[] => {
    const one = { thing, since, at: since, held: null as Hold | null, amount: null, rows: null, size: null, happening: null };
    switch (thing.kind) {
      case "transaction": {
        const row = facts.rows.find((r) => r.id === thing.id);
        const held = facts.cases.some((c) => c.transactions.includes(thing.id)) ? "case" : null;
        return row ? [{ ...one, label: same(row.counterparty), at: row.at, amount: row.amount, held }] : [];
      }
      case "import": {
        const batch = facts.imports.find((i) => i.id === thing.id);
        return batch ? [{ ...one, label: same(batch.file), at: batch.at, rows: batch.read, held: "evidence" }] : [];
      }
      case "case": {
        const found = facts.cases.find((c) => c.id === thing.id);
        return found ? [{ ...one, label: lineOf(found, facts.rows, today).title, at: found.opened_at }] : [];
      }
      case "event": {
        const owner = facts.cases.find((c) => c.events.some((e) => e.id === thing.id));
        const event = owner?.events.find((e) => e.id === thing.id);
        if (!owner || !event || gone("case", owner.id)) return [];
        return [{ ...one, label: lineOf(owner, facts.rows, today).title, at: event.at, happening: event.happening }];
      }
      case "attachment": {
        const file = facts.attachments.find((a) => a.id === thing.id);
        return file && !gone(file.owner.kind, file.owner.id) ? [{ ...one, label: same(file.name), at: file.at, size: file.size }] : [];
      }
    }
  });
  return all.sort((a, b) => b.since.localeCompare(a.since));
}

/** The facts without a thing, for good. */
export function withoutThing<F extends Facts>(facts: F, thing: Thing): F {
  const keep = <T extends { id: number }>(list: T[], kind: Thing["kind"]) => list.filter((one) => !is(thing, kind, one.id));
  return {
    ...facts, rows: keep(facts.rows, "transaction"), attachments: keep(facts.attachments, "attachment"),
    cases: keep(facts.cases, "case").map((c) => ({ ...c, events: keep(c.events, "event") })),
    gone: facts.gone.filter((one) => !is(one.thing, thing.kind, thing.id)),
  };
}
