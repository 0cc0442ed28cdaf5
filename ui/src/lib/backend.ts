// The only door from the UI to Rust: one line per command, named as in src-tauri/src/commands.rs.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type {
  Addressee, Attachment, AttachmentId, Brief, Caller, CallerId, CallPlan, CallReminder, CaseId, CaseLine, CaseView, Chart, Detail, Dialled, Edition, EventId,
  FlagChoices, FlagView, Home, Import, ImportId, ImportPlan, ImportReport, Lesson, Mapping, MappingId, MarkedNumber, MessageReading, NewCaller, NewCase, NewEvent,
  NewNote, NewOwnNumber, NumberCheck, OwnNumber, OwnNumberId, PackReading, Preview, ReminderId, Right, Wanted,
  Owner, Page, PlannedRow, Fate, Provider, Query, RowChoice, SavedMapping, Settings, Status, Text, Thing, Trashed, TransactionId, Turned,
  Verdict, Lang, Error as BackendError,
} from "./bindings";

/** How far a long piece of work has come; `total` is 0 where it is unknown. */
export type Progress = { stage: "reading" | "planning" | "saving" | "looking"; done: number; total: number };
/** What else the shell tells without being asked. */
export type ShellEvents = {
  progress: Progress;
  /** Files are held over the window (true) or were taken away (false). */
  hover: boolean;
  /** Files were dropped: their paths, known to the shell only by these tokens. */
  dropped: string[];
  /** The vault locked itself, or the user locked it from the tray. */
  locked: null;
  /** Flags were looked for: lists shown meanwhile had no marks. */
  looked: null;
  /** Something is due (a promise, a reminder). */
  due: null;
};

