import { render, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { app } from "../lib/app.svelte";
import { createFake } from "../lib/backend.fake";
import FlagChart from "./FlagChart.svelte";

const shown = async (flag: string, lang: "zh" | "en" = "zh") => {
  await app.start(createFake({ settings: { lang } }));
  render(FlagChart, { flag });
  return screen.findByTestId("flag-chart");
};

describe("the picture of a flag", () => {
  it("shows a payee's history with the flag's row told apart by shape, and says so in words", async () => {
    const figure = await shown("unusual-amount-1");
    const picture = within(figure).getByRole("img");
    const rings = picture.querySelectorAll("circle").length;
    expect(picture.querySelectorAll("path.own")).toHaveLength(1);
    expect(rings).toBeGreaterThan(3);
    expect(picture.getAttribute("aria-labelledby")).toBe(figure.querySelector("figcaption")?.id);
    expect(figure.querySelector("figcaption")?.textContent).toBe(`「禾木超市」最近的 ${rings + 1} 笔付款，其中 1 笔是这处疑点`);
    expect(figure.textContent).toContain("¥1,286.00");
  });

  it("says the same in figures for whoever cannot see it", async () => {
    const figure = await shown("unusual-amount-1");
    const rows = [...figure.querySelectorAll("tbody tr")];
    expect(rows.length).toBe(within(figure).getByRole("img").querySelectorAll("circle").length + 1);
    expect(rows.filter((row) => row.textContent?.includes("这处疑点"))).toHaveLength(1);
  });

  it("lays a burst out over its minutes, two rows of one moment side by side", async () => {
    const figure = await shown("burst-1", "en");
    expect(figure.dataset["scope"]).toBe("hours");
    const starts = [...figure.querySelectorAll("svg[role=img] path.own")].map((path) => Number(/^M([\d.]+)/.exec(path.getAttribute("d") ?? "")?.[1]));
    expect(starts).toHaveLength(4);
    starts.slice(1).forEach((x, n) => expect(x - (starts[n] ?? 0)).toBeGreaterThanOrEqual(12));
  });

  it("draws nothing where a sentence says it better", async () => {
    await app.start(createFake());
    const { container } = render(FlagChart, { flag: "scam-words-1" });
    await waitFor(async () => expect(await app.backend.flagChart("scam-words-1")).toBeNull());
    expect(container.querySelector("figure")).toBeNull();
  });
});
