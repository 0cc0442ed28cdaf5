// What a user may say of the columns of an unknown table, and what follows from it for the mapping.
import type { ColumnField, ColumnGuess, DateOrder, DirectionWord, Mapping, Preview, SignMeaning } from "./bindings";

/** The fields offered above a column, in the order of the list. */
export const offered = [
  "time", "time-of-day", "amount", "amount-out", "amount-in", "direction", "counterparty", "item", "balance", "fee", "refunded",
  "currency", "method", "category", "status", "order-no", "merchant-order-no", "counterparty-account", "memo", "zone",
] as const satisfies ColumnField[];
export type OfferedField = (typeof offered)[number];
export type Missing = "time" | "amount" | "words";

const isOffered = (field: ColumnField | null): field is OfferedField => offered.some((one) => one === field);
export const guessed = (columns: ColumnGuess[]): (OfferedField | null)[] =>
  columns.map(({ column, field }) => (column !== "" && isOffered(field) ? field : null));

/** The fields with one more chosen: a field stands above one column only, and an amount in one way only. */
export function choose(fields: (OfferedField | null)[], place: number, field: OfferedField | null): (OfferedField | null)[] {
  const halves = field === "amount-out" || field === "amount-in";
  return fields.map((old, index) => {
    if (index === place) return field;
    if (old !== null && old === field) return null;
    if (halves && old === "amount") return null;
    if (field === "amount" && (old === "amount-out" || old === "amount-in")) return null;
    return old;
  });
}

/** What tells the direction, by the columns chosen; where only a sign does, the user's `minus`. */
export function signOf(fields: (OfferedField | null)[], minus: SignMeaning): SignMeaning {
  if (fields.includes("amount-out") || fields.includes("amount-in")) return "two-columns";
  if (fields.includes("direction")) return "words";
  return minus === "minus-in" ? "minus-in" : "minus-out";
}

/** What is still to be said before the table can be read. */
export function missing(fields: (OfferedField | null)[], sign: SignMeaning, words: DirectionWord[]): Missing | null {
  if (!fields.includes("time")) return "time";
  const amount = sign === "two-columns" ? fields.includes("amount-out") && fields.includes("amount-in") : fields.includes("amount");
  if (!amount) return "amount";
  if (sign === "words" && !words.some((word) => word.direction !== "neutral")) return "words";
  return null;
}

/** The different words of a column in the rows shown; what is known of them stays. */
export function wordsOf(preview: Preview, place: number, known: DirectionWord[]): DirectionWord[] {
  const below = preview.rows.filter((row) => row.row !== preview.header).map((row) => row.cells[place]?.trim() ?? "");
  const words = new Set([...(preview.columns[place]?.field === "direction" ? preview.mapping.directions.map((one) => one.word) : []), ...below]);
  words.delete("");
  return [...words].slice(0, 12).map((word) => known.find((one) => one.word === word) ?? { word, direction: "neutral" });
}

const numbers = /^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ]\s*(\d{2,4})(?!\d)/;
/** The day that a cell such as `12/03/2026` is in one order, as `2026-03-12`; null where it is none. */
export function dayIn(cell: string, order: DateOrder): string | null {
  const found = numbers.exec(cell);
  if (!found) return null;
  const [first, second, last] = found.slice(1, 4).map(Number) as [number, number, number];
  // Only a year of two digits may stand first here.
  if (order === "ymd" && (last > 31 || !/^\s*\d+[-/]\d+[-/]/.test(cell))) return null;
  const [written, month, day] = order === "ymd" ? [first, second, last] : order === "dmy" ? [last, second, first] : [last, first, second];
  const year = written < 100 ? written + 2000 : written;
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The cell of the column that shows best what an order means: one that reads either way. */
export function dateExample(cells: string[]): string | null {
  const all = cells.filter((cell) => numbers.test(cell));
  const either = all.find((cell) => {
    const [dmy, mdy] = [dayIn(cell, "dmy"), dayIn(cell, "mdy")];
    return dmy !== null && mdy !== null && dmy !== mdy;
  });
  return either ?? all[0] ?? null;
}

/** Minutes east of Greenwich from `+08:00`, `8`, `-3:30`; null where it is none. */
export function zoneMinutes(text: string): number | null {
  const found = /^\s*([+\-−]?)(\d{1,2})(?::?([0-5]\d))?\s*$/.exec(text.normalize("NFKC"));
  if (!found) return null;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  const east = found[1] === "-" || found[1] === "−" ? -minutes : minutes;
  return east >= -720 && east <= 840 ? east : null;
}
export function zoneText(minutes: number): string {
  const [h, m] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`;
}

/** The columns of a mapping by what stands above them; without a header they are named by their numbers. */
export const columnsOf = (columns: ColumnGuess[], fields: (OfferedField | null)[], byNumber: boolean): Mapping["columns"] =>
  fields.flatMap((field, place) => {
    const column = byNumber ? String(place + 1) : (columns[place]?.column ?? "");
    return field && column ? [{ field, column }] : [];
  });