export const backend = {
  // the vault
  status: () => invoke<Status>("status"),
  create: (passphrase: string) => invoke<string>("create", { passphrase }), // → the recovery code, shown once
  unlock: (passphrase: string) => invoke<Status>("unlock", { passphrase }),
  unlockWithRecovery: (code: string) => invoke<Status>("unlock_with_recovery", { code }),
  unlockWithKeychain: () => invoke<Status>("unlock_with_keychain"),
  keychain: (on: boolean) => invoke<Status>("keychain", { on }),
  lock: () => invoke<void>("lock"),
  touch: () => invoke<void>("touch"), // the user is here: the idle clock starts again
  changePassphrase: (old: string, fresh: string) => invoke<void>("change_passphrase", { old, fresh }),
  newRecoveryCode: (passphrase: string) => invoke<string>("new_recovery_code", { passphrase }),
  saveRecoveryCode: (code: string, lang: Lang) => invoke<string | null>("save_recovery_code", { code, lang }), // asks where
  backup: () => invoke<string | null>("backup"), // asks where; → the file's name, null where cancelled
  restore: (passphrase: string) => invoke<Status | null>("restore", { passphrase }), // asks which file
  check: () => invoke<string[]>("check"), // → what is wrong; empty is good
  enterDemo: () => invoke<Status>("enter_demo"),
  leaveDemo: () => invoke<Status>("leave_demo"),
  setSettings: (settings: Settings) => invoke<Status>("set_settings", { settings }),
  undo: () => invoke<Status>("undo"),
  redo: () => invoke<Status>("redo"),
  openFolder: () => invoke<void>("open_folder"),

  // statements
  chooseFiles: () => invoke<string[]>("choose_files"), // → tokens, empty where cancelled
  importPlan: (tokens: string[], code: string | null, mapping: Mapping | null = null) =>
    invoke<ImportPlan>("import_plan", { tokens, code, mapping }),
  importRows: (plan: number, fate: Fate | null, offset: number, limit: number) =>
    invoke<PlannedRow[]>("import_rows", { plan, fate, offset, limit }),
  importExecute: (plan: number, choices: RowChoice[]) => invoke<Import[]>("import_execute", { plan, choices }),
  importDiscard: (plan: number) => invoke<void>("import_discard", { plan }),
  cancel: () => invoke<void>("cancel"), // stops the long work under way; it leaves nothing behind
  imports: () => invoke<Import[]>("imports"),
  importReport: (id: ImportId) => invoke<ImportReport>("import_report", { import: id }),
  importLine: (id: ImportId, row: number) => invoke<string[] | null>("import_line", { import: id, row }), // → its cells
  planLine: (plan: number, file: number, row: number) => invoke<string[] | null>("plan_line", { plan, file, row }),

  // tables that no format knows
  tablePreview: (token: string, code: string | null) => invoke<Preview>("table_preview", { token, code }),
  mappings: () => invoke<SavedMapping[]>("mappings"),
  mappingSave: (id: MappingId | null, mapping: Mapping) => invoke<SavedMapping>("mapping_save", { id, mapping }),
  mappingDelete: (id: MappingId) => invoke<void>("mapping_delete", { id }),
  mappingExport: (id: MappingId) => invoke<boolean>("mapping_export", { id }), // asks where; false where cancelled
  mappingImport: () => invoke<SavedMapping | null>("mapping_import"), // asks which file

  // the ledger
  list: (query: Query) => invoke<Page>("list", { query }),
  detail: (transaction: TransactionId) => invoke<Detail>("detail", { transaction }),
  note: (note: NewNote) => invoke<TransactionId>("note", { note }),
  readMessage: (text: string) => invoke<MessageReading[]>("read_message", { text }),
  annotate: (transaction: TransactionId, text: string) => invoke<Status>("annotate", { transaction, text }),
  attach: (owner: Owner, tokens: string[]) => invoke<Attachment[]>("attach", { owner, tokens }),
  attachmentBytes: (attachment: AttachmentId) => invoke<ArrayBuffer>("attachment_bytes", { attachment }),
  saveAttachment: (attachment: AttachmentId) => invoke<boolean>("save_attachment", { attachment }),
  trash: (thing: Thing) => invoke<Status>("trash", { thing }),
  trashed: () => invoke<Trashed[]>("trashed"),
  putBack: (thing: Thing) => invoke<Status>("put_back", { thing }),
  purge: (thing: Thing) => invoke<Status>("purge", { thing }), // for good; only from the trash

  // flags
  flags: (all: boolean) => invoke<FlagView[]>("flags", { all }),
  verdict: (flag: string, verdict: Verdict | null) => invoke<Status>("verdict", { flag, verdict }),
  flagsTurned: () => invoke<Turned>("flags_turned"), // which came and went with what was changed since this was last asked
  lessons: () => invoke<Lesson[]>("lessons"), // what verdicts taught, newest first
  flagChart: (flag: string) => invoke<Chart | null>("flag_chart", { flag }), // null where a sentence says it better
  flagChoices: () => invoke<FlagChoices>("flag_choices"), // what may be set of the flags shown

  // cases
  home: () => invoke<Home>("home"),
  caseOpen: (fresh: NewCase) => invoke<CaseId>("case_open", { fresh }),
  cases: () => invoke<CaseLine[]>("cases"),
  caseView: (id: CaseId) => invoke<CaseView>("case_view", { id }),
  caseAdd: (event: NewEvent) => invoke<EventId>("case_add", { event }),
  letter: (id: CaseId, to: Addressee, lang: Lang) => invoke<string>("letter", { id, to, lang }),
  caseExport: (id: CaseId) => invoke<string | null>("case_export", { id }), // asks which folder
  copy: (text: string) => invoke<void>("copy", { text }), // cleared after 30 s if still ours

  // calls
  callPlan: (provider: string) => invoke<CallPlan>("call_plan", { provider }),
  dial: (provider: string, line: string) => invoke<Dialled>("dial", { provider, line }),
  canDial: () => invoke<boolean>("can_dial"), // is there a handler for tel: links?
  qr: (provider: string, line: string) => invoke<string>("qr", { provider, line }), // → SVG path data, `size|d`
  providers: () => invoke<Provider[]>("providers"),
  checkNumber: (text: string) => invoke<NumberCheck>("check_number", { text }),
  ledgerNumbers: () => invoke<MarkedNumber[]>("ledger_numbers"), // in notes and memos, newest first
  rights: () => invoke<Right[]>("rights"), // what the law gives, by region and kind of provider
  wanted: () => invoke<Wanted[]>("wanted"), // what a caller may want, and what is said of it
  callers: () => invoke<Caller[]>("callers"),
  addCaller: (caller: NewCaller) => invoke<CallerId>("add_caller", { caller }),
  removeCaller: (id: CallerId) => invoke<void>("remove_caller", { id }),
  logWait: (provider: string, line: string, seconds: number) => invoke<void>("log_wait", { provider, line, seconds }),
  remind: (provider: string, line: string, at: string) => invoke<ReminderId>("remind", { provider, line, at }),
  callReminders: () => invoke<CallReminder[]>("call_reminders"),
  endCallReminder: (id: ReminderId) => invoke<void>("end_call_reminder", { id }),

  // the directory's editions, and the user's own numbers beside it
  edition: () => invoke<Edition>("edition"),
  packExamine: (token: string) => invoke<PackReading>("pack_examine", { token }), // changes nothing
  packInstall: (token: string) => invoke<PackReading>("pack_install", { token }),
  packRemove: () => invoke<Edition>("pack_remove"), // back to the one that ships
  ownNumbers: () => invoke<OwnNumber[]>("own_numbers"),
  addOwnNumber: (own: NewOwnNumber) => invoke<OwnNumberId>("add_own_number", { own }),
  removeOwnNumber: (id: OwnNumberId) => invoke<void>("remove_own_number", { id }),
  dialOwn: (id: OwnNumberId) => invoke<Dialled>("dial_own", { id }), // after the user was told it is nobody's official line

  // told without being asked
  on: <E extends keyof ShellEvents>(event: E, tell: (payload: ShellEvents[E]) => void) =>
    listen<ShellEvents[E]>(event, (e) => tell(e.payload)),
};

export type Backend = typeof backend;
export type { BackendError, Brief, Text };
