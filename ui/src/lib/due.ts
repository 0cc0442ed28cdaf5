// The day on which a promise falls due.
import type { Lang } from "./bindings";

/** How a promise counts its days. */
export type DayKind = "natural" | "working";

const DAY = 86_400_000;

/**
 * `count` days after `from` (`YYYY-MM-DD`), that day itself not counted. Working days skip Saturdays and
 * Sundays only: public holidays and shifted working weekends are not known here. Counted in UTC, so that no
 * daylight saving moves a day.
 */
export function dueDay(from: string, count: number, kind: DayKind): string {
  let millis = Date.parse(`${from}T00:00:00Z`);
  if (kind === "natural") millis += count * DAY;
  else
    for (let left = count; left > 0; ) {
      millis += DAY;
      const weekday = new Date(millis).getUTCDay();
      if (weekday !== 0 && weekday !== 6) left -= 1;
    }
  return new Date(millis).toISOString().slice(0, 10);
}

/** Whether `text` is a day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const millis = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().slice(0, 10) === text;
}

/** `2026年11月30日星期一`: with the weekday, so that a slip of a week is noticed. */
export function longDay(day: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en", {
    weekday: "long", year: "numeric", month: "long", day: "numeric", timeZone: "UTC",
  }).format(Date.parse(`${day}T00:00:00Z`));
}
