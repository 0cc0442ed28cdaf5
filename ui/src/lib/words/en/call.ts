import type { Words } from "../zh";

export const call: Words["call"] = {
  title: "Call desk",
};
