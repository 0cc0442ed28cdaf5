// The keys of the window. None acts while an input method composes; single keys none while something is typed into.
import { app } from "./app.svelte";
import { sections } from "./sections";

/** The list the user is shown; names have their words in `settings.keys`. */
export const shortcuts = [
  { name: "sections", keys: "Ctrl + 1 … 6" },
  { name: "note", keys: "Ctrl + N" },
  { name: "import", keys: "Ctrl + O" },
  { name: "find", keys: "Ctrl + F　/" },
  { name: "undo", keys: "Ctrl + Z" },
  { name: "redo", keys: "Ctrl + Shift + Z" },
  { name: "veil", keys: "Ctrl + H" },
  { name: "lock", keys: "Ctrl + L" },
  { name: "settings", keys: "Ctrl + ," },
  { name: "back", keys: "Alt + ←" },
  { name: "help", keys: "?　Ctrl + /" },
] as const;

const typedInto = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.matches("input:not([type=radio], [type=checkbox]), textarea, select") || target.isContentEditable);
const inDialog = () => document.querySelector('[role="dialog"]') !== null;

/** Puts the cursor into the search field of the page, or goes to the ledger for it. */
function find(): void {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  if (field) {
    field.focus();
    field.select();
  } else app.go({ page: "ledger", search: "" });
}

export async function chooseAndImport(): Promise<void> {
  const tokens = await app.attempt(() => app.backend.chooseFiles());
  if (tokens && tokens.length > 0) app.go({ page: "import", tokens });
}

export function toggleVeil(): void {
  void app.change(() => app.backend.setSettings({ ...app.settings, veil: !app.settings.veil }));
}

/** What a key does; undefined where it is not ours. */
function meaning(event: KeyboardEvent): (() => void) | undefined {
  const typing = typedInto(event.target);
  const held = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (!held) {
    if (event.altKey && key === "arrowleft" && app.inside && !inDialog()) return app.back;
    if (event.altKey || typing || inDialog()) return undefined;
    if (key === "?" || key === "？") return () => (app.helping = true);
    if (key === "/" && app.inside) return find;
    return undefined;
  }
  if (event.altKey) return undefined;
  if (key === "/") return () => (app.helping = !app.helping);
  if (!app.inside) return undefined;
  if (key === "l" && !event.shiftKey) return () => void app.lock();
  if (key === "h" && !event.shiftKey) return toggleVeil;
  if (inDialog()) return undefined;
  // Text fields keep their own undo.
  if (key === "z" && !typing) return () => void (event.shiftKey ? app.redo() : app.undo());
  if (key === "y" && !typing) return () => void app.redo();
  if (event.shiftKey) return undefined;
  if (key === "n") return () => (app.noting = true);
  if (key === "o") return () => void chooseAndImport();
  if (key === "f") return find;
  if (key === ",") return () => app.go({ page: "settings" });
  const section = sections[Number(key) - 1];
  return section ? () => app.go({ page: section }) : undefined;
}

export function keydown(event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const act = meaning(event);
  if (!act) return;
  event.preventDefault();
  act();
}
