import {execFileSync, spawnSync} from "node:child_process";
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ROOT, tracked} from "./tracked.ts";

/** A file that breaks a rule, and the rule it breaks; null where it keeps them all. */
const PLANTED: readonly [path: string, text: string, rule: string | null][] = [
  ["src/score/fact.ts", 'export type {Fact} from "../contract/fact.ts";', "noRestrictedImports"],
  ["src/score/type.ts", 'import type {Fact} from "../contract/fact.ts";\nexport type Row = Fact;', "noRestrictedImports"],
  ["src/score/deep/out.ts", 'export * from "../../regime/clock.ts";', "noRestrictedImports"],
  ["src/score/deep/in.ts", 'export * from "../rank.ts";', null],
  ["src/score/near.ts", 'export * from "./rank.ts";', null],
  ["src/score/crypto.ts", 'export * from "node:crypto";', "noNodejsModules"],
  ["src/components/score.ts", 'export * from "../score/rank.ts";', "noRestrictedImports"],
  ["src/components/lazy.ts", 'export const load = () => import("../regime/clock.ts");', "noRestrictedImports"],
  ["src/components/path.ts", 'export * from "node:path";', "noNodejsModules"],
  ["src/components/bars.ts", 'export * from "npm:@observablehq/plot";', null],
  ["src/regime/file.ts", 'export * from "node:fs";', "noNodejsModules"],
  ["src/scheme/file.ts", 'export * from "node:fs/promises";', "noNodejsModules"],
  ["src/regime/where.ts", "export const where = process.cwd();", "noRestrictedGlobals"],
  ["src/scheme/facts.ts", 'export * from "../warehouse/fact.ts";', "noRestrictedImports"],
  ["src/scheme/fields.ts", 'export * from "../contract/fact.ts";', null],
  ["src/scheme/base.ts", 'export * from "@duckdb/node-api";', "noRestrictedImports"],
  ["src/workspace/base.ts", 'export * from "@duckdb/node-api";', "noRestrictedImports"],
  ["src/workspace/bindings.ts", 'export * from "@duckdb/node-bindings";', "noRestrictedImports"],
  ["src/cli/base.ts", 'export * from "@duckdb/node-api";', "noRestrictedImports"],
  ["loaders/base.ts", 'export * from "@duckdb/node-api";', "noRestrictedImports"],
  ["src/warehouse/base.ts", 'export * from "@duckdb/node-api";', null],
  ["src/warehouse/a.ts", 'export * from "./b.ts";', "noImportCycles"],
  ["src/warehouse/b.ts", 'export * from "./a.ts";', "noImportCycles"],
  ["src/warehouse/print.ts", "console.log(1);", "noConsole"],
  ["loaders/print.ts", "console.error(1);", "noConsole"],
  ["loaders/exit.ts", "process.exit(1);", "noProcessExit"],
  ["src/cli/print.ts", "console.log(1);\nprocess.exit(1);", null],
  ["src/[space]/mart.zip.ts", "console.log(1);", null]
];

describe("lint", () => {
  const dir = mkdtempSync(join(tmpdir(), "xunheng-lint-"));
  let said = "";

  beforeAll(() => {
    for (const file of [".biome.json", ".gitignore"]) cpSync(join(ROOT, file), join(dir, file));
    execFileSync("git", ["init", "-q", dir]);
    for (const [path, text] of PLANTED) {
      mkdirSync(dirname(join(dir, path)), {recursive: true});
      writeFileSync(join(dir, path), `${text}\n`);
    }
    const biome = join(ROOT, "node_modules/.bin/biome");
    const {status, stdout, stderr} = spawnSync(
      biome,
      ["lint", "--config-path=.biome.json", "--colors=off", "--max-diagnostics=none", "."],
      {cwd: dir, encoding: "utf8"}
    );
    said = stdout + stderr;
    expect(status, said).toBe(1);
  });

  afterAll(() => rmSync(dir, {recursive: true, force: true}));

  it.each(PLANTED.filter(([, , rule]) => rule))("refuses %s: %s", (path, _text, rule) => {
    expect(rulesBroken(said, path)).toContain(rule);
  });

  it.each(PLANTED.filter(([, , rule]) => rule === null))("lets %s pass: %s", (path) => {
    expect(rulesBroken(said, path)).toEqual([]);
  });
});

describe("the clock", () => {
  it("is read by the command line alone", () => {
    const clocks = /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bprocess\.hrtime\b|\bTemporal\.Now\b/;
    const readers = tracked(/^(src|loaders)\/.*\.(ts|js)$/, /^src\/cli\/|\.zip\.ts$/).filter((path) => clocks.test(text(path)));
    expect(readers).toEqual([]);
  });

  it("is not read by a model in SQL", () => {
    const clocks = /\b(now|today|random|uuid)\s*\(|\b(current_(date|time|timestamp)|localtime(stamp)?)\b/i;
    const readers = tracked(/^src\/models\/.*\.sql$/).filter((path) => clocks.test(text(path).replace(/--.*/g, "")));
    expect(readers).toEqual([]);
  });
});

/** Rules that biome named for a file, from headings such as `src/a.ts:1:2 lint/style/noRestrictedImports`. */
function rulesBroken(output: string, path: string): string[] {
  const headings = output.split("\n").filter((line) => line.startsWith(`${path}:`));
  return headings.flatMap((line) => /lint\/\w+\/(\w+)/.exec(line)?.[1] ?? []);
}

function text(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
