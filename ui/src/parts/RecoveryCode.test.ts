import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, it, vi } from "vitest";
import { app } from "../lib/app.svelte";
import { createFake } from "../lib/backend.fake";
import RecoveryCode from "./RecoveryCode.svelte";

it("saves the code through the shell's dialog, in the language of the window, and keeps copy and print", async () => {
  const backend = createFake({ door: "none", settings: { lang: "zh" } });
  await app.start(backend);
  const code = await backend.create("correct horse battery");
  const save = vi.spyOn(backend, "saveRecoveryCode");
  render(RecoveryCode, { code, onconfirmed: () => undefined });
  expect(screen.getByTestId("recovery-copy")).toBeTruthy();
  expect(screen.getByText(app.words.door.recovery.print)).toBeTruthy();
  await fireEvent.click(screen.getByTestId("recovery-save"));
  expect(save).toHaveBeenCalledWith(code, app.lang);
  await waitFor(() => expect(app.notices.at(-1)?.text).toContain("没有加密"));
});
