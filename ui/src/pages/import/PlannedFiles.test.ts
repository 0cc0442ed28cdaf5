import { render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../lib/app.svelte";
import { createFake } from "../../lib/backend.fake";
import { planOf } from "../../lib/fake/plan";
import PlannedFiles from "./PlannedFiles.svelte";

describe("the files of an import plan", () => {
  beforeEach(() => app.start(createFake({ settings: { lang: "zh" } })));

  it("says which formats are read by guess, and only of those", () => {
    render(PlannedFiles, { plan: planOf(["cashbook_record_1.csv", "csv"], 1, []), onmap: () => {} });
    const files = screen.getAllByTestId("plan-file");
    expect(files).toHaveLength(2);
    expect(files[0]?.textContent).toContain("试读");
    expect(files[0]?.textContent).toContain("请与原文件逐笔核对");
    expect(files[1]?.textContent).not.toContain("试读");
  });

  it("shows both statements of one file, which share a hash", () => {
    render(PlannedFiles, { plan: planOf(["zip", "zip"], 1, []), onmap: () => {} });
    expect(screen.getAllByTestId("plan-file")).toHaveLength(2);
  });
});
