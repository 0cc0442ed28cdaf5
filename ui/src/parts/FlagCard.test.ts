import { render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it } from "vitest";
import { app } from "../lib/app.svelte";
import { createFake } from "../lib/backend.fake";
import type { FlagView } from "../lib/bindings";
import FlagCard from "./FlagCard.svelte";

let views: FlagView[] = [];
const of = (kind: string) => views.find((view) => view.flag.kind === kind) as FlagView;
const show = (view: FlagView) =>
  render(FlagCard, { view, position: 1, total: 1, onverdict: () => undefined, onopen: () => undefined });

beforeEach(async () => {
  const backend = createFake({ settings: { lang: "zh" } });
  await app.start(backend);
  views = await backend.flags(true);
});

it("says beneath the surest flag what else was found of the same event, and shows what it is held against", () => {
  const [scam, payee] = [of("scam-words"), of("new-payee")];
  show({ ...scam, also: [payee.flag], compared: payee.transactions });
  const also = screen.getByTestId("flag-also");
  expect(also.textContent).toContain("陌生收款方");
  expect(also.textContent).toContain("首次转账给“*远”");
  expect(screen.getByText("对比：平时付的 1 笔")).toBeTruthy();
  expect(screen.getAllByTestId("evidence")).toHaveLength(2);
});

it("says in its headline what was found: all or a part of a refund, a raise or a charge after cancelling", () => {
  const title = (view: FlagView, amount: string) => {
    const { container, unmount } = show({ ...view, flag: { ...view.flag, amount: { ...view.flag.amount, amount } } });
    const text = container.querySelector("h2")?.textContent?.trim();
    unmount();
    return text;
  };
  const [refund, renewal] = [of("refund-missing"), of("subscription-change")];
  expect(title(refund, refund.transactions[0]?.amount.amount ?? "")).toBe("布谷鞋服旗舰店的退款没有到账");
  expect(title(refund, "59.00")).toBe("布谷鞋服旗舰店的退款还差 ¥59.00");
  expect(title(renewal, renewal.transactions[0]?.amount.amount ?? "")).toBe("云听音乐取消之后又扣了款");
  expect(title(renewal, "10.00")).toBe("云听音乐涨了 ¥10.00");
});
