// The course of one import: read, ask for a code where there is one, show the plan, execute that plan.
import { app, asError } from "../../lib/app.svelte";
import type { Progress } from "../../lib/backend";
import type { Code, Import, ImportPlan, Mapping, PlannedRow, RowChoice, Turned } from "../../lib/bindings";
import { count } from "../../lib/format";
import { TableMapping } from "./mapping.svelte";

type Stage = "idle" | "working" | "code" | "plan" | "map" | "result";
const needsCode = (code: Code | undefined) => code === "needs-code" || code === "wrong-code";

/** Whether a file was read by a mapping of the user: such readings are experimental. */
export const isMapped = (statement: string) => statement === "mapped-table";

export class Importing {
  stage = $state<Stage>("idle");
  progress = $state.raw<Progress>({ stage: "reading", done: 0, total: 0 });
  plan = $state.raw<ImportPlan | null>(null);
  /** The code given did not open the archive. */
  wrongCode = $state(false);
  result = $state.raw<Import[]>([]);
  flags = $state(0);
  /** What the import did to the flags, once that is known. */
  turned = $state.raw<Turned | null>(null);
  #choices = $state.raw(new Map<string, RowChoice>());
  /** The table whose columns are being told. */
  table = $state.raw<TableMapping | null>(null);
  /** The page is gone: what ends now is said in a notice. */
  left = false;
  #tokens: string[] = [];
  #code: string | null = null;

  readonly counts = $derived.by(() => {
    const sum = { new: 0, known: 0, changed: 0, unsure: 0, unreadable: 0 };
    for (const file of this.plan?.files ?? []) for (const fate of Object.keys(sum) as (keyof typeof sum)[]) sum[fate] += file.counts[fate];
    return sum;
  });
  /** How many rows will be added, the user's choices counted. */
  readonly adding = $derived.by(() => {
    return this.counts.new + this.counts.unsure - [...this.#choices.values()].filter((choice) => !choice.take).length;
  });

  async read(tokens: string[], code: string | null = null, mapping: Mapping | null = null): Promise<void> {
    await this.discard();
    this.#tokens = tokens;
    this.#code = code;
    this.progress = { stage: "reading", done: 0, total: 0 };
    this.stage = "working";
    try {
      const plan = await app.backend.importPlan(tokens, code, mapping);
      this.plan = plan;
      this.#choices = new Map();
      const locked = plan.refused.some((file) => needsCode(file.error.code));
      this.wrongCode = plan.refused.some((file) => file.error.code === "wrong-code");
      this.stage = locked && plan.files.length === 0 ? "code" : "plan";
    } catch (error) {
      const { code: kind } = asError(error);
      if (needsCode(kind)) {
        this.wrongCode = kind === "wrong-code";
        this.stage = "code";
        return;
      }
      this.stage = "idle";
      await app.attempt(() => Promise.reject(error as Error));
    }
  }
  again = (code: string): Promise<void> => this.read(this.#tokens, code);

  /** Goes to telling the columns of a refused file; the plan waits. */
  map(place: number): void {
    const token = this.#tokens[place];
    const file = this.plan?.refused.find((one) => one.place === place)?.file ?? "";
    if (token === undefined) return;
    this.table = new TableMapping(token, this.#code, file);
    this.stage = "map";
  }
  /** Back to the plan as it was. */
  async leaveMap(): Promise<void> {
    await this.table?.leave();
    this.table = null;
    this.stage = this.plan ? "plan" : "idle";
  }
  /** The mapping is saved: files whose columns have names are known by it now, one without a header is read by it. */
  async mapped(mapping: Mapping): Promise<void> {
    const token = this.table?.token;
    await this.table?.leave();
    this.table = null;
    if (mapping.header || token === undefined) await this.read(this.#tokens, this.#code);
    else await this.read([token], this.#code, mapping);
  }

  taken(row: PlannedRow): boolean {
    return this.#choices.get(`${row.file} ${row.index}`)?.take ?? true;
  }
  choose(row: PlannedRow, take: boolean): void {
    this.#choices = new Map(this.#choices).set(`${row.file} ${row.index}`, { file: row.file, index: row.index, take });
  }

  async execute(): Promise<void> {
    const plan = this.plan;
    if (!plan) return;
    this.progress = { stage: "saving", done: 0, total: 0 };
    this.stage = "working";
    const choices = [...this.#choices.values()];
    const result = await app.attempt(() => app.backend.importExecute(plan.id, choices));
    if (!result) {
      // A cancelled or failed execution leaves nothing behind, nor the plan: it is read anew.
      this.plan = null;
      if (app.inside && !this.left) await this.read(this.#tokens);
      return;
    }
    this.plan = null;
    this.result = result;
    if (this.left) app.notice(app.words.imports.result.behind(count(result.reduce((sum, batch) => sum + batch.added, 0), app.lang)), { tone: "good", undo: true });
    this.stage = "result";
    await app.relook();
    // Flags are looked for while the result is shown already.
    const turned = await app.counting;
    this.flags = app.counts.flags;
    this.turned = turned;
    if (turned) app.turns = new Map([...app.turns, ...result.map((batch) => [batch.id, turned] as const)]);
  }

  async undo(): Promise<void> {
    for (const batch of this.result) if (!(await app.change(() => app.backend.trash({ kind: "import", id: batch.id })))) return;
    app.notice(app.words.imports.result.undone, { undo: true });
    this.stage = "idle";
  }

  /** Forgets the plan on both sides. */
  async discard(): Promise<void> {
    const plan = this.plan;
    this.plan = null;
    this.stage = "idle";
    if (plan && app.inside) await app.backend.importDiscard(plan.id).catch(() => undefined);
  }
}
