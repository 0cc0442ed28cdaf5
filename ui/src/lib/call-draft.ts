// What was typed during a call and not saved yet. Kept in memory only, never on disk, so that leaving the
// call desk (or the vault locking itself) loses nothing; it is gone when the app ends.

/** The fields of a call being written down. */
export type CallDraft = {
  provider: string;
  line: string;
  seconds: number;
  agent: string;
  ticket: string;
  said: string;
  promised: string;
  due: string;
};

export const emptyDraft = (): CallDraft => ({
  provider: "", line: "", seconds: 0, agent: "", ticket: "", said: "", promised: "", due: "",
});

/** Whether there is anything in it worth keeping. */
export const isWorthKeeping = (draft: CallDraft): boolean =>
  draft.seconds > 0 || [draft.agent, draft.ticket, draft.said, draft.promised, draft.due].some((t) => t.trim() !== "");

const drafts = new Map<string, CallDraft>();

// The demo ledger counts its cases from one as the user's own does: the door is part of the key.
const key = (door: string, id: number) => `${door}:${id}`;

export const keepDraft = (door: string, id: number, draft: CallDraft): void => {
  if (isWorthKeeping(draft)) drafts.set(key(door, id), { ...draft });
  else drafts.delete(key(door, id));
};
export const draftOf = (door: string, id: number): CallDraft | null => drafts.get(key(door, id)) ?? null;
export const dropDraft = (door: string, id: number): void => void drafts.delete(key(door, id));
