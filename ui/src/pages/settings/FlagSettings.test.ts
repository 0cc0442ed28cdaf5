import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../lib/app.svelte";
import { createFake } from "../../lib/backend.fake";
import FlagSettings from "./FlagSettings.svelte";

const kinds = async () => (await app.backend.flags(false)).map((view) => view.flag.kind);

describe("which flags are shown", () => {
  beforeEach(async () => {
    await app.start(createFake({ settings: { lang: "zh" } }));
    render(FlagSettings);
    await screen.findByTestId("set-quiet");
  });

  it("is quiet, normal or watchful, each with a line of its own", async () => {
    const all = (await kinds()).length;
    await fireEvent.click(screen.getByTestId("set-quiet"));
    await waitFor(() => expect(app.settings.flags.all).toBe("quiet"));
    expect((await kinds()).length).toBeLessThan(all);
    expect(screen.getByTestId("flag-settings").querySelectorAll("dt")).toHaveLength(3);
  });

  it("loses a kind that is switched off and finds it again", async () => {
    const burst = screen.getByTestId("kind-burst");
    expect(burst.getAttribute("aria-checked")).toBe("true");
    await fireEvent.click(burst);
    await waitFor(() => expect(burst.getAttribute("aria-checked")).toBe("false"));
    expect(await kinds()).not.toContain("burst");
    expect(screen.getByTestId("flag-settings").textContent).toContain("17 种，开着 16 种");
    await fireEvent.click(burst);
    await waitFor(() => expect(app.settings.flags.kinds).toEqual({}));
    expect(await kinds()).toContain("burst");
  });
});
