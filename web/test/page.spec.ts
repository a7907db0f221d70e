import { readdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { Served } from "./served";

const served = new Served();
const complaints: string[] = [];

test.beforeAll(async () => {
  await served.start();
});

test.afterAll(async () => {
  expect(await served.stop()).toBe(0);
});

test.beforeEach(({ page }) => {
  complaints.length = 0;
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(served.url) && !url.startsWith("data:") && !url.startsWith("blob:") && url !== "about:blank") complaints.push(`asked ${url}`);
  });
});

test.afterEach(() => {
  expect(complaints).toEqual([]);
});

async function open(page: Page, query = "?lang=en", until = "all"): Promise<void> {
  await page.goto("about:blank"); // of an address that differs behind the # nothing is loaded again
  await page.goto(`${served.url}${query}`);
  await expect(page.locator(`body[data-ready=${until}]`)).toBeAttached();
}

async function state(page: Page): Promise<{ revision: number }> {
  return page.evaluate(async () => (await fetch("/api/state")).json());
}

/** What the map shows: a sum over its pixels, and how many colours there are. */
async function seen(page: Page): Promise<{ sum: number; colours: number }> {
  await page.waitForTimeout(150);
  return page.evaluate(() => {
    let sum = 0;
    const colours = new Set<number>();
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>(".map canvas")) {
      const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
      for (let i = 0; i + 3 < data.length; i += 4) {
        const colour = ((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
        sum = (sum * 31 + colour + (data[i + 3] ?? 0)) % 2147483647;
        colours.add(colour);
      }
    }
    return { sum, colours: colours.size };
  });
}

async function find(page: Page, site: string): Promise<void> {
  await page.getByRole("searchbox").fill(site);
  await page.getByRole("searchbox").press("Enter");
  await expect(page.locator(".detail form")).toBeVisible();
}

async function pixelOf(page: Page, site: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(".map").boundingBox();
  if (box === null) throw new Error("no map");
  await find(page, site);
  await page.waitForTimeout(450);
  await page.locator(".detail .close").click();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("every map is drawn, and each differs from the others", async ({ page }) => {
  await open(page);
  const sums = new Set<number>();
  const radios = page.locator('input[name="raster"]');
  const count = await radios.count();
  expect(count).toBeGreaterThanOrEqual(8);
  for (let i = 0; i < count; i++) {
    const id = await radios.nth(i).getAttribute("value");
    await radios.nth(i).check();
    await expect(page.locator("body")).toHaveAttribute("data-shown", new RegExp(`^${id}@`));
    const shown = await seen(page);
    expect(shown.colours, String(id)).toBeGreaterThan(30);
    expect(await page.locator(".side .classes").first().locator("li").count(), String(id)).toBeGreaterThan(1);
    sums.add(shown.sum);
  }
  expect(sums.size).toBe(count);
});

test("every table is drawn over the map", async ({ page }) => {
  await open(page);
  const sums = new Set([(await seen(page)).sum]);
  const boxes = page.locator(".side section").last().locator('input[type="checkbox"]');
  const count = await boxes.count();
  expect(count).toBeGreaterThanOrEqual(4);
  for (let i = 0; i < count; i++) {
    await boxes.nth(i).check();
    await page.waitForTimeout(150);
    sums.add((await seen(page)).sum);
    await boxes.nth(i).uncheck();
  }
  expect(sums.size).toBe(count + 1);
});

test("values under the pointer are those of explain", async ({ page }) => {
  await open(page, "?lang=en#at=138.70041,35.30023&res=40"); // the middle of the plan is on the border of cells
  const map = page.locator(".map");
  await map.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail .verdict")).not.toBeEmpty();
  await expect(page.locator(".detail .pictures svg").first()).toBeVisible();
  const place = await page.locator(".hover .place").textContent();
  const shown = Number(await page.locator('.hover [data-map="rsrp_dbm"]').getAttribute("data-value"));
  const told = await page.evaluate(async (at) => (await fetch(`/api/explain?at=${at}`)).json(), String(place).replace(" ", ""));
  expect(told.json.cells[0].server.map_rsrp_dbm).toBeCloseTo(shown, 3);
});

test("a dragged site changes the map, and the saved scenario plans the same bytes", async ({ page }) => {
  await open(page);
  const first = (await state(page)).revision;
  const start = await pixelOf(page, "A");
  const before = await seen(page);
  await page.getByRole("button", { name: "Change sites" }).click();
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  const steps = 12;
  const began = Date.now();
  for (let i = 1; i <= steps; i++) {
    await page.mouse.move(start.x + (60 * i) / steps, start.y + (40 * i) / steps);
    await page.waitForTimeout(25);
  }
  await expect(page.locator("body[data-previews]")).toBeAttached();
  const previews = Number(await page.locator("body").getAttribute("data-previews"));
  const dragged = (Date.now() - began) / 1000;
  const dropped = Date.now();
  await page.mouse.up();
  await expect(page.locator(`body[data-taken='${first + 1}']`)).toBeAttached();
  console.log(`previews: ${(previews / dragged).toFixed(1)} a second; exact maps ${Date.now() - dropped} ms after the drop`);
  expect((await seen(page)).sum).not.toBe(before.sum);

  await page.getByRole("button", { name: "Save scenario" }).click();
  await page.locator(".detail").getByRole("textbox").fill("moved");
  await page.locator(".detail").getByRole("button", { name: "Save scenario" }).click();
  await expect(page.locator(".detail [role=status]")).toContainText("moved");
  const home = join(served.folder, "saved", "moved");
  expect(readdirSync(home)).toEqual(expect.arrayContaining(["scenario.toml", "sites.csv"]));

  const again = new Served();
  await again.start(home);
  for (const id of ["rsrp_dbm", "sinr_db", "best_server", "service_state"]) {
    const [here, there] = await Promise.all(
      [served.url, again.url].map(async (url) => Buffer.from(await (await fetch(`${url}api/raster/${id}`)).arrayBuffer())),
    );
    expect(here?.length).toBeGreaterThan(1000);
    expect(here?.equals(there ?? Buffer.alloc(0)), id).toBe(true);
  }
  expect(await again.stop()).toBe(0);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.locator(`body[data-taken='${first + 2}']`)).toBeAttached();
  expect((await seen(page)).sum).toBe(before.sum);
});

test("a site is changed by its form, compared by a swipe, and undone", async ({ page }) => {
  await open(page);
  const first = (await state(page)).revision;
  await pixelOf(page, "B");
  await find(page, "B");
  await page.getByLabel("Power (dBm)").first().fill("20");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.locator(`body[data-taken='${first + 1}']`)).toBeAttached();
  await expect(page.locator(".headline .lost")).toBeVisible();
  await page.locator(".detail .close").click();
  const now = await seen(page);
  await page.getByLabel("Compare with the plan as it was read").check();
  await expect(page.locator(".swipe")).toBeVisible();
  const half = await seen(page);
  expect(half.sum).not.toBe(now.sum);
  await page.locator(".swipe").fill("0");
  expect((await seen(page)).sum).toBe(now.sum);
  await page.locator('input[value="coverage_change"]').check();
  await expect(page.locator("body")).toHaveAttribute("data-shown", `coverage_change@${first + 1}`);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.locator(`body[data-taken='${first + 2}']`)).toBeAttached();
});

