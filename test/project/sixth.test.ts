import {cpSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {parse} from "yaml";
import {run} from "../cli/run.ts";
import {ROOT, tracked} from "./tracked.ts";

/** The invented city's files; nothing in the program knows them. */
const SIXTH = join(ROOT, "test/input/sixth");
const REGIME = "xinghe-2024";

const folder = mkdtempSync(join(tmpdir(), "xunheng-sixth-"));
const directory = join(folder, "sixth");
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** What a command prints as JSON, in the invented city's workspace. */
async function asked<T>(...args: readonly string[]): Promise<T> {
  const {exit, stdout, stderr} = await run(...args, "--json", "-w", directory);
  expect([stderr, exit <= 1]).toEqual(["", true]);
  return JSON.parse(stdout) as T;
}

beforeAll(async () => {
  cpSync(SIXTH, directory, {recursive: true});
  const {exit, stdout, stderr} = await run("load", "--json", "-w", directory);
  expect([exit, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toMatchObject({exit: 0});
});

describe("a sixth regime, by data alone", () => {
  test("is checked, and every clause of it says what answers it", async () => {
    expect(await asked("regime", "check", REGIME)).toMatchObject({regime: REGIME, parameters: 13, covered: 13, total: 14});
    const {clauses} = await asked<{clauses: Record<string, unknown>[]}>("regime", "clauses", REGIME);
    expect(clauses.map(({clause, kind, target}) => [clause, kind, target])).toEqual([
      ["第一条", "不可计算", null],
      ["第二条", "参数", "targets"],
      ["第三条", "检查", "cycle-coverage"],
      ["第四条", "检查", "team-size"],
      ["第五条第一项", "页面", "score"],
      ["第五条第二项", "页面", "score"],
      ["第五条第三项", "页面", "score"],
      ["第六条", "检查", "report-late"],
      ["第七条", "检查", "feedback-late"],
      ["第八条", "检查", "response-late"],
      ["第九条", "检查", "stage-order"],
      ["第十条", "参数", "extension"],
      ["第十一条", "检查", "overdue-not-summoned"],
      ["第十二条", "导出", "assessment"]
    ]);
    expect(clauses[9]).toMatchObject({
      parameters: ["rectify_report", "periodic_report"],
      checks: ["response-late", "periodic-report-missing"]
    });
  });

  // Counted with the calendar on the wall: 2025-09-28 and 2025-10-11 are worked, 1 to 8 October and 1 to 5 May are not.
  test.each([
    ["report", "2025-09-26", "2025-09-30", "第六条"],
    ["report", "2025-04-30", "2025-05-08", "第六条"],
    ["feedback", "2025-09-30", "2025-10-14", "第七条"],
    ["feedback", "2025-03-19", "2025-03-26", "第七条"],
    ["rectify_report", "2024-01-15", "2024-02-29", "第八条"],
    ["rectify_report", "2025-01-15", "2025-03-01", "第八条"],
    ["periodic_report", "2025-12-31", "2026-02-28", "第八条"],
    ["finding_due", "2025-03-05", "2025-04-19", "第九条"],
    ["undated", "2025-06-10", "2025-06-30", "第九条、第十一条"]
  ])("counts %s from %s", async (name, on, due_on, clause) => {
    expect(await asked("clock", "--regime", REGIME, "--clock", name, "--on", on)).toMatchObject({
      due_on,
      state: "确定",
      clause
    });
  });

  test("has a clock for everything it gives a time, and no other", async () => {
    const {stderr} = await run("clock", "--regime", REGIME, "--clock", "team_size", "--on", "2025-01-01", "-w", directory);
    for (const name of ["report", "feedback", "rectify_report", "periodic_report", "finding_due", "undated"])
      expect(stderr).toContain(`${name}（`);
    expect(stderr).not.toContain("extension（");
  });
});

describe("the invented city's year", () => {
  test("is scored: 45 days where no date was given, one extension and no more", async () => {
    const {schemes} = await asked<{schemes: {units: {unit_code: string; score: string | null; covered: string}[]}[]}>("score");
    expect(schemes[0]?.units.map(({unit_code, score, covered}) => [unit_code, score, covered])).toEqual([
      // 4×1 + 3 + 6 + 1 for findings, and three that are late: W-02 by a day, W-04 after its one extension, W-05 whose came too late
      ["990001", "84.50", "已巡查"],
      // 1 + 3 + 1, and W-09 late; W-08 was done on the 45th day
      ["990002", "94.50", "已巡查"],
      // 1 + 3 + 6 + 1, and W-11 late; W-13 falls due on the last day of the year
      ["990003", "88.50", "已巡查"],
      ["990004", null, "未巡查"],
      // 1 + 1 + 1, and W-16 late; W-14 was done on the 45th day
      ["990005", "96.50", "已巡查"],
      // 旧港区 was inspected before it was merged into 中陵区
      ["990006", "98.00", "已巡查"]
    ]);
  });

  test.each([
    ["W-04", "逾期10天", "the first extension is granted, the second refused"],
    ["W-05", "逾期10天", "an extension asked for after the deadline is refused"],
    ["W-02", "逾期1天", "45 days after it was found, a day late"]
  ])("%s is %s: %s", async (finding, words) => {
    const told = await asked<{units: {entries: {rule_id: string; because: string}[]}[]}>("explain", "--finding", finding);
    expect(told.units[0]?.entries.find((e) => e.rule_id === "R2-2")?.because).toBe(`隐患问题${finding}${words}`);
  });

  test.each([
    ["W-01", "done on the 45th day"],
    ["W-19", "its 45 days were extended once, and it was done on the new last day"]
  ])("%s is not late: %s", async (finding) => {
    const told = await asked<{units: {entries: {rule_id: string}[]}[]}>("explain", "--finding", finding);
    expect(told.units[0]?.entries.map((e) => e.rule_id)).toEqual(["R1-1"]);
  });

  test("is checked by what this document prescribes, and by nothing else", async () => {
    const {checks} = await asked<{checks: {id: string; clause: string; sample: {subject: string; on_date: string}[]}[]}>("check");
    expect(
      checks.map(({id, clause, sample}) => [id, clause, ...sample.map(({subject, on_date}) => `${subject} ${on_date}`)])
    ).toEqual([
      ["team-size", "第四条", "XH-2 2025-04-14", "XH-4 2025-11-03"],
      ["report-late", "第六条", "XH-2 2025-05-08"],
      ["feedback-late", "第七条", "XH-3 2025-10-14"],
      ["cycle-coverage", "第三条", "990004 2025-12-31"],
      ["stage-order", "第九条", "W-06 2025-04-10", "W-10 2025-10-14"],
      ["response-late", "第八条", "XH-2 2025-06-30", "XH-3 2025-11-29"],
      ["periodic-report-missing", "第八条", "XH-2 2025-09-01"],
      ["overdue-not-summoned", "第十一条", "W-09 2025-06-25", "W-11 2025-11-21"]
    ]);
  });

  test("leaves to do what is not done, with the day it is due", async () => {
    const {items} = await asked<{items: {kind: string; subject: string; due_on: string}[]}>("todo", "--by", "2026-01-10");
    const due = items.filter(({kind}) => kind !== "验收销号").map(({kind, subject, due_on}) => `${due_on} ${kind} ${subject}`);
    expect(due).toEqual([
      "2025-06-05 问题整改 W-09",
      "2025-06-25 约谈 W-09",
      "2025-09-01 后续定期报告 XH-2",
      "2025-11-01 问题整改 W-11",
      "2025-11-21 约谈 W-11",
      "2025-11-29 整改情况报告 XH-3",
      "2025-12-21 问题整改 W-16",
      "2025-12-31 周期巡查 990004",
      "2025-12-31 问题整改 W-13",
      "2026-01-10 整改情况报告 XH-4",
      "2026-01-10 约谈 W-16"
    ]);
  });
});

test("no regime is named in the program: rules are data", () => {
  const regimes = tracked(/^(data\/regimes|test\/input\/sixth\/regimes)\/[\w-]+\.yaml$/);
  const ids = regimes.map((path) => String(parse(readFileSync(join(ROOT, path), "utf8")).id));
  expect(ids.length).toBeGreaterThanOrEqual(6);
  const names = [...ids, ...ids.map((id) => id.replace(/-\d+$/, ""))];
  const code = tracked(/^(src|loaders)\/.*\.(ts|js|sql|css)$/);
  const named = code.filter((path) => names.some((name) => readFileSync(join(ROOT, path), "utf8").includes(name)));
  expect(named).toEqual([]);
});
