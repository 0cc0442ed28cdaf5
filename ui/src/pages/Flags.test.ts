import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../lib/app.svelte";
import { createFake } from "../lib/backend.fake";
import Flags from "./Flags.svelte";

const cards = () => screen.getAllByTestId("flag-card");
const kinds = () => cards().map((card) => card.dataset["kind"]);

describe("the flags page", () => {
  beforeEach(async () => {
    await app.start(createFake({ settings: { lang: "zh" } }));
    render(Flags, { flag: undefined });
    await screen.findAllByTestId("flag-card");
  });

  it("shows each flag with why, how sure, its lines and when it is in order", () => {
    const first = cards()[0] as HTMLElement;
    expect(first.textContent).toContain("青禾数码专营店可能多扣了一次");
    expect(first.textContent).toContain("43 秒内扣款两次");
    expect(first.textContent).toContain("明显");
    expect(first.textContent).toContain("什么情况下是正常的");
    const evidence = within(first).getByTestId("evidence");
    expect(evidence.textContent).toContain("2026-11-18 19:42:51");
    expect(evidence.textContent).toContain("2026111822001400000000072");
  });

  it("takes a flag off the list when it was the user, says what stays quiet, and brings it back on undo", async () => {
    const before = kinds();
    await fireEvent.click(within(cards()[0] as HTMLElement).getByTestId("verdict-mine"));
    await waitFor(() => expect(kinds()).toEqual(before.slice(1)));
    const notice = app.notices.at(-1);
    expect(notice?.text).toContain("青禾数码专营店");
    expect(notice?.text).toContain("¥373.75");
    expect(notice?.undo).toBe(true);
    await app.undo();
    await waitFor(() => expect(kinds()).toEqual(before));
  });

  it("keeps a pursued flag on the list until it has a case, then leads to the case", async () => {
    const kind = kinds()[0];
    await fireEvent.click(within(cards()[0] as HTMLElement).getByTestId("verdict-pursue"));
    await waitFor(() => expect(within(cards()[0] as HTMLElement).getByTestId("verdict-back")).toBeTruthy());
    expect(kinds()[0]).toBe(kind);
    await fireEvent.click(within(cards()[0] as HTMLElement).getByTestId("open-case"));
    await waitFor(() => expect(app.place.page).toBe("case"));
    await waitFor(() => expect(kinds()).not.toContain(kind));
  });

  it("opens a case of scam words at once, and asks who paid where the rows cannot tell", async () => {
    const of = (kind: string) => cards().find((card) => card.dataset["kind"] === kind) as HTMLElement;
    await fireEvent.click(within(of("new-payee")).getByTestId("open-case"));
    const dialog = await screen.findByTestId("who-paid");
    expect(dialog.textContent).toContain("这笔是谁付的");
    expect(app.place.page).not.toBe("case");
    await fireEvent.click(within(dialog).getByTestId("who-talked"));
    await waitFor(() => expect(app.place.page).toBe("case"));
    const troubles = async () => (await app.backend.cases()).map((line) => line.case.trouble);
    expect((await troubles()).at(-1)).toBe("payment-scam");
    await fireEvent.click(within(of("scam-words")).getByTestId("open-case"));
    await waitFor(async () => expect((await troubles()).filter((trouble) => trouble === "payment-scam").length).toBe(2));
    await fireEvent.click(within(of("burst")).getByTestId("open-case"));
    await fireEvent.click(await screen.findByTestId("who-not-me"));
    await waitFor(async () => expect((await troubles()).at(-1)).toBe("unknown-transaction"));
  });

  it("offers a slip of one's own and not knowing yet, and opens a case that denies nothing", async () => {
    const card = cards().find((card) => card.dataset["kind"] === "new-payee") as HTMLElement;
    await fireEvent.click(within(card).getByTestId("open-case"));
    const dialog = await screen.findByTestId("who-paid");
    expect(within(dialog).getByTestId("who-slip").textContent).toContain("付错了人");
    await fireEvent.click(within(dialog).getByTestId("who-unsure"));
    await waitFor(() => expect(app.place.page).toBe("case"));
    const opened = (await app.backend.cases()).find((line) => line.case.flags.includes("new-payee-1"));
    expect(opened?.case.trouble).toBe("unclear-payment");
  });

  it("takes 'I paid, and it is in order' as a verdict and opens no case", async () => {
    const before = (await app.backend.cases()).length;
    const payee = cards().find((card) => card.dataset["kind"] === "new-payee") as HTMLElement;
    await fireEvent.click(within(payee).getByTestId("open-case"));
    await fireEvent.click(await screen.findByTestId("who-mine"));
    await waitFor(() => expect(kinds()).not.toContain("new-payee"));
    expect((await app.backend.cases()).length).toBe(before);
  });

  it("moves with J and K and answers with M, only while a flag itself has the focus", async () => {
    const [first, second] = cards() as [HTMLElement, HTMLElement];
    first.focus();
    await fireEvent.keyDown(first, { key: "j" });
    expect(document.activeElement).toBe(second);
    await fireEvent.keyDown(second, { key: "k" });
    expect(document.activeElement).toBe(first);

    const count = cards().length;
    await fireEvent.keyDown(within(first).getByTestId("open-case"), { key: "m", bubbles: true });
    await fireEvent.keyDown(first, { key: "m", isComposing: true });
    await fireEvent.keyDown(first, { key: "m", ctrlKey: true });
    expect(cards()).toHaveLength(count);

    await fireEvent.keyDown(first, { key: "m" });
    await waitFor(() => expect(cards()).toHaveLength(count - 1));
    // The focus goes on to the neighbour, so that the next answer needs no search for it.
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset["testid"]).toBe("flag-card"));
  });

  it("lists answered flags apart and lets an answer be taken back", async () => {
    await fireEvent.click(within(cards()[0] as HTMLElement).getByTestId("verdict-mine"));
    await waitFor(() => expect(cards()).toHaveLength(7));
    await fireEvent.click(screen.getByTestId("flags-answered"));
    await waitFor(() => expect(cards()).toHaveLength(1));
    await fireEvent.click(screen.getByTestId("verdict-back"));
    await waitFor(() => expect(screen.queryAllByTestId("flag-card")).toHaveLength(0));
  });
});

it("shows the flag one came for, wherever it is listed", async () => {
  await app.start(createFake());
  await app.backend.verdict("burst-1", "mine");
  render(Flags, { flag: "burst-1" });
  await waitFor(() => expect((document.activeElement as HTMLElement).dataset["flag"]).toBe("burst-1"));
});
