// A page on a plan that is served, with what every test asks of it: no complaint of the browser, no request to others.
import { expect, test as plain, type Page } from "@playwright/test";
import { Served } from "./served";

/** Maps are shown, values and tables are there, and the studies of the plan have run. */
export async function open(page: Page, served: Served, query = "?lang=en"): Promise<void> {
  await page.goto("about:blank"); // of an address that differs behind the # nothing is loaded again
  await page.goto(`${served.url}${query}`);
  await expect(page.locator("body[data-ready=all][data-studies]:not([data-studies=running])")).toBeAttached();
}

export interface Shared {
  served: Served;
}

export const test = plain.extend<{ complaints: string[] }, Shared>({
  served: [
    // eslint-disable-next-line no-empty-pattern -- Playwright asks for the pattern
    async ({}, use) => {
      const served = new Served();
      await served.start();
      await use(served);
      expect(await served.stop()).toBe(0);
    },
    { scope: "worker" },
  ],
  complaints: [
    async ({ context, served }, use) => {
      const complaints: string[] = [];
      context.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      context.on("weberror", (error) => complaints.push(error.error().message));
      context.on("request", (request) => {
        if (!/^(data|blob|about):/.test(request.url()) && !request.url().startsWith(served.url)) complaints.push(`asked ${request.url()}`);
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** What was changed before is drawn. Nothing of the map moves by itself: the browser asks for reduced motion. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // The first lets an observer of sizes speak, the map draws in the next.
    for (let frame = 0; frame < 3; frame++) await new Promise((done) => requestAnimationFrame(done));
  });
}

export interface Picture {
  hash: number;
  colours: number;
}

/** The map without what lies over it. */
export async function picture(page: Page): Promise<Picture> {
  await drawn(page);
  return page.evaluate(() => {
    const view = document.querySelector(".map")?.getBoundingClientRect() ?? new DOMRect();
    const whole = document.createElement("canvas");
    whole.width = view.width;
    whole.height = view.height;
    const context = whole.getContext("2d", { willReadFrequently: true });
    if (context === null) return { hash: 0, colours: 0 };
    for (const one of document.querySelectorAll<HTMLCanvasElement>(".map canvas")) {
      if (one.width === 0) continue;
      context.globalAlpha = Number(one.style.opacity || one.parentElement?.style.opacity || "1");
      context.drawImage(one, 0, 0, whole.width, whole.height);
    }
    let hash = 0;
    const colours = new Set<number>();
    for (const pixel of new Uint32Array(context.getImageData(0, 0, whole.width, whole.height).data.buffer)) {
      hash = (Math.imul(hash, 31) + pixel) | 0;
      colours.add(pixel);
    }
    return { hash, colours: colours.size };
  });
}

export async function revision(page: Page): Promise<number> {
  return page.evaluate(async () => ((await (await fetch("/api/state")).json()) as { revision: number }).revision);
}

/** The page shows the plan of a revision, its tables included. */
export async function taken(page: Page, of: number): Promise<void> {
  await expect(page.locator(`body[data-taken="${of}"]`)).toBeAttached();
}

/** By the search: the site is in the middle of the map and its form is open. */
export async function find(page: Page, site: string): Promise<void> {
  await page.getByRole("searchbox").fill(site);
  await page.getByRole("searchbox").press("Enter");
  await expect(page.locator(".detail form.site")).toBeVisible();
  await expect(page.locator(".detail h2")).toContainText(site);
}

/** Where a site is on the screen, in the middle of the map. */
export async function pixelOf(page: Page, site: string): Promise<{ x: number; y: number }> {
  await find(page, site);
  await page.locator(".detail .close").click();
  await expect(page.locator(".detail")).toBeHidden();
  await drawn(page);
  return middle(page);
}

export async function middle(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator(".map").boundingBox();
  if (box === null) throw new Error("no map");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Enter on the map: the place in its middle is explained. */
export async function explainMiddle(page: Page): Promise<void> {
  await page.locator(".map").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail .verdict")).toBeVisible();
}

/** A key that moves the map, until it has. */
export async function pan(page: Page, key: string): Promise<void> {
  const before = page.url();
  await page.keyboard.press(key);
  await expect.poll(() => page.url()).not.toBe(before);
}
