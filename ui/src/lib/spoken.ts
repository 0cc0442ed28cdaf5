// Numbers as they are read out over the phone.
import type { Brief, Lang } from "./bindings";

/**
 * An order number in groups of four, to be read out without losing one's place. Anything that is not
 * one long run of letters and digits stays whole.
 */
export function groups(text: string): string[] {
  const trimmed = text.trim();
  if (!/^[0-9A-Za-z]{9,}$/.test(trimmed)) return [trimmed];
  return trimmed.match(/.{1,4}/g) ?? [trimmed];
}

/** Only the digits, for comparing numbers however they are printed. */
export const digits = (text: string): string => text.replace(/\D/g, "");

/** A brief as plain lines, for the clipboard. */
export function briefText(brief: Brief, lang: Lang, want: string): string {
  const colon = lang === "zh" ? "：" : ": ";
  const facts = brief.facts.map((fact) => `${fact.label[lang]}${colon}${fact.value[lang]}`);
  const wishes = brief.wishes.map((wish) => wish[lang]).join(lang === "zh" ? "；" : "; ");
  return [brief.title[lang], ...facts, ...(wishes ? [`${want}${colon}${wishes}`] : [])].join("\n");
}
