import { render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "./app.svelte";
import { createFake } from "./backend.fake";
import type { NewNote } from "./bindings";
import { en } from "./words/en";
import { zh } from "./words/zh";
import Flags from "../pages/Flags.svelte";

const renewal: NewNote = {
  provider: "", at: "2026-11-20T10:00:00+08:00", amount: { amount: "25.00", currency: "CNY" }, direction: "out", counterparty: "云听音乐", method: "",
  order_no: "", text: "",
};
const said = () => app.notices.map((notice) => notice.text);
async function begin(filled: boolean): Promise<void> {
  await app.start(createFake({ filled, settings: { lang: "zh" } }));
  await app.counting;
}

async function noted(note: NewNote): Promise<void> {
  await app.backend.note(note);
  await app.relook();
  await app.counting;
}

describe("what a change does to the flags", () => {
  beforeEach(() => begin(false));

  it("is said once, with a way to what is new, which is marked so", async () => {
    await noted(renewal);
    expect(said()).toEqual(["发现 1 条疑点"]);
    expect(app.fresh.size).toBe(0);
    await noted({ ...renewal, counterparty: "*远" });
    expect(said()).toEqual(["发现 1 条疑点", "多了 1 条疑点"]);
    expect(app.notices.at(-1)?.link?.to).toEqual({ page: "flags", flag: "new-payee-1" });
    expect([...app.fresh]).toEqual(["new-payee-1"]);
    await app.relook();
    await app.counting;
    expect(said().length).toBe(2);
    render(Flags, { flag: "new-payee-1" });
    await waitFor(() => expect(screen.getAllByTestId("flag-card").length).toBe(2));
    const fresh = screen.getByTestId("flag-fresh");
    expect(fresh.closest("[data-kind]")?.getAttribute("data-kind")).toBe("new-payee");
  });

  it("is said of what is undone, and leads nowhere where nothing came", async () => {
    await noted(renewal);
    await app.undo();
    await app.counting;
    const notice = app.notices.find((one) => one.text === "1 条疑点不再成立");
    expect(notice?.link).toBeNull();
  });

  it("is no news where the vault was only opened, or the user answered a flag", async () => {
    await begin(true);
    expect(said()).toEqual([]);
    const flag = (await app.backend.flags(false))[0]?.flag.id as string;
    await app.change(() => app.backend.verdict(flag, "mine"));
    await app.counting;
    expect(said()).toEqual([]);
  });

  it("is forgotten with the lock", async () => {
    await noted(renewal);
    await noted({ ...renewal, counterparty: "*远" });
    expect(app.fresh.size).toBe(1);
    await app.lock();
    expect(app.fresh.size).toBe(0);
  });
});

it("says what came, what changed and what went in one line", () => {
  const turned = { first: false, appeared: ["a", "b"], changed: [{ was: "c", is: "d" }], gone: ["e"] };
  expect(zh.flags.turned(turned)).toBe("多了 2 条疑点，1 条有变化，1 条不再成立");
  expect(en.flags.turned(turned)).toBe("2 new flags, 1 changed, 1 no longer holds");
  expect(zh.flags.turned({ ...turned, appeared: [], changed: [] })).toBe("1 条疑点不再成立");
  expect(en.flags.turned({ ...turned, appeared: [], changed: [] })).toBe("1 flag no longer holds");
  expect(zh.flags.turned({ first: true, appeared: [], changed: [], gone: [] })).toBe("");
});
