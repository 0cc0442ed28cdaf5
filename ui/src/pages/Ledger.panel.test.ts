import { render, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../lib/app.svelte";
import { createFake } from "../lib/backend.fake";
import type { Query } from "../lib/bindings";
import Panel from "./ledger/Panel.svelte";

const query = (search: string): Query =>
  ({ search, provider: null, from: null, to: null, direction: null, kind: null, flagged: false, offset: 0, limit: 50 });

describe("what belongs to a transaction", () => {
  beforeEach(() => app.start(createFake({ settings: { lang: "zh" } })));

  it("says why a refund and its payment belong together, and how sure that is", async () => {
    const page = await app.backend.list(query("台灯 退款"));
    const refund = page.lines[0]?.transaction;
    expect(refund?.refund_of).not.toBeNull();
    render(Panel, { id: refund?.id ?? 0, onclose: () => undefined, onother: () => undefined });
    const related = await screen.findByTestId("related");
    expect(related.textContent).toContain("确定");
    expect(related.textContent).toMatch(/对应的付款，见账单第 \d+ 行（单号一致）/);
    expect(within(related).getByRole("button").textContent).toContain("退款对应的付款");
  });
});
