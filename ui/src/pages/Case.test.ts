import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { app } from "../lib/app.svelte";
import type { Backend } from "../lib/backend";
import { createFake } from "../lib/backend.fake";
import Case from "./Case.svelte";

let backend: Backend;
const events = async (id = 1) => (await backend.caseView(id)).line.case.events.map((e) => e.happening);

async function shown(id = 1): Promise<void> {
  await app.start(backend);
  app.providers = await backend.providers();
  render(Case, { id });
  await screen.findByTestId("next-step");
}

describe("a case", () => {
  beforeEach(() => {
    backend = createFake({ settings: { lang: "zh" } });
  });

  it("puts the one next step first and leads to the call desk with the plan's line", async () => {
    await shown();
    expect(screen.getByTestId("next-step").dataset["do"]).toBe("call");
    expect(screen.getByTestId("next-step").textContent).toContain("已过期 1 天");
    await fireEvent.click(screen.getByTestId("case-call"));
    expect(app.place).toEqual({ page: "call", case: 1, provider: "alipay", line: "main" });
  });

  it("says where the number comes from, when it was checked, and what the web claims instead", async () => {
    await shown();
    const plan = screen.getByTestId("call-plan").textContent;
    for (const words of ["95188", "已核实", "开放平台错误码说明", "2026年8月21日", "400-000-9518", "没有官方来源"]) expect(plan).toContain(words);
  });

  it("appends a kept promise, after which the next promise is waited for", async () => {
    await shown();
    await fireEvent.click(screen.getByTestId("promise-kept"));
    await waitFor(() => expect(screen.getByTestId("next-step").dataset["do"]).toBe("wait"));
    expect((await events()).at(-1)).toEqual({ what: "promise-resolved", event: 1, kept: true });
  });

  it("appends every tick of a step, undone ones too", async () => {
    await shown();
    await fireEvent.click(screen.getByTestId("step-check"));
    await waitFor(async () => expect((await events()).at(-1)).toEqual({ what: "stepped", step: "check", done: false }));
  });

  it("lets the user say anew what went wrong, and take that back", async () => {
    await shown();
    const item = async () => {
      await fireEvent.keyDown(screen.getByTestId("case-menu"), { key: "Enter" });
      return screen.findByTestId("retell");
    };
    const open = await item();
    await fireEvent.pointerDown(open);
    await fireEvent.pointerUp(open);
    await fireEvent.click(open);
    expect((await screen.findByTestId("told-refund-missing")).hasAttribute("disabled")).toBe(true);
    await fireEvent.click(screen.getByTestId("told-unexpected-fee"));
    await waitFor(async () => expect((await events()).at(-1)).toEqual({ what: "retold", trouble: "unexpected-fee" }));
    await waitFor(() => screen.getByTestId("step-check-terms"));
    await app.undo();
    await waitFor(() => expect(screen.queryByTestId("step-check-terms")).toBeNull());
  });

  it("says first what stops the loss where the user was talked into paying, and offers the police's papers", async () => {
    const id = await backend.caseOpen({ flags: ["scam-words-1"], transactions: [], trouble: null, provider: null, wishes: [], story: "" });
    await shown(id);
    expect(screen.getByTestId("first-of-all").textContent).toContain("不要再付任何钱");
    expect(screen.getByTestId("next-step").textContent).toContain("打给110 报警");
    await fireEvent.click(screen.getByTestId("case-call"));
    expect(app.place).toEqual({ page: "call", case: id, provider: "police-110", line: "main" });
    const tab = screen.getByTestId("tab-letter");
    await fireEvent.pointerDown(tab);
    await fireEvent.click(tab);
    await waitFor(() => screen.getByTestId("letter-police"));
    await fireEvent.click(screen.getByTestId("letter-sent"));
    await waitFor(async () => expect((await events(id)).at(-1)).toEqual({ what: "sent", to: "police-110", how: "报案材料" }));
  });

  it("lists the questions to expect, and offers no police report of a missing refund", async () => {
    await shown();
    expect(screen.queryByTestId("first-of-all")).toBeNull();
    expect(screen.getByTestId("questions").textContent).toContain("是否已挂失或报警");
    const tab = screen.getByTestId("tab-letter");
    await fireEvent.pointerDown(tab);
    await fireEvent.click(tab);
    await waitFor(() => screen.getByTestId("letter-wallet"));
    expect(screen.queryByTestId("letter-police")).toBeNull();
  });

  it("leaves before it is deleted, and asks for nothing that is gone", async () => {
    await shown();
    await fireEvent.click(screen.getByTestId("case-menu"));
    await fireEvent.keyDown(screen.getByTestId("case-menu"), { key: "Enter" });
    const trash = vi.spyOn(backend, "trash");
    const item = await screen.findByTestId("remove-case");
    await fireEvent.pointerDown(item);
    await fireEvent.pointerUp(item);
    await fireEvent.click(item);
    await waitFor(() => expect(trash).toHaveBeenCalledWith({ kind: "case", id: 1 }));
    expect(app.place).toEqual({ page: "cases" });
    expect(app.notices.every((notice) => notice.tone !== "problem")).toBe(true);
  });

  it("leads to the other channels where there is no phone line", async () => {
    const id = await backend.caseOpen({ flags: [], transactions: [], trouble: "account-frozen", provider: "google-wallet", wishes: [], story: "" });
    await shown(id);
    expect(screen.getByTestId("next-step").dataset["do"]).toBe("write");
    expect(screen.getByTestId("no-line").textContent).toContain("未公布电话热线");
    expect(screen.queryByTestId("case-call")).toBeNull();
  });

  it("stores an answer with its promise", async () => {
    await shown();
    await fireEvent.click(screen.getByTestId("promise-kept"));
    await waitFor(() => screen.getByTestId("record-progress"));
    await fireEvent.click(screen.getByTestId("record-progress"));
    await fireEvent.input(await screen.findByTestId("add-text"), { target: { value: "已受理" } });
    await fireEvent.input(screen.getByTestId("call-promise"), { target: { value: "退款" } });
    await fireEvent.submit(document.getElementById("progress-form") as HTMLFormElement);
    expect(screen.getByTestId("due-is").textContent).toContain("请也填上日期");
    await fireEvent.input(screen.getByTestId("call-due"), { target: { value: "2099年1月2日" } });
    await fireEvent.submit(document.getElementById("progress-form") as HTMLFormElement);
    await waitFor(async () => expect((await events()).at(-1)).toEqual({
      what: "answered", from: "alipay", text: "已受理", promise: { what: "退款", due: "2099-01-02" },
    }));
  });

  it("takes dropped files as evidence while its evidence is shown, and not otherwise", async () => {
    await shown();
    const attach = vi.spyOn(backend, "attach");
    app.dropped(["a"]);
    expect(app.place).toEqual({ page: "import", tokens: ["a"] });
    const tab = screen.getByTestId("tab-evidence");
    await fireEvent.pointerDown(tab);
    await fireEvent.click(tab);
    await waitFor(() => expect(app.taker).not.toBeNull());
    app.dropped(["b"]);
    await waitFor(() => expect(attach).toHaveBeenCalledWith({ kind: "case", id: 1 }, ["b"]));
    await screen.findByTestId("attachment");
  });

  it("says so where the case is gone", async () => {
    await app.start(backend);
    render(Case, { id: 404 });
    await screen.findByText(app.words.cases.notFound);
  });
});
