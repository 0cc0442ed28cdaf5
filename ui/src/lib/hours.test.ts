import { expect, it } from "vitest";
import { hoursText } from "./hours";
import { en } from "./words/en";
import { zh } from "./words/zh";

it("tells hours in words, the spans of the same days together", () => {
  const spans = [{ days: "xxxxx--", from: "08:30", to: "11:30" }, { days: "xxxxx--", from: "14:00", to: "17:30" }];
  expect(hoursText(spans, zh.directory)).toBe("周一至周五 08:30–11:30、14:00–17:30");
  expect(hoursText(spans, en.directory)).toBe("Monday to Friday 08:30–11:30, 14:00–17:30");
});
it("says round the clock only where every day is open all day", () => {
  expect(hoursText([{ days: "xxxxxxx", from: "00:00", to: "24:00" }], zh.directory)).toBe("全天 24 小时");
  expect(hoursText([{ days: "xxxxxx-", from: "00:00", to: "24:00" }], zh.directory)).toBe("周一至周六 00:00–24:00");
});
it("names single days and keeps different days apart", () => {
  expect(hoursText([{ days: "x-x----", from: "09:00", to: "12:00" }, { days: "-----xx", from: "10:00", to: "16:00" }], zh.directory))
    .toBe("周一、周三 09:00–12:00 · 周六、周日 10:00–16:00");
});
