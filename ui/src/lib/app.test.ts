import { beforeEach, describe, expect, it, vi } from "vitest";
import { app, asError } from "./app.svelte";
import { createFake } from "./backend.fake";
import { keydown } from "./keys";

beforeEach(async () => {
  await app.start(createFake({ settings: { lang: "zh" } }));
});
const press = (key: string, more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent("keydown", { key, cancelable: true, bubbles: true, ...more });
  document.body.dispatchEvent(event);
  keydown(event);
  return event;
};

describe("the app", () => {
  it("says what goes wrong in the user's words, with the sentence in the user's language in small print", async () => {
    await app.attempt(() => Promise.reject({ code: "too-large", detail: "row 3" }));
    expect(app.notices.at(-1)).toMatchObject({ tone: "problem", text: app.words.general.error["too-large"], small: "" });
    await app.attempt(() => Promise.reject({ code: "too-large", detail: "row 3", zh: "第 3 行" }));
    expect(app.notices.at(-1)?.small).toBe("第 3 行");
  });
  it("takes anything thrown that is no error of the border as an internal one", () => {
    expect(asError(new TypeError("x")).code).toBe("internal");
    expect(asError({ code: "toString", detail: "" }).code).toBe("internal");
    expect(asError({ code: "io", detail: "d" })).toEqual({ code: "io", detail: "d", zh: "" });
  });
  it("goes to the locked door when the backend says that it is locked", async () => {
    app.go({ page: "ledger" });
    await app.backend.lock();
    await app.attempt(() => app.backend.home());
    expect(app.door).toBe("locked");
    expect(app.place).toEqual({ page: "home" });
  });
  it("offers undo for what was done, and says what was undone", async () => {
    const flag = (await app.backend.flags(false))[0]!.flag.id;
    await app.change(() => app.backend.verdict(flag, "mine"), "done");
    expect(app.notices.at(-1)).toMatchObject({ text: "done", undo: true });
    expect((await app.backend.flags(false)).some((view) => view.flag.id === flag)).toBe(false);
    await app.undo();
    expect((await app.backend.flags(false)).some((view) => view.flag.id === flag)).toBe(true);
    expect(app.notices.at(-1)?.text).toContain("是我本人");
    await app.redo();
    expect((await app.backend.flags(false)).some((view) => view.flag.id === flag)).toBe(false);
  });
  it("goes back to where one was", () => {
    app.go({ page: "cases" });
    app.go({ page: "case", id: 1 });
    app.back();
    expect(app.place).toEqual({ page: "cases" });
  });
  it("tells Rust that the user is here at most every twenty seconds", () => {
    const touch = vi.spyOn(app.backend, "touch");
    app.touch(1_000_000);
    app.touch(1_010_000);
    app.touch(1_021_000);
    expect(touch).toHaveBeenCalledTimes(2);
  });
});

describe("a key", () => {
  it("switches the section, opens a note and locks", async () => {
    press("3", { ctrlKey: true });
    expect(app.place).toEqual({ page: "flags" });
    press("n", { metaKey: true });
    expect(app.noting).toBe(true);
    press("l", { ctrlKey: true });
    await vi.waitFor(() => expect(app.door).toBe("locked"));
  });
  it("does nothing while an input method composes", () => {
    press("2", { ctrlKey: true, isComposing: true });
    press("2", { ctrlKey: true, keyCode: 229 });
    expect(app.place).toEqual({ page: "home" });
  });
  it("leaves undo to a text field", async () => {
    const input = document.createElement("textarea");
    document.body.append(input);
    const undo = vi.spyOn(app, "undo");
    const event = new KeyboardEvent("keydown", { key: "z", ctrlKey: true, cancelable: true, bubbles: true });
    input.dispatchEvent(event);
    keydown(event);
    expect(undo).not.toHaveBeenCalled();
    expect(event.defaultPrevented).toBe(false);
    input.remove();
    press("z", { ctrlKey: true });
    expect(undo).toHaveBeenCalledOnce();
  });
  it("reaches nothing inside while locked", async () => {
    await app.lock();
    press("n", { ctrlKey: true });
    press("o", { ctrlKey: true });
    expect(app.noting).toBe(false);
    expect(app.place).toEqual({ page: "home" });
  });
});
