// Changing a plan: by a drag, by the form, by keys, in two windows; saved and planned again.
import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { fromFile } from "geotiff";
import { find, open, picture, pixelOf, revision, taken, test } from "./fixtures";
import { command, Served } from "./served";

interface Drag {
  frames_ms: number[];
  previews_ms: number[];
  exact_ms: number;
}

function share(values: number[], of: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(of * sorted.length))] ?? Number.NaN;
}

/** Said to whoever reads the log, and to the file that `./run test` shows. */
function tell(drag: Drag): void {
  const ms = (values: number[]) => `median ${share(values, 0.5).toFixed(0)} ms, 95 % within ${share(values, 0.95).toFixed(0)} ms`;
  const dragged_s = drag.frames_ms.reduce((sum, one) => sum + one, 0) / 1000;
  const text =
    `drag of a site: ${drag.frames_ms.length} frames, ${ms(drag.frames_ms)}; ` +
    `${(drag.previews_ms.length / dragged_s).toFixed(1)} previews a second, ${ms(drag.previews_ms)}; ` +
    `exact map ${drag.exact_ms.toFixed(0)} ms after the drop`;
  console.log(text);
  const file = process.env["AMANEKU_WEB_FIGURES"];
  if (file !== undefined) appendFileSync(file, `${text}\n`);
}

