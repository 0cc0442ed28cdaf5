// What the ledger is asked for: search, filters, the count and sums of what was found, and the rows as scrolled to.
import { app } from "../../lib/app.svelte";
import type { Direction, Kind, Line, Page, Query } from "../../lib/bindings";
import { dayField } from "../../lib/format";
import { Stretches } from "../../lib/pages.svelte";

const stretch = 200;

export class Asking {
  search = $state("");
  provider = $state("");
  direction = $state<Direction | "">("");
  kind = $state<Kind | "">("");
  from = $state("");
  to = $state("");
  flagged = $state(false);
  found = $state.raw<Omit<Page, "lines"> | null>(null);
  readonly filtered = $derived(
    this.search !== "" || this.provider !== "" || this.direction !== "" || this.kind !== "" || this.from !== "" || this.to !== "" || this.flagged,
  );
  #turn = 0;
  readonly lines = new Stretches<Line>(async (offset, limit) => (await app.backend.list(this.query(offset, limit))).lines, stretch);

  query(offset: number, limit: number): Query {
    return {
      search: this.search.trim(), provider: this.provider || null, from: dayField(this.from), to: dayField(this.to), direction: this.direction || null,
      kind: this.kind || null, flagged: this.flagged, offset, limit,
    };
  }

  /** Asks anew; an answer that comes after a newer question is thrown away, and the old rows stay until then. */
  async ask(): Promise<void> {
    const turn = ++this.#turn;
    const page = await app.attempt(() => app.backend.list(this.query(0, stretch)));
    if (!page || turn !== this.#turn) return;
    this.lines.clear();
    this.lines.seed(page.lines);
    this.found = { total: page.total, spent: page.spent, received: page.received };
  }

  clear(): void {
    this.search = this.provider = this.direction = this.kind = this.from = this.to = "";
    this.flagged = false;
  }
}