test("of two pages the second sees what the first has changed", async ({ page, context }) => {
  await open(page);
  const other = await context.newPage();
  await open(other);
  const edit = async (which: Page, site: string) => {
    await find(which, site);
    await which.getByLabel("Antenna height (m)").first().fill("41");
    await which.getByRole("button", { name: "Apply" }).click();
  };
  const before = (await state(page)).revision;
  await edit(page, "A");
  await expect(page.locator(`body[data-taken='${before + 1}']`)).toBeAttached();
  await edit(other, "B");
  await expect(other.locator(".status")).toContainText("changed in another window");
  expect((await state(page)).revision).toBe(before + 1);
  await other.close();
  // The browser itself reports the refusal as an error on the console of the other page, not on this one.
});

test("without a pointer: search, ask, measure, profile", async ({ page }) => {
  await open(page);
  await page.getByRole("searchbox").focus();
  await page.keyboard.type("東町");
  await expect(page.locator(".results button")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(400);
  await page.getByRole("button", { name: "Profile" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".map").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowLeft");
  await page.waitForTimeout(300);
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail svg.chart")).toBeVisible();
  await page.locator(".detail .close").click();
  await page.getByRole("button", { name: "Measure" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".map").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowUp");
  await page.waitForTimeout(300);
  await page.keyboard.press("Enter");
  await expect(page.locator(".status")).toContainText("km");
  await page.getByRole("searchbox").fill("138.7, 35.3");
  await expect(page.locator(".results button")).toHaveText("138.7, 35.3");
});

test("a link shows the same map again", async ({ page }) => {
  await open(page, "?lang=en#at=138.70000,35.30000&res=40&map=best_server&layers=roads");
  await expect(page.locator('input[value="best_server"]')).toBeChecked();
  await expect(page.locator("body")).toHaveAttribute("data-shown", /best_server@/);
  await expect.poll(() => page.url()).toContain("layers=roads");
  expect(page.url()).toContain("res=40");
});

for (const language of ["en", "ja"]) {
  test(`accessible: ${language}`, async ({ page }) => {
    await open(page, `?lang=${language}`);
    const violations = async () => (await new AxeBuilder({ page }).analyze()).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`);
    expect(await violations()).toEqual([]);
    await page.locator(".map").focus();
    await page.keyboard.press("Enter");
    await expect(page.locator(".detail .verdict")).toBeVisible();
    expect(await violations()).toEqual([]);
    await find(page, "A");
    expect(await violations()).toEqual([]);
  });
}

test("the Japanese page is Japanese", async ({ page }) => {
  await open(page, "?lang=ja");
  await page.locator(".map").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail .verdict")).toBeVisible();
  const allowed = /^(RSRP|SINR|dB|dBm|dBi|Mbit|s|km|m|GHz|MHz|English|A|B|C|PNG|Esc|Enter|ITU|R|P|p|Fresnel|x|y|lon|lat|kHz|EIRP|Hz|NR|LTE|SSB|TS|TR)$/i;
  const words = async (selector: string) =>
    ((await page.locator(selector).innerText()).match(/[A-Za-z]+/g) ?? []).filter((one) => !allowed.test(one));
  for (const selector of ["header", ".tools", ".side", ".detail .verdict", ".status"]) expect(await words(selector), selector).toEqual([]);
  await find(page, "A");
  expect(await page.locator(".detail label").allInnerTexts()).not.toContainEqual(expect.stringMatching(/[A-Za-z]{4,}/));
});

test("at the width of a phone nothing is cut off", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, "?lang=ja");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expect(page.locator(".side")).toBeHidden();
  await page.getByRole("button", { name: "パネル" }).click();
  await expect(page.locator(".side")).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations.map((one) => one.id)).toEqual([]);
});

test("pictures for people to look at", async ({ page }) => {
  const folder = process.env["AMANEKU_WEB_SHOTS"];
  test.skip(folder === undefined, "AMANEKU_WEB_SHOTS names no folder");
  const shot = (name: string) => page.screenshot({ path: join(String(folder), `${name}.png`) });
  await open(page);
  await shot("en");
  await page.locator(".map").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail .verdict")).toBeVisible();
  await shot("en-explain");
  await open(page, "?lang=ja");
  await find(page, "A");
  await page.waitForTimeout(500);
  await shot("ja-site");
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, "?lang=ja#map=service_state");
  await shot("phone-ja");
  await page.getByRole("button", { name: "パネル" }).click();
  await shot("phone-ja-panel");
});
