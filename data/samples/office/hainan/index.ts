import {type BulkPlan, bulkStory} from "../../kit/bulk.ts";
import {csv} from "../../kit/csv.ts";
import {type FormOptions, form} from "../../kit/form.ts";
import type {Office} from "../../kit/office.ts";
import {before, rowsOf, type World, world} from "../../kit/world.ts";
import {addHainanCases} from "./cases.ts";
import {addHainanInspections, addHainanUnits, county} from "./inspections.ts";

/** Files in their order: table, file, how it is written. */
const FILES: readonly (readonly [table: string, file: string, options: FormOptions])[] = [
  ["unit", "unit.csv", {}],
  ["inspection", "inspection.csv", {flags: "10", omit: ["round_no", "unannounced", "extended_from"]}],
  ["member", "member.csv", {flags: "10"}],
  ["visit", "visit.csv", {flags: "10"}],
  [
    "finding",
    "finding.csv",
    {flags: "10", extra: [{header: "录入系统流水号", cell: (row) => `L${row.finding_id}`}], repeats: [110]}
  ],
  ["rectification", "rectification.csv", {headers: [150]}],
  ["response", "response.csv", {flags: "10"}],
  ["action", "action.csv", {}],
  ["appeal", "appeal.csv", {}],
  ["accident", "accident.csv", {flags: "10"}],
  ["tip", "tip.csv", {extra: [{header: "举报人", cell: (row) => `举报人演示${row.tip_id}`}]}],
  ["judgement", "judgement.csv", {}],
  ["appraisal", "appraisal.csv", {}],
  ["official", "official.csv", {flags: "10"}]
];

const PLAN: Omit<BulkPlan, "slots"> = {
  seed: "hainan-2016",
  prefix: "HI",
  as_of: "2025-12-31",
  items: [
    ["1", "部署", 2],
    ["2", "法规", 4],
    ["3", "责任", 5],
    ["4", "双预防", 5],
    ["5", "应急", 4],
    ["6", "双预防", 3],
    ["7", "投入", 3],
    ["8", "体制", 3],
    ["9", "信用", 2],
    ["10", "其他", 1]
  ],
  hazardItems: ["4", "6"],
  enterprises: 0.6,
  source: "巡查",
  loop: {before: [["方案", 8]], accepted: true},
  given: [60, 45]
};

function hainanWorld(findings: number): World {
  const w = world();
  const slots = addHainanInspections(w, addHainanUnits(w));
  addHainanCases(w, slots);
  const plan: BulkPlan = {...PLAN, slots: [...slots.values()].filter((slot) => slot.weight > 0)};
  w.bulk = {count: Math.max(0, findings - (w.rows.get("finding")?.length ?? 0)), story: (i) => bulkStory(plan, i)};
  return w;
}

/** The contract's own column names, as a system under the program's headers would write them. */
function named(table: string, options: FormOptions): FormOptions {
  return {...options, english: table !== "unit"};
}

/** A provincial office with a database export in plain UTF-8, English column names. */
export const hainan: Office = {
  id: "hainan-2016",
  findings: 320,
  world: hainanWorld,
  earlier: (now) =>
    before(now, {
      lacked: 20,
      missing: {
        finding_id: "HI-0005",
        inspection_id: "NX2501",
        unit_code: county(1),
        layer: "党委政府",
        item: "1",
        severity: "一般",
        description: "重要部署学习记录不完整",
        found_on: "2025-03-12",
        due_on: "2025-05-31",
        source: "巡查"
      },
      changed: {"HI-0012": {due_on: "2023-07-10"}}
    }),
  files: (w) =>
    FILES.map(([table, path, options]) => ({
      path,
      bytes: () => csv(form(table, named(table, options)), rowsOf(w, table), "utf-8")
    })),
  earlierFiles: ["finding.csv"],
  yaml: `authority: 演示省安全生产委员会办公室
regime: hainan-2016
schemes: [hainan-2016-county]
year: 2025
as_of: 2025-12-31
demo: true
sources:                      # 数据库导出，UTF-8，列名用契约的英文名
${FILES.map(([table, file]) => `  - {table: ${table}, loader: csv, path: ${file}}`).join("\n")}
`
};
