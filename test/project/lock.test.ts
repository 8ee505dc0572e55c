import {spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {ROOT} from "./tracked.ts";

const dir = mkdtempSync(join(tmpdir(), "xunheng-lock-"));

afterAll(() => rmSync(dir, {recursive: true, force: true}));

describe("the lock file", () => {
  it("is complete", () => {
    expect(run("check-lock", join(ROOT, "package-lock.json"))).toMatchObject({status: 0});
  });

  it("gets the packages of other platforms that an install left out, where they belong", () => {
    const other = lockOf({
      "node_modules/tool": {
        version: "2.0.0",
        optionalDependencies: {"@tool/tool-linux-x64-musl": "2.0.0", "@tool/win32-arm64": "2.0.0"}
      },
      "node_modules/old/node_modules/tool": {version: "1.0.0", optionalDependencies: {"@tool/win32-arm64": "1.0.0"}}
    });
    expect(run("complete-lock", other)).toMatchObject({status: 0, said: `${other}: 3 entries added\n`});
    expect(JSON.parse(readFileSync(other, "utf8")).packages).toMatchObject({
      "node_modules/@tool/tool-linux-x64-musl": {version: "2.0.0", optional: true, os: ["linux"], cpu: ["x64"], libc: ["musl"]},
      "node_modules/@tool/win32-arm64": {version: "2.0.0", optional: true, os: ["win32"], cpu: ["arm64"]},
      "node_modules/old/node_modules/tool/node_modules/@tool/win32-arm64": {version: "1.0.0"}
    });
    expect(run("check-lock", other)).toMatchObject({status: 0});
  });

  it("is refused when a package is missing, when it names an address, and when a version is not kept", () => {
    const bad = lockOf({
      "": {dependencies: {tool: "^2.0.0"}},
      "node_modules/tool": {
        version: "2.0.0",
        resolved: "https://example.com/tool.tgz",
        optionalDependencies: {"tool-darwin-x64": "2.0.0"}
      }
    });
    const {status, said} = run("check-lock", bad);
    expect(status).toBe(1);
    expect(said.split("\n").filter(Boolean)).toEqual([
      `${bad}: node_modules/tool-darwin-x64 is missing; run node .ci/complete-lock.mjs`,
      `${bad}: tool is ^2.0.0 in package.json and 2.0.0 in the lock; write exact versions in both`,
      `${bad}: node_modules/tool names https://example.com/tool.tgz; a lock without addresses serves every registry (.npmrc sees to it)`
    ]);
  });

  it("is not completed by a guess when a name tells no platform", () => {
    const odd = lockOf({"node_modules/tool": {version: "2.0.0", optionalDependencies: {"tool-native": "2.0.0"}}});
    const before = readFileSync(odd, "utf8");
    expect(run("complete-lock", odd)).toMatchObject({status: 1});
    expect(readFileSync(odd, "utf8")).toBe(before);
  });
});

let count = 0;

function lockOf(packages: Record<string, object>): string {
  const path = join(dir, `${++count}.json`);
  writeFileSync(path, JSON.stringify({lockfileVersion: 3, packages: {"": {}, ...packages}}));
  return path;
}

function run(script: string, path: string): {status: number | null; said: string} {
  const {status, stdout, stderr} = spawnSync(process.execPath, [join(ROOT, `.ci/${script}.mjs`), path], {encoding: "utf8"});
  return {status, said: stdout + stderr};
}
