// An unknown table: its first rows, what the columns seem to hold, and what comes of it as the user tells it.
import type { ImportPlan, Mapping, PlannedFile, PlannedRow, Preview, Problem } from "../bindings";
import { cny } from "./rows";

const names = ["交易日", "摘要说明", "收支标记", "发生数", "结余", "流水", ""];
const told = [["早餐店", "支"], ["江城地铁", "支"], ["工资", "收"], ["街角咖啡", "支"], ["渔阳小馆", "支"], ["利息", "收"]] as const;

const cells = (n: number): string[] => {
  const [text, way] = told[n % told.length] ?? told[0];
  const day = `${String(3 + (n % 9)).padStart(2, "0")}/${String(1 + (n % 11)).padStart(2, "0")}/2026`;
  return [day, text, way, n === 7 ? "十二元" : ((37 * n) % 90 + 1.5).toFixed(2), (3200 - n * 11).toFixed(2), `DX${20_260_000 + n}`, ""];
};

const why = ["name", "name", "words", "name", "amounts", "name", "nothing"] as const;
const fields = ["time", "item", "direction", "amount", "balance", "order-no", null] as const;

export function previewOf(): Preview {
  const mapping: Mapping = {
    name: "", provider: "", card: false, header: true, columns: [], dates: null, sign: "words",
    directions: [{ word: "支", direction: "out" }, { word: "收", direction: "in" }], decimal: null, currency: "CNY", offset_minutes: 480,
  };
  const columns = names.map((column, n) => ({ column, field: fields[n] ?? null, why: why[n] ?? "nothing" }));
  mapping.columns = columns.flatMap(({ column, field }) => (field ? [{ column, field }] : []));
  return {
    what: { zh: "文本，GB18030", en: "text, GB18030" }, header: 4, columns, mapping, either_way: true, sign_told: true,
    rows: [{ row: 4, cells: names }, ...Array.from({ length: 30 }, (_, n) => ({ row: 5 + n, cells: cells(n) }))],
  };
}

/** The rows of the table, as a mapping reads them; one cannot be read. */
export function tableRows(mapping: Mapping): PlannedRow[] {
  const all = Array.from({ length: 480 }, (_, n): PlannedRow | null => {
    const row = cells(n);
    if (n === 7) return null;
    const [first, second] = (row[0] ?? "").split("/");
    const [month, day] = mapping.dates === "mdy" ? [first, second] : [second, first];
    const word = mapping.directions.find((one) => one.word === row[2]);
    const party = mapping.columns.some((one) => one.field === "item" || one.field === "counterparty") ? (row[1] ?? "") : "";
    return {
      file: 0, index: n, fate: "new", before: null,
      transaction: {
        id: 0, key: `table:${n}`, provider: mapping.provider, statement: "mapped-table", at: `2026-${month}-${day}T00:00:00+08:00`, direction: word?.direction ?? "neutral",
        kind: word?.direction === "in" ? "income" : "purchase", amount: cny(Number(row[3])), fee: null, refunded: cny(0), balance: null, counterparty: party, counterparty_account: "", item: party,
        method: "", category: "", status: "", order_no: row[5] ?? "", merchant_order_no: "", memo: "", marks: ["date-only"], refund_of: null, linked: [], note: "", source: null,
      },
    };
  });
  return all.filter((row) => row !== null);
}

export function tablePlan(id: number, file: string, mapping: Mapping): ImportPlan {
  if (mapping.dates === null) return { id, files: [], refused: [{ file, place: 0, error: { code: "ambiguous-dates", detail: "Day or month first?", zh: "先日后月，还是先月后日？" } }], passed_over: [] };
  const rows = tableRows(mapping);
  const sum = (way: string) => cny(rows.filter((r) => r.transaction.direction === way).reduce((all, r) => all + Number(r.transaction.amount.amount), 0));
  const days = rows.map((r) => r.transaction.at).sort();
  const planned: PlannedFile = {
    file, sha256: "51de".repeat(16), statement: "mapped-table", experimental: true, provider: mapping.provider, account: "", from: days[0] ?? null, to: days.at(-1) ?? null, read: rows.length,
    stated: { count: null, income: null, expense: null, neutral: null }, income: sum("in"), expense: sum("out"), neutral: sum("neutral"),
    counts: { new: rows.length, known: 0, changed: 0, unsure: 0, unreadable: 1 }, problems: [{ row: 12, column: "发生数", reason: "bad-amount" }], already: null,
  };
  return { id, files: [planned], refused: [], passed_over: [] };
}

/** A line of the table as it stands. */
export const tableLine = (row: number): string[] | null => (row === 0 ? names : row >= 5 && row < 485 ? cells(row - 5) : null);

/** As many problems as a badly damaged file has. */
export const manyProblems = (count: number): Problem[] =>
  Array.from({ length: count }, (_, n) => ({ row: 26 + n * 3, column: n % 3 === 0 ? "交易时间" : "金额", reason: n % 3 === 0 ? "bad-time" : n % 7 === 0 ? "too-few-cells" : "bad-amount" }));
