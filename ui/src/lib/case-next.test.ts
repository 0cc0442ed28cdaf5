import { expect, it } from "vitest";
import type { CaseStatus, CaseView } from "./bindings";
import { inOrder, nextAction } from "./case-next";
import { createFake } from "./backend.fake";

async function invented(status: CaseStatus, lines = true): Promise<CaseView> {
  const view = await createFake().caseView(1);
  return { ...view, line: { ...view.line, status }, plan: lines ? view.plan : { ...view.plan, call: [] } };
}

it("asks to call first, and again where nothing was promised or the promise is past", async () => {
  expect(nextAction(await invented("to-call"))).toMatchObject({ do: "call", again: false });
  expect(nextAction(await invented("told"))).toMatchObject({ do: "call", again: true });
  expect(nextAction(await invented("overdue"))).toMatchObject({ do: "call", again: true });
});
it("waits for a promise, and asks about it on its day", async () => {
  expect(nextAction(await invented("waiting")).do).toBe("wait");
  expect(nextAction(await invented("due-today")).do).toBe("confirm");
});
it("does not ask to call where there is no line", async () => {
  expect(nextAction(await invented("to-call", false)).do).toBe("write");
});
it("has everybody told of a scam before anybody is waited for or called again", async () => {
  const fake = createFake();
  const id = await fake.caseOpen({ flags: ["scam-words-1"], transactions: [], trouble: null, provider: null, wishes: [], story: "" });
  const next = async () => nextAction(await fake.caseView(id));
  const called = async (provider: string, due: string | null) => void await fake.caseAdd({ case: id, happening: {
    what: "called", provider, line: "main", seconds: 1, agent: "", ticket: "", said: "已登记", promise: due ? { what: "回电", due } : null,
  } });
  const whom = async () => (await fake.caseView(id)).plan.call[0]?.provider;
  expect([await whom(), await next()]).toMatchObject(["police-110", { do: "call", again: false }]);
  await called("police-110", "2099-01-01");
  expect([await whom(), await next()]).toMatchObject(["alipay", { do: "call", again: false }]);
  await called("alipay", null);
  while (await whom() !== "police-110") await called(await whom() ?? "", null);
  expect((await next()).do).toBe("wait");
});
it("leaves a closed case alone", async () => {
  expect(nextAction(await invented("closed")).do).toBe("closed");
});
it("puts urgent steps first and keeps the order of the rest", () => {
  const steps = [{ id: "a", urgent: false }, { id: "b", urgent: true }, { id: "c", urgent: false }, { id: "d", urgent: true }];
  expect(inOrder(steps).map((s) => s.id)).toEqual(["b", "d", "a", "c"]);
});
