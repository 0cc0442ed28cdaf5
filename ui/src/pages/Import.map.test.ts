// From a file that nobody can read to its rows in the ledger, and to the report of it.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { app } from "../lib/app.svelte";
import { createFake } from "../lib/backend.fake";
import Import from "./Import.svelte";
import Report from "./Report.svelte";

const id = (name: string) => screen.getByTestId(name);

describe("an unknown table", () => {
  beforeEach(async () => {
    await app.start(createFake({ settings: { lang: "zh" }, table: true, problems: 3000 }));
  });
  afterEach(cleanup);

  it("is asked for its dates, mapped, saved by name, planned and imported", async () => {
    render(Import, { tokens: ["table"] });
    await fireEvent.click(await screen.findByTestId("map-columns"));
    const first = await screen.findByTestId<HTMLSelectElement>("map-column-0");
    expect(first.value).toBe("time");
    // Its dates read either way: nothing is counted before the user says how.
    await screen.findByTestId("map-dmy", {}, { timeout: 3000 });
    await waitFor(() => expect(id("map-trial").textContent).toContain(app.words.mapping.dates.first), { timeout: 3000 });
    await fireEvent.click(id("map-dmy"));
    await waitFor(() => expect(id("map-count").textContent).toContain("479"), { timeout: 3000 });
    expect(id("map-save")).toHaveProperty("disabled", true);
    await fireEvent.input(id("map-owner"), { target: { value: "小镇银行" } });
    await waitFor(() => expect(id("map-save")).toHaveProperty("disabled", false));
    await fireEvent.click(id("map-save"));
    const execute = await screen.findByTestId("import-execute", {}, { timeout: 3000 });
    expect((await screen.findByTestId("plan-file")).textContent).toContain(app.words.mapping.experimental);
    expect((await app.backend.mappings()).map((one) => one.mapping.name)).toEqual(["小镇银行 2026"]);
    await fireEvent.click(execute);
    await screen.findByTestId("result-report", {}, { timeout: 3000 });
    expect((await app.backend.imports())[0]?.provider).toBe("小镇银行");
  });

  it("without its amount says so and reads nothing", async () => {
    render(Import, { tokens: ["table"] });
    await fireEvent.click(await screen.findByTestId("map-columns"));
    const amount = await screen.findByTestId<HTMLSelectElement>("map-column-3");
    await fireEvent.change(amount, { target: { value: "" } });
    await waitFor(() => expect(id("map-trial").textContent).toContain(app.words.mapping.missing.amount));
    expect(id("map-save")).toHaveProperty("disabled", true);
  });
});

describe("the report of an import", () => {
  afterEach(cleanup);

  it("lists problems, links by rule, and says when the import is gone", async () => {
    await app.start(createFake({ settings: { lang: "zh" }, problems: 3000 }));
    const { unmount } = render(Report, { id: 1 });
    expect((await screen.findByTestId("report-problems")).textContent).toContain("3,000");
    expect(id("report-links").textContent).toContain(app.words.report.rule["order-suffix"]);
    unmount();
    await app.trash({ kind: "import", id: 1 });
    render(Report, { id: 1 });
    expect(await screen.findByText(app.words.report.gone)).toBeTruthy();
  });
});
