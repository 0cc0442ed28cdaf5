import type { Words } from "../zh";

export const trash: Words["trash"] = {
  title: "Trash",
  lead: (n) => (n === 0 ? "" : `${n} ${n === 1 ? "thing" : "things"}. They stay here after locking and restarting, and can be put back at any time.`),
  empty: "The trash is empty",
  emptyMore: "Deleted notes, imports undone, attachments and cases come here first and can be put back at any time.",
  kind: { transaction: "Typed transaction", import: "Import", case: "Case", event: "Entry of a case", attachment: "Attachment" },
  since: (when) => `deleted ${when}`,
  rows: (n) => `${n} rows`,
  importedAt: (when) => `imported ${when}`,
  openedAt: (when) => `opened ${when}`,
  nameless: "(no payee noted)",
  putBack: "Put back",
  wasPutBack: (what) => `Put back: ${what}`,
  purge: "Delete for good",
  purgeTitle: "Delete for good?",
  purgeWhat: {
    transaction: "This transaction, its note and its files are erased from the ledger. This cannot be undone.",
    import: "An import can be put back, not deleted for good.",
    case: "This case, all its entries and its evidence files are erased from the ledger. This cannot be undone. The transactions stay.",
    event: "This entry is erased from the case. This cannot be undone.",
    attachment: "This file is erased from the ledger. This cannot be undone. The original on your computer stays.",
  },
  purgeBackups: "Backups made before still hold it.",
  purged: "Deleted for good",
  held: {
    evidence: "Rows of a statement may be evidence, and another import may have read them too: they can be put back, not deleted for good.",
    case: "A case is about it: delete that case for good first.",
  },
};
