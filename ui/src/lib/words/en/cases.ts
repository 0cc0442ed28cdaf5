import type { Words } from "../zh";

export const cases: Words["cases"] = {
  title: "Cases",
};
