import {appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {Fault} from "../../src/fault.ts";
import type {Approval} from "../../src/release/about.ts";
import {approve} from "../../src/release/approve.ts";
import type {Release} from "../../src/release/list.ts";
import {findObstacles, type Obstacle, obstacleText, waive, waivedText} from "../../src/release/obstacle.ts";
import {sourceDoubts} from "../../src/release/source-doubt.ts";
import type {CheckResult} from "../../src/warehouse/check.ts";
import {SEMANTICS} from "../../src/warehouse/run.ts";
import {openScored, type Scored} from "../../src/warehouse/scored.ts";
import {listBatches} from "../../src/workspace/batch.ts";
import {makeOffice, type Office} from "../office.ts";

const SCHEME = `id: own
name: 本区评分办法
issued_by: 演示安委办
issued_on: 2025-02-01
regime: mudan-2023
effective_from: 2025-03-01
applies_to: [镇街]
period: year
start: full
several_inspections: latest
uninspected: 不评分
grades: [{name: 好, from: 90}, {name: 差, from: 0}]
items: [{no: "1", full: 50}, {no: "4", full: 50}]
rules:
  - {id: R1, item: "1", name: 逾期, breach: 三（三）5, basis: 第一条, over: finding, year_by: due_on, where: days_overdue > 0, deduct: 1, because: "{finding_id}"}
  - {id: R2, item: "4", name: 责任制评议, breach: 三（二）4, basis: 第二条, judge: {from: 0, to: 4}}
  - {id: V1, name: 事故否决, breach: 三（二）9, basis: 第三条, over: accident, where: liable, veto: {score: 0}, because: "{accident_id}"}
`;

const UNIT = {unit_code: "990101", unit_name: "甲镇", unit_kind: "镇街"};
const FINDING = {inspection_id: "X1", unit_code: "990101", layer: "党委政府", item: "1", severity: "一般", found_on: "2025-03-04"};
const findings = (ids: readonly string[]) =>
  ids.map((finding_id) => ({
    finding_id,
    ...FINDING,
    description: `问题${finding_id}`,
    due_on: finding_id === "F9" ? "2025-02-30" : "2025-04-01"
  }));

let office: Office;
let scored: Scored;
let found: readonly Obstacle[];

/** A check of the regime that found something. */
const BREACH = {id: "report-late", title: "巡查报告逾期或缺少", clause: "三（三）4", grade: "违反", rows: 3} as CheckResult;

/** An earlier release, computed otherwise. */
const EARLIER: Release = {
  ...{id: "office-2024-r1", year: 2024, state: "现行", fallen: null},
  approval: {args: {semantics: SEMANTICS - 1}} as Approval
};

beforeAll(async () => {
  office = makeOffice(
    {
      unit: [UNIT],
      inspection: [
        {
          inspection_id: "X1",
          unit_code: "990101",
          kind: "全面",
          organiser_level: "县级",
          started_on: "2025-03-03",
          ended_on: "2025-03-14"
        }
      ],
      finding: findings(["F1", "F2", "F3"]),
      rectification: [{finding_id: "F8", stage: "完成", on_date: "2025-03-20"}],
      accident: [{accident_id: "A1", unit_code: "990101", occurred_on: "2025-05-01", accident_grade: "一般", liable: "是"}],
      appeal: [{appeal_id: "Y1", subject_kind: "问题", subject_id: "F1", unit_code: "990101", filed_on: "2025-06-01"}]
    },
    {schemes: "[own]"}
  );
  office.file("schemes/own.yaml", SCHEME);
  await office.load();
  office.write("finding", findings(["F1", "F2", "F9"]));
  await office.load("2026-01-06T09:00:00.000+08:00");
  scored = await openScored(office.directory);
  const batches = listBatches(office.space().state.batches);
  found = await findObstacles(scored, {checks: [BREACH, {...BREACH, id: "x", grade: "提示"}], batches, earlier: [EARLIER]});
});

afterAll(() => {
  scored.close();
  office.remove();
});

describe("what stands in the way", () => {
  test("is a source that was never loaded, whose file changed since, or is gone", async () => {
    const space = office.space();
    const batches = listBatches(space.state.batches);
    expect(await sourceDoubts(space, batches)).toEqual({never: [], changed: []});
    const less = batches.filter((b) => b.source !== "accident");
    expect(await sourceDoubts(space, less)).toEqual({never: ["accident"], changed: []});
    const file = join(office.directory, "appeal.csv");
    const text = readFileSync(file);
    appendFileSync(file, "\n");
    expect(await sourceDoubts(space, batches)).toEqual({never: [], changed: ["appeal"]});
    rmSync(file);
    const sources = await sourceDoubts(space, batches);
    expect(sources).toEqual({never: [], changed: ["appeal"]});
    writeFileSync(file, text);
    const [first] = await findObstacles(scored, {checks: [], batches, earlier: [], sources});
    expect(first && obstacleText(first)).toBe("来源 1个来源的文件在装入之后有变动或读不到：appeal");
  });

  test("is a result in which nobody has a score", async () => {
    const schemes = scored.result.schemes.map((s) => ({...s, units: s.units.map((u) => ({...u, milli: null}))}));
    const empty = {...scored, result: {...scored.result, schemes}};
    const [first] = await findObstacles(empty, {checks: [], batches: [], earlier: []});
    expect(first?.id).toBe("得分");
  });

  test("is found once each, in the order in which it is told", () => {
    expect(found.map((o) => `${obstacleText(o)} → ${o.command}`)).toEqual([
      "评议 1项评议尚未作出：990101 R2 → xunheng score",
      "异议 1件异议复核尚未决定：Y1 → xunheng score",
      "暂定 得分暂定：1项否决待事故批复结案：990101 V1 → xunheng score",
      "退回 1条台账记录有误，未计入结果，也未更正 → xunheng rejects",
      "挂起 1条台账记录所依附的记录尚未登记，未计入结果 → xunheng rejects",
      "撤走 1条台账记录后来不再报送，仍计入结果 → xunheng accept-withdrawals --list",
      "违反:report-late 巡查报告逾期或缺少3处（三（三）4） → xunheng check --only report-late",
      "办法:own 《本区评分办法》没有写文号（document_no），未正式印发；2025-02-01印发、2025-03-01施行，晚于所评期间的第一天2025-01-01（不溯及既往） → xunheng scheme show own",
      `语义 上一个审定结果 office-2024-r1 按语义版本${SEMANTICS - 1}计算，本程序是${SEMANTICS}，同样的数据会得出别的分 → xunheng release show office-2024-r1`
    ]);
  });

  test("names nobody where a waiver is printed", () => {
    expect(found.map(waivedText).join()).not.toMatch(/9901|Y1|R2|V1/);
  });

  test("is not a release that was withdrawn, nor one computed as now", async () => {
    const same: Release = {...EARLIER, approval: {args: {semantics: SEMANTICS}} as Approval};
    const withdrawn: Release = {...EARLIER, id: "office-2024-r2", state: "已撤回"};
    const again = await findObstacles(scored, {checks: [], batches: [], earlier: [same, withdrawn]});
    expect(again.map((o) => o.kind)).toEqual(["评议", "异议", "暂定", "退回", "挂起", "办法"]);
  });
});

describe("an approval tried beforehand", () => {
  test("says what stands in the way, and writes nothing", async () => {
    const approver = {by: "张三", post: "区安委会主任", on: "2026-01-20", today: "2026-01-20"};
    const request = {at: "2026-01-20T10:00:00.000+08:00", approver, waivers: [{id: "退回", reason: "测试数据"}], cut_offs: {}};
    const {id, standing, waived, written} = await approve(office.space(), {...request, dry: true}, "xunheng approve");
    expect(id).toBe("office-2025-r1");
    expect(waived.map((w) => w.obstacle.id)).toEqual(["退回"]);
    expect([...new Set(standing.map((o) => o.kind))]).toEqual(["评议", "异议", "暂定", "挂起", "撤走", "办法"]);
    expect(written).toBeNull();
    expect(readdirSync(office.space().state.directory).toSorted()).toEqual(["batches", "warehouse.duckdb"]);
  });
});

describe("an approval with something in its way", () => {
  test("is refused with all of it at once, and a line to paste that waives it", async () => {
    const approver = {by: "张三", post: "区安委会主任", on: "2026-01-20", today: "2026-01-20"};
    const request = {at: "2026-01-20T10:00:00.000+08:00", approver, waivers: [], cut_offs: {}};
    const error = await approve(office.space(), request, "xunheng approve --by 张三").catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Fault);
    const {exit, message} = error as Fault;
    expect(exit).toBe(3);
    const lines = message.split("\n");
    expect(lines).toHaveLength(8);
    expect(lines[0]).toBe("评议 1项评议尚未作出：990101 R2；见 xunheng score；确需豁免的写 --waive '评议=理由'");
    expect(lines.at(-1)).toBe(
      "有7项障碍，没有审定；请先办理；确需豁免的，把理由写清后运行：xunheng approve --by 张三 --waive '评议=理由' --waive '异议=理由' --waive '暂定=理由' --waive '退回=理由' --waive '挂起=理由' --waive '撤走=理由' --waive '办法:own=理由'"
    );
    expect(readdirSync(join(office.space().state.directory, "releases"))).toEqual([]);
  });
});

describe("a waiver", () => {
  test("of one goes before one of its kind, and says its reason", () => {
    const {waived, standing, needless} = waive(found, [
      {id: "违反", reason: "都已说明"},
      {id: "违反:report-late", reason: "等上级意见"},
      {id: "办法", reason: "沿用上年"},
      {id: "违反:team-size", reason: "没有这项"}
    ]);
    expect(waived.map((w) => [w.obstacle.id, w.reason])).toEqual([
      ["违反:report-late", "等上级意见"],
      ["办法:own", "沿用上年"]
    ]);
    expect(standing.map((o) => o.id)).toEqual(["评议", "异议", "暂定", "退回", "挂起", "撤走", "语义"]);
    expect(needless.map((w) => w.id)).toEqual(["违反:team-size"]);
  });
});
