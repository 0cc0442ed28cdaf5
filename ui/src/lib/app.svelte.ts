// The only global state: which door is open, which page is shown, what was just said. Everything else is a page's.
import type { Backend, BackendError, Progress } from "./backend";
import type { CaseId, Code, ImportId, Lang, Provider, Settings, Status, Text, Thing, TransactionId, Turned } from "./bindings";
import { en } from "./words/en";
import { zh, type Words } from "./words/zh";

/** A page and what it is to show. */
export type Place =
  | { page: "home" }
  | { page: "ledger"; transaction?: TransactionId; flagged?: boolean; search?: string }
  | { page: "import"; tokens?: string[] }
  | { page: "report"; id: ImportId }
  | { page: "flags"; flag?: string; show?: "learned" }
  | { page: "cases" }
  | { page: "case"; id: CaseId }
  | { page: "call"; case: CaseId | null; provider: string; line?: string }
  | { page: "directory"; provider?: string }
  | { page: "number"; number?: string }
  | { page: "settings"; section?: string }
  | { page: "trash" };

/** Something said at the foot of the window, for a while. */
export type Notice = { id: number; tone: "plain" | "good" | "problem"; text: string; small: string; undo: boolean; link: Link | null };
/** Where a notice leads, and in which words. */
export type Link = { label: string; to: Place };

const closedSettings: Settings = { lang: null, theme: "system", lock_after: 10, large: false, veil: false, name: "", phone: "", flags: { all: "normal", kinds: {} } };

class App {
  /** The one door to Rust. Set by `start` before anything is shown. */
  backend!: Backend;
  status = $state.raw<Status>({ door: "none", settings: closedSettings, folder: "", keychain: false, undo: null, redo: null });
  place = $state.raw<Place>({ page: "home" });
  notices = $state.raw<Notice[]>([]);
  /** Grows whenever stored facts changed: pages read it in an effect and ask again. */
  version = $state(0);
  /** Open flags, cases not closed and promises due, for the rail. */
  counts = $state.raw({ flags: 0, cases: 0, due: 0 });
  /** Flags that came with the last change that brought any: marked as new. */
  fresh = $state.raw<ReadonlySet<string>>(new Set());
  /** What the imports of this session did to the flags. */
  turns = $state.raw<ReadonlyMap<ImportId, Turned>>(new Map());
  /** The rail's count under way; with it comes what the last change did to the flags, where it did anything. */
  counting: Promise<Turned | null> = Promise.resolve(null);
  providers = $state.raw<Provider[]>([]);
  /** Chosen before there is a vault to remember it. */
  firstLang = $state<Lang | null>(null);
  /** Files are held over the window. */
  hovering = $state(false);
  /** Who takes dropped files instead of the import. */
  taker = $state.raw<{ label: string; take: (tokens: string[]) => void } | null>(null);
  /** The dialog for a note by hand is open. */
  noting = $state(false);
  /** The list of shortcuts is open. */
  helping = $state(false);

  readonly door = $derived(this.status.door);
  readonly settings = $derived(this.status.settings);
  readonly lang: Lang = $derived(this.status.settings.lang ?? this.firstLang ?? systemLang());
  readonly words: Words = $derived(this.lang === "zh" ? zh : en);
  readonly inside = $derived(this.door === "open" || this.door === "demo");

  /** Long work under way, as last told; null while there is none. */
  work = $state.raw<Progress | null>(null);
  #rested: ReturnType<typeof setTimeout> | undefined;

  #past: Place[] = [];
  #said = 0;
  #touched = 0;
  #asked = 0;

  async start(backend: Backend): Promise<void> {
    this.backend = backend;
    this.place = { page: "home" };
    this.notices = [];
    this.#past = [];
    this.enter(await backend.status());
    await backend.on("hover", (over) => (this.hovering = over));
    await backend.on("dropped", (tokens) => this.dropped(tokens));
    await backend.on("locked", () => void this.relook());
    await backend.on("due", () => this.changed());
    // Pages ask again; the rail's count is what made it look.
    await backend.on("looked", () => {
      this.work = null;
      this.version += 1;
    });
    await backend.on("progress", (progress) => this.#work(progress));
  }

  /** The sentence in the language of the window. */
  say = (text: Text | null | undefined): string => (text ? text[this.lang] : "");

  /** The provider's name, or its id where the directory does not know it. */
  providerName = (id: string): string => {
    const provider = this.providers.find((p) => p.id === id || p.aliases.includes(id));
    return provider ? this.say(provider.name) : id;
  };

  go = (place: Place): void => {
    this.#past = [...this.#past.slice(-19), this.place];
    this.place = place;
  };
  back = (): void => {
    this.place = this.#past.pop() ?? { page: "home" };
  };

  /** Takes a status the backend answered with; locking forgets what was on the screen. */
  enter = (status: Status): void => {
    const doorChanged = status.door !== this.status.door;
    this.status = status;
    if (doorChanged) {
      this.#past = [];
      this.place = { page: "home" };
      this.noting = false;
      this.counts = { flags: 0, cases: 0, due: 0 };
      this.fresh = new Set();
      this.turns = new Map();
      if (status.door === "locked") this.notices = [];
    }
    this.changed();
  };

  /** Work that tells nothing for two seconds is over. */
  #work(progress: Progress): void {
    clearTimeout(this.#rested);
    const over = progress.total > 0 && progress.done >= progress.total;
    this.work = over && progress.stage !== "saving" ? null : progress;
    this.#rested = setTimeout(() => (this.work = null), 2000);
  }

  relook = async (): Promise<void> => this.enter(await this.backend.status());

  /** Stored facts changed: pages ask again, and the rail counts again. */
  changed = (): void => {
    this.version += 1;
    if (this.inside) this.counting = this.#count();
  };

  async #count(): Promise<Turned | null> {
    // Not the version: that the count made the backend look for flags is a reason to ask again for pages only.
    const asked = ++this.#asked;
    try {
      const home = await this.backend.home();
      if (this.providers.length === 0) this.providers = await this.backend.providers();
      if (asked !== this.#asked) return null;
      this.counts = {
        flags: home.flags_total,
        cases: home.cases.length,
        due: home.deadlines.filter((deadline) => deadline.days_left <= 0).length,
      };
      return this.#turned(await this.backend.flagsTurned());
    } catch {
      // The page that is shown asks too and says what is wrong.
      return null;
    }
  }

  /** Says what a change did to the flags; a page that imports says it itself. */
  #turned(turned: Turned): Turned | null {
    const said = this.words.flags.turned(turned);
    if (said === "") return null;
    const fresh = [...turned.appeared, ...turned.changed.map((changed) => changed.is)];
    // Where all are new, the mark would say nothing.
    if (fresh.length > 0) this.fresh = new Set(turned.first ? [] : fresh);
    const link = fresh.length > 0 ? { label: this.words.flags.toFresh, to: { page: "flags", flag: fresh[0] } as Place } : null;
    if (this.place.page !== "import") this.notice(said, { link });
    return turned;
  }

