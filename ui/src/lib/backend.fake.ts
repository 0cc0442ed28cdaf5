// The same shape as backend.ts, in memory: for tests and for `vite` in a plain browser. It behaves: what is said
// of a flag, noted, imported or undone changes what is shown.
import type { Backend, BackendError, ShellEvents } from "./backend";
import type {
  Attachment, Caller, CallReminder, Case, Code, Edition, Fate, FlagView, Import, ImportPlan, Lang, Line, LinkCount, Mapping, MessageReading, NewNote, Owner, OwnNumber, PackReading, PlannedRow, Query, SavedMapping, Settings, Status, Text,
  Transaction,
} from "./bindings";
import { deadlinesOf, inventedCase, lineOf, statusOf, viewOf } from "./fake/cases";
import { inventedFlags, type Invented } from "./fake/flags";
import { planOf, rowsOf } from "./fake/plan";
import { rights, wanted } from "./fake/callers";
import { checkNumber, planFor, providerOf, providers } from "./fake/providers";
import { chartOf, choices, effectOf, lessonsOf, nextOf, shows, type Said } from "./fake/learning";
import { linksOf } from "./fake/links";
import { manyProblems, previewOf, tableLine, tablePlan, tableRows } from "./fake/table";
import { cny, inventedRows, sourceOf } from "./fake/rows";
import { isGone, trashedOf, withoutThing, type Gone } from "./fake/trash";
import { today } from "./format";

type Facts = {
  rows: Transaction[]; imports: Import[]; cases: Case[]; verdicts: Said[]; attachments: (Attachment & { owner: Owner })[];
  gone: Gone[]; mappings: SavedMapping[]; settings: Settings; backup_at: string | null; next: number;
};
type Past = { facts: Facts; what: Text };
export type FakeOptions = {
  door?: Status["door"];
  /** The vault holds the invented ledger; false: an empty one. */
  filled?: boolean;
  /** How many rows the ledger holds at least: for the look of a long table. */
  rows?: number;
  settings?: Partial<Settings>;
  /** Milliseconds every command takes. */
  slow?: number;
  /** The first plan asks for the code of a ZIP. */
  zip?: boolean;
  /** The file chosen is a table that no format knows. */
  table?: boolean;
  /** How many problems the first import has. */
  problems?: number;
};

const billHeader = ["交易时间", "交易对方", "商品说明", "收/支", "金额", "收/付款方式", "交易状态", "交易订单号"];
const text = (zh: string, en: string): Text => ({ zh, en });
const fail = (code: Code, detail = "", zh = ""): never => {
  throw { code, detail, zh } satisfies BackendError;
};
const two = (n: number) => String(n).padStart(2, "0");
function daysFromNow(days: number): string {
  const date = new Date();
  return today(new Date(date.getFullYear(), date.getMonth(), date.getDate() + days));
}
function now(): string {
  const d = new Date();
  return `${today(d)}T${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}+08:00`;
}

function emptyFacts(settings: Partial<Settings>): Facts {
  return {
    rows: [], imports: [], cases: [], verdicts: [], attachments: [], gone: [], mappings: [], backup_at: null, next: 10_000,
    settings: { lang: null, theme: "system", lock_after: 10, large: false, veil: false, name: "", phone: "", flags: { all: "normal", kinds: {} }, ...settings },
  };
}

function filledFacts(settings: Partial<Settings>, atLeast: number): Facts {
  const facts = emptyFacts(settings);
  const rows = inventedRows();
  const pattern = rows.slice(-40);
  for (let n = 0; rows.length < atLeast; n++) {
    const like = pattern[n % pattern.length];
    if (!like) break;
    const date = new Date(Date.UTC(2026, 4, 30) - n * 3_600_000).toISOString().slice(0, 19);
    rows.push({ ...like, id: 20_000 + n, key: `old:${n}`, at: `${date}+08:00`, refund_of: null });
  }
  const batch = (id: number, provider: string): Import => {
    const own = rows.filter((r) => r.source?.import === id);
    const source = own[0] ? sourceOf(own[0]) : null;
    return {
      id, provider, account: "", size: 128_000, file: source?.file ?? "", sha256: source?.sha256 ?? "", statement: own[0]?.statement ?? "", at: "2026-11-21T09:30:00+08:00",
      stated: own.length, read: own.length, added: own.length, known: 0, problems: [],
    };
  };
  return { ...facts, rows, imports: [batch(1, "alipay"), batch(2, "wechat-pay")], cases: [inventedCase(rows, daysFromNow)] };
}

