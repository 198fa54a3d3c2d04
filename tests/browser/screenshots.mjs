// Takes the README's pictures of the sample's report.
//
// node screenshots.mjs [REPORT.html [FOLDER]]

import { mkdirSync } from "node:fs";
import path from "node:path";
import { desktop, launch, phone, reportFile, root } from "./browser.mjs";

const report = reportFile(process.argv[2]);
const folder = path.resolve(process.argv[3] ?? path.join(root, "docs"));
mkdirSync(folder, { recursive: true });
const isWhole = process.argv.includes("--whole");

const browser = await launch();
try {
  const shots = [
    ["report", { viewport: desktop, colorScheme: "light" }],
    ["report-dark", { viewport: desktop, colorScheme: "dark" }],
    ["report-phone", { viewport: phone, colorScheme: "light", deviceScaleFactor: 2 }],
  ];
  for (const [name, options] of shots) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(report.url);
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: isWhole });
    await context.close();
  }
} finally {
  await browser.close();
}
