import { describe, expect, it } from "vitest";
import type { ColumnGuess } from "./bindings";
import { choose, columnsOf, dateExample, dayIn, guessed, missing, signOf, zoneMinutes, zoneText } from "./columns";

const column = (name: string, field: ColumnGuess["field"]): ColumnGuess => ({ column: name, field, why: "name" });

describe("the columns of an unknown table", () => {
  it("a field stands above one column only, and an amount in one way only", () => {
    expect(choose(["time", "amount", null], 2, "time")).toEqual([null, "amount", "time"]);
    expect(choose(["time", "amount", null], 2, "amount-out")).toEqual(["time", null, "amount-out"]);
    expect(choose(["amount-out", "amount-in", null], 2, "amount")).toEqual([null, null, "amount"]);
    expect(choose(["time", "amount"], 1, null)).toEqual(["time", null]);
  });

  it("columns and words tell the direction before a sign does", () => {
    expect(signOf(["time", "amount"], "minus-in")).toBe("minus-in");
    expect(signOf(["time", "amount", "direction"], "minus-in")).toBe("words");
    expect(signOf(["amount-out", "amount-in", "direction"], "minus-in")).toBe("two-columns");
    expect(signOf(["amount"], "words")).toBe("minus-out");
  });

  it("what is missing is said, one thing at a time", () => {
    expect(missing(["amount"], "minus-out", [])).toBe("time");
    expect(missing(["time", "amount-out"], "two-columns", [])).toBe("amount");
    expect(missing(["time", "amount", "direction"], "words", [{ word: "支", direction: "neutral" }])).toBe("words");
    expect(missing(["time", "amount"], "minus-out", [])).toBeNull();
  });

  it("a column without a name of its own is mapped by its number only", () => {
    const columns = [column("Date", "time"), column("", "memo")];
    const fields = guessed(columns);
    expect(fields).toEqual(["time", null]);
    expect(columnsOf(columns, ["time", "memo"], false)).toEqual([{ field: "time", column: "Date" }]);
    expect(columnsOf(columns, ["time", "memo"], true)).toEqual([{ field: "time", column: "1" }, { field: "memo", column: "2" }]);
  });

  it("a date that reads either way is the example, in both readings", () => {
    expect(dateExample(["25/12/2026", "12/03/2026"])).toBe("12/03/2026");
    expect(dateExample(["2026-03-12"])).toBeNull();
    expect(dayIn("12/03/2026", "dmy")).toBe("2026-03-12");
    expect(dayIn("12/03/26", "mdy")).toBe("2026-12-03");
    expect(dayIn("25/12/2026", "mdy")).toBeNull();
    expect(dayIn("26/03/25", "ymd")).toBe("2026-03-25");
    for (const none of ["25/12/2026", "26.03.25", "26/03/32"]) expect(dayIn(none, "ymd"), none).toBeNull();
  });

  it("a time zone is read as people write it, and refused where there is none", () => {
    expect([zoneMinutes("+08:00"), zoneMinutes("8"), zoneMinutes("-3:30"), zoneMinutes("＋０８：００")]).toEqual([480, 480, -210, 480]);
    expect([zoneMinutes(""), zoneMinutes("25"), zoneMinutes("CST")]).toEqual([null, null, null]);
    expect([zoneText(480), zoneText(-210)]).toEqual(["+08:00", "-03:30"]);
  });
});
