import type { Words } from "../zh";

export const directory: Words["directory"] = {
  title: "Hotlines",
};
