// Looking at a plan: maps, tables, values, tools, links.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { drawn, explainMiddle, find, middle, open, pan, picture, test } from "./fixtures";
import { command } from "./served";

interface ExplainedServer {
  site: string;
  sector: string;
  map_rsrp_dbm: number;
}

interface ExplainedCell {
  centre: { lon_deg: number; lat_deg: number };
  verdict: string;
  server: ExplainedServer;
  service: { map_sinr_db: number; map_dl_mbps: number; map_ul_mbps: number };
}

test("every map is drawn, and each differs from the others", async ({ page, served }) => {
  await open(page, served);
  const hashes = new Set<number>();
  const radios = page.locator('input[name="raster"]');
  const count = await radios.count();
  expect(count).toBeGreaterThanOrEqual(8);
  for (let i = 0; i < count; i++) {
    const id = await radios.nth(i).getAttribute("value");
    await radios.nth(i).check();
    await expect(page.locator("body")).toHaveAttribute("data-shown", new RegExp(`^${id}@`));
    const shown = await picture(page);
    expect(shown.colours, String(id)).toBeGreaterThan(30);
    expect(await page.locator(".side .classes").first().locator("li").count(), String(id)).toBeGreaterThan(1);
    hashes.add(shown.hash);
  }
  expect(hashes.size).toBe(count);
});

test("every table is drawn over the map, and each differs from the others", async ({ page, served }) => {
  await open(page, served);
  const hashes = new Set([(await picture(page)).hash]);
  const boxes = page.locator('.side section input[type="checkbox"][data-table]');
  const ids = await boxes.evaluateAll((all) => all.map((one) => one.getAttribute("data-table")));
  expect(ids.length).toBeGreaterThanOrEqual(4);
  for (const id of ids) {
    const box = page.locator(`input[data-table="${id}"]`);
    await box.check();
    await expect(page.locator("body")).toHaveAttribute("data-tables", String(id));
    hashes.add((await picture(page)).hash);
    await box.uncheck();
    await expect(page.locator("body")).toHaveAttribute("data-tables", "");
  }
  expect(hashes.size).toBe(ids.length + 1);
});

test("hover and click show the numbers of amaneku explain", async ({ page, served }) => {
  const result = join(served.folder, "result");
  await command("run", served.folder, "-o", result, "--progress", "none");
  const explain = async (at: string) => (JSON.parse(await command("explain", result, "--at", at, "--json")) as { cells: ExplainedCell[] }).cells[0];
  // The middle of a cell: nobody knows on which side of a border a pixel lies.
  const centre = (await explain("138.69,35.31"))?.centre;
  const at = `${centre?.lon_deg},${centre?.lat_deg}`;
  const told = await explain(at);
  if (told === undefined) throw new Error("nothing was explained");
  await open(page, served, `?lang=en#at=${at}&res=10`);
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  const value = (map: string) => page.locator(`.hover [data-map="${map}"]`);
  const number = async (map: string) => Number(await value(map).getAttribute("data-value"));
  expect(await number("rsrp_dbm")).toBe(told.server.map_rsrp_dbm);
  expect(await number("sinr_db")).toBe(told.service.map_sinr_db);
  expect(await number("dl_mbps")).toBe(told.service.map_dl_mbps);
  expect(await number("ul_mbps")).toBe(told.service.map_ul_mbps);
  await expect(value("rsrp_dbm")).toContainText(`${told.server.map_rsrp_dbm.toFixed(1)} dBm`);
  await expect(value("best_server")).toContainText(`${told.server.site} / ${told.server.sector}`);
  await page.mouse.click(x, y);
  await expect(page.locator(".detail .verdict")).toHaveText(told.verdict);
  await expect(page.locator(".detail .pictures svg").first()).toBeVisible();
  await page.getByText("Every term").click();
  await expect(page.locator(".detail pre")).toContainText(told.server.map_rsrp_dbm.toFixed(1));
});

test("a place on the border of cells is explained as it is shown", async ({ page, served }) => {
  await open(page, served); // the middle of the plan is such a place
  await explainMiddle(page);
  const shown = Number(await page.locator('.hover [data-map="rsrp_dbm"]').getAttribute("data-value"));
  await page.getByText("Every term").click();
  await expect(page.locator(".detail pre")).toContainText(shown.toFixed(2));
});

