import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../lib/app.svelte";
import { createFake } from "../lib/backend.fake";
import NumberPage from "./NumberPage.svelte";

async function check(text: string): Promise<HTMLElement> {
  await fireEvent.input(screen.getByTestId("number-check-input"), { target: { value: text } });
  await fireEvent.click(screen.getByTestId("number-check-go"));
  return screen.findByTestId("number-check-verdict");
}

describe("the number check", () => {
  beforeEach(async () => {
    await app.start(createFake({ settings: { lang: "zh" } }));
    app.providers = await app.backend.providers();
  });

  it("says of a claimed number that nothing backs it, with the line of the directory one click away", async () => {
    render(NumberPage, {});
    const verdict = await check("400-670-1000");
    expect(verdict.dataset["verdict"]).toBe("contradicted");
    await fireEvent.click(screen.getByTestId("number-check-call"));
    expect(app.place).toEqual({ page: "call", case: null, provider: "wechat-pay", line: "main" });
  });

  it("does not call a listed number genuine, nor an unlisted one fraudulent", async () => {
    render(NumberPage, {});
    for (const number of ["95188", "400-670-1000", "0095188", "13800138000", "你好"]) {
      await check(number);
      const said = screen.getByTestId("number-check").textContent ?? "";
      expect(said).not.toMatch(/骗子|诈骗分子|真号码|正品/);
      if (number === "95188") expect(said).toContain("来电显示可以伪造");
    }
  });

  it("takes away the verdict when the number is changed, and checks the number one came with", async () => {
    render(NumberPage, { number: "95188" });
    await screen.findByTestId("number-check-verdict");
    await fireEvent.input(screen.getByTestId("number-check-input"), { target: { value: "9518" } });
    await waitFor(() => expect(screen.queryByTestId("number-check-verdict")).toBeNull());
  });

  it("asks what the caller wanted, answers, and leads to 110 and 96110", async () => {
    render(NumberPage, {});
    await check("400-670-1000");
    await fireEvent.click(await screen.findByTestId("asked-safe-account"));
    expect(screen.getByTestId("answer-safe-account").textContent).toContain("不会来电要求转账");
    await fireEvent.click(screen.getByTestId("urgent-110"));
    expect(app.place).toEqual({ page: "call", case: null, provider: "police-110" });
  });

  it("writes a caller down and forgets it again", async () => {
    render(NumberPage, {});
    await check("400-670-1000");
    await fireEvent.click(await screen.findByTestId("asked-code"));
    await fireEvent.click(screen.getByTestId("caller-keep"));
    await waitFor(() => expect(screen.getByTestId("callers").textContent).toContain("400-670-1000"));
    expect(screen.getByTestId("callers").textContent).toContain("要验证码");
    await fireEvent.click(screen.getByTestId("caller-forget"));
    await waitFor(() => expect(screen.getByTestId("callers").textContent).not.toContain("400-670-1000"));
  });
});
