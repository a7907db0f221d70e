import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const chromium = [process.env["AMANEKU_CHROMIUM"], "/usr/bin/chromium"].find((one) => one !== undefined && existsSync(one));

export default defineConfig({
  testDir: "test",
  outputDir: process.env["AMANEKU_WEB_OUT"] ?? "test-results",
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: "line",
  use: {
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    },
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
  },
});
