import { describe, expect, it } from "vitest";
import { en } from "./en";
import { zh } from "./zh";

/** Every string, also those made of figures, by its path. */
function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String((value as (...a: unknown[]) => unknown)(...Array(value.length).fill(3)))]];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

describe("the words of the window", () => {
  const [chinese, english] = [leaves(zh, ""), leaves(en, "")];

  it("are the same set in both languages", () => {
    expect(english.map(([path]) => path).sort()).toEqual(chinese.map(([path]) => path).sort());
  });
  it("are never empty but for the strength of nothing", () => {
    const empty = [...chinese, ...english].filter(([, text]) => text.trim() === "").map(([path]) => path);
    expect(new Set(empty)).toEqual(new Set([".door.passphrase.strength.empty"]));
  });
  it("hold no Chinese in the English, but for examples and names of languages", () => {
    const mixed = english.filter(([path, text]) => /\p{Script=Han}/u.test(text) && !/placeholder/i.test(path)).map(([path, text]) => `${path}: ${text}`);
    expect(mixed).toEqual([]);
  });
  it("use full-width punctuation between Chinese characters", () => {
    const half = chinese.filter(([, text]) => /\p{Script=Han}[,;:?!]\p{Script=Han}/u.test(text)).map(([path]) => path);
    expect(half).toEqual([]);
  });
});