/** The fake as the address asks for it: `?door=none&rows=100000&lang=en&theme=dark&large&veil`. */
export function fakeFromAddress(search: string): Backend {
  const asked = new URLSearchParams(search);
  const door = asked.get("door");
  const settings: Partial<Settings> = { large: asked.has("large"), veil: asked.has("veil"), theme: asked.get("theme") ?? "system" };
  const lang = asked.get("lang");
  if (lang === "zh" || lang === "en") settings.lang = lang;
  return createFake({
    door: door === "none" || door === "locked" || door === "demo" ? door : "open", filled: !asked.has("empty"),
    rows: Number(asked.get("rows") ?? 0), slow: Number(asked.get("slow") ?? 20), zip: asked.has("zip"), table: asked.has("table"),
    problems: Number(asked.get("problems") ?? 0), settings,
  });
}

const shippedEdition: Edition = { version: 2026112201, issued: "2026-11-22", built_in: true, providers: providers.length };
/** The token says how the pack turns out: "bad" is refused. */
function packReading(token: string, installed: boolean): PackReading {
  if (token.includes("bad")) {
    const reason = text("签名与内容不符：文件在签名之后被改过，或已损坏。现在的目录没有变。", "The signature does not fit the content: it was changed after signing, or is damaged. The directory in use is unchanged.");
    return { edition: null, refused: "tampered", reason, differences: [], installed: false };
  }
  const newer: Edition = { version: 2027010201, issued: "2027-01-02", built_in: false, providers: providers.length };
  return { edition: newer, refused: null, reason: null, differences: [{ provider: "jd-pay", name: text("京东支付", "JD Pay"), before: ["95118"], after: ["95118", "950618"] }], installed };
}

