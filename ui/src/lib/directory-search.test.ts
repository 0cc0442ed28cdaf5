import { expect, it } from "vitest";
import { groupOf, matches } from "./directory-search";
import { providers } from "./fake/providers";

const found = (query: string) => providers.filter((p) => matches(p, query)).map((p) => p.id);

it("finds a provider by its old name, its company and its id", () => {
  expect(found("百度钱包")).toEqual(["du-xiaoman"]);
  expect(found("财付通")).toEqual(["wechat-pay"]);
  expect(found("ALIPAY")).toEqual(["alipay"]);
});
it("finds a number however it is written, and one the web only claims", () => {
  expect(found("4008205555")).toEqual(["cmb"]);
  expect(found("400-820-5555")).toEqual(["cmb"]);
  expect(found("400-670-1000")).toEqual(["wechat-pay"]);
});
it("finds everybody for nothing, and nobody for nonsense", () => {
  expect(found("  ")).toHaveLength(providers.length);
  expect(found("没有这家")).toEqual([]);
});
it("puts card wallets with the wallets", () => {
  expect(groupOf("card-wallet")).toBe("wallets");
});
