// Builds the scripts of the explorer into `dist`, from where the program embeds them; `node build.mjs test` runs their tests.
//
// `page.js` is loaded by every page and stays small; what only some pages need is a file of its own that `page.js` asks for.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
process.chdir(here);

if (process.argv[2] === "test") {
  process.exitCode = await test();
} else {
  await scripts();
}

/** Bundles the sources; a file is named after its content, so that a browser may keep it for ever. */
async function scripts() {
  rmSync("dist", { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: ["src/page.ts"],
    outdir: "dist",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    chunkNames: "[name]-[hash]",
    metafile: true,
  });
  writeFileSync("dist/licences.txt", licences(Object.keys(metafile.inputs)));
  for (const [name, { bytes }] of Object.entries(metafile.outputs)) {
    console.log(`web/${name} ${(bytes / 1024).toFixed(1)} KB`);
  }
}

/** The licences of the packages of which something is in the bundle. */
function licences(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) packages.add(found[1]);
  }
  const texts = [...packages].sort().map((name) => {
    const folder = join("node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return texts.join("\n----\n\n");
}

/** Bundles the tests for Node, which does not read TypeScript, and runs them. */
async function test() {
  rmSync("build", { recursive: true, force: true });
  mkdirSync("build");
  const entryPoints = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  await build({
    entryPoints: entryPoints.map((name) => join("test", name)),
    outdir: "build",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node18",
    logLevel: "warning",
  });
  const built = readdirSync("build").map((name) => join("build", name));
  return spawnSync(process.execPath, ["--test", ...built], { stdio: "inherit" }).status ?? 1;
}
