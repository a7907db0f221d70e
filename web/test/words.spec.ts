// Who reads the page: with a screen reader, in Japanese, on a phone.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { explainMiddle, find, open, test } from "./fixtures";

const kWords = {
  en: { add: "Add a site", save: "Save scenario", compare: "Compare with the plan as it was read" },
  ja: { add: "基地局を追加", save: "シナリオを保存", compare: "変更前の計画と比較" },
} as const;

/** The page in each of its states, one after the other, and what of it is new there. */
async function eachState(page: Page, language: "en" | "ja", look: (state: string, part: string) => Promise<void>): Promise<void> {
  const words = kWords[language];
  await look("map", "body");
  for (const box of await page.locator("input[data-table]").all()) await box.check();
  await page.locator(".side summary").first().click();
  await page.getByLabel(words.compare).check();
  await expect(page.locator(".swipe")).toBeVisible();
  await look("tables, figures, comparison", "body");
  await page.getByLabel(words.compare).uncheck();
  await explainMiddle(page);
  await page.locator(".detail .pictures svg").first().waitFor();
  for (const closed of await page.locator(".detail details:not([open]) summary").all()) await closed.click();
  await look("explanation", ".detail");
  await find(page, "A");
  await look("site", ".detail");
  await page.getByRole("button", { name: words.save }).first().click();
  await look("save", ".detail");
  await page.getByRole("button", { name: words.add }).first().click();
  await page.locator(".map").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail select")).toBeVisible();
  await look("new site", ".detail");
  await page.getByRole("searchbox").fill("xyz");
  await expect(page.locator(".results .note")).toBeVisible();
  await look("search without result", "header");
}

for (const language of ["en", "ja"] as const) {
  test(`axe-core finds nothing: ${language}`, async ({ page, served }) => {
    await open(page, served, `?lang=${language}`);
    await eachState(page, language, async (state, part) => {
      const { violations } = await new AxeBuilder({ page }).include(part).analyze();
      expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`), state).toEqual([]);
    });
  });
}

test("the Japanese page is Japanese", async ({ page, served }) => {
  // Units, standards and names that Japanese engineers write in Latin letters; keys; names of the sites.
  const allowed = new Set(
    ("amaneku RSRP SINR EIRP dB dBm dBi Mbit s km m GHz MHz kHz English Enter Esc PNG GeoTIFF GeoJSON KML ITU ITU-R NR SSB A B C p526 panel").split(" "),
  );
  await open(page, served, "?lang=ja");
  await eachState(page, "ja", async (state) => {
    const texts = await page.evaluate(() => {
      // Names of terms, as the JSON of explain has them, and values of rows, as the files have them.
      for (const data of document.querySelectorAll("pre, .detail td")) data.remove();
      const out = [document.title, document.body.innerText];
      for (const element of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]"))
        for (const name of ["aria-label", "placeholder", "title", "alt"]) out.push(element.getAttribute(name) ?? "");
      return out;
    });
    const words = texts.join("\n").match(/(?<![0-9A-Za-z])[A-Za-z][A-Za-z0-9_.-]*/g) ?? [];
    expect([...new Set(words.filter((one) => !allowed.has(one)))], state).toEqual([]);
  });
});

test("at the width of a phone nothing is cut off", async ({ page, served }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, served, "?lang=ja");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expect(page.locator(".side")).toBeHidden();
  await page.getByRole("button", { name: "パネル" }).click();
  await expect(page.locator(".side")).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations.map((one) => one.id)).toEqual([]);
});