test("every map task works without a pointer", async ({ page, served }) => {
  await open(page, served);
  const press = async (name: string) => {
    await page.getByRole("button", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
  };
  await page.getByRole("searchbox").focus();
  await page.keyboard.type("東町");
  await expect(page.locator(".results button")).toHaveCount(1);
  const before = page.url();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.url()).not.toBe(before);

  await press("Profile");
  await page.locator(".map").focus();
  await page.keyboard.press("Enter");
  await pan(page, "ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail svg.chart")).toBeVisible();
  await page.locator(".detail .close").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail")).toBeHidden();

  await press("Measure");
  await page.locator(".map").focus();
  await page.keyboard.press("Enter");
  await pan(page, "ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.locator(".status")).toContainText("km");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Look and ask" })).toHaveAttribute("aria-pressed", "true");

  await pan(page, "+");
  await explainMiddle(page);
  await page.locator(".detail .close").focus();
  await page.keyboard.press("Enter");

  await page.locator('input[value="rsrp_dbm"]').focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("body")).toHaveAttribute("data-shown", /^sinr_db@/);
  await page.locator("input[data-table=roads]").focus();
  await page.keyboard.press("Space");
  await expect(page.locator("body")).toHaveAttribute("data-tables", "roads");

  await page.getByRole("searchbox").fill("35.3, 138.7");
  await expect(page.locator(".results button")).toHaveText("138.7, 35.3");
});

test("a mesh code is found, a map and a table are saved as a run writes them", async ({ page, served }) => {
  const result = join(served.folder, "files");
  await command("run", served.folder, "-o", result, "--progress", "none");
  await open(page, served);
  const before = await picture(page);
  await page.getByRole("searchbox").fill("523875");
  await expect(page.locator(".results button")).toHaveText("Mesh 523875");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await picture(page)).hash).not.toBe(before.hash);
  await page.getByRole("searchbox").fill("523879");
  await expect(page.locator(".results .note")).toBeVisible();
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).click()]);
    return readFileSync(await download.path());
  };
  const map = await saved("Save Received power (RSRP) as GeoTIFF");
  expect(map.equals(readFileSync(join(result, "rsrp_dbm.tif")))).toBe(true);
  await page.locator("input[data-table=roads]").check();
  const roads = JSON.parse((await saved("Save Roads as GeoJSON")).toString()) as { features: unknown[] };
  expect(roads.features).toHaveLength(1);
  expect((await saved("Save Roads as KML")).toString()).toContain("<LineString>");
});

test("a link shows the same map again", async ({ page, served }) => {
  await open(page, served, "?lang=en#at=138.70000,35.30000&res=12&map=best_server&layers=roads");
  await expect(page.locator('input[value="best_server"]')).toBeChecked();
  await expect(page.locator("body")).toHaveAttribute("data-shown", /best_server@/);
  await expect(page.locator("body")).toHaveAttribute("data-tables", "roads");
  const first = await picture(page);
  const link = new URL(page.url());
  expect(link.hash).toContain("layers=roads");
  expect(link.hash).toContain("res=12");
  await open(page, served, `${link.search}${link.hash}`);
  await expect(page.locator("body")).toHaveAttribute("data-tables", "roads");
  expect((await picture(page)).hash).toBe(first.hash);
});

test("pictures for people to look at", async ({ page, served }) => {
  const folder = process.env["AMANEKU_WEB_SHOTS"];
  test.skip(folder === undefined, "AMANEKU_WEB_SHOTS names no folder");
  const shot = async (name: string) => {
    await drawn(page);
    await page.screenshot({ path: join(String(folder), `${name}.png`) });
  };
  await open(page, served);
  await shot("en");
  await explainMiddle(page);
  await shot("en-explain");
  await open(page, served, "?lang=ja");
  await find(page, "A");
  await shot("ja-site");
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, served, "?lang=ja#map=service_state");
  await shot("phone-ja");
  await page.getByRole("button", { name: "パネル" }).click();
  await shot("phone-ja-panel");
});
