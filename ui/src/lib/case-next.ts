// What a case asks of its user now: one thing, computed from what the backend says of it.
import type { CaseView, Deadline } from "./bindings";

export type NextAction =
  /** Call; `again` where there was a call or a promise before. */
  | { do: "call"; again: boolean; deadline: Deadline | null }
  /** A promise is due today: was it kept? */
  | { do: "confirm"; deadline: Deadline }
  /** Nothing until this day. */
  | { do: "wait"; deadline: Deadline }
  /** No phone line: the other channels. */
  | { do: "write"; deadline: Deadline | null }
  | { do: "closed" };

export function nextAction(view: CaseView): NextAction {
  const deadline = view.line.deadline;
  const hasLine = view.plan.call.length > 0;
  const call = (again: boolean): NextAction =>
    hasLine ? { do: "call", again, deadline } : { do: "write", deadline };
  // Where the loss may go on, everybody of the plan is told before anybody is waited for or called again.
  const first = view.plan.call[0]?.provider;
  const knows = view.line.case.events.some(({ happening: h }) => h.what === "called" && h.provider === first);
  const more = view.first_of_all !== null && hasLine && !knows;
  switch (view.line.status) {
    case "closed":
      return { do: "closed" };
    case "waiting":
      return more ? { do: "call", again: false, deadline: null } : deadline ? { do: "wait", deadline } : call(true);
    case "due-today":
      return deadline ? { do: "confirm", deadline } : call(true);
    case "overdue":
      return call(true);
    case "told":
      return call(!more);
    case "to-call":
      return call(false);
  }
}

/** The steps in the order to do them: urgent ones first, otherwise as the playbook has them. */
export function inOrder<S extends { urgent: boolean }>(steps: S[]): S[] {
  return [...steps.filter((step) => step.urgent), ...steps.filter((step) => !step.urgent)];
}
