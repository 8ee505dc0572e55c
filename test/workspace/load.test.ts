import {cpSync, existsSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, afterEach, describe, expect, it} from "vitest";
import {rejectRows} from "../../src/warehouse/reject.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import {openWarehouse} from "../../src/warehouse/warehouse.ts";
import {appendDecision} from "../../src/workspace/decision.ts";
import {type Cells, makeOffice, type Office} from "../office.ts";

const unit = {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"};
const inspection = {
  inspection_id: "X1",
  unit_code: "990101",
  kind: "全面",
  organiser_level: "县级",
  started_on: "2025-03-01",
  ended_on: "2025-03-10"
};
const finding = (finding_id: string, rest: Record<string, string> = {}) => ({
  finding_id,
  inspection_id: "X1",
  unit_code: "990101",
  layer: "部门",
  item: "6",
  severity: "一般",
  description: "演示问题",
  found_on: "2025-03-03",
  due_on: "2025-04-03",
  ...rest
});
const event = (finding_id: string, stage: string, on_date: string) => ({finding_id, stage, on_date});

let office: Office;
afterEach(() => office?.remove());

function newOffice(tables: Record<string, Cells> = {}): Office {
  office = makeOffice({
    unit: [unit],
    inspection: [inspection],
    finding: [finding("F1"), finding("F2")],
    rectification: [event("F1", "完成", "2025-03-20")],
    ...tables
  });
  return office;
}

let first: Promise<{office: Office; digest: string}> | null = null;

async function loadFirst(): Promise<{office: Office; digest: string}> {
  const made = newOffice();
  await made.load();
  return {office: made, digest: await digest()};
}

/** The office as its first load left it: most tests begin there, so it is loaded once and copied. Gives the digest of its scores. */
async function loadedOffice(): Promise<string> {
  first ??= loadFirst();
  const loaded = await first;
  newOffice();
  cpSync(loaded.office.space().state.directory, office.space().state.directory, {recursive: true});
  return loaded.digest;
}

afterAll(async () => (await first)?.office.remove());

async function rejected(): Promise<Awaited<ReturnType<typeof rejectRows>>> {
  const db = await openWarehouse(office.space());
  try {
    return await rejectRows(db);
  } finally {
    db.close();
  }
}

async function digest(): Promise<string> {
  const scored = await openScored(office.directory);
  scored.close();
  return scored.result.digest;
}

describe("a load", () => {
  it("accounts for every row", async () => {
    newOffice({
      finding: [
        finding("F1"),
        finding("F1"),
        finding("F2", {found_on: "2025-02-30"}),
        finding("F3", {unit_code: "990999"}),
        finding("合计", {found_on: "", due_on: ""})
      ]
    });
    const {tables} = await office.load();
    expect(tables.finding).toEqual({
      read: 5,
      new: 2,
      unchanged: 0,
      changed: 0,
      rejected: 1,
      skipped: 2,
      held: 1,
      open: 2,
      withdrawn: 0,
      later: 0
    });
  });

  it("changes nothing when the same files come again", async () => {
    const before = await loadedOffice();
    const {tables} = await office.load("2026-01-06T09:00:00.000+08:00");
    expect(tables.finding).toMatchObject({read: 2, new: 0, unchanged: 2, changed: 0});
    expect(await digest()).toBe(before);
  });

  it("tells a changed row from an unchanged one by typed values", async () => {
    await loadedOffice();
    office.write("finding", [finding("F1", {due_on: "2025年4月3日"}), finding("F2", {severity: "重大"})]);
    const {tables} = await office.load("2026-01-06T09:00:00.000+08:00");
    expect(tables.finding).toMatchObject({unchanged: 1, changed: 1});
  });

  it("lists a missing row as withdrawn and lets it count until the withdrawal is accepted", async () => {
    const before = await loadedOffice();
    office.write("finding", [finding("F1")]);
    const {tables} = await office.load("2026-01-06T09:00:00.000+08:00");
    expect(tables.finding).toMatchObject({read: 1, unchanged: 1, withdrawn: 1});
    expect(await digest()).toBe(before);
    const {state} = office.space();
    appendDecision(state.decisions, {
      at: "2026-01-07T09:00:00.000+08:00",
      kind: "accept-withdrawals",
      by: "演示员",
      args: {source: "finding", batch_n: 8}
    });
    expect(await digest()).not.toBe(before);
    const scored = await openScored(office.directory, {known_at: "2026-01-06"});
    scored.close();
    expect(scored.result.digest).toBe(before);
  });

  it("begins a new version when a row comes back after its absence was accepted", async () => {
    const before = await loadedOffice();
    office.write("finding", [finding("F1")]);
    await office.load("2026-01-06T09:00:00.000+08:00");
    const {state} = office.space();
    const accepted = {kind: "accept-withdrawals", by: "演示员", args: {source: "finding", batch_n: 8}} as const;
    appendDecision(state.decisions, {at: "2026-01-07T09:00:00.000+08:00", ...accepted});
    office.write("finding", [finding("F1"), finding("F2")]);
    const {tables} = await office.load("2026-01-08T09:00:00.000+08:00");
    expect(tables.finding).toMatchObject({unchanged: 1, new: 1, withdrawn: 0});
    expect(await digest()).toBe(before);
    const db = await openWarehouse(office.space());
    const versions = await db.rows(
      "select strftime(known_from, '%m-%d') as known_from, strftime(known_to, '%m-%d') as known_to from finding_version where finding_id = 'F2' order by 1"
    );
    db.close();
    expect(versions).toEqual([
      {known_from: "01-05", known_to: "01-07"},
      {known_from: "01-08", known_to: null}
    ]);
  });

  it("does not let a later revocation change what was known before it", async () => {
    await loadedOffice();
    office.write("finding", [finding("F1"), finding("F2"), finding("F3")]);
    const {batches} = await office.load("2026-01-06T09:00:00.123+08:00");
    const then = await openScored(office.directory);
    then.close();
    const args = {batch: batches.finding};
    appendDecision(office.space().state.decisions, {at: "2026-01-07T09:00:00.000+08:00", kind: "revoke-batch", by: "演示员", args});
    const again = await openScored(office.directory, {known_at: then.result.known_at});
    again.close();
    expect(again.result).toEqual(then.result);
  });

  it("does not count blank rows, even where a column has a value of its own when blank", async () => {
    newOffice({rectification: [event("F1", "完成", "2025-03-20"), event("", "", ""), event("F2", "完成", "2025-03-21")]});
    const {tables} = await office.load();
    expect(tables.rectification).toMatchObject({read: 2, new: 2, rejected: 0});
  });

  it("forgets a revoked batch", async () => {
    const before = await loadedOffice();
    office.write("finding", [finding("F1"), finding("F2"), finding("F3")]);
    const {batches} = await office.load("2026-01-06T09:00:00.000+08:00");
    expect(await digest()).not.toBe(before);
    appendDecision(office.space().state.decisions, {
      at: "2026-01-07T09:00:00.000+08:00",
      kind: "revoke-batch",
      by: "演示员",
      args: {batch: batches.finding}
    });
    expect(await digest()).toBe(before);
  });

  it("loses nothing when the warehouse is deleted", async () => {
    await loadedOffice();
    const before = await openScored(office.directory);
    before.close();
    rmSync(office.space().state.warehouse);
    const after = await openScored(office.directory);
    after.close();
    expect(after.result).toEqual(before.result);
  });

  it("rebuilds a warehouse that cannot be opened", async () => {
    const before = await loadedOffice();
    writeFileSync(office.space().state.warehouse, "not a database");
    expect(await digest()).toBe(before);
  });

  it("holds a child of a rejected row and brings it back with its parent", async () => {
    newOffice({finding: [finding("F1", {found_on: "2025-02-30"}), finding("F2")]});
    const first = await office.load();
    expect(first.tables.rectification).toMatchObject({new: 1, held: 1});
    expect((await rejected()).find((r) => r.table === "rectification")).toMatchObject({
      cause: "所属问题F1未通过检查",
      column: "问题编号",
      value: "F1"
    });
    office.write("finding", [finding("F1"), finding("F2")]);
    const second = await office.load("2026-01-06T09:00:00.000+08:00");
    expect(second.tables.rectification).toMatchObject({unchanged: 1, held: 0});
    expect(await rejected()).toEqual([]);
  });

  it("holds an event before its finding and the rows of a held finding", async () => {
    newOffice({
      finding: [finding("F1"), finding("F2", {unit_code: "990999"})],
      rectification: [event("F1", "完成", "2025-03-01"), event("F2", "完成", "2025-03-20")]
    });
    await office.load();
    const causes = (await rejected()).map((r) => [r.table, r.value, r.cause]);
    expect(causes).toContainEqual(["finding", "990999", "单位表中没有990999"]);
    expect(causes).toContainEqual(["rectification", "F2", "所属问题F2正挂起"]);
    expect(causes).toContainEqual(["rectification", "2025-03-01", "整改日期早于问题的发现日期"]);
  });

  it("leaves the earlier version in force when the new row is rejected", async () => {
    const before = await loadedOffice();
    office.write("finding", [finding("F1", {severity: "特大"}), finding("F2")]);
    const {tables} = await office.load("2026-01-06T09:00:00.000+08:00");
    expect(tables.finding).toMatchObject({rejected: 1, withdrawn: 0});
    expect(await digest()).toBe(before);
  });

  it("rejects all rows of a key that differ, naming the other row", async () => {
    newOffice({finding: [finding("F1"), finding("F1", {severity: "重大"}), finding("F2")]});
    const {tables} = await office.load();
    expect(tables.finding).toMatchObject({read: 3, rejected: 2, new: 1});
    expect((await rejected()).filter((r) => r.table === "finding").map((r) => [r.row, r.reason])).toEqual([
      [2, "问题编号“F1”在第3行也有且内容不同"],
      [3, "问题编号“F1”在第2行也有且内容不同"]
    ]);
  });

  it("loads the other sources when one cannot be read, and changes nothing of that one", async () => {
    await loadedOffice();
    rmSync(join(office.directory, "finding.csv"));
    const result = await office.load("2026-01-06T09:00:00.000+08:00");
    expect(result.exit).toBe(2);
    expect(result.failures).toHaveLength(1);
    expect(Object.keys(result.batches)).not.toContain("finding");
    expect(result.tables.unit).toMatchObject({unchanged: 1});
  });

  it("says so when a file that had rows has none any more", async () => {
    await loadedOffice();
    office.file("finding.csv", "finding_id,inspection_id,unit_code,layer,item,severity,description,found_on\n");
    const {tables, notes} = await office.load("2026-01-06T09:00:00.000+08:00");
    expect(tables.finding).toMatchObject({read: 0, withdrawn: 2});
    expect(notes).toContain("finding：这次一行数据也没有，原有的行全部列为撤走，仍然计入；如确已撤走，须另作决定");
  });

  it("doubts an accident whose grade does not fit its numbers, and still loads it", async () => {
    newOffice({
      accident: [{accident_id: "A1", unit_code: "990101", occurred_on: "2025-05-01", accident_grade: "一般", deaths: "3"}]
    });
    const {tables, warnings} = await office.load();
    expect(tables.accident).toMatchObject({new: 1, rejected: 0});
    expect(warnings.filter((w) => w.kind === "事故等级")).toEqual([
      {
        kind: "事故等级",
        file: "accident.csv",
        sheet: null,
        row: 2,
        what: "事故A1的等级写作“一般”，按伤亡和损失应为“较大”（国务院令第493号第三条）"
      }
    ]);
  });

  it("takes a row with a number of its own for a row, however its first words read", async () => {
    const says = (finding_id: string, description: string, rest = {}) => {
      const {description: _, ...row} = {...finding(finding_id), ...rest};
      return {description, ...row};
    };
    newOffice({
      finding: [
        says("F1", "演示问题"),
        says("F2", "累计三次未开会", {severity: "特大"}),
        says("F3", "审核把关不严", {found_on: "2025-02-30"}),
        says("F4", "", {})
      ]
    });
    const {tables} = await office.load();
    expect(tables.finding).toMatchObject({read: 4, new: 1, rejected: 3, skipped: 0});
  });

  it("refuses to score when a batch is missing between the others", async () => {
    await loadedOffice();
    const {state} = office.space();
    rmSync(join(state.batches, "000002-inspection"), {recursive: true});
    await expect(openScored(office.directory)).rejects.toThrow(/第000002号批次不见了/);
  });

  it("charges nobody for a late report when no reports were ever loaded, and says so", async () => {
    newOffice({inspection: [{...inspection, feedback_received_on: "2025-03-20"}]});
    await office.load();
    const scored = await openScored(office.directory);
    scored.close();
    expect(scored.result.schemes[0]?.units[0]?.items.find((i) => i.item === "10")).toMatchObject({score: "6.00"});
    expect(scored.result.warnings).toContain("没有装入过整改情况报告：迟报不计分");
  });

  it("refuses a second load while one runs and leaves no half-written batch", async () => {
    newOffice();
    const [one, two] = await Promise.allSettled([office.load(), office.load()]);
    const failed = [one, two].find((r) => r.status === "rejected");
    expect(String(failed?.reason?.message)).toMatch(/工作区正被另一个命令使用/);
    expect(readdirSync(office.space().state.batches).every((name) => /^\d{6}-/.test(name))).toBe(true);
    expect(existsSync(office.space().state.lock)).toBe(false);
  });

  it("refuses a source in which a second header names its columns in another order", async () => {
    newOffice();
    const head = "finding_id,inspection_id,unit_code,layer,item,severity,description,found_on,due_on";
    const turned = "finding_id,inspection_id,unit_code,layer,item,severity,description,due_on,found_on";
    const row = (id: string, days: string) => `${id},X1,990101,党委政府,1,一般,问题,${days}`;
    office.file(
      "finding.csv",
      `${[head, row("F1", "2025-03-04,2025-04-01"), turned, row("F2", "2025-04-01,2025-03-04")].join("\n")}\n`
    );
    const {exit, failures, batches} = await office.load();
    expect(exit).toBe(2);
    expect(failures[0]?.what).toBe("又有一遍表头，列的次序与前面的不同（发现日期的位置上是“due_on”）");
    expect(failures[0]?.place).toEqual({file: "finding.csv", line: 3});
    expect(Object.keys(batches)).not.toContain("finding");
  });
});
