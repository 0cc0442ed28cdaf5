import type { Words } from "../zh";

export const settings: Words["settings"] = {
  title: "Settings",
  keys: {
    sections: "Switch section", note: "Log a transaction", import: "Import statements", find: "Search", undo: "Undo", redo: "Redo",
    veil: "Hide or show amounts", lock: "Lock", settings: "Settings", back: "Back", help: "List of shortcuts",
  },
};
