import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../lib/app.svelte";
import type { Backend } from "../lib/backend";
import { createFake } from "../lib/backend.fake";
import type { NewNote } from "../lib/bindings";
import Trash from "./Trash.svelte";

let backend: Backend;
const note: NewNote = {
  provider: "alipay", at: "2026-11-20T10:00:00+08:00", amount: { amount: "128.00", currency: "CNY" }, direction: "out", counterparty: "青禾便利店",
  method: "", order_no: "", text: "",
};
const kinds = () => screen.queryAllByTestId("trashed").map((row) => row.dataset["kind"]);
const rowOf = (kind: string) => screen.getAllByTestId("trashed").find((row) => row.dataset["kind"] === kind) as HTMLElement;

describe("the trash", () => {
  beforeEach(async () => {
    backend = createFake({ settings: { lang: "zh" } });
    await app.start(backend);
  });

  it("says what it is for while it is empty", async () => {
    render(Trash);
    expect((await screen.findByTestId("trash-empty")).textContent).toContain("随时可以放回");
  });

  it("lists what was deleted and puts it back in one click, undo included", async () => {
    const id = await backend.note(note);
    await app.trash({ kind: "transaction", id });
    await app.trash({ kind: "import", id: 1 });
    render(Trash);
    await waitFor(() => expect(kinds().sort()).toEqual(["import", "transaction"]));
    expect(rowOf("transaction").textContent).toContain("青禾便利店");
    expect(rowOf("transaction").textContent).toContain("128.00");
    await fireEvent.click(within(rowOf("transaction")).getByTestId("put-back"));
    await waitFor(() => expect(kinds()).toEqual(["import"]));
    expect((await backend.detail(id)).transaction.counterparty).toBe("青禾便利店");
    await app.undo();
    await waitFor(() => expect(kinds().sort()).toEqual(["import", "transaction"]));
  });

  it("offers no deletion for good where rows may be evidence, and says why", async () => {
    await app.trash({ kind: "import", id: 1 });
    render(Trash);
    await screen.findByTestId("trashed");
    expect(within(rowOf("import")).queryByTestId("purge")).toBeNull();
    expect(rowOf("import").textContent).toContain("可能是证据");
  });

  it("deletes for good only after a plain question", async () => {
    await app.trash({ kind: "case", id: 1 });
    render(Trash);
    await screen.findByTestId("trashed");
    await fireEvent.click(within(rowOf("case")).getByTestId("purge"));
    const dialog = await screen.findByTestId("purge-dialog");
    expect(dialog.textContent).toContain("不能撤销");
    await fireEvent.click(within(dialog).getByText(app.words.general.cancel));
    expect(kinds()).toEqual(["case"]);
    await fireEvent.click(within(rowOf("case")).getByTestId("purge"));
    await fireEvent.click(await screen.findByTestId("purge-yes"));
    await screen.findByTestId("trash-empty");
    expect(app.status.undo).toBeNull();
  });

  it("shows an entry of a case by what it says", async () => {
    const event = await backend.caseAdd({ case: 1, happening: { what: "noted", text: "对方挂断了" } });
    await app.trash({ kind: "event", id: event });
    render(Trash);
    expect((await screen.findByTestId("trashed")).textContent).toContain("对方挂断了");
  });
});
