import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// The policy the window enforces (src-tauri/tauri.conf.json), here too, so that a plain browser shows what would break.
const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", "font-src 'self'",
  "connect-src 'self' ipc: http://ipc.localhost", "object-src 'none'", "base-uri 'none'", "form-action 'none'",
].join("; ");

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  // The mark is drawn once, beside the other assets of the app.
  server: { port: 1420, strictPort: true, fs: { allow: [".", "../assets"] } },
  preview: { headers: { "Content-Security-Policy": policy } },
  build: { target: ["es2022", "safari16"], assetsInlineLimit: 0, reportCompressedSize: false },
  resolve: process.env["VITEST"] ? { conditions: ["browser"] } : {},
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/test.setup.ts"],
    restoreMocks: true,
    testTimeout: 30_000, // a loaded machine is no failure
  },
});
