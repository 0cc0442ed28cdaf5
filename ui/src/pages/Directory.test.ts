import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../lib/app.svelte";
import { createFake } from "../lib/backend.fake";
import Directory from "./Directory.svelte";

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

  it("finds a provider by a line of a card's bill", async () => {
    render(Directory, {});
    await fireEvent.input(screen.getByTestId("directory-search"), { target: { value: "财付通-某某便利店" } });
    expect(screen.getByTestId("provider-sheet").dataset["provider"]).toBe("wechat-pay");
  });

  it("keeps a number of one's own apart, marked, and asks before it dials", async () => {
    render(Directory, { provider: "alipay" });
    await fireEvent.click(screen.getByTestId("own-add"));
    await fireEvent.input(screen.getByTestId("own-number-input"), { target: { value: "*21#" } });
    await fireEvent.click(screen.getByTestId("own-save"));
    expect(screen.queryByTestId("own-number")).toBeNull();
    await fireEvent.input(screen.getByTestId("own-number-input"), { target: { value: "0571-8888 7777" } });
    await fireEvent.click(screen.getByTestId("own-save"));
    const mine = await screen.findByTestId("own-number");
    expect(mine.textContent).toContain("我的");
    await fireEvent.click(mine.querySelector("button")!);
    expect(await screen.findByTestId("own-dial-yes")).toBeTruthy();
  });

  it("looks at a pack before it takes it, and says why it refuses one", async () => {
    render(Directory, {});
    await screen.findByTestId("pack-edition");
    app.dropped(["bad"]);
    expect((await screen.findByTestId("pack-refused")).textContent).toContain("签名与内容不符");
    app.dropped(["good"]);
    expect((await screen.findByTestId("pack-found")).textContent).toContain("京东支付");
    await fireEvent.click(screen.getByTestId("pack-take"));
    await waitFor(() => expect(screen.getByTestId("pack-edition").textContent).toContain("2027010201"));
  });
});
