import { defineConfig } from "@playwright/test";

// Nothing but this machine has a name in it: what wants to leave cannot.
const kQuiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export default defineConfig({
  testDir: "test",
  outputDir: process.env["AMANEKU_WEB_OUT"] ?? "test-results",
  workers: 1,
  timeout: 60_000,
  retries: process.env["CI"] ? 1 : 0,  // a machine that does much else may miss a limit once
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    launchOptions: {
      executablePath: process.env["AMANEKU_CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", ...kQuiet],
    },
    contextOptions: { reducedMotion: "reduce" },
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
  },
});