export function createFake(options: FakeOptions = {}): Backend {
  let door = options.door ?? "open";
  let passphrase = "correct horse";
  let recovery = "K7QM-2RTX-9WPD-HC4V-6NBJ-3YFG";
  let keychain = false;
  let facts = options.filled === false || door === "none" ? emptyFacts(options.settings ?? {}) : filledFacts(options.settings ?? {}, options.rows ?? 0);
  facts.imports = facts.imports.map((one, n) => (n === 0 ? { ...one, problems: manyProblems(options.problems ?? 0) } : one));
  let real: Facts | null = null;
  let doorBefore: Status["door"] = door;
  let past: Past[] = [];
  let future: Past[] = [];
  let plan: ImportPlan | null = null;
  /** What the plan's file is read by, where no format knows it. */
  let by: Mapping | null = null;
  let stopped = false;
  let callers: Caller[] = [];
  let reminders: CallReminder[] = [];
  let own: OwnNumber[] = [];
  let edition = shippedEdition;
  /** The flags that held when it was last told which came and went. */
  let told: string[] = [];
  const tellers: { [E in keyof ShellEvents]: ((payload: ShellEvents[E]) => void)[] } = { progress: [], hover: [], dropped: [], locked: [], looked: [], due: [] };

  const pause = (ms = options.slow ?? 0) => (ms > 0 ? new Promise<void>((done) => setTimeout(done, ms)) : Promise.resolve());
  const status = (): Status => ({
    door, keychain, folder: "~/.local/share/recourse", settings: { ...facts.settings }, undo: past.at(-1)?.what ?? null, redo: future.at(-1)?.what ?? null,
  });
  const inside = () => void (door === "open" || door === "demo" || fail("locked"));
  function change(what: Text, act: () => void): void {
    inside();
    past = [...past.slice(-99), { facts: structuredClone(facts), what }];
    future = [];
    act();
  }
  const rows = () => facts.rows.filter((r) => !isGone(facts, "transaction", r.id) && !(r.source && isGone(facts, "import", r.source.import)));
  const cases = () => facts.cases.filter((c) => !isGone(facts, "case", c.id))
    .map((c) => ({ ...c, events: c.events.filter((e) => !isGone(facts, "event", e.id)) }));
  const flags = (): Invented[] => inventedFlags(rows()).map((one) => ({
    ...one, flag: { ...one.flag, verdict: facts.verdicts.find(([id]) => id === one.flag.id)?.[1] ?? null },
  })).filter(({ flag }) => shows(facts.settings.flags, flag));
  const holding = () => flags().map(({ flag }) => flag.id);
  const asView = ({ flag, trouble }: Invented): FlagView => ({
    flag, trouble, also: [], compared: [], transactions: flag.transactions.flatMap((id) => facts.rows.find((r) => r.id === id) ?? []),
    case: cases().find((c) => c.flags.includes(flag.id))?.id ?? null, next: nextOf(flag.kind), quieted_by: null,
    mine: effectOf(flag, "mine", facts.rows.find((r) => r.id === flag.transactions[0])?.counterparty ?? ""),
  });
  const row = (id: number) => facts.rows.find((r) => r.id === id) ?? fail("not-found");
  const found = (q: Query, flagged: Map<number, Line["flagged"]>) => {
    const needle = q.search.trim().toLowerCase();
    return rows().filter((r) =>
      (!needle || [r.counterparty, r.item, r.memo, r.note, r.order_no, r.amount.amount, r.method].some((f) => f.toLowerCase().includes(needle)))
      && (!q.provider || r.provider === q.provider) && (!q.from || r.at.slice(0, 10) >= q.from) && (!q.to || r.at.slice(0, 10) <= q.to)
      && (!q.direction || r.direction === q.direction) && (!q.kind || r.kind === q.kind) && (!q.flagged || flagged.has(r.id)));
  };
  function sums(list: Transaction[], direction: "out" | "in") {
    const fen = new Map<string, number>();
    for (const r of list) {
      if (r.direction === direction && r.kind !== "own-transfer" && r.kind !== "closed") fen.set(r.amount.currency, (fen.get(r.amount.currency) ?? 0) + Math.round(Number(r.amount.amount) * 100));
    }
    return [...fen].map(([currency, sum]) => ({ amount: (sum / 100).toFixed(2), currency }));
  }
  function typed(note: NewNote): number {
    const id = facts.next++;
    const fresh: Transaction = {
      id, key: `typed:${id}`, provider: note.provider || "unknown", statement: null, at: note.at, direction: note.direction, kind: note.kind ?? (note.direction === "in" ? "income" : "purchase"), amount: note.amount,
      fee: null, refunded: cny(0), balance: null, counterparty: note.counterparty, counterparty_account: "", item: "", method: note.method, category: "", status: "", order_no: note.order_no,
      merchant_order_no: "", memo: "", marks: [], refund_of: null, linked: [], note: note.text, source: null,
    };
    facts.rows = [fresh, ...facts.rows].sort((a, b) => b.at.localeCompare(a.at));
    return id;
  }
  async function work(stage: "reading" | "planning" | "saving", total: number) {
    stopped = false;
    const ticks = options.slow ? 12 : 2;
    for (let n = 0; n <= ticks; n++) {
      if (stopped) fail("cancelled");
      tellers.progress.forEach((tell) => tell({ stage, done: Math.round((total * n) / ticks), total }));
      await pause(options.slow ? 60 : 0);
    }
  }
  function shut() {
    door = "locked";
    past = [];
    future = [];
  }

  told = holding();
  const fake: Backend = {
    status: async () => status(),
    create: async (fresh) => {
      await pause();
      if (door !== "none") fail("vault-exists");
      passphrase = fresh;
      door = "open";
      facts = emptyFacts(facts.settings);
      return recovery;
    },
    unlock: async (given) => {
      await pause(options.slow ? 500 : 0);
      if (given !== passphrase) fail("wrong-passphrase", "The passphrase does not open any key slot.");
      door = "open";
      return status();
    },
    unlockWithRecovery: async (code) => {
      await pause();
      if (code.replace(/[\s-]/g, "").toUpperCase() !== recovery.replaceAll("-", "")) fail("wrong-passphrase");
      door = "open";
      return status();
    },
    unlockWithKeychain: async () => {
      if (!keychain) fail("not-found");
      door = "open";
      return status();
    },
    keychain: async (on) => {
      keychain = on;
      return status();
    },
    lock: async () => shut(),
    touch: async () => {},
    changePassphrase: async (old, fresh) => {
      if (old !== passphrase) fail("wrong-passphrase");
      passphrase = fresh;
    },
    newRecoveryCode: async (given) => {
      if (given !== passphrase) fail("wrong-passphrase");
      recovery = "P3WD-8XKC-5MHR-T2QN-9VBF-7GJY";
      return recovery;
    },
    saveRecoveryCode: async (code, lang) => {
      if (code !== recovery) fail("wrong-passphrase");
      return lang === "zh" ? "申诉台-恢复码.txt" : "recourse-recovery-code.txt";
    },
    backup: async () => {
      inside();
      await pause();
      facts.backup_at = now();
      return `recourse-${today()}.rvault`;
    },
    restore: async (given) => {
      if (given !== passphrase) fail("wrong-passphrase");
      door = "open";
      facts = filledFacts(facts.settings, 0);
      told = holding();
      return status();
    },
    check: async () => [],
    enterDemo: async () => {
      await pause();
      real = facts;
      doorBefore = door;
      facts = filledFacts(facts.settings, 0);
      told = holding();
      door = "demo";
      past = [];
      future = [];
      return status();
    },
    leaveDemo: async () => {
      if (door === "demo" && real) facts = real;
      told = holding();
      door = options.door === "demo" ? "none" : doorBefore;
      real = null;
      past = [];
      future = [];
      return status();
    },
    setSettings: async (settings) => {
      facts.settings = { ...settings };
      told = holding();
      return status();
    },
    undo: async () => {
      const last = past.pop() ?? fail("not-found");
      future.push({ facts: structuredClone(facts), what: last.what });
      facts = { ...last.facts, settings: facts.settings };
      return status();
    },
    redo: async () => {
      const next = future.pop() ?? fail("not-found");
      past.push({ facts: structuredClone(facts), what: next.what });
      facts = { ...next.facts, settings: facts.settings };
      return status();
    },
    openFolder: async () => {},

    chooseFiles: async () => (options.zip ? ["zip"] : options.table ? ["table"] : ["csv"]),
    importPlan: async (tokens, code, mapping = null) => {
      inside();
      if (tokens[0] === "table" && tokens.length === 1) {
        const own = mapping ?? facts.mappings[0]?.mapping;
        if (own) {
          await pause(options.slow ? 250 : 0);
          by = own;
          return (plan = tablePlan(facts.next++, "小镇银行 2026.csv", own));
        }
      }
      by = null;
      if (tokens.includes("zip")) {
        if (code === null) fail("needs-code", "The archive is encrypted.");
        if (code !== "123456") fail("wrong-code", "The code does not open the archive.");
      }
      await work("reading", 800);
      return (plan = planOf(tokens, facts.next++, facts.imports));
    },
    importRows: async (id, fate: Fate | null, offset, limit): Promise<PlannedRow[]> => {
      if (plan?.id !== id) fail("not-found");
      return (by ? tableRows(by) : rowsOf(facts.rows)).filter((r) => fate === null || r.fate === fate).slice(offset, offset + limit);
    },
    importExecute: async (id, choices) => {
      const current = plan?.id === id ? plan : fail("not-found");
      await work("saving", 800);
      const taken = (by ? tableRows(by) : rowsOf(facts.rows)).filter((r) => {
        const choice = choices.find((c) => c.file === r.file && c.index === r.index);
        return choice ? choice.take : r.fate === "new" || r.fate === "unsure";
      });
      const batches: Import[] = [];
      change(text("导入账单", "Import"), () => {
        current.files.forEach((file, index) => {
          const own = taken.filter((r) => r.file === index);
          const batch: Import = {
            id: facts.next++, file: file.file, sha256: file.sha256, size: 128_000, statement: file.statement, provider: file.provider, account: file.account, at: now(),
            stated: file.stated.count, read: file.read, added: own.length, known: file.counts.known, problems: file.problems,
          };
          batches.push(batch);
          own.forEach((r) => facts.rows.push({ ...r.transaction, id: facts.next++, source: { import: batch.id, row: 25 + r.index } }));
        });
        facts.rows.sort((a, b) => b.at.localeCompare(a.at));
        facts.imports = [...batches, ...facts.imports];
      });
      plan = null;
      return batches;
    },
    importDiscard: async () => void (plan = null),
    importReport: async (id) => {
      const batch = facts.imports.find((one) => one.id === id && !isGone(facts, "import", id)) ?? fail("not-found");
      const own = rows().filter((r) => r.source?.import === id);
      const sum = (way: string) => cny(own.filter((r) => r.direction === way).reduce((all, r) => all + Number(r.amount.amount), 0));
      const totals = {
        from: own.at(-1)?.at ?? null, to: own[0]?.at ?? null, read: batch.read, stated: { count: batch.stated, income: sum("in"), expense: cny(18342.6), neutral: null },
        income: sum("in"), expense: sum("out"), neutral: sum("neutral"), counts: { new: batch.added, known: batch.known, changed: 0, unsure: 0, unreadable: batch.problems.length },
      };
      const example = own[0]?.id ?? 1;
      const links: LinkCount[] = own.length === 0 ? [] : [
        { rule: "same-payment", sure: "certain", count: 37, example }, { rule: "order-suffix", sure: "certain", count: 9, example },
        { rule: "party-method-amount", sure: "likely", count: 4, example }, { rule: "same-payment", sure: "possible", count: 2, example },
      ];
      return { import: batch, totals, links };
    },
    importLine: async (_, row) => (row === 0 ? billHeader : row % 9 === 2 ? null : ["2026-03-01 8:5x", "街角咖啡", "拿铁 大杯", "支出", "18.oo", "花呗", "交易成功", `20260301220014${row}`]),
    planLine: async (_, __, row) => (by ? tableLine(row) : row === 0 ? billHeader : ["2026-09-18 12:04", "渔阳小馆", "牛肉面 一份", "支出", "二十六", "花呗", "交易成功", `20260918220014${row}`]),
    tablePreview: async (token) => {
      await pause();
      return token === "table" ? previewOf() : fail("unreadable");
    },
    mappings: async () => facts.mappings.map((one) => ({ ...one })).sort((a, b) => a.mapping.name.localeCompare(b.mapping.name)),
    mappingSave: async (id, mapping) => {
      if (facts.mappings.some((one) => one.mapping.name === mapping.name && one.id !== id)) fail("invalid");
      const saved = { id: id ?? facts.next++, mapping };
      facts.mappings = [...facts.mappings.filter((one) => one.id !== id), saved];
      return saved;
    },
    mappingDelete: async (id) => void (facts.mappings = facts.mappings.filter((one) => one.id !== id)),
    mappingExport: async () => true,
    mappingImport: async () => {
      const mapping = { ...previewOf().mapping, name: `朋友给的 ${facts.next}`, provider: "小镇银行" };
      const saved = { id: facts.next++, mapping };
      facts.mappings = [...facts.mappings, saved];
      return saved;
    },
    cancel: async () => void (stopped = true),
    imports: async () => facts.imports.filter((one) => !isGone(facts, "import", one.id)),

    list: async (query) => {
      inside();
      await pause(options.slow ? 5 : 0);
      const flagged = new Map<number, Line["flagged"]>();
      for (const { flag } of flags()) if (flag.verdict === null) flag.transactions.forEach((id) => flagged.set(id, flag.sure));
      const list = found(query, flagged);
      return {
        total: list.length, spent: sums(list, "out"), received: sums(list, "in"),
        lines: list.slice(query.offset, query.offset + query.limit).map((transaction) => ({ transaction: { ...transaction }, flagged: flagged.get(transaction.id) ?? null })),
      };
    },
    detail: async (id) => {
      inside();
      const transaction = row(id);
      return {
        transaction: { ...transaction }, source: sourceOf(transaction), related: facts.rows.filter((r) => r.refund_of === id || r.id === transaction.refund_of || transaction.linked.includes(r.id)),
        links: linksOf(transaction, facts.rows),
        flags: flags().filter(({ flag }) => flag.transactions.includes(id)).map(({ flag }) => flag),
        cases: cases().filter((c) => c.transactions.includes(id)).map((c) => c.id),
        numbers: (transaction.note.match(/[+\d-]{5,}/g) ?? []).map(checkNumber).filter((c) => c.verdict !== "unlisted" && c.verdict !== "invalid"),
        attachments: facts.attachments.filter((a) => a.owner.kind === "transaction" && a.owner.id === id && !isGone(facts, "attachment", a.id)),
      };
    },
    note: async (note) => {
      let id = 0;
      change(text("记一笔", "Logging a transaction"), () => (id = typed(note)));
      return id;
    },
    readMessage: async (message) => readFake(message),
    annotate: async (id, words) => {
      change(text("备注", "Note"), () => (facts.rows = facts.rows.map((r) => (r.id === id ? { ...r, note: words } : r))));
      return status();
    },
    attach: async (owner, tokens) => {
      const fresh = tokens.map((_, n) => ({ id: facts.next++, name: `截图 ${n + 1}.png`, media: "image/png", size: 68, sha256: "9c1e".repeat(16), at: now(), owner }));
      change(text("添加附件", "Attachment"), () => (facts.attachments = [...facts.attachments, ...fresh]));
      return fresh;
    },
    attachmentBytes: async () => Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg=="), (c) => c.charCodeAt(0)).buffer,
    saveAttachment: async () => true,
    trash: async (thing) => {
      change(text("移到回收站", "Move to trash"), () => (facts.gone = [...facts.gone, { thing, since: now() }]));
      return status();
    },
    trashed: async () => {
      inside();
      return trashedOf(facts, today());
    },
    putBack: async (thing) => {
      if (!isGone(facts, thing.kind, thing.id)) fail("not-found");
      change(text("从回收站放回", "Putting back from the trash"), () => (facts.gone = facts.gone.filter((one) => one.thing.kind !== thing.kind || one.thing.id !== thing.id)));
      return status();
    },
    purge: async (thing) => {
      inside();
      const lying = trashedOf(facts, today()).find((one) => one.thing.kind === thing.kind && one.thing.id === thing.id) ?? fail("not-found");
      if (lying.held) fail("invalid");
      facts = withoutThing(facts, thing);
      past = [];
      future = [];
      return status();
    },

    flags: async (all) => {
      inside();
      return flags().filter(({ flag }) => all || flag.verdict === null).map(asView);
    },
    verdict: async (flag, verdict) => {
      change(verdict === "mine" ? text("标为是我本人", "Marked as mine") : text("判断", "Verdict"), () => {
        facts.verdicts = facts.verdicts.filter(([id]) => id !== flag);
        if (verdict) facts.verdicts.push([flag, verdict, now()]);
      });
      return status();
    },
    flagsTurned: async () => {
      const [before, now] = [told, holding()];
      told = now;
      return { first: before.length === 0, appeared: now.filter((id) => !before.includes(id)), gone: before.filter((id) => !now.includes(id)), changed: [] };
    },
    lessons: async () => lessonsOf(facts.verdicts, flags().map(({ flag }) => flag), rows()),
    flagChart: async (id) => {
      const one = flags().find(({ flag }) => flag.id === id) ?? fail("not-found");
      return chartOf(one.flag, rows());
    },
    flagChoices: async () => choices,

    home: async () => {
      inside();
      const open = flags().filter(({ flag }) => flag.verdict === null);
      const active = cases().filter((c) => statusOf(c, today()) !== "closed");
      return {
        deadlines: active.flatMap((c) => deadlinesOf(c, today())).sort((a, b) => a.days_left - b.days_left), flags: open.slice(0, 5).map(asView), flags_total: open.length,
        cases: active.map((c) => lineOf(c, facts.rows, today())), transactions: rows().length, backup_at: facts.backup_at,
      };
    },
    caseOpen: async (fresh) => {
      const from = flags().filter(({ flag }) => fresh.flags.includes(flag.id));
      const lines = [...new Set([...from.flatMap(({ flag }) => flag.transactions), ...fresh.transactions])];
      const id = facts.next++;
      change(text("打开案件", "Opening a case"), () => {
        facts.cases = [...facts.cases, {
          id, opened_at: now(), trouble: fresh.trouble ?? from.find((one) => one.trouble)?.trouble ?? "unclear-payment", provider: fresh.provider ?? facts.rows.find((r) => r.id === lines[0])?.provider ?? "alipay",
          story: fresh.story, wishes: fresh.wishes.length > 0 ? fresh.wishes : ["refund", "explanation"], transactions: lines, flags: fresh.flags, findings: [], events: [],
        }];
        for (const { flag } of from) facts.verdicts = [...facts.verdicts.filter(([one]) => one !== flag.id), [flag.id, "pursue", now()]];
      });
      return id;
    },
    cases: async () => cases().map((c) => lineOf(c, facts.rows, today())),
    caseView: async (id) => {
      const view = viewOf(cases().find((c) => c.id === id) ?? fail("not-found"), facts.rows, today());
      const of = (a: Facts["attachments"][number]) => (a.owner.kind === "case" ? a.owner.id === id : view.line.case.transactions.includes(a.owner.id));
      return { ...view, attachments: facts.attachments.filter((a) => of(a) && !isGone(facts, "attachment", a.id)) };
    },
    caseAdd: async ({ case: id, happening }) => {
      const event = facts.next++;
      change(text("案件记录", "Case entry"), () => (facts.cases = facts.cases.map((c) => (c.id === id ? { ...c, events: [...c.events, { id: event, at: now(), happening }] } : c))));
      return event;
    },
    letter: async (id, to, lang: Lang) => {
      const view = viewOf(cases().find((c) => c.id === id) ?? fail("not-found"), facts.rows, today());
      const facing = view.brief.facts.map((f) => `${f.label[lang]}：${f.value[lang]}`).join("\n");
      return lang === "zh"
        ? `${to === "police" ? "报 案 材 料" : "投 诉 书"}\n\n${to === "police" ? "报案人" : "投诉人"}：${facts.settings.name || "（签名）"}\n被投诉人：${to === "regulator" ? "" : providerOf(view.line.case.provider)?.legal[0] ?? ""}\n\n事实与理由：\n${facing}\n\n诉求：${view.brief.wishes.map((w) => w.zh).join("、")}\n`
        : `${to === "police" ? "Report to the police" : "Letter of complaint"}\n\nFacts:\n${facing}\n\nRequest: ${view.brief.wishes.map((w) => w.en).join(", ")}\n`;
    },
    caseExport: async () => "案件-1",
    copy: async () => {},

    callPlan: async (provider) => planFor(provider, null),
    dial: async (provider, line) => {
      const hotline = providerOf(provider)?.hotlines.find((h) => h.id === line) ?? fail("not-found");
      return { handed_over: false, tel: `tel:${hotline.number.replaceAll("-", "")}`, trust: hotline.trust };
    },
    canDial: async () => false,
    qr: async () => fakeQr(),
    providers: async () => providers,
    checkNumber: async (number) => {
      const check = checkNumber(number);
      return { ...check, yours: own.find((one) => one.number.replace(/\D/g, "") === check.number)?.label ?? null };
    },
    ledgerNumbers: async () => rows().flatMap((r) => (r.note.match(/[+\d-]{5,}/g) ?? []).map((n) => ({ transaction: r.id, check: checkNumber(n) })))
      .filter(({ check }) => check.verdict !== "unlisted" && check.verdict !== "invalid"),
    rights: async () => rights,
    wanted: async () => wanted,
    callers: async () => callers,
    addCaller: async (caller) => {
      inside();
      const id = facts.next++;
      callers = [{ ...caller, id, at: now() }, ...callers];
      return id;
    },
    removeCaller: async (id) => void (callers = callers.filter((one) => one.id !== id)),
    logWait: async () => inside(),
    remind: async (provider, line, at) => {
      inside();
      const id = facts.next++;
      reminders = [...reminders, { id, provider, line, at }];
      return id;
    },
    callReminders: async () => reminders,
    endCallReminder: async (id) => void (reminders = reminders.filter((one) => one.id !== id)),

    edition: async () => edition,
    packExamine: async (token) => packReading(token, false),
    packInstall: async (token) => {
      const reading = packReading(token, true);
      if (reading.edition) edition = reading.edition;
      return reading;
    },
    packRemove: async () => (edition = shippedEdition),
    ownNumbers: async () => own,
    addOwnNumber: async (fresh) => {
      inside();
      const id = facts.next++;
      own = [...own, { ...fresh, id, added_at: now() }];
      return id;
    },
    removeOwnNumber: async (id) => void (own = own.filter((one) => one.id !== id)),
    dialOwn: async (id) => {
      const one = own.find((o) => o.id === id) ?? fail("not-found");
      return { handed_over: false, tel: `tel:${one.number.replace(/[^\d+]/g, "")}`, trust: "unverified" };
    },

    on: async (event, tell) => {
      const list = tellers[event] as ((payload: unknown) => void)[];
      list.push(tell as (payload: unknown) => void);
      return () => void list.splice(list.indexOf(tell as (payload: unknown) => void), 1);
    },
  };
  return fake;
}

