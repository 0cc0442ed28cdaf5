import { describe, expect, it } from "vitest";
import { HIGHEST, RowsSeen } from "./rows-seen";

describe("the rows that are seen", () => {
  it("are those on the screen and a few beside them", () => {
    const seen = new RowsSeen(1000, 44, 440, 4400);
    expect([seen.first, seen.last]).toEqual([90, 120]);
    expect(seen.high).toBe(44_000);
    expect(seen.top(100)).toBe(4400);
  });
  it("are none of an empty table", () => {
    const seen = new RowsSeen(0, 44, 440, 0);
    expect(seen.last).toBeLessThan(seen.first);
  });
  it("reach the last of a million, which no element is high enough for", () => {
    const [count, view] = [1_000_000, 500];
    const top = new RowsSeen(count, 44, view, 0);
    expect(top.high).toBe(HIGHEST);
    expect(top.first).toBe(0);
    const end = new RowsSeen(count, 44, view, HIGHEST - view);
    expect(end.last).toBe(count - 1);
    // Its lower edge is that of the element.
    expect(end.top(count - 1) + 44).toBe(HIGHEST);
  });
  it("are scrolled to whichever row the keyboard goes to, also far down", () => {
    for (const count of [1000, 1_000_000]) {
      let seen = new RowsSeen(count, 44, 500, 0);
      for (const index of [count - 1, Math.floor(count / 2), Math.floor(count / 2) + 1, 3]) {
        seen = new RowsSeen(count, 44, 500, seen.scrollTo(index));
        const top = seen.top(index) - seen.scrolled;
        expect(top).toBeGreaterThanOrEqual(-1);
        expect(top + 44).toBeLessThanOrEqual(501);
        expect(seen.scrollTo(index)).toBeCloseTo(seen.scrolled, 3);
      }
    }
  });
});
