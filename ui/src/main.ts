import { mount } from "svelte";
import App from "./app.svelte";
import { app } from "./lib/app.svelte";
import { backend, type Backend } from "./lib/backend";
import "./lib/tokens.css";
import "./lib/base.css";

/** Rust where there is a window around us; the fake in a plain browser while developing. */
async function door(): Promise<Backend> {
  const inBrowser = import.meta.env.DEV || import.meta.env.MODE === "fake";
  if (inBrowser && !("__TAURI_INTERNALS__" in window)) {
    const { fakeFromAddress } = await import("./lib/backend.fake");
    return fakeFromAddress(location.search);
  }
  return backend;
}

const target = document.getElementById("app");
if (target) {
  await app.start(await door());
  mount(App, { target });
}