/** A message read the way the core does it, for one common shape. */
function readFake(message: string): MessageReading[] {
  const amount = /([\d,]+\.\d{2})/.exec(message)?.[1]?.replaceAll(",", "");
  if (!amount) return [];
  const tail = /尾号(\d{4})/.exec(message)?.[1];
  const time = /(\d{1,2})月(\d{1,2})日(\d{1,2}:\d{2})/.exec(message);
  const party = /在(.+?)(?:消费|支付|付款)/.exec(message)?.[1] ?? "";
  const clock = time?.[3]?.padStart(5, "0");
  const at = time ? `${today().slice(0, 4)}-${two(Number(time[1]))}-${two(Number(time[2]))}T${clock}:00+08:00` : now();
  return [{
    note: { provider: message.includes("支付宝") ? "alipay" : message.includes("微信") ? "wechat-pay" : "", at, amount: { amount, currency: "CNY" }, direction: /收入|到账|退款/.test(message) ? "in" : "out", counterparty: party, method: tail ? `储蓄卡(${tail})` : "", order_no: "", text: "" },
    understood: [amount, ...(tail ? [`尾号${tail}`] : []), ...(time ? [time[0]] : [])],
    missing: party ? [] : ["counterparty"],
    left_out: [],
  }];
}

/** Not a real code: a square with the look of one. */
function fakeQr(): string {
  const side = 29;
  let path = "";
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) {
    const eye = (cx: number, cy: number) => { const r = Math.max(Math.abs(x - cx), Math.abs(y - cy)); return r <= 3 ? r !== 2 : null; };
    const dark = eye(3, 3) ?? eye(side - 4, 3) ?? eye(3, side - 4) ?? (x * 7 + y * 13 + x * y) % 3 === 0;
    if (dark) path += `M${x} ${y}h1v1h-1z`;
  }
  return `${side}|${path}`;
}
