import { cleanup, configure } from "@testing-library/svelte";
import { afterEach } from "vitest";

// A busy machine may take a while over what a quiet one does at once.
configure({ asyncUtilTimeout: 5000 });

// What jsdom lacks and the window has.
class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= NoObserver;
window.matchMedia ??= (query: string) =>
  ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
Element.prototype.scrollIntoView ??= () => {};

configure({ asyncUtilTimeout: 10_000 });
afterEach(() => cleanup());