  notice = (text: string, more: { tone?: Notice["tone"]; small?: string; undo?: boolean; link?: Link | null } = {}): void => {
    const notice: Notice = { id: ++this.#said, tone: more.tone ?? "plain", text, small: more.small ?? "", undo: more.undo ?? false, link: more.link ?? null };
    this.notices = [...this.notices.slice(-2), notice];
    const stay = notice.tone === "problem" ? 12_000 : notice.undo || notice.link ? 9_000 : 4_500;
    setTimeout(() => this.dismiss(notice.id), stay);
  };
  dismiss = (id: number): void => {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  };

  /** Does `work`; what goes wrong is said in the user's words, and `undefined` comes back. */
  attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      const { code, detail, zh: said } = asError(error);
      if (code === "locked") await this.relook();
      else if (code === "cancelled") this.notice(this.words.general.error.cancelled);
      else this.notice(this.words.general.error[code], { tone: "problem", small: this.lang === "en" ? detail : said });
      return undefined;
    }
  };

  /** As `attempt`, for work that answers with a status; says `done`, with an undo button beside it. */
  change = async (work: () => Promise<Status>, done?: string): Promise<boolean> => {
    const status = await this.attempt(work);
    if (!status) return false;
    this.enter(status);
    if (done) this.notice(done, { undo: true });
    return true;
  };

  undo = async (): Promise<void> => {
    const what = this.status.undo;
    if (!what) return this.notice(this.words.general.nothingToUndo);
    if (await this.change(() => this.backend.undo())) this.notice(this.words.general.undone(this.say(what)));
  };
  redo = async (): Promise<void> => {
    const what = this.status.redo;
    if (!what) return this.notice(this.words.general.nothingToRedo);
    if (await this.change(() => this.backend.redo())) this.notice(this.words.general.redone(this.say(what)));
  };
  trash = (thing: Thing): Promise<boolean> =>
    this.change(() => this.backend.trash(thing), this.words.general.removed);

  lock = async (): Promise<void> => {
    await this.attempt(() => this.backend.lock());
    await this.relook();
  };

  copy = async (text: string): Promise<void> => {
    const done = await this.attempt(() => this.backend.copy(text).then(() => true));
    if (done) this.notice(this.words.general.copied);
  };

  /** Dropped files go to `take` until the returned function is called; `label` is shown while they are held over the window. */
  takeDrops = (label: string, take: (tokens: string[]) => void): (() => void) => {
    const mine = { label, take };
    this.taker = mine;
    return () => {
      if (this.taker === mine) this.taker = null;
    };
  };

  dropped = (tokens: string[]): void => {
    this.hovering = false;
    if (!this.inside || tokens.length === 0) return;
    if (this.taker) this.taker.take(tokens);
    else this.go({ page: "import", tokens });
  };

  /** The user is here; Rust hears of it at most every twenty seconds. */
  touch = (now = Date.now()): void => {
    if (!this.inside || now - this.#touched < 20_000) return;
    this.#touched = now;
    void this.backend.touch().catch(() => undefined);
  };
}

function systemLang(): Lang {
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** What crossed the border as an error, or anything else thrown, as `{ code, detail, zh }`. */
export function asError(error: unknown): BackendError {
  if (typeof error === "object" && error !== null && "code" in error && "detail" in error) {
    const { code, detail, zh: said } = error as { code: unknown; detail: unknown; zh?: unknown };
    if (typeof code === "string" && Object.hasOwn(zh.general.error, code)) return { code: code as Code, detail: String(detail), zh: String(said ?? "") };
  }
  return { code: "internal", detail: "", zh: "" };
}

export const app = new App();
