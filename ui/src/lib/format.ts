// Money, days and times in the two languages. Times are shown as the statement's wall clock had them, wherever
// this machine stands: the offset in `2026-11-21T10:23:00+08:00` is never applied.
import type { Lang, Money } from "./bindings";

const tag = (lang: Lang) => (lang === "zh" ? "zh-CN" : "en");
const memo = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  let format = memo.get(key) as T | undefined;
  if (!format) memo.set(key, (format = make()));
  return format;
}

/** `¥1,234.56`; the decimal string goes to Intl as it is, so no amount passes through a float. */
export function money(value: Money, lang: Lang): string {
  const format = kept(`money ${lang} ${value.currency}`, () =>
    new Intl.NumberFormat(tag(lang), { style: "currency", currency: value.currency }));
  return format.format(value.amount as Intl.StringNumericLiteral);
}

/** `1,234` */
export function count(value: number, lang: Lang): string {
  return kept(`count ${lang}`, () => new Intl.NumberFormat(tag(lang))).format(value);
}

/** `1.4 MB`, from bytes. */
export function size(bytes: number, lang: Lang): string {
  const [unit, scale] = bytes >= 1_000_000 ? ["MB", 1_000_000] as const : ["KB", 1000] as const;
  const figure = Math.max(0.1, Math.round((bytes / scale) * 10) / 10);
  return `${kept(`size ${lang}`, () => new Intl.NumberFormat(tag(lang))).format(figure)} ${unit}`;
}

/** The wall clock of a moment as a Date whose UTC fields are that clock; null where it is none. */
function wall(at: string): Date | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(at);
  if (!found) return null;
  const [, y, mo, d, h = "0", mi = "0", s = "0"] = found;
  return new Date(Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)));
}

function shown(key: string, at: string, lang: Lang, options: Intl.DateTimeFormatOptions): string {
  const date = wall(at);
  if (!date) return at;
  return kept(`${key} ${lang}`, () => new Intl.DateTimeFormat(tag(lang), { ...options, timeZone: "UTC" })).format(date);
}

/** `2026-11-21`: the day as tables show it, the same in both languages. */
export const isoDay = (at: string) => at.slice(0, 10);
/** `10:23` */
export const clock = (at: string) => at.slice(11, 16);
/** `2026-11-21 10:23` */
export const isoMinute = (at: string) => `${isoDay(at)} ${clock(at)}`.trim();
/** `2026-11-21 10:23:05`, as a clerk reads it out. */
export const isoSecond = (at: string) => `${isoDay(at)} ${at.slice(11, 19)}`.trim();
/** `2026年11月21日` */
export const day = (at: string, lang: Lang) =>
  shown("day", at, lang, { year: "numeric", month: "long", day: "numeric" });
/** `11月21日 星期六` */
export const weekday = (at: string, lang: Lang) =>
  shown("weekday", at, lang, { month: "long", day: "numeric", weekday: "long" });
/** `2026年11月21日 10:23` */
export const moment = (at: string, lang: Lang) =>
  shown("moment", at, lang, {
    year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });

/** Whole days from `today` to `due`, both `YYYY-MM-DD…`; negative where it is past. */
export function daysBetween(today: string, due: string): number {
  const [from, to] = [wall(today.slice(0, 10)), wall(due.slice(0, 10))];
  return from && to ? Math.round((to.getTime() - from.getTime()) / 86_400_000) : 0;
}

/** This machine's local day, for defaults of forms only. */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** `12:05` of seconds on the phone. */
export function duration(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/**
 * A form's time (`2026-11-21T10:23`, or typed with a space where the web view has no picker) → a moment; null where it
 * is none. Wallets stand on UTC+8 wherever the machine is.
 */
export function fromField(value: string): string | null {
  const found = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?$/.exec(value.normalize("NFKC").trim());
  if (!found) return null;
  const [, day = "", minute = "", seconds = ":00"] = found;
  const real = new Date(`${day}T${minute}${seconds}Z`);
  return Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== day ? null : `${day}T${minute}${seconds}+08:00`;
}
/** A form's day, or null while it is not one. */
export const dayField = (value: string) => (fromField(`${value.trim()} 00:00`) ? value.trim() : null);
/** Now on the wallets' clock (UTC+8), as a form's local field takes it. */
export function nowField(now = new Date()): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
}

/** A decimal as the core takes it: full-width digits, separators and a currency sign are taken off; null where it is none. */
export function decimal(text: string): string | null {
  const plain = text.normalize("NFKC").replace(/[,\s¥￥元]/g, "");
  return /^\d+(\.\d{1,2})?$/.test(plain) ? plain : null;
}
