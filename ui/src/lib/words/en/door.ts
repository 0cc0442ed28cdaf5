import type { Words } from "../zh";

export const door: Words["door"] = {
  title: "Recourse",
};
