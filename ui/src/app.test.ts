import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import App from "./app.svelte";
import { app } from "./lib/app.svelte";
import { createFake, type FakeOptions } from "./lib/backend.fake";

const id = (name: string) => screen.findByTestId(name);
async function begin(options: FakeOptions = {}) {
  await app.start(createFake({ ...options, settings: { lang: "zh", ...options.settings } }));
  render(App);
}
const type = async (name: string, text: string) => fireEvent.input(await id(name), { target: { value: text } });
const click = async (name: string) => fireEvent.click(await id(name));

// jsdom lays nothing out: give the long table a height to draw rows in.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(900);
});

describe("first start", () => {
  it("makes a vault only with a passphrase typed twice, and shows the code until a group is typed", async () => {
    await begin({ door: "none" });
    await click("first-begin");
    await type("passphrase", "窗前明月光照旧书");
    await type("passphrase-again", "窗前明月");
    expect(await id("create")).toHaveProperty("disabled", true);
    await type("passphrase-again", "窗前明月光照旧书");
    await click("create");
    const asked = await id("recovery-confirm");
    await type("recovery-confirm", "XXXX");
    await fireEvent.submit(asked.closest("form")!);
    expect(screen.getByText(app.words.door.recovery.wrong)).toBeTruthy();
    const group = within(await id("recovery-code")).getAllByRole("listitem")[Number(asked.dataset["group"]) - 1]!;
    await type("recovery-confirm", group.textContent!.replace(/^\s*\d/, "").trim().toLowerCase());
    await fireEvent.submit(asked.closest("form")!);
    await click("first-later");
    expect(await id("home-empty")).toBeTruthy();
    expect(app.door).toBe("open");
  });
  it("shows the demo apart, and leaving it comes back to the first screen", async () => {
    await begin({ door: "none" });
    await click("first-demo");
    expect((await id("demo-banner")).textContent).toContain("示例账本，仅在内存中");
    await click("leave-demo");
    expect(await id("first-begin")).toBeTruthy();
  });
});

describe("the locked door", () => {
  it("says the same of every wrong passphrase and opens for the right one", async () => {
    await begin({ door: "locked" });
    await type("unlock-passphrase", "nope");
    await fireEvent.submit(await id("unlock"));
    expect(await screen.findByText(app.words.door.unlock.wrong)).toBeTruthy();
    await type("unlock-passphrase", "correct horse");
    await fireEvent.submit(await id("unlock"));
    expect(await id("page-home")).toBeTruthy();
  });
});

describe("an import", () => {
  it("asks for the code of a ZIP, shows the plan, writes just that and takes it back", async () => {
    await begin({ zip: true });
    const before = (await app.backend.home()).transactions;
    app.go({ page: "import", tokens: ["zip"] });
    await type("import-code", "000000");
    await click("import-code-open");
    expect(await screen.findByText(app.words.imports.code.wrong)).toBeTruthy();
    await type("import-code", "１２３４５６");
    await click("import-code-open");
    expect((await id("import-execute")).textContent).toContain("415");
    // Two new rows left out, and an unsure one said to be the same as one in the ledger.
    const boxes = within(await id("plan-rows")).getAllByRole("checkbox");
    await fireEvent.click(boxes[0]!);
    await fireEvent.click(boxes[1]!);
    expect((await id("import-execute")).textContent).toContain("413");
    await click("plan-unsure");
    await waitFor(() => expect(within(screen.getByTestId("plan-rows")).getAllByRole("checkbox")).toHaveLength(3));
    await fireEvent.click(within(await id("plan-rows")).getAllByRole("checkbox")[0]!);
    expect((await id("import-execute")).textContent).toContain("412");
    await click("import-execute");
    expect((await id("import-result")).textContent).toContain("412");
    expect((await app.backend.home()).transactions).toBe(before + 412);
    await click("result-undo");
    await waitFor(async () => expect((await app.backend.home()).transactions).toBe(before));
  });
  it("starts with files dropped anywhere on the window, not while locked", async () => {
    await begin();
    app.dropped(["账单.csv"]);
    expect((await id("plan-file")).textContent).toContain("账单.csv");
    await app.lock();
    app.dropped(["账单.csv"]);
    expect(app.place).toEqual({ page: "home" });
  });
  it("names the file it could not read beside those it could", async () => {
    await begin();
    app.go({ page: "import", tokens: ["bad", "账单.csv"] });
    expect((await id("plan-refused")).textContent).toContain("相册.zip");
    expect(await id("plan-file")).toBeTruthy();
  });
});

