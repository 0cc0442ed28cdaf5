import type { Words } from "../zh";

export const flags: Words["flags"] = {
  title: "Flags",
};
