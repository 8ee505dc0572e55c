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
