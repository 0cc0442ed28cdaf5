import type { Words } from "../zh";

export const imports: Words["imports"] = {
  title: "Import statements",
};
