import {createHash} from "node:crypto";
import {expect, it} from "vitest";
import {MOST_LISTED, suspicions} from "../../src/warehouse/suspicion.ts";
import {openRows, type Rows} from "../facts.ts";

const unit = {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"};
const inspection = {inspection_id: "X1", unit_code: "990101", kind: "全面", organiser_level: "县级"};
const finding = (finding_id: string, description: string, rest: Record<string, string | null> = {}) => ({
  finding_id,
  inspection_id: "X1",
  unit_code: "990101",
  layer: "部门",
  item: "6",
  severity: "一般",
  description,
  found_on: "2025-03-03",
  ...rest
});
const event = (finding_id: string, on_date: string, recorded_at: string | null) => ({
  finding_id,
  stage: "完成",
  on_date,
  recorded_at
});

async function doubtsOf(rows: Rows): Promise<{what: string[]; counts: Readonly<Record<string, number>>}> {
  const db = await openRows({unit: [unit], inspection: [inspection], ...rows});
  try {
    const {rows: found, counts} = await suspicions(db, ["镇街"], "2025-12-31");
    return {what: found.map((d) => `${d.kind} ${d.file}:${d.row} ${d.what}`), counts};
  } finally {
    db.close();
  }
}

const LONG = "灭火器压力不足且未按规定每月检查记录";

it("doubts findings that say the same once blanks, punctuation and full width are set aside", async () => {
  const {what, counts} = await doubtsOf({
    finding: [
      finding("F1", "未制定应急预案，第2次提出。"),
      finding("F2", "未制定应急预案 （第２次提出）", {item: "7", found_on: "2025-03-09"}),
      finding("F3", "未制定应急预案，第3次提出。"),
      finding("F4", "未制定应急预案，第2次提出。", {inspection_id: null, source: "举报"}),
      finding("F5", "未制定应急预案，第2次提出。", {inspection_id: null, source: "举报"})
    ]
  });
  expect(what).toEqual([
    "近似重复 finding.csv:3 问题F2与问题F1的描述相同（同一单位、同一次巡查、同一点位）；如是重复登记，请删去一条",
    "近似重复 finding.csv:6 问题F5与问题F4的描述相同（同一单位、同一次巡查、同一点位）；如是重复登记，请删去一条"
  ]);
  expect(counts).toEqual({近似重复: 2});
});

it("doubts long descriptions that differ in two characters on one day and item, but not in a number", async () => {
  const {what} = await doubtsOf({
    finding: [
      finding("F1", LONG),
      finding("F2", LONG.replace("每月", "按月")), // one character
      finding("F3", LONG, {item: "7"}), // equal, whatever the item
      finding("F4", `${LONG}多处又多`), // four characters
      finding("F5", `1号楼${LONG}`),
      finding("F6", `2号楼${LONG}`),
      finding("F7", LONG.replace("每月", "按月"), {found_on: "2025-03-04", item: "8"})
    ]
  });
  expect(what.map((text) => text.split("；")[0])).toEqual([
    "近似重复 finding.csv:3 问题F2与问题F1的描述只差一两个字（同一单位、同一次巡查、同一点位、同一天、同一项）",
    "近似重复 finding.csv:4 问题F3与问题F1的描述相同（同一单位、同一次巡查、同一点位）",
    "近似重复 finding.csv:8 问题F7与问题F2的描述相同（同一单位、同一次巡查、同一点位）"
  ]);
});

it("doubts what was recorded more than thirty days later, and after the cut-off", async () => {
  const {what} = await doubtsOf({
    finding: ["F1", "F2", "F3", "F4", "F5"].map((id) => finding(id, `演示问题${id}`)),
    rectification: [
      event("F1", "2025-04-01", "2025-05-01 23:59:00"), // 30 days: not yet
      event("F2", "2025-04-01", "2025-05-02 00:00:00"), // 31
      event("F3", "2025-12-20", "2026-01-02 09:00:00"),
      event("F4", "2026-01-01", "2026-01-02 09:00:00"), // after the cut-off itself
      event("F5", "2025-04-01", null)
    ],
    accident: [
      {
        accident_id: "S1",
        unit_code: "990101",
        occurred_on: "2025-01-01",
        accident_grade: "一般",
        deaths: 1,
        reported_at: "2025-03-01 08:00:00"
      }
    ]
  });
  expect(what).toEqual([
    "补录 accident.csv:2 事故S1发生于2025-01-01，59天后（2025-03-01）才报告；请核对日期",
    "补录 rectification.csv:3 问题F2的“完成”日期是2025-04-01，31天后（2025-05-02）才登记；请核对日期",
    "截止后登记 rectification.csv:4 问题F3的“完成”日期是2025-12-20，统计截止日2025-12-31之后（2026-01-02）才登记；照计，请核对佐证"
  ]);
});

it("lists the first thousand of a kind and counts all", async () => {
  const {what, counts} = await doubtsOf({
    finding: Array.from({length: MOST_LISTED + 6}, (_, i) => finding(`F${i}`, "演示问题"))
  });
  expect(what).toHaveLength(MOST_LISTED);
  expect(counts).toEqual({近似重复: MOST_LISTED + 5});
});

it("doubts a stage that two sources date otherwise, unless something was returned", async () => {
  const db = await openRows({
    unit: [unit],
    inspection: [inspection],
    finding: [finding("F1", "甲"), finding("F2", "乙乙"), finding("F3", "丙丙丙")],
    rectification: [event("F1", "2025-04-01", null), event("F2", "2025-04-01", null), event("F3", "2025-04-01", null)]
  });
  try {
    const other = "insert into rectification_version by name select * replace ('单位回填' as source_name, 'b.xlsx' as source_file";
    await db.run(`${other}, date '2025-04-03' as on_date) from rectification_version where finding_id in ('F1', 'F3')`);
    await db.run(
      `${other}, date '2025-04-02' as on_date, '退回' as stage) from rectification_version where finding_id = 'F3' limit 1`
    );
    const {rows} = await suspicions(db, ["镇街"], "2025-12-31");
    expect(rows.map(({kind, file, what}) => `${kind} ${file} ${what}`)).toEqual([
      "日期不一 b.xlsx 问题F1的“完成”日期是2025-04-03，来源“rectification”写的是2025-04-01（rectification.csv第2行）；请核对是不是同一件事，是的删去写错的一处"
    ]);
  } finally {
    db.close();
  }
});

it("doubts rows of our own forms in which something locked was changed", async () => {
  const code = (id: string) => `HT-${sha(["整改回填", id]).slice(0, 10)}`;
  const answer = {unit_code: "990101", year: 2025, rule_id: "R1", subject_kind: "问题", subject: "F1", points: 0.5};
  const seal = (points: string) =>
    `ZY-0a1b2c3d-00000000-${sha(["990101", "2025", "R1", "问题", "F1", points, "0a1b2c3d", "00000000"]).slice(0, 8)}`;
  const said = {answer: "无异议", answered_on: "2026-01-06"};
  const {what} = await doubtsOf({
    finding: [finding("F1", "甲"), finding("F2", "乙乙")],
    rectification: [
      {...event("F1", "2025-04-01", null), form_code: code("F1")},
      {...event("F2", "2025-04-01", null), form_code: code("F1")},
      event("F2", "2025-04-02", null)
    ],
    confirmation: [
      {...answer, ...said, digest: seal("500")},
      {...answer, ...said, points: 5, digest: seal("500").replace("0a1b", "0a1c")},
      {...answer, ...said, points: null, rule_id: "R1", digest: seal("")},
      {...answer, ...said, subject: "F2", digest: "ZY-手填"}
    ]
  });
  expect(what).toEqual([
    "改动 confirmation.csv:3 扣分确认：单位990101规则R1对象F1一行与发出的确认表不同（锁定的格改动过）；“无异议”不作数，请与单位核对",
    "改动 rectification.csv:3 问题F2的“完成”一行与发出的回填表不同：表单编码不是这个问题的；请与单位核对是哪一个问题，改正后再装入"
  ]);
});

function sha(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\u001f")).digest("hex");
}
