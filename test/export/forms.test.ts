import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {confirmationTally, tallyText} from "../../src/export/confirm/tally.ts";
import {CONFIRM_SOURCE, type ConfirmBooks, confirmBooks} from "../../src/export/confirm.ts";
import {FINDING_SOURCE, type FindingBooks, findingBooks, formCode} from "../../src/export/finding-book.ts";
import {listRejects} from "../../src/warehouse/reject.ts";
import {openScored, type Scored} from "../../src/warehouse/scored.ts";
import type {LoadResult} from "../../src/workspace/load.ts";
import {run} from "../cli/run.ts";
import {makeOffice, type Office} from "../office.ts";
import {filled, table, textOf} from "./form-cells.ts";

const finding = (n: number, rest: Readonly<Record<string, string>> = {}) => ({
  ...{finding_id: `W${n}`, inspection_id: "X1", unit_code: "990101", layer: "部门", item: "6", severity: "一般"},
  ...{description: `=第${n}处没有整改台账`, found_on: "2025-03-04", due_on: "2025-05-01", nature: "管理问题", ...rest}
});
const TABLES = {
  unit: ["990101", "990102"].map((unit_code) => ({
    unit_code,
    unit_name: `演示${unit_code}镇`,
    unit_kind: "镇街",
    peer_group: "镇域组"
  })),
  inspection: ["990101", "990102"].map((unit_code, i) => ({
    ...{inspection_id: `X${i + 1}`, unit_code, kind: "全面", organiser_level: "县级", started_on: "2025-03-03"},
    ended_on: "2025-03-14"
  })),
  finding: [
    finding(1),
    finding(2, {severity: "重大"}),
    finding(3),
    finding(4, {nature: "问题线索", description: "线索甲乙丙"}),
    finding(5, {inspection_id: "X2", unit_code: "990102", due_on: ""})
  ],
  rectification: [{finding_id: "W3", stage: "完成", on_date: "2025-04-20"}]
};

