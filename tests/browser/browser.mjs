// What the browser tests and the screenshots share: the browser and the page to open.

import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** The report to open: the first argument, or that of the sample. */
export function reportFile(argument) {
  const file = path.resolve(argument ?? path.join(root, "target/ci-report/report.html"));
  if (!existsSync(file)) {
    throw new Error(`${file} is missing; write it with: cargo run -- run sample-data --out ${path.dirname(file)}`);
  }
  return { file, url: pathToFileURL(file).href, bytes: statSync(file).size };
}

/** Starts the system's Chromium. */
export function launch() {
  const candidates = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const executablePath = candidates.find((one) => one && existsSync(one));
  if (!executablePath) throw new Error("no Chromium; apt-get install chromium, or name one in CHROMIUM");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-color-profile=srgb"];
  return chromium.launch({ executablePath, args });
}

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 375, height: 740 };
