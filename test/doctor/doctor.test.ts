import {appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync} from "node:fs";
import {hostname} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {main} from "../../src/cli/main.ts";
import type {Health} from "../../src/doctor/health.ts";
import {makeOffice, type Office} from "../office.ts";

const NOW = new Date("2026-01-06T01:00:00Z");
let office: Office;

beforeAll(async () => {
  office = makeOffice({unit: [{unit_code: "990101", unit_name: "东关镇", unit_kind: "镇街"}]});
  await office.load();
});

afterAll(() => office.remove());

/** What doctor says, by name. */
async function doctor(now = NOW): Promise<{exit: number; said: Map<string, Health>}> {
  const out: string[] = [];
  const effects = {stdout: (text: string) => void out.push(text), stderr: () => {}, now: () => now, terminal: false};
  const exit = await main(["doctor", "-w", office.directory, "--json"], effects);
  const {checks} = JSON.parse(out.join("")) as {checks: Health[]};
  return {exit, said: new Map(checks.map((check) => [check.name, check]))};
}

/** Runs `work` on the office with one thing wrong, and puts it right again. */
async function withWrong(spoil: () => void, mend: () => void, work: () => Promise<void>): Promise<void> {
  spoil();
  try {
    await work();
  } finally {
    mend();
  }
}

describe("doctor", () => {
  test("finds a sound workspace sound", async () => {
    const {said} = await doctor();
    const bad = [...said.values()].filter((c) => c.state !== "正常" && !/^(中文字体|磁盘|内存)/.test(c.name));
    expect(bad).toEqual([]);
    expect(said.get("来源 unit")?.said).toMatch(/^unit\.csv，CSV.*1 KiB$/);
    expect(said.get("批次")?.said).toBe("1个，都读得出来，最后一次在2026-01-05");
  });

  test("names a source that is not there", async () => {
    const file = join(office.directory, "unit.csv");
    const text = "unit_code,unit_name,unit_kind\n990101,东关镇,镇街\n";
    await withWrong(
      () => rmSync(file),
      () => writeFileSync(file, text),
      async () => {
        const {exit, said} = await doctor();
        expect(exit).toBe(1);
        expect(said.get("来源 unit")).toMatchObject({state: "不行", said: "unit.csv: 没有这个文件"});
      }
    );
  });

  test("finds a batch cut short, a torn decision, a lock left behind", async () => {
    const {state} = office.space();
    const [id = ""] = readdirSync(state.batches);
    const draft = join(state.batches, ".draft-unit");
    mkdirSync(draft);
    appendFileSync(state.decisions, '{"n":1,"at":"2026-');
    writeFileSync(state.lock, JSON.stringify({pid: 2 ** 22 + 1, host: hostname(), command: "load"}));
    const torn = (await doctor()).said;
    expect(torn.get("批次")?.said).toMatch(/有1个没有装完/);
    expect(torn.get("决定")).toMatchObject({state: "注意", said: expect.stringContaining("最后一行没有写完")});
    expect(torn.get("锁")).toMatchObject({state: "正常", said: expect.stringContaining("已经结束，留下了锁")});
    for (const path of [draft, state.decisions, state.lock]) rmSync(path, {recursive: true});
    const rows = join(state.batches, id, "rows.parquet");
    truncateSync(rows, 40);
    expect((await doctor()).said.get("批次")).toMatchObject({state: "不行", said: `${id}读不出来`});
  });

  test("sees a clock behind the last load, and a year without a schedule", async () => {
    const {said} = await doctor(new Date("2025-06-01T00:00:00Z"));
    expect(said.get("系统时钟")?.state).toBe("不行");
    const yaml = join(office.directory, "xunheng.yaml");
    writeFileSync(yaml, readFileSync(yaml, "utf8").replace("2025-12-31", "2031-12-31"));
    expect((await doctor()).said.get("节假日安排")?.state).toBe("注意");
  });
});