describe("forms that units fill in", () => {
  let office: Office;
  let scored: Scored;
  let confirm: ConfirmBooks;
  let reports: FindingBooks;
  let loaded: LoadResult;

  beforeAll(async () => {
    office = makeOffice(TABLES, {decisions_until: "2026-01-10"});
    await office.load();
    const first = await openScored(office.directory);
    [confirm, reports] = [await confirmBooks(first), await findingBooks(first)];
    first.close();
    const replies = join(office.directory, "回执");
    mkdirSync(replies);
    writeFileSync(
      join(replies, confirm.units[0]?.path ?? ""),
      filled(confirm.files[0], "单位编码", [
        ...([
          [0, "单位意见", "无异议"],
          [0, "日期", "2026.1.6"]
        ] as const),
        ...([
          [1, "单位意见", "异议"],
          [1, "日期", "2026-01-07"],
          [1, "理由", "5月1日前已完成"]
        ] as const),
        ...([[2, "理由", "这条不该扣"]] as const),
        ...([
          [3, "单位意见", "无异议"],
          [3, "日期", "20260107"],
          [3, "扣分", "9"]
        ] as const)
      ])
    );
    writeFileSync(
      join(replies, reports.units[0]?.path ?? ""),
      filled(reports.files[0], "问题编号", [
        ...([
          [0, "整改环节", "方案"],
          [0, "日期", "2025/12/20"],
          [0, "佐证", "照片"]
        ] as const),
        ...([
          [1, "问题编号", "W2"],
          [1, "整改环节", "验收"],
          [1, "日期", "2025-12-22"]
        ] as const),
        ...([
          [2, "问题编号", "W9"],
          [2, "整改环节", "完成"],
          [2, "日期", "2025-12-21"]
        ] as const),
        ...([[3, "整改环节", "完成"]] as const)
      ])
    );
    const yaml = `${CONFIRM_SOURCE}\n${FINDING_SOURCE}\n`;
    office.file("xunheng.yaml", `${sourcesOf(office)}${yaml}`);
    loaded = await office.load("2026-01-08T09:00:00.000+08:00");
    scored = await openScored(office.directory);
  });
  afterAll(() => {
    scored.close();
    office.remove();
  });

  it("ask each unit about what it lost points by, and never about a clue", () => {
    expect(confirm.units.map((u) => [u.unit_name, u.rows > 0])).toContainEqual(["演示990101镇", true]);
    const rows = table(confirm.files[0], "单位编码");
    const at = (name: string) => rows[0]?.indexOf(name) ?? -1;
    const asked = rows.slice(1).map((row) => [row[at("规则编号")], row[at("对象类别")], row[at("对象编号")], row[at("扣分")]]);
    expect(asked.slice(0, 4)).toMatchInlineSnapshot(`
      [
        [
          "R6-1",
          "问题",
          "W1",
          "1",
        ],
        [
          "R6-2",
          "问题",
          "W2",
          "4",
        ],
        [
          "R6-3",
          "问题",
          "W3",
          "0.5",
        ],
        [
          "R6-5",
          "计分",
          "R6-5",
          "6",
        ],
      ]
    `);
    for (const file of [...confirm.files, ...reports.files]) expect(textOf(file)).not.toMatch(/W4|线索甲乙丙/);
  });

  it("list open findings for the unit, each with rows for what it has done, and leave out those that are closed", () => {
    const rows = table(reports.files[0], "问题编号").slice(1);
    expect(rows.map((row) => row[0]).filter((id) => id?.startsWith("W"))).toEqual(["W1", "W1", "W2", "W2", "W2", "W3", "W3"]);
    expect(rows[0]?.at(-1)).toBe(formCode("W1"));
    expect(reports.units.map((u) => [u.unit_code, u.findings])).toEqual([
      ["990101", 3],
      ["990102", 1]
    ]);
  });

  it("lock what is given, offer the answers, hold no formula, and say of which result they are", () => {
    for (const file of [confirm.files[0], reports.files[0]]) {
      const text = textOf(file);
      expect(text).toContain('<sheetProtection sheet="1"');
      expect(text).not.toMatch(/<f[ >]/);
      expect(text).not.toMatch(/sheetProtection[^>]*password/);
      expect(text).toContain("未审定");
      expect(text).toMatch(/<dataValidation type="list"/);
    }
    expect(textOf(reports.files[0])).toContain("=第1处没有整改台账");
  });

  it("are the same bytes when made again", async () => {
    expect((await findingBooks(scored)).files).toEqual((await findingBooks(scored)).files);
  });

  it("are loaded back: what was filled in counts, what was forgotten is rejected with the cell, and the rest is none", async () => {
    const rejects = await listRejects(office.space());
    expect(loaded.failures).toEqual([]);
    expect(loaded.tables.confirmation).toMatchObject({read: 4, new: 3, rejected: 1});
    expect(loaded.tables.rectification).toMatchObject({rejected: 1, held: 1});
    expect(rejects.map(({table, column, reason}) => [table, column, reason]).toSorted()).toEqual([
      ["confirmation", "单位意见", "单位意见为空"],
      ["confirmation", "日期", "日期为空"],
      ["rectification", "日期", "日期为空"],
      ["rectification", "问题编号", "问题表中没有W9"]
    ]);
    expect(
      await scored.db.list("select finding_id || stage || on_date from rectification where source_name = '单位回填' order by all")
    ).toEqual(["W1方案2025-12-20", "W2验收2025-12-22"]);
    expect(loaded.notes.join()).not.toContain("不在契约内");
  });

  it("name the rows in which something locked was changed", () => {
    const changed = loaded.warnings.filter(({kind}) => kind === "改动").map(({what}) => what);
    expect(changed).toHaveLength(2);
    expect(changed.join()).toMatch(/“无异议”不作数/);
    expect(changed.join()).toMatch(/问题W2的“验收”一行与发出的回填表不同/);
  });

  it("make objections wait for a decision, and add up in the tally", async () => {
    const tally = await confirmationTally(scored);
    const [unit] = tally.units;
    expect(unit).toMatchObject({unit_code: "990101", altered: 1});
    expect(tally.total).toMatchObject({agreed: 1, pending: 1, decided: 0, stale: 1, altered: 1});
    for (const {asked, agreed, decided, pending, stale, unanswered} of [...tally.units, tally.total])
      expect(agreed + decided + pending + stale + unanswered).toBe(asked);
    expect(tally.objections).toMatchObject([{unit_code: "990101", filed_on: "2026-01-07", grounds: "5月1日前已完成"}]);
    expect(tallyText(tally).join("\n")).toContain(tally.objections[0]?.appeal_id);
    const about = scored.result.schemes[0]?.units.find((u) => u.unit_code === "990101");
    expect(about?.provisional_because.join()).toContain("1件异议复核尚未决定");
  });

  it("are written by the command line with the entry that loads them back, for one unit where one is named", async () => {
    const to = join(office.directory, "发出");
    const said = await run("export", "findings", "--unit", "990102", "--to", to, "-w", office.directory, "--json");
    expect([said.exit, said.stderr]).toEqual([0, ""]);
    const {what, files, units, source, stamp} = JSON.parse(said.stdout);
    expect([what, files.length, units[0].unit_code, stamp.release]).toEqual(["findings", 1, "990102", null]);
    expect(source).toBe(FINDING_SOURCE.trim());
    const guide = readFileSync("src/guide/loading.md", "utf8");
    for (const entry of [CONFIRM_SOURCE, FINDING_SOURCE]) expect(guide).toContain(entry);
    const wrong = await run("export", "confirm", "--unit", "99010", "--to", to, "-w", office.directory);
    expect([wrong.exit, wrong.stderr]).toEqual([2, "没有被评分的单位 99010；是否指 990101？\n"]);
  });

  it("keep a consent when another deduction of the unit is decided upon, and show it in the next workbook", async () => {
    const before = await confirmationTally(scored);
    const [objection] = before.objections;
    const {appeal_id = "", subject_id = "", subject_kind = "", unit_code = "", filed_on = ""} = objection ?? {};
    const decided = {decided_on: "2026-01-09", decision: "撤销", decided_by: "演示安委办", grounds: "照片属实"};
    office.write("appeal", [{appeal_id, subject_kind, subject_id, unit_code, filed_on, ...decided}]);
    office.file("xunheng.yaml", `${sourcesOf(office)}  - {table: appeal, loader: csv, path: appeal.csv}\n`);
    await office.load("2026-01-09T09:00:00.000+08:00");
    const after = await openScored(office.directory);
    try {
      const tally = await confirmationTally(after);
      expect(after.result.digest).not.toBe(scored.result.digest);
      expect(tally).toMatchObject({objections: [], total: {agreed: 1, pending: 0}});
      const next = await confirmBooks(after, "990101");
      expect(next.units[0]?.path).not.toBe(confirm.units[0]?.path);
      expect(textOf(next.files[0])).toContain("无异议 2026-01-06");
    } finally {
      after.close();
    }
  });

  it("are said in a sentence where nobody lost points", () => {
    const none = {asked: 0, agreed: 0, decided: 0, pending: 0, stale: 0, unanswered: 0, altered: 0};
    expect(tallyText({units: [], total: none, objections: [], late: 0, without: []})).toEqual([
      "扣分确认：没有需要单位确认的扣分。"
    ]);
  });
});

/** xunheng.yaml of the office up to its sources, which stand last. */
function sourcesOf({directory}: Office): string {
  return readFileSync(join(directory, "xunheng.yaml"), "utf8");
}