/** Drags what is at a place by (dx, dy), a step in each frame. */
async function drag(page: Page, from: { x: number; y: number }, dx: number, dy: number): Promise<Drag> {
  const kSteps = 30;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.evaluate(() => {
    const frames: number[] = [];
    let on = true;
    let last = performance.now();
    const frame = (now: number) => {
      frames.push(now - last);
      last = now;
      if (on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    window.addEventListener("pointerup", () => {
      on = false;
      performance.mark("dropped", { detail: frames });
    }, { once: true, capture: true });
  });
  for (let i = 1; i <= kSteps; i++) {
    await page.mouse.move(from.x + (dx * i) / kSteps, from.y + (dy * i) / kSteps);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  await expect.poll(() => page.evaluate(() => performance.getEntriesByName("preview").length)).toBeGreaterThan(0);
  const before = await page.locator("body").getAttribute("data-shown");
  await page.mouse.up();
  await expect(page.locator("body")).not.toHaveAttribute("data-shown", String(before));
  return page.evaluate(() => {
    const dropped = performance.getEntriesByName("dropped")[0] as PerformanceMark | undefined;
    const shown = performance.getEntriesByName("shown").find((one) => dropped !== undefined && one.startTime > dropped.startTime);
    return {
      frames_ms: ((dropped?.detail ?? []) as number[]).slice(1),
      previews_ms: performance.getEntriesByName("preview").map((one) => one.duration),
      exact_ms: (shown?.startTime ?? Number.NaN) - (dropped?.startTime ?? Number.NaN),
    };
  });
}

test("a dragged site changes the map, and the saved scenario plans the same bytes", async ({ page, served }) => {
  await open(page, served);
  const first = await revision(page);
  const start = await pixelOf(page, "A");
  const before = await picture(page);
  await page.getByRole("button", { name: "Change sites" }).click();
  const measured = await drag(page, start, 60, 40);
  expect(measured.frames_ms.length).toBeGreaterThan(10);
  expect(measured.exact_ms).toBeGreaterThan(0);
  tell(measured);
  await taken(page, first + 1);
  expect((await picture(page)).hash).not.toBe(before.hash);

  await page.getByRole("button", { name: "Save scenario" }).click();
  await page.locator(".detail").getByRole("textbox").fill("moved");
  await page.locator(".detail").getByRole("button", { name: "Save scenario" }).click();
  await expect(page.locator(".detail [role=status]")).toContainText("moved");
  const home = join(served.folder, "saved", "moved");
  expect(readdirSync(home)).toEqual(expect.arrayContaining(["scenario.toml", "sites.csv"]));
  await page.locator(".detail .close").click();

  const result = join(served.folder, "again");
  await command("run", home, "-o", result, "--progress", "none");
  const kept = await command("run", served.folder, "-o", join(served.folder, "unmoved"), "--progress", "none");
  expect(kept).not.toBe("");
  const map = async (folder: string, id: string) => {
    const tiff = await fromFile(join(folder, `${id}.tif`));
    const cells = (await (await tiff.getImage()).readRasters({ samples: [0] }))[0];
    tiff.close();
    if (cells === undefined || typeof cells === "number") throw new Error(id);
    return cells;
  };
  for (const id of ["rsrp_dbm", "sinr_db", "dl_mbps", "ul_mbps"]) {
    const shown = new Float32Array(await (await fetch(`${served.url}api/raster/${id}`)).arrayBuffer());
    const written = await map(result, id);
    expect(shown.length).toBe(written.length);
    expect(shown.length).toBeGreaterThan(1000);
    const differing = (other: ArrayLike<number>) =>
      shown.reduce((sum, value, i) => sum + (Object.is(value, other[i]) || (Number.isNaN(value) && !(Number(other[i]) > -9999)) ? 0 : 1), 0);
    expect(differing(written), id).toBe(0);
    expect(differing(await map(join(served.folder, "unmoved"), id)), id).toBeGreaterThan(100);
  }

  await page.getByRole("button", { name: "Undo" }).click();
  await taken(page, first + 2);
  expect((await picture(page)).hash).toBe(before.hash);
});

test("a site is changed by its form, compared by a swipe, and undone", async ({ page, served }) => {
  await open(page, served);
  const first = await revision(page);
  await find(page, "B");
  await page.getByLabel("Power (dBm)").first().fill("20");
  await page.getByRole("button", { name: "Apply" }).click();
  await taken(page, first + 1);
  await expect(page.locator(".headline .lost")).toBeVisible();
  await page.locator(".detail .close").click();
  const now = await picture(page);
  await page.getByLabel("Compare with the plan as it was read").check();
  await expect(page.locator(".swipe")).toBeVisible();
  await expect.poll(async () => (await picture(page)).hash).not.toBe(now.hash);
  await page.locator(".swipe").fill("0");
  expect((await picture(page)).hash).toBe(now.hash);
  await page.locator('input[value="coverage_change"]').check();
  await expect(page.locator("body")).toHaveAttribute("data-shown", `coverage_change@${first + 1}`);
  expect((await picture(page)).colours).toBeGreaterThan(30);
  await page.getByRole("button", { name: "Undo" }).click();
  await taken(page, first + 2);
});

test("sites are added, moved, undone and done again without a pointer", async ({ page, served }) => {
  await open(page, served);
  const first = await revision(page);
  const press = async (name: string) => {
    await page.getByRole("button", { name, exact: true }).first().focus();
    await page.keyboard.press("Enter");
  };
  await press("Add a site");
  await page.locator(".map").focus();
  await page.keyboard.press("Enter");
  await page.locator(".detail").getByLabel("Identifier").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("K1");
  await page.keyboard.press("Enter");
  await taken(page, first + 1);
  await expect(page.locator(".detail h2")).toContainText("K1");
  await page.locator(".detail").getByLabel("Antenna height (m)").first().focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("55");
  await page.keyboard.press("Enter");
  await taken(page, first + 2);
  await page.locator(".detail").getByLabel("Longitude").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("138.71");
  await page.keyboard.press("Enter");
  await taken(page, first + 3);
  await page.locator(".detail").getByLabel("Planned on").focus();
  await page.keyboard.press("Space");
  await page.locator(".detail").getByRole("button", { name: "Apply" }).focus();
  await page.keyboard.press("Enter");
  await taken(page, first + 4);
  const { sites } = (await page.evaluate(async () => (await fetch("/api/state")).json())) as {
    sites: { id: string; lon: number; existing: boolean; sectors: { tx_agl_m: number }[] }[];
  };
  const added = sites.find((one) => one.id === "K1");
  expect(added?.lon).toBeCloseTo(138.71, 9);
  expect(added?.existing).toBe(false);
  expect(added?.sectors[0]?.tx_agl_m).toBe(55);
  await press("Undo");
  await taken(page, first + 5);
  await press("Redo");
  await taken(page, first + 6);
  for (let i = 7; i <= 10; i++) {
    await press("Undo");
    await taken(page, first + i);
  }
  await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
});

test("another plan is compared with by a swipe and by what it wins", async ({ page, complaints }) => {
  const served = new Served();
  const other = join(served.folder, "other");
  await command("run", served.folder, "-o", other, "--progress", "none", "--set", "site.A.power_dbm=20", "--set", "scenario.name=Weak");
  await served.start("--against", other);
  await open(page, served);
  await expect(page.locator(".headline .won")).toBeVisible();
  const now = await picture(page);
  await page.getByLabel("Compare with Weak").check();
  await expect.poll(async () => (await picture(page)).hash).not.toBe(now.hash);
  await page.getByLabel("Won and lost against Weak").check();
  await expect(page.locator("body")).toHaveAttribute("data-shown", /^coverage_change@/);
  expect((await picture(page)).colours).toBeGreaterThan(30);
  const map = async (of: string) => Buffer.from(await (await fetch(`${served.url}api/raster/best_server?${of}`)).arrayBuffer());
  expect((await map("of=base")).equals(await map(""))).toBe(false);
  expect(await served.stop()).toBe(0);
  // Its address is another than that of the plan that all tests share.
  expect(complaints.splice(0).every((one) => one.startsWith(`asked ${served.url}`))).toBe(true);
});

test("of two pages the second sees what the first has changed", async ({ page, context, served, complaints }) => {
  await open(page, served);
  const other = await context.newPage();
  await open(other, served);
  const edit = async (which: Page, site: string) => {
    await find(which, site);
    await which.getByLabel("Antenna height (m)").first().fill("41");
    await which.getByRole("button", { name: "Apply" }).click();
  };
  const before = await revision(page);
  await edit(page, "A");
  await taken(page, before + 1);
  await edit(other, "B");
  await expect(other.locator(".status")).toContainText("changed in another window");
  await taken(other, before + 1);
  expect(await revision(page)).toBe(before + 1);
  await other.close();
  // The browser itself reports the refusal on the console.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("409")]);
  await page.getByRole("button", { name: "Undo" }).click();
  await taken(page, before + 2);
});
