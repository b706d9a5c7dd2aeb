// Drives the explorer through its journeys in Chromium and fails on what a reader would suffer from.
//
//   FAZHI=target/release/fazhi node tests/browser/run.mjs            every journey, in every way
//   node tests/browser/run.mjs --url http://127.0.0.1:7878 law query   these journeys against a running server
//   node tests/browser/run.mjs --way "phone dark" law                  in one way
//
// Screenshots of every view are written to tests/browser/screenshots (SCREENSHOTS names another folder), CHROMIUM names the
// browser where it is not found by itself. Exits with 1 when anything was found, and with 0 and a line where there is no browser.
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, WAYS } from "./browser.mjs";
import { journeys } from "./journeys.mjs";
import { serve } from "./server.mjs";
import { Visit } from "./visit.mjs";

/** A journey that takes longer is stuck, in milliseconds. */
const LONGEST = 90_000;

const here = dirname(fileURLToPath(import.meta.url));
const screenshots = process.env.SCREENSHOTS ?? join(here, "screenshots");

const arguments_ = process.argv.slice(2);
const url = option("--url");
const only = option("--way");
const chosen = Object.entries(journeys).filter(([name]) => arguments_.length === 0 || arguments_.includes(name));

const browser = await launch();
if (!browser) {
  console.log("browser tests: skipped, there is no Chromium (set CHROMIUM to its path)");
  process.exit(0);
}
rmSync(screenshots, { recursive: true, force: true });
mkdirSync(screenshots, { recursive: true });
const server = url ? { url, stop() {} } : await serve(join(here, "../.."));
const found = [];
try {
  for (const way of WAYS.filter(({ name }) => !only || name === only)) {
    for (const [name, journey] of chosen) {
      if (way.keyboard && !journey.keyboard) continue;
      const visit = await Visit.begin(browser, server.url, way, name, screenshots);
      const started = Date.now();
      try {
        await within(LONGEST, way.keyboard ? journey.keyboard(visit) : journey.go(visit));
      } catch (error) {
        visit.fault(`stuck: ${error.message.split("\n")[0]}`);
        await within(5_000, visit.picture("stuck")).catch(() => {});
      }
      await visit.end();
      found.push(...visit.faults);
      const told = visit.faults.length ? `${visit.faults.length} found` : "well";
      console.log(`${way.name.padEnd(18)} ${name.padEnd(10)} ${told} (${visit.views} views, ${Date.now() - started} ms)`);
      for (const fault of visit.faults) console.log(`  ${fault}`);
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
/** The value of an option, which is taken out of the arguments. */
function option(name) {
  const at = arguments_.indexOf(name);
  return at < 0 ? undefined : arguments_.splice(at, 2)[1];
}

/** What is promised, unless it takes too long. */
function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error("it takes too long")), milliseconds)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

console.log(found.length ? `browser tests: ${found.length} found` : "browser tests: all well");
console.log(`screenshots: ${screenshots}`);
process.exitCode = found.length ? 1 : 0;
