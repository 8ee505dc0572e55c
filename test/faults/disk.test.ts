import {spawnSync} from "node:child_process";
import {appendFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {type FaultOffice, faultOffice, type Standing} from "./office.ts";

const PROGRAM = fileURLToPath(new URL("../../src/cli/bin.js", import.meta.url));

/** A namespace in which this process may mount; where there is none (not Linux, or forbidden) the tests are skipped, in CI they fail. */
const mounts = spawnSync("unshare", ["-rm", "true"]).status === 0 || process.env.CI === "true";

let office: FaultOffice;
let before: Standing;

beforeAll(async () => {
  office = faultOffice();
  await office.load();
  before = await office.standing();
  const rows = Array.from(
    {length: 60_000},
    (_, i) => `Z${i},X1,990101,党委政府,1,一般,问题${i * 7919}，详见台账第${i}页,2025-03-04,2025-04-01\n`
  );
  appendFileSync(join(office.directory, "finding.csv"), rows.join(""));
});

afterAll(() => office.remove());

/**
 * Runs commands of a shell in a namespace of their own, where `$office` is a copy of the office on a file system of its own, and
 * `$program` the real program. Shape: what was printed, by both, and the last line alone.
 */
function inNamespace(mount: string, script: string): {said: string; last: string} {
  const lines = ["set -u", 'mkdir -p "$at"', mount, 'mkdir "$office" && cp -r "$from/." "$office/"', script];
  const env = {
    ...process.env,
    ...{from: office.directory, at: `${office.directory}-mount`, office: `${office.directory}-mount/office`},
    program: `${process.execPath} ${PROGRAM}`
  };
  const {stdout, stderr} = spawnSync("unshare", ["-rm", "sh", "-c", lines.join("\n")], {env, encoding: "utf8"});
  return {said: stdout + stderr, last: stdout.trim().split("\n").at(-1) ?? ""};
}

const SCORE = `$program score --json -w "$office" | tr -d ' ",' | grep '^digest:'`;

describe.skipIf(!mounts)("a disk", () => {
  // 6 MiB hold the office and its state, and not the new batch and warehouse beside them.
  test("that is full leaves the state before, says so, and ends with 4", () => {
    const {said, last} = inNamespace(
      'mount -t tmpfs -o size=12m tmpfs "$at"',
      `$program load -w "$office"; echo "exit $?"; df -k "$at"; ls -A "$office/.xunheng/batches"; ${SCORE}`
    );
    expect(said).toContain("磁盘已满，没有写完；原有的数据没有改动");
    expect(said).toContain("exit 4");
    expect(last).toBe(`digest:${before.digest}`);
  });

  test("whose place for temporary files is full does the same", () => {
    const {said, last} = inNamespace(
      'mkdir -p "$at/small" && mount -t tmpfs -o size=200k tmpfs "$at/small"',
      `cp "$from/finding.csv" "$office/"; TMPDIR="$at/small" $program load -w "$office"; echo "exit $?"; ${SCORE}`
    );
    expect(said).not.toMatch(/内部错误| {4}at /);
    expect(last).toMatch(/^digest:[0-9a-f]{64}$/);
  });

  test("that can only be read lets one look, and refuses to write in a sentence", () => {
    const {said, last} = inNamespace(
      'mount -t tmpfs tmpfs "$at"',
      `mount -o remount,ro "$at"; $program load -w "$office"; echo "exit $?"; $program rejects -w "$office"; echo "exit $?"; ${SCORE}`
    );
    expect(said).toMatch(/只读；请核对路径、权限和磁盘后重试/);
    expect(said).toMatch(/exit [24]\n[\s\S]*exit 0/);
    expect(last).toBe(`digest:${before.digest}`);
  });
});
