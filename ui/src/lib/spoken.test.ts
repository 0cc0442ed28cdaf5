import { expect, it } from "vitest";
import { briefText, groups } from "./spoken";

it("puts an order number in groups of four that join to the same number", () => {
  const no = "2026111822001400000000072";
  expect(groups(no)).toEqual(["2026", "1118", "2200", "1400", "0000", "0007", "2"]);
  expect(groups(no).join("")).toBe(no);
});
it("leaves short or spoken values whole", () => {
  expect(groups("95188")).toEqual(["95188"]);
  expect(groups("2026-11-18 19:42:51")).toEqual(["2026-11-18 19:42:51"]);
});
it("writes a brief as lines, in the language asked for", () => {
  const text = (zh: string, en: string) => ({ zh, en });
  const brief = { title: text("重复扣款", "Charged twice"), facts: [{ label: text("金额", "Amount"), value: text("¥1.00", "CN¥1.00"), copy: false }], wishes: [text("退款", "Refund"), text("解释", "Explanation")] };
  expect(briefText(brief, "zh", "我的诉求")).toBe("重复扣款\n金额：¥1.00\n我的诉求：退款；解释");
  expect(briefText(brief, "en", "What I want")).toBe("Charged twice\nAmount: CN¥1.00\nWhat I want: Refund; Explanation");
});
