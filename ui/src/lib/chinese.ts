// Names of sources are quoted as they stand, and most of them are Chinese: an English page says so.
import type { Lang } from "./bindings";

/** Whether a quotation stands in Chinese on a page that does not. */
export const inChinese = (quoted: string, lang: Lang): boolean => lang === "en" && /\p{Script=Han}/u.test(quoted);
