import { describe, expect, it } from "vitest";
import { holdsCardNumber } from "./card";
import { clock, dayField, daysBetween, decimal, duration, fromField, isoMinute, isoSecond, moment, money, nowField, size } from "./format";
import { strength } from "./strength";

describe("money", () => {
  it("keeps every digit of an amount a float would round", () => {
    expect(money({ amount: "9007199254740993.27", currency: "CNY" }, "zh")).toBe("¥9,007,199,254,740,993.27");
  });
  it("is written as each language writes it", () => {
    expect(money({ amount: "-1234.56", currency: "CNY" }, "zh")).toBe("-¥1,234.56");
    expect(money({ amount: "12.50", currency: "CNY" }, "en")).toBe("CN¥12.50");
    expect(money({ amount: "1200", currency: "JPY" }, "zh")).toBe("JP¥1,200");
  });
  it("is read from what people type", () => {
    expect(decimal("￥１，２３４．５")).toBe("1234.5");
    expect(decimal(" 128 元")).toBe("128");
    for (const wrong of ["", "12.345", "-5", "1e3", "十块"]) expect(decimal(wrong)).toBeNull();
  });
});

describe("times", () => {
  it("are the statement's wall clock, whatever the offset says", () => {
    for (const at of ["2026-11-21T00:05:09+08:00", "2026-11-21T00:05:09-11:00", "2026-11-21T00:05:09Z"]) {
      expect(isoMinute(at)).toBe("2026-11-21 00:05");
      expect(isoSecond(at)).toBe("2026-11-21 00:05:09");
      expect(clock(at)).toBe("00:05");
      expect(moment(at, "zh")).toBe("2026年11月21日 00:05");
    }
  });
  it("count days over a leap day and a year's end", () => {
    expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
    expect(daysBetween("2027-01-01", "2026-12-31")).toBe(-1);
  });
  it("of a form stand on the wallets' clock and are checked", () => {
    expect(fromField("2026-11-21T10:23")).toBe("2026-11-21T10:23:00+08:00");
    expect(fromField("2026-11-21 10:23:45")).toBe("2026-11-21T10:23:45+08:00");
    for (const wrong of ["", "2026-02-30 10:00", "2026-11-21 25:00", "昨天"]) expect(fromField(wrong)).toBeNull();
    expect(dayField("2026-13-01")).toBeNull();
    expect(nowField(new Date("2026-11-20T23:30:00Z"))).toBe("2026-11-21T07:30");
  });
  it("of a call are shown as a clock", () => {
    expect([duration(5), duration(725), duration(3725)]).toEqual(["00:05", "12:05", "1:02:05"]);
  });
  it("sizes are never shown as nothing", () => {
    expect(size(12, "en")).toBe("0.1 KB");
    expect(size(1_400_000, "zh")).toBe("1.4 MB");
  });
});

describe("a passphrase", () => {
  it("may be a sentence in any script", () => {
    expect(strength("窗前明月光照")).not.toBe("short");
    expect(strength("correct horse battery staple")).toBe("strong");
  });
  it("is weak where it repeats or counts", () => {
    expect(strength("aaaaaaaaaaaaaaaa")).toBe("weak");
    expect(strength("12345678")).toBe("weak");
    expect(strength("abc")).toBe("short");
    expect(strength("")).toBe("empty");
  });
});

describe("a card number", () => {
  it("is noticed also with gaps and full-width digits", () => {
    expect(holdsCardNumber("卡号 6222 0200 0000 0000 000 尾")).toBe(holdsCardNumber("6222020000000000000"));
    expect(holdsCardNumber("请看４１１１ １１１１ １１１１ １１１１")).toBe(true);
  });
  it("is not seen in an order number that fails the check", () => {
    expect(holdsCardNumber("4111111111111112")).toBe(false);
    expect(holdsCardNumber("尾号1234")).toBe(false);
  });
});
