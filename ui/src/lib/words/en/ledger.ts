import type { Words } from "../zh";

export const ledger: Words["ledger"] = {
  title: "Ledger",
};