describe("the ledger", () => {
  it("searches once the input method has composed, and counts what was found", async () => {
    await begin();
    app.go({ page: "ledger" });
    const search = await id("ledger-search");
    await waitFor(() => expect(screen.getByTestId("ledger-sums").textContent).toContain(String(96)));
    await fireEvent.compositionStart(search);
    await fireEvent.input(search, { target: { value: "qinghe" } });
    expect(screen.getByTestId("ledger-sums").textContent).toContain("96");
    await fireEvent.input(search, { target: { value: "青禾" } });
    await fireEvent.compositionEnd(search);
    await waitFor(() => expect(screen.getByTestId("ledger-sums").textContent).toMatch(/2 笔.*¥598\.00/));
  });
  it("opens the row under the keyboard and keeps a note on it", async () => {
    await begin();
    app.go({ page: "ledger" });
    const table = await id("ledger");
    await screen.findAllByTestId("ledger-row");
    await waitFor(() => expect(screen.getAllByTestId("ledger-row")[1]!.textContent).toContain("禾木超市"));
    await fireEvent.keyDown(table, { key: "ArrowDown" });
    await fireEvent.keyDown(table, { key: "ArrowDown" });
    await fireEvent.keyDown(table, { key: "Enter" });
    expect((await id("ledger-detail")).textContent).toContain("禾木超市");
    await type("detail-note", "不是我买的");
    await click("detail-note-save");
    await waitFor(async () => expect((await app.backend.list({ search: "不是我买的", provider: null, from: null, to: null, direction: null, kind: null, flagged: false, offset: 0, limit: 1 })).total).toBe(1));
  });
  it("opens a case from a flagged row", async () => {
    await begin();
    const [line] = (await app.backend.list({ search: "青禾", provider: null, from: null, to: null, direction: null, kind: null, flagged: false, offset: 0, limit: 1 })).lines;
    app.go({ page: "ledger", transaction: line!.transaction.id });
    await click("detail-open-case");
    await waitFor(() => expect(app.place.page).toBe("case"));
    expect((await app.backend.cases()).at(-1)?.case.trouble).toBe("duplicate-charge");
  });
});

describe("a note by hand", () => {
  it("needs only an amount, and a pasted message fills it in", async () => {
    await begin();
    app.noting = true;
    await fireEvent.click(await id("note-save"));
    await fireEvent.submit((await id("note-amount")).closest("form")!);
    expect(await screen.findByText(app.words.ledger.noteForm.amountProblem)).toBeTruthy();
    await type("note-message", "您尾号1234的储蓄卡11月21日10:23消费人民币500.00元");
    await waitFor(async () => expect(await id("note-amount")).toHaveProperty("value", "500.00"));
    await fireEvent.submit((await id("note-amount")).closest("form")!);
    await waitFor(() => expect(app.noting).toBe(false));
    expect(app.status.undo).not.toBeNull();
    const saved = (await app.backend.list({ search: "储蓄卡(1234)", provider: null, from: null, to: null, direction: null, kind: null, flagged: false, offset: 0, limit: 1 })).lines[0];
    expect(saved?.transaction).toMatchObject({ amount: { amount: "500.00" }, source: null });
    expect(saved?.transaction.at.slice(5, 16)).toBe("11-21T10:23");
  });
});

describe("settings", () => {
  it("change the window at once and survive a keychain that fails", async () => {
    await begin();
    app.go({ page: "settings" });
    await click("set-large");
    await waitFor(() => expect(document.documentElement.dataset["large"]).toBe("true"));
    vi.spyOn(app.backend, "keychain").mockRejectedValue({ code: "io", detail: "" });
    await click("set-keychain");
    expect(await screen.findByText(app.words.settings.safety.keychainFailed)).toBeTruthy();
    expect(app.status.keychain).toBe(false);
    await fireEvent.click(await id("set-lang-en"));
    expect(await screen.findByRole("heading", { name: "Settings" })).toBeTruthy();
  });
});
