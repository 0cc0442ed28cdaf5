import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../lib/app.svelte";
import { createFake } from "../../lib/backend.fake";
import Flags from "../Flags.svelte";

const lessons = () => screen.queryAllByTestId("lesson");

describe("what was learnt", () => {
  beforeEach(async () => {
    await app.start(createFake({ settings: { lang: "zh" } }));
    await app.backend.verdict("unusual-amount-1", "mine");
    await app.backend.verdict("burst-1", "pursue");
    render(Flags, { flag: undefined, show: "learned" });
    await waitFor(() => expect(lessons()).toHaveLength(2));
  });

  it("stands in words, the newest first, with the payee, the kind and the range", () => {
    expect(lessons().map((one) => one.dataset["verdict"])).toEqual(["pursue", "mine"]);
    const mine = lessons()[1]?.textContent ?? "";
    expect(mine).toContain("「禾木超市」的“金额异常”，涉及金额不高于 ¥1607.50 的，不再提示。");
    expect(mine).toMatch(/\d{4}年\d{1,2}月\d{1,2}日起/);
    expect(screen.queryAllByTestId("flag-card")).toHaveLength(0);
  });

  it("is taken back one by one, and undone", async () => {
    await fireEvent.click(within(lessons()[1] as HTMLElement).getByTestId("lesson-back"));
    await waitFor(() => expect(lessons()).toHaveLength(1));
    expect(app.notices.at(-1)?.undo).toBe(true);
    await app.undo();
    await waitFor(() => expect(lessons()).toHaveLength(2));
  });
});

it("is told before the answer is given, and again after it", async () => {
  await app.start(createFake({ settings: { lang: "zh" } }));
  render(Flags, { flag: undefined });
  const card = (await screen.findAllByTestId("flag-card"))[0] as HTMLElement;
  const before = within(card).getByTestId("if-mine").textContent ?? "";
  expect(before).toContain("「青禾数码专营店」的“重复扣款”");
  await fireEvent.click(within(card).getByTestId("verdict-mine"));
  await waitFor(() => expect(app.notices.at(-1)?.text).toContain("「青禾数码专营店」的“重复扣款”"));
});

it("is where a flag leads that stays quiet for its like", async () => {
  const fake = createFake({ settings: { lang: "zh" } });
  const flags = async (all: boolean) => (await fake.flags(all)).map((view, n) => (n === 0 ? { ...view, quieted_by: "another" } : view));
  await app.start({ ...fake, flags });
  render(Flags, { flag: undefined });
  await waitFor(() => expect(screen.getAllByTestId("flag-card")).toHaveLength(7));
  await fireEvent.click(screen.getByTestId("flags-answered"));
  const card = await screen.findByTestId("flag-card");
  expect(card.textContent).toContain("您对同类的一处说过是本人");
  await fireEvent.click(within(card).getByTestId("lessons-of"));
  expect(app.place).toEqual({ page: "flags", show: "learned" });
});
