import {existsSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {run} from "../cli/run.ts";
import {events, type FaultOffice, faultOffice, findings, type Standing} from "./office.ts";
import {killed, start} from "./program.ts";

/** Kills of each command: few in every run, twenty in CI all together, hundreds in the soak. */
const KILLS = Math.ceil(Number(process.env.XUNHENG_KILLS ?? 3) / 5);
const SEED = Number(process.env.XUNHENG_SEED ?? 20260105);

/** A command that is killed, and what it needs done to the office before. */
interface Victim {
  readonly name: string;
  readonly args: readonly string[];
  readonly prepare: (office: FaultOffice) => void;
}

const VICTIMS: readonly Victim[] = [
  {name: "load", args: ["load"], prepare: () => {}},
  {name: "batch revoke", args: ["batch", "revoke", "5", "--by", "张三", "--reason", "装错了文件"], prepare: () => {}},
  {
    name: "approve",
    args: [
      ...["approve", "--by", "张三", "--post", "区安委会主任", "--on", "2026-01-05"],
      ...["来源", "评议", "撤走"].flatMap((what) => ["--waive", `${what}=已书面说明`])
    ],
    prepare: () => {}
  },
  {
    name: "score, building the warehouse anew",
    args: ["score", "--json"],
    prepare: (office) => rmSync(office.space().state.warehouse)
  }
];

let office: FaultOffice;

beforeAll(async () => {
  office = faultOffice();
  await office.load();
  office.write("finding", findings(false).slice(0, 200));
  await office.load();
  office.write("finding", findings(true));
  office.write("rectification", events(true));
  office.keep();
});

afterAll(() => office.remove());

test.each(VICTIMS)(
  "$name, killed at any moment, leaves the state before or after it, and the next command says which",
  async ({args, prepare}) => {
    const whole = [...args, "-w", office.directory];
    const {before, after, length} = await bounds(whole, prepare);
    const seen = {before: 0, after: 0};
    for (let i = 0; i < KILLS; i++) {
      const moment = Math.round(length * (0.2 + 0.85 * random(i)));
      office.restore();
      prepare(office);
      const ended = await killed(whole, moment);
      const stood = await office.standing();
      const context = `seed ${SEED}, kill ${i} after ${moment} ms`;
      expect([before, after], context).toContainEqual(stood);
      const isAfter = JSON.stringify(stood) !== JSON.stringify(before);
      seen[isAfter ? "after" : "before"]++;
      const {stderr} = await run("score", "-w", office.directory);
      if (ended.exit === null && stderr !== "") expect(stderr, context).toContain(isAfter ? "完成之后的状态" : "开始之前的状态");
      // What was decided cannot be decided again.
      if (!["batch", "approve"].includes(args[0] ?? "") || !isAfter) expect((await run(...whole)).exit, context).toBeLessThan(2);
      expect((await office.standing()).digest, context).toBe(after.digest);
      expect(office.leftovers(), context).toEqual([]);
    }
    expect(seen.before + seen.after).toBe(KILLS);
  },
  60_000 + KILLS * 20_000
);

test(
  "an export of a release, killed at any moment, is whole or not there, and is never there without its hand-out",
  async () => {
    office.restore();
    const approve = VICTIMS.find((v) => v.name === "approve")?.args ?? [];
    expect((await run(...approve, "-w", office.directory)).exit).toBe(0);
    const file = join(office.directory, "考核.csv");
    const who = ["--by", "李四", "--recipient", "区考核办"];
    const whole = ["export", "assessment", "--table", "明细", "--to", file, ...who, "-w", office.directory];
    const record = join(office.directory, ".xunheng", "handed-out.jsonl");
    const began = performance.now();
    const {exit, stderr} = await start(whole).ended;
    expect(exit, stderr).toBe(0);
    const length = performance.now() - began;
    const bytes = readFileSync(file);
    for (let i = 0; i < KILLS; i++) {
      for (const path of [file, `${file}.pending`, record, record.replace("jsonl", "end")])
        rmSync(path, {force: true, recursive: true});
      const moment = Math.round(length * (0.4 + 0.65 * random(i)));
      await killed(whole, moment);
      const context = `seed ${SEED}, kill ${i} after ${moment} ms`;
      if (existsSync(file)) {
        expect(readFileSync(file).equals(bytes), context).toBe(true);
        expect(readFileSync(record, "utf8"), context).toContain("区考核办");
      }
      expect((await run(...whole)).exit, context).toBe(0);
      expect(readFileSync(file).equals(bytes), context).toBe(true);
      expect(existsSync(`${file}.pending`), context).toBe(false);
      expect(office.leftovers(), context).toEqual([]);
    }
  },
  60_000 + KILLS * 20_000
);

/** The state before a command, the state after it, and how long it takes in a process of its own. */
async function bounds(
  args: readonly string[],
  prepare: Victim["prepare"]
): Promise<{before: Standing; after: Standing; length: number}> {
  office.restore();
  const before = await office.standing();
  prepare(office);
  const began = performance.now();
  const {exit, stderr} = await start(args).ended;
  expect(exit, stderr).toBeLessThan(2);
  const length = performance.now() - began;
  return {before, after: await office.standing(), length};
}

/** The i-th of a sequence of numbers from 0 to 1 that the seed gives. */
function random(i: number): number {
  let state = (SEED + i * 0x9e3779b9) >>> 0;
  for (const shift of [16, 13, 16]) state = Math.imul(state ^ (state >>> shift), 0x45d9f3b) >>> 0;
  return state / 2 ** 32;
}
