// A server on the store of the sample reports, for as long as the tests run.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Builds the store in a folder that is removed again, and answers on a free port. */
export async function serve(root) {
  const program = process.env.FAZHI ?? ["release", "debug"].map((profile) => join(root, "target", profile, "fazhi")).find(existsSync);
  if (!program) throw new Error("fazhi is not built: run `cargo build`, or set FAZHI to the program");
  const folder = mkdtempSync(join(tmpdir(), "fazhi-browser-"));
  const store = join(folder, "store");
  for (const command of [["build", "--quiet", "--store", store, join(root, "data/reports")], ["audit", "--store", store]]) {
    const { status, stderr } = spawnSync(program, command, { encoding: "utf8" });
    if (status > 1 || status === null) throw new Error(`fazhi ${command[0]}: ${stderr}`);
  }
  const running = spawn(program, ["serve", "--store", store, "--bind", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  const stop = async () => {
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = await new Promise((resolve, reject) => {
    let told = "";
    running.stderr.setEncoding("utf8").on("data", (text) => {
      told += text;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(told);
      if (address) resolve(address[0]);
    });
    running.once("exit", (code) => reject(new Error(`fazhi serve ended with ${code}: ${told}`)));
  });
  // The index of a new store is made while the server answers already, and until then a search is told to come again.
  for (let asked = 0; asked < 240; asked++) {
    if ((await fetch(`${url}/search?q=a`)).status !== 503) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return { url, stop };
}
