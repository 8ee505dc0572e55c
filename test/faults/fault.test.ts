import {spawn} from "node:child_process";
import {appendFileSync, truncateSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, beforeEach, describe, expect, test} from "vitest";
import {main} from "../../src/cli/main.ts";
import {listBatches} from "../../src/workspace/batch.ts";
import {run} from "../cli/run.ts";
import {events, type FaultOffice, faultOffice, findings, type Standing} from "./office.ts";
import {start} from "./program.ts";

let office: FaultOffice;
let before: Standing;

beforeAll(async () => {
  office = faultOffice();
  await office.load();
  before = await office.standing();
  office.write("finding", findings(true));
  office.write("rectification", events(true));
  office.keep();
});

beforeEach(() => office.restore());
afterAll(() => office.remove());

describe("a load", () => {
  test("refuses a file that is written to while it is read, and loads the others", async () => {
    const file = join(office.directory, "finding.csv");
    // A file large enough that somebody can write to it meanwhile.
    const more = Array.from({length: 150_000}, (_, i) => `Z${i},X1,990101,党委政府,1,一般,问题,2025-03-04,2025-04-01\n`);
    appendFileSync(file, more.join(""));
    const writer = spawn("sh", ["-c", 'while :; do echo >> "$0"; sleep 0.02; done', file]);
    try {
      const {exit, stdout} = await run("load", "-w", office.directory);
      expect(stdout).toContain("finding.csv: 读取时文件被改动；本次没有装入这个来源");
      expect(exit).toBe(4);
    } finally {
      writer.kill("SIGKILL");
    }
    const sources = listBatches(office.space().state.batches).map((b) => b.source);
    expect(sources.slice(4)).toEqual(["unit", "inspection", "rectification"]);
  });

  test("beside another one is told who holds the workspace, or waits for it", async () => {
    const both = [start(["load", "-w", office.directory]), start(["load", "-w", office.directory, "--wait", "60"])];
    const [first, second] = await Promise.all(both.map((r) => r.ended));
    const exits = [first?.exit, second?.exit].toSorted();
    expect(second?.exit).toBe(1);
    expect([
      [1, 1],
      [1, 4]
    ]).toContainEqual(exits);
    if (first?.exit === 4) expect(first.stderr).toMatch(/工作区正被另一个命令使用（.* 上的进程 \d+：xunheng load）；等它结束再试/);
    expect([8, 12]).toContain(listBatches(office.space().state.batches).length);
    expect(office.leftovers()).toEqual([]);
  });

  test("with a clock that has gone back keeps the order of loads and says so", async () => {
    const out: string[] = [];
    const effects = {
      stdout: (t: string) => void out.push(t),
      stderr: () => {},
      now: () => new Date("2025-12-01T00:00:00Z"),
      terminal: false
    };
    const exit = await main(["load", "-w", office.directory], effects);
    expect(out.join("")).toContain(
      "系统时钟（2025-12-01T08:00:00.000+08:00）早于上一次装入或决定（2026-01-05T09:00:00.000+08:00）"
    );
    expect(exit).toBe(1);
    const moments = listBatches(office.space().state.batches).map((b) => b.at);
    expect(moments).toEqual(moments.toSorted());
  });

  test("leaves no file behind and changes nothing when no source can be read", async () => {
    for (const table of ["unit", "inspection", "finding", "rectification"])
      writeFileSync(join(office.directory, `${table}.csv`), "\u0000");
    expect((await run("load", "-w", office.directory)).exit).toBe(2);
    expect(await office.standing()).toEqual(before);
    expect(office.leftovers()).toEqual([]);
  });
});

describe("a damaged state", () => {
  test.each([
    ["cut short", (file: string) => truncateSync(file, 5000)],
    ["overwritten", (file: string) => writeFileSync(file, "not a database")],
    ["empty", (file: string) => truncateSync(file, 0)]
  ])("of the warehouse (%s) is built again from the batches", async (_, damage) => {
    damage(office.space().state.warehouse);
    expect(await office.standing()).toEqual(before);
  });

  test("of a batch is named, and nothing is computed without it", async () => {
    const [batch] = listBatches(office.space().state.batches);
    writeFileSync(batch?.rows ?? "", "PAR1");
    writeFileSync(office.space().state.warehouse, "");
    const {exit, stdout, stderr} = await run("score", "-w", office.directory);
    expect(exit).toBe(4);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/批次 000001-unit 读不出来，文件损坏；.*请用备份恢复/);
  });
});
