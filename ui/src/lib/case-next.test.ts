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
it("leaves a closed case alone", async () => {
  expect(nextAction(await invented("closed")).do).toBe("closed");
});
it("puts urgent steps first and keeps the order of the rest", () => {
  const steps = [{ id: "a", urgent: false }, { id: "b", urgent: true }, { id: "c", urgent: false }, { id: "d", urgent: true }];
  expect(inOrder(steps).map((s) => s.id)).toEqual(["b", "d", "a", "c"]);
});
