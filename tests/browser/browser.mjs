// Which browser, and in which ways is it used?
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const desktop = { viewport: { width: 1280, height: 900 }, colorScheme: "light" };
const phone = { viewport: { width: 390, height: 844 }, colorScheme: "light", isMobile: true, hasTouch: true };

/** The ways in which every journey is made; with the keyboard alone, those that say how. */
export const WAYS = [
  { name: "desktop light", context: desktop },
  { name: "desktop dark", context: { ...desktop, colorScheme: "dark" } },
  { name: "phone light", context: phone },
  { name: "phone dark", context: { ...phone, colorScheme: "dark" } },
  { name: "without scripts", context: desktop, noScripts: true },
  { name: "phone no scripts", context: phone, noScripts: true },
  { name: "keyboard", context: desktop, keyboard: true },
];

/** The browser of this machine; nothing where there is none. */
export async function launch() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!executablePath) return undefined;
  // Containers seldom let a browser make a sandbox of its own; it opens nothing but this server.
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}
