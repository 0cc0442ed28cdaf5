import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { app } from "../lib/app.svelte";
import type { Backend } from "../lib/backend";
import { createFake } from "../lib/backend.fake";
import { dropDraft } from "../lib/call-draft";
import CallDesk from "./CallDesk.svelte";

let backend: Backend;
const type = (id: string, value: string) => fireEvent.input(screen.getByTestId(id), { target: { value } });
const save = () => fireEvent.submit(screen.getByTestId("call-record"));
const called = async () => (await backend.caseView(1)).line.case.events.map((e) => e.happening).filter((h) => h.what === "called");

async function desk(id: number | null, provider: string, line?: string): Promise<void> {
  await app.start(backend);
  app.providers = await backend.providers();
  render(CallDesk, { id, provider, line });
}

describe("the call desk", () => {
  beforeEach(() => {
    backend = createFake({ settings: { lang: "zh" } });
    dropDraft("open", 1);
  });

  it("leads with the QR code where nothing can dial, and with the button where something can", async () => {
    await desk(1, "alipay", "main");
    await screen.findByTestId("qr");
    expect(screen.queryByTestId("dial")).toBeNull();
    cleanup();
    backend.canDial = async () => true;
    const dial = vi.spyOn(backend, "dial").mockResolvedValue({ handed_over: true, tel: "tel:95188", trust: "verified" });
    await desk(1, "alipay", "main");
    await fireEvent.click(await screen.findByTestId("dial"));
    expect(dial).toHaveBeenCalledWith("alipay", "main");
  });

  it("has the police told something else than the clerk of the wallet", async () => {
    const id = await backend.caseOpen({ flags: ["scam-words-1"], transactions: [], trouble: null, provider: null, wishes: [], story: "" });
    await desk(id, "police-110", "main");
    expect((await screen.findByTestId("script")).textContent).toContain("我要报警");
    expect(screen.getByTestId("first-of-all").textContent).toContain("不要再付任何钱");
    cleanup();
    await desk(id, "alipay", "main");
    expect((await screen.findByTestId("script")).textContent).not.toContain("我要报警");
  });

  it("names the line and never sends a number of its own to be dialled", async () => {
    await desk(1, "alipay", "main");
    expect((await screen.findByTestId("call-number")).textContent).toBe("95188");
    expect(screen.getByTestId("script").textContent).toContain("重复扣款");
    expect(screen.getByTestId("brief").textContent).toContain("布谷鞋服旗舰店");
  });

  it("falls back to the QR code where the system does not take the number", async () => {
    backend.canDial = async () => true;
    await desk(1, "alipay", "main");
    await fireEvent.click(await screen.findByTestId("dial"));
    await waitFor(() => expect(screen.queryByTestId("dial")).toBeNull());
    expect(app.notices.at(-1)?.tone).toBe("problem");
  });

  it("writes the call into the case with its promise", async () => {
    await desk(1, "alipay", "main");
    await screen.findByTestId("call-record");
    await type("call-agent", " 2071 ");
    await type("call-ticket", "T-1");
    await type("call-said", "已登记");
    await type("call-promise", "核实后退款");
    await type("call-due", "2099/1/5");
    await save();
    await waitFor(() => expect(app.place).toEqual({ page: "case", id: 1 }));
    expect((await called()).at(-1)).toEqual({
      what: "called", provider: "alipay", line: "main", seconds: 0, agent: "2071", ticket: "T-1", said: "已登记", promise: { what: "核实后退款", due: "2099-01-05" },
    });
  });

  it("counts the promised days and shows the date at once", async () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 20, 12), toFake: ["Date"] });
    try {
      await desk(1, "alipay", "main");
      await screen.findByTestId("call-record");
      await type("promise-days", "5");
      expect(screen.getByTestId("due-is").textContent).toContain("2026年11月27日星期五");
      expect(screen.getByTestId("due-is").textContent).toContain("没有算进法定节假日");
      await fireEvent.click(screen.getByTestId("days-natural"));
      expect(screen.getByTestId("due-is").textContent).toContain("2026年11月25日星期三");
    } finally {
      vi.useRealTimers();
    }
  });

  it("does not store a date without a promise, nor a promise without a date", async () => {
    await desk(1, "alipay", "main");
    await screen.findByTestId("call-record");
    const before = (await called()).length;
    await type("call-due", "2099-01-05");
    await save();
    expect(screen.getByText(app.words.call.needPromise)).toBeTruthy();
    await type("call-promise", "退款");
    await type("call-due", "下周");
    await save();
    expect(screen.getByTestId("due-is").textContent).toContain("读不出这个日期");
    expect(await called()).toHaveLength(before);
  });

  it("keeps what was typed when one leaves, and forgets it once it is stored", async () => {
    await desk(1, "alipay", "main");
    await screen.findByTestId("call-record");
    await type("call-ticket", "T-77");
    cleanup();
    await desk(1, "alipay", "main");
    await screen.findByTestId("draft-clear");
    expect((screen.getByTestId("call-ticket") as HTMLInputElement).value).toBe("T-77");
    await save();
    await waitFor(() => expect(app.place.page).toBe("case"));
    cleanup();
    await desk(1, "alipay", "main");
    await screen.findByTestId("call-record");
    expect((screen.getByTestId("call-ticket") as HTMLInputElement).value).toBe("");
  });

  it("keeps no draft of one ledger for another", async () => {
    await desk(1, "alipay", "main");
    await screen.findByTestId("call-record");
    await type("call-ticket", "T-77");
    cleanup();
    backend = createFake({ door: "demo" });
    await desk(1, "alipay", "main");
    await screen.findByTestId("call-record");
    expect((screen.getByTestId("call-ticket") as HTMLInputElement).value).toBe("");
  });

  it("counts as presence while the timer runs, so that no call is cut by the lock", async () => {
    await desk(1, "alipay", "main");
    await screen.findByTestId("timer-toggle");
    const touch = vi.spyOn(app, "touch");
    await fireEvent.click(screen.getByTestId("timer-toggle"));
    await waitFor(() => expect(touch).toHaveBeenCalled(), { timeout: 2000 });
  });

  it("says plainly where there is no line", async () => {
    await desk(null, "google-wallet");
    expect((await screen.findByTestId("no-line")).textContent).toContain("未公布电话热线");
    expect(screen.queryByTestId("call-number")).toBeNull();
    expect(screen.queryByTestId("qr")).toBeNull();
  });

  it("notes a call to the next rung into the same case", async () => {
    await desk(1, "pboc-12363");
    expect((await screen.findByTestId("call-number")).textContent).toBe("12363");
    await type("call-said", "已受理");
    await save();
    await waitFor(async () => expect((await called()).at(-1)).toMatchObject({ provider: "pboc-12363", line: "main", said: "已受理" }));
  });
});
