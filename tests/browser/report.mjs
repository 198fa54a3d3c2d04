// Opens a report in a real browser: no error, no request, no finding of axe-core, nothing
// wider than the window, with and without script, light and dark, desktop and phone; prints.
//
// node report.mjs [REPORT.html]

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { desktop, launch, phone, reportFile } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const report = reportFile(process.argv[2]);
const failures = [];
const fail = (name, text) => failures.push(`${name}: ${text}`);

/** Opens the page and collects what must not happen. */
async function open(browser, name, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") fail(name, `console: ${message.text()}`);
  });
  page.on("pageerror", (error) => fail(name, `script: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (url !== report.url && !url.startsWith("data:")) fail(name, `request: ${url}`);
  });
  await page.goto(report.url);
  return { context, page };
}

/** Unfolds everything, so that all of it is checked. */
const unfold = (page) =>
  page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));

/** In other colours nothing but colours is another. */
const ofColours = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

async function checkAccessible(page, name, rules) {
  // The page's own policy forbids scripts, so axe-core comes through the debugger.
  await page.evaluate(axe);
  // Of what is in order nothing is asked, and to tell it takes longer than all else.
  const options = { resultTypes: ["violations"], ...rules };
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), options);
  for (const violation of found.violations) {
    const first = violation.nodes[0];
    fail(name, `axe ${violation.id} (${violation.nodes.length}): ${violation.help}: ${first.html.slice(0, 160)}`);
  }
}

async function checkWidth(page, name) {
  const wide = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  if (wide[1] < wide[0]) fail(name, `the page is ${wide[0]} wide in a window of ${wide[1]}`);
}

/** The first screen holds the answer and the whole picture. */
async function checkFirstScreen(page, name) {
  const bottom = await page.evaluate(() => document.querySelector(".first .plot")?.getBoundingClientRect().bottom ?? 0);
  if (desktop.height < bottom) fail(name, `the picture ends at ${bottom}, the screen at ${desktop.height}`);
}

async function checkSorting(page, name) {
  const sorted = await page.evaluate(() => {
    const table = [...document.querySelectorAll("table.sortable")].find((one) => 2 < one.tBodies[0].rows.length);
    if (!table) return null;
    const heads = [...table.tHead.rows[0].cells];
    const at = heads.findIndex((head) => head.classList.contains("n"));
    const values = () => [...table.tBodies[0].rows].map((row) => Number(row.cells[at].dataset.v));
    heads[at].querySelector("button").click();
    const down = values();
    heads[at].querySelector("button").click();
    return { down, up: values(), said: heads[at].getAttribute("aria-sort") };
  });
  if (sorted === null) return;
  const isFalling = sorted.down.every((value, at) => at === 0 || value <= sorted.down[at - 1]);
  const isRising = sorted.up.every((value, at) => at === 0 || sorted.up[at - 1] <= value);
  if (!isFalling || !isRising || sorted.said !== "ascending") fail(name, `sorting: ${JSON.stringify(sorted)}`);
}

/** A number in a table that can be sorted is sorted as a number. */
async function checkNumbers(page, name) {
  const unsorted = await page.evaluate(() =>
    [...document.querySelectorAll("table.sortable td.n:not([data-v])")].map((one) => one.outerHTML.slice(0, 120)));
  if (unsorted.length) fail(name, `${unsorted.length} numbers are sorted as words, such as ${unsorted[0]}`);
}

/** Words in the field leave the rows that hold them. */
async function checkFiltering(page, name) {
  const wrong = await page.evaluate(() => {
    const all = [...document.querySelectorAll(".journey")];
    const input = all[0]?.previousElementSibling?.querySelector("input[type=search]");
    if (!input) return null;
    const word = all[3].querySelector("bdi").textContent.trim().toLowerCase();
    const type = (text) => { input.value = text; input.dispatchEvent(new Event("input")); };
    type(word);
    const bad = all.filter((one) => one.hidden === word.split(/\s+/).every((part) => one.textContent.toLowerCase().includes(part)));
    type("");
    return bad.length + all.filter((one) => one.hidden).length;
  });
  if (wrong) fail(name, `filtering: ${wrong} deals are shown or hidden wrongly`);
}

async function checkPrinting(page, name) {
  // An A4 page between its margins.
  await page.setViewportSize({ width: 690, height: 900 });
  await page.emulateMedia({ media: "print" });
  await checkWidth(page, `${name}, on paper`);
  await page.emulateMedia({ media: "screen" });
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ format, printBackground: true });
    if (pdf.length < 10_000 || pdf.subarray(0, 5).toString() !== "%PDF-") fail(name, `${format}: no PDF`);
  }
}

/** A text that is there with script is there without. */
async function checkSameText(browser) {
  const texts = [];
  for (const javaScriptEnabled of [true, false]) {
    const { context, page } = await open(browser, "text", { viewport: desktop, javaScriptEnabled });
    texts.push(await page.locator("main table tbody").allTextContents());
    await context.close();
  }
  if (JSON.stringify(texts[0]) !== JSON.stringify(texts[1])) fail("text", "tables differ without script");
}

if (2_000_000 < report.bytes) fail("size", `${report.bytes} bytes`);
const browser = await launch();
try {
  for (const [device, viewport] of Object.entries({ desktop, phone })) {
    for (const colorScheme of ["light", "dark"]) {
      const name = `${device}, ${colorScheme}`;
      const { context, page } = await open(browser, name, { viewport, colorScheme });
      await checkWidth(page, name);
      if (device === "desktop") await checkFirstScreen(page, name);
      await checkSorting(page, name);
      await checkNumbers(page, name);
      await checkFiltering(page, name);
      await unfold(page);
      await checkWidth(page, `${name}, unfolded`);
      await checkAccessible(page, name, colorScheme === "dark" ? ofColours : {});
      if (device === "desktop" && colorScheme === "light") await checkPrinting(page, name);
      await context.close();
    }
    const { context, page } = await open(browser, `${device}, no script`, { viewport, javaScriptEnabled: false });
    if ((await page.locator("h1").count()) !== 1) fail(`${device}, no script`, "no heading");
    await context.close();
  }
  await checkSameText(browser);
} finally {
  await browser.close();
}
if (failures.length) {
  console.error(failures.join("\n"));
  process.exit(1);
}
console.log(`${report.file}: ${Math.ceil(report.bytes / 1024)} KiB, no error, no request, no violation`);
