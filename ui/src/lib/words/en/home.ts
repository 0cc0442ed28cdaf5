import type { Words } from "../zh";

export const home: Words["home"] = {
  title: "Today",
  import: "Import statements",
  note: "Log a transaction",
  whom: "Whom to call",
  empty: {
    title: "Start with a statement",
    text: "Export one in Alipay or WeChat and drop the file on this window. You will then see the few lines worth a look.",
    demo: "See the demo ledger",
  },
  due: {
    title: "Promises to follow up",
    late: (n) => `${n} ${n === 1 ? "day" : "days"} overdue`,
    today: "Due today",
    tomorrow: "Due tomorrow",
    left: (n) => `${n} days left`,
  },
  flags: {
    title: "Worth a look",
    all: (n) => `All ${n}`,
    look: "Look",
    quiet: "Nothing to look at. New statements are checked when you import them.",
  },
  cases: { title: "Open cases", all: "All cases", quiet: "No open cases." },
  backup: {
    title: "No backup yet",
    old: (day) => `Last backup on ${day}`,
    text: "A backup is one encrypted file, for a new computer or a broken disk.",
    action: "Back up now",
    done: (file) => `Backed up to ${file}`,
  },
  nothing: "Nothing to do today.",
};
