// What the user says of one unknown table, and how much of it can be read that way.
import { app, asError } from "../../lib/app.svelte";
import type { Code, DateOrder, Decimal, DirectionWord, ImportPlan, Mapping, PlannedRow, Preview, SavedMapping, SignMeaning } from "../../lib/bindings";
import { choose, columnsOf, guessed, missing, signOf, wordsOf, zoneMinutes, zoneText, type OfferedField } from "../../lib/columns";

/** The whole file read as told; nothing of it is stored. */
type Trial = { plan: ImportPlan; rows: PlannedRow[] };

export class TableMapping {
  preview = $state.raw<Preview | null>(null);
  /** Why there is nothing to see. */
  refused = $state.raw<Code | null>(null);
  fields = $state.raw<(OfferedField | null)[]>([]);
  words = $state.raw<DirectionWord[]>([]);
  minus = $state<SignMeaning>("minus-out");
  dates = $state<DateOrder | null>(null);
  decimal = $state<Decimal | null>(null);
  currency = $state("CNY");
  zone = $state("+08:00");
  card = $state(false);
  byNumber = $state(false);
  provider = $state("");
  name = $state("");
  trial = $state.raw<Trial | null>(null);
  trying = $state(false);
  /** Why the last trial read nothing. */
  problem = $state.raw<Code | null>(null);
  /** The saved mapping that was taken over. */
  #base = $state<number | null>(null);
  #era = 0;

  readonly sign = $derived(signOf(this.fields, this.minus));
  readonly missing = $derived(missing(this.fields, this.sign, this.words));
  readonly minutes = $derived(zoneMinutes(this.zone));
  readonly currencyFits = $derived(/^[A-Za-z]{3}$/.test(this.currency.trim()));
  readonly complete = $derived(this.missing === null && this.minutes !== null && this.currencyFits);
  readonly unnamed = $derived(this.preview?.columns.some((column) => column.column === "") ?? false);
  /** All that decides how the table is read. */
  readonly mapping = $derived.by((): Mapping => ({
    // Both are asked for at the end; the rows are the same under any name.
    name: this.file.slice(0, 60) || "-", provider: this.file.slice(0, 60) || "-", card: this.card, header: this.preview?.header !== null && !this.byNumber,
    columns: columnsOf(this.preview?.columns ?? [], this.fields, this.byNumber || this.preview?.header === null), dates: this.dates, sign: this.sign,
    directions: this.sign === "words" ? this.words : [], decimal: this.decimal, currency: this.currency.trim().toUpperCase(), offset_minutes: this.minutes ?? 480,
  }));

  constructor(readonly token: string, readonly code: string | null, readonly file: string) {
    this.name = file.replace(/\.[A-Za-z0-9]{1,5}$/, "").slice(0, 60);
    void this.#look();
  }

  async #look(): Promise<void> {
    try {
      const preview = await app.backend.tablePreview(this.token, this.code);
      this.fields = guessed(preview.columns);
      this.words = preview.mapping.directions;
      this.minus = preview.mapping.sign;
      this.decimal = preview.mapping.decimal;
      this.preview = preview;
    } catch (error) {
      this.refused = asError(error).code;
    }
  }

  put(place: number, field: OfferedField | null): void {
    this.fields = choose(this.fields, place, field);
    if (field === "direction" && this.preview) this.words = wordsOf(this.preview, place, this.words);
  }
  mean(word: string, direction: DirectionWord["direction"]): void {
    this.words = this.words.map((one) => (one.word === word ? { word, direction } : one));
  }

  /** Takes over what a saved mapping says of columns that this table has too; saving under its name replaces it. */
  apply({ id, mapping: saved }: SavedMapping): void {
    this.#base = id;
    const columns = this.preview?.columns ?? [];
    this.byNumber = !saved.header && this.preview?.header !== null;
    const name = (place: number) => (saved.header ? (columns[place]?.column ?? "") : String(place + 1));
    const told = columns.map((column, place) => ({ ...column, field: saved.columns.find((one) => one.column === name(place))?.field ?? null, column: name(place) }));
    this.fields = guessed(told);
    this.words = saved.directions;
    this.minus = saved.sign;
    this.dates = saved.dates;
    this.decimal = saved.decimal;
    this.currency = saved.currency;
    this.zone = zoneText(saved.offset_minutes);
    this.card = saved.card;
    this.provider = app.providerName(saved.provider);
    this.name = saved.name;
  }

  /** Reads the whole file as told, to show what comes of it; a later trial makes this one void. */
  async try(): Promise<void> {
    const era = ++this.#era;
    await this.#forget();
    this.problem = null;
    if (!this.complete) return void (this.trying = false);
    this.trying = true;
    try {
      const plan = await app.backend.importPlan([this.token], this.code, this.mapping);
      const rows = plan.files.length > 0 ? await app.backend.importRows(plan.id, null, 0, 5) : [];
      if (era !== this.#era) return void (await app.backend.importDiscard(plan.id).catch(() => undefined));
      this.trial = { plan, rows };
      this.problem = plan.refused[0]?.error.code ?? null;
    } catch (error) {
      if (era === this.#era) this.problem = asError(error).code;
    }
    if (era === this.#era) this.trying = false;
  }

  /** Keeps the mapping under its name; undefined where that failed, which was said. */
  async save(): Promise<Mapping | undefined> {
    const mapping = { ...this.mapping, name: this.name.trim(), provider: this.provider.trim() };
    const known = await app.attempt(() => app.backend.mappings());
    const same = known?.find((one) => one.mapping.name === mapping.name && one.id === this.#base);
    return known && (await app.attempt(() => app.backend.mappingSave(same?.id ?? null, mapping)))?.mapping;
  }

  /** Another mapping than the one taken over has the name. */
  takenFrom(saved: SavedMapping[]): boolean {
    return saved.some((one) => one.mapping.name === this.name.trim() && one.id !== this.#base);
  }

  async leave(): Promise<void> {
    this.#era += 1;
    await this.#forget();
  }
  async #forget(): Promise<void> {
    const plan = this.trial?.plan;
    this.trial = null;
    if (plan && app.inside) await app.backend.importDiscard(plan.id).catch(() => undefined);
  }
}
