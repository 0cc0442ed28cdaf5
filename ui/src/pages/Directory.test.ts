import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../lib/app.svelte";
import { createFake } from "../lib/backend.fake";
import Directory from "./Directory.svelte";

async function check(text: string): Promise<HTMLElement> {
  await fireEvent.input(screen.getByTestId("number-check-input"), { target: { value: text } });
  await fireEvent.click(screen.getByTestId("number-check-go"));
  return screen.findByTestId("number-check-verdict");
}

describe("the directory", () => {
  beforeEach(async () => {
    await app.start(createFake({ settings: { lang: "zh" } }));
    app.providers = await app.backend.providers();
  });

  it("shows a provider with its line, trust in words, hours and where they come from, and its sources", async () => {
    render(Directory, {});
    await fireEvent.click(screen.getByTestId("provider-wechat-pay"));
    const sheet = screen.getByTestId("provider-sheet");
    for (const words of ["95017", "已核实", "每天 09:00–22:00", "时间来源：官方页面", "pay.weixin.qq.com", "400-670-1000"]) expect(sheet.textContent).toContain(words);
    await fireEvent.click(screen.getByTestId("to-call-desk"));
    expect(app.place).toEqual({ page: "call", case: null, provider: "wechat-pay", line: "main" });
  });

  it("answers “publishes no phone line” as an answer", () => {
    render(Directory, { provider: "google-wallet" });
    expect(screen.getByTestId("no-phone").textContent).toContain("没有公布客服电话");
    expect(screen.queryByTestId("to-call-desk")).toBeNull();
  });

  it("shows the one provider a search leaves", async () => {
    render(Directory, {});
    await fireEvent.input(screen.getByTestId("directory-search"), { target: { value: "百度钱包" } });
    expect(screen.getByTestId("provider-sheet").dataset["provider"]).toBe("du-xiaoman");
    expect(screen.getByTestId("provider-sheet").textContent).toContain("已改名");
  });

  it("says of a claimed number that nothing backs it, with the line of the directory one click away", async () => {
    render(Directory, {});
    const verdict = await check("400-670-1000");
    expect(verdict.dataset["verdict"]).toBe("contradicted");
    await fireEvent.click(screen.getByTestId("number-check-call"));
    expect(app.place).toEqual({ page: "call", case: null, provider: "wechat-pay", line: "main" });
  });

  it("does not call a listed number genuine, nor an unlisted one fraudulent", async () => {
    render(Directory, {});
    for (const number of ["95188", "400-670-1000", "0095188", "13800138000", "你好"]) {
      await check(number);
      const said = screen.getByTestId("number-check").textContent ?? "";
      expect(said).not.toMatch(/骗子|诈骗分子|真号码|正品/);
      if (number === "95188") expect(said).toContain("来电显示可以伪造");
    }
  });

  it("takes away the verdict when the number is changed, and checks the number one came with", async () => {
    render(Directory, { number: "95188" });
    await screen.findByTestId("number-check-verdict");
    await fireEvent.input(screen.getByTestId("number-check-input"), { target: { value: "9518" } });
    await waitFor(() => expect(screen.queryByTestId("number-check-verdict")).toBeNull());
  });
});
