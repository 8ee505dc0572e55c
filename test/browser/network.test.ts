import {spawnSync} from "node:child_process";
import {cpSync, existsSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {expect, test} from "vitest";
import {DATA, ROOT} from "../../src/workspace/workspace.ts";
import {sampleIds} from "./samples.ts";

/** Whether this machine lets a process have a network of its own, without interfaces. */
const separate = spawnSync("unshare", ["-rn", "true"]).status === 0;

test.skipIf(!separate)("loading and building work in a namespace without any network", () => {
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-network-"));
  const [id = ""] = sampleIds();
  const space = join(scratch, id);
  const site = join(scratch, "site");
  const run = (...args: string[]) =>
    spawnSync("unshare", ["-rn", process.execPath, join(ROOT, "src/cli/bin.js"), ...args], {encoding: "utf8"});
  try {
    cpSync(join(DATA, "samples", id), space, {recursive: true, filter: (path) => basename(path) !== ".xunheng"});
    // The samples hold rows that must be rejected: 1 is done, and something needs a person.
    expect(run("load", "-w", space).status).toBe(1);
    const built = run("site", "--to", site, "-w", space);
    expect([built.status, built.stderr]).toEqual([0, ""]);
    expect(existsSync(join(site, id, "score.html"))).toBe(true);
  } finally {
    rmSync(scratch, {recursive: true, force: true});
  }
});
