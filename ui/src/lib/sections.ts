/** The six sections of the window, in the order of the rail and of Ctrl+1…6. */
export const sections = ["home", "ledger", "flags", "cases", "directory", "settings"] as const;
export type Section = (typeof sections)[number];
