import { describe, expect, it } from "vitest";
import { dueDay, longDay, readDay } from "./due";

describe("a promise of days", () => {
  it("counts calendar days from the day after", () => {
    expect(dueDay("2026-11-20", 3, "natural")).toBe("2026-11-23");
    expect(dueDay("2026-12-30", 5, "natural")).toBe("2027-01-04");
  });
  it("skips the weekend when it is counted in working days", () => {
    expect(dueDay("2026-11-20", 1, "working")).toBe("2026-11-23"); // Friday → Monday
    expect(dueDay("2026-11-20", 5, "working")).toBe("2026-11-27");
    expect(dueDay("2026-11-21", 1, "working")).toBe("2026-11-23"); // from a Saturday
  });
  it("does not skip public holidays, which it does not know", () => {
    expect(dueDay("2026-09-30", 1, "working")).toBe("2026-10-01");
  });
  it("is today where no day is given", () => {
    expect(dueDay("2026-11-21", 0, "working")).toBe("2026-11-21");
  });
});

describe("a day as people write it", () => {
  const from = "2026-11-22";
  it("is read with a year in any of the usual shapes", () => {
    for (const text of ["2026-11-30", "2026/11/30", "2026.11.30", "2026年11月30日", "２０２６-１１-３０", " 2026年11月30号 "]) {
      expect(readDay(text, from)).toBe("2026-11-30");
    }
  });
  it("means the next such day where the year is left out", () => {
    expect(readDay("11月30日", from)).toBe("2026-11-30");
    expect(readDay("11-22", from)).toBe("2026-11-22");
    expect(readDay("1月3日", from)).toBe("2027-01-03");
  });
  it("is refused where there is no such day", () => {
    for (const text of ["2026-02-30", "13月1日", "明天", "11", ""]) expect(readDay(text, from)).toBeNull();
  });
  it("is shown with its weekday", () => {
    expect(longDay("2026-11-30", "zh")).toBe("2026年11月30日星期一");
  });
});
