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

/**
 * A day as people write it (`2026-11-30`, `2026/11/30`, `2026年11月30日`, `11月30日`, `11-30`) as `YYYY-MM-DD`;
 * without a year, the first such day not before `from`. `null` where it is no day that exists.
 */
export function readDay(text: string, from: string): string | null {
  const found = /^(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$/.exec(text.normalize("NFKC").trim());
  if (!found) return null;
  const [, year, month = "", day = ""] = found;
  const on = (y: number): string | null => {
    const written = `${y}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    const millis = Date.parse(`${written}T00:00:00Z`);
    return !Number.isNaN(millis) && new Date(millis).toISOString().slice(0, 10) === written ? written : null;
  };
  if (year !== undefined) return on(Number(year));
  const thisYear = Number(from.slice(0, 4));
  const soon = on(thisYear);
  return soon !== null && soon >= from ? soon : on(thisYear + 1);
}

/** `2026年11月30日星期一`: with the weekday, so that a slip of a week is noticed. */
export function longDay(day: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en", {
    weekday: "long", year: "numeric", month: "long", day: "numeric", timeZone: "UTC",
  }).format(Date.parse(`${day}T00:00:00Z`));
}
