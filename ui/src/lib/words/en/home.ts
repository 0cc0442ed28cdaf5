import type { Words } from "../zh";

export const home: Words["home"] = {
  title: "Today",
};
