import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {expect, test} from "vitest";
import {start} from "../../src/cli/start.ts";
import {DATA} from "../../src/workspace/workspace.ts";
import {sampleIds} from "./samples.ts";

test("npm start loads all samples, builds their site and says where it is served, in under a minute", async () => {
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-start-"));
  const samples = join(scratch, "samples");
  cpSync(join(DATA, "samples"), samples, {recursive: true, filter: (path) => basename(path) !== ".xunheng"});
  const said: string[] = [];
  const began = performance.now();
  const effects = {stdout: (text: string) => void said.push(text), stderr: () => {}, now: () => new Date(), terminal: false};
  try {
    const served = await start(effects, {to: join(scratch, "site"), port: 0, samples});
    const seconds = (performance.now() - began) / 1000;
    expect((await fetch(served.url)).status).toBe(200);
    await served.close();
    for (const id of sampleIds()) expect(said.join("")).toContain(id);
    expect(said.at(-1)).toContain(served.url);
    expect(seconds).toBeLessThan(60);
  } finally {
    rmSync(scratch, {recursive: true, force: true});
  }
});
