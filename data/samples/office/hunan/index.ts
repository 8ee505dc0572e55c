import {type BulkPlan, bulkStory} from "../../kit/bulk.ts";
import {csv} from "../../kit/csv.ts";
import {type FormOptions, form} from "../../kit/form.ts";
import type {Office} from "../../kit/office.ts";
import {before, rowsOf, type World, world} from "../../kit/world.ts";
import {addHunanCases} from "./cases.ts";
import {addHunanInspections} from "./inspections.ts";
import {addHunanUnits, city} from "./units.ts";

/** Files in their order: table, file, how it is written. */
const FILES: readonly (readonly [table: string, file: string, options: FormOptions])[] = [
  ["unit", "单位.csv", {}],
  ["inspection", "巡查.csv", {dates: "slash", flags: "是否", omit: ["unannounced", "drawn"]}],
  ["member", "巡查组成员.csv", {dates: "slash", omit: ["recusal_declared_on", "recusal_result", "leave_approved"]}],
  ["visit", "受检点位.csv", {dates: "compact"}],
  [
    "finding",
    "问题.csv",
    {
      titles: ["演示省安全生产巡查问题台账"],
      dates: "iso",
      datesOf: {found_on: "slash", due_on: "cn", arose_on: "dot"},
      flags: "YN",
      total: true,
      notes: ["说明：本台账由各巡查组填报，省安委办汇总。"],
      blanks: [25, 26],
      repeats: [60],
      wideEvery: 37,
      extra: [{header: "页码", cell: (row) => String(row.finding_id).slice(-2)}]
    }
  ],
  ["rectification", "整改.csv", {dates: "dot", headers: [200], repeats: [90]}],
  ["response", "整改情况报告.csv", {flags: "√×"}],
  ["action", "督办措施.csv", {}],
  ["appeal", "异议复核.csv", {dates: "cn"}],
  ["accident", "事故.csv", {dates: "midnight"}],
  [
    "tip",
    "举报.csv",
    {
      extra: [
        {header: "举报人姓名", cell: (row) => `举报人演示${row.tip_id}`},
        {header: "举报人电话", cell: () => "99000000000"}
      ]
    }
  ],
  ["judgement", "评议.csv", {}],
  ["appraisal", "年度考核.csv", {}],
  ["official", "任职.csv", {}]
];

const PLAN: Omit<BulkPlan, "slots"> = {
  seed: "hunan-2021",
  prefix: "HN",
  as_of: "2025-12-31",
  items: [
    ["1", "部署", 3],
    ["2", "责任", 5],
    ["3", "法规", 4],
    ["4", "投入", 3],
    ["5", "双预防", 5],
    ["6", "体制", 3],
    ["7", "标准化", 2],
    ["8", "事故", 3],
    ["9", "应急", 3],
    ["10", "其他", 1]
  ],
  hazardItems: ["3", "5"],
  enterprises: 0.6,
  source: "巡查",
  loop: {
    before: [
      ["清单", 1],
      ["诊断", 3],
      ["处置", 6],
      ["移交督办", 8]
    ],
    evenAtOnce: true,
    accepted: false
  },
  given: [60, 40],
  major: {
    kind: "曝光",
    more: {by_office: "演示省安委办"},
    calls: ({layer, hazard_level}) => layer === "企业" && hazard_level === "重大",
    forgotten: ["HN-0452"]
  }
};

function hunanWorld(findings: number): World {
  const w = world();
  const slots = addHunanInspections(w, addHunanUnits(w));
  addHunanCases(w, slots);
  const plan: BulkPlan = {...PLAN, slots: [...slots.values()].filter((slot) => slot.weight > 0)};
  w.bulk = {count: Math.max(0, findings - (w.rows.get("finding")?.length ?? 0)), story: (i) => bulkStory(plan, i)};
  return w;
}

/** A provincial office whose system exports GB18030 text. */
export const hunan: Office = {
  id: "hunan-2021",
  findings: 380,
  world: hunanWorld,
  earlier: (now) =>
    before(now, {
      lacked: 30,
      missing: {
        finding_id: "HN-0005",
        inspection_id: "HX2502",
        unit_code: city(1),
        layer: "党委政府",
        item: "9",
        severity: "一般",
        description: "应急物资储备台账与实物不符",
        found_on: "2025-03-07",
        due_on: "2025-05-31",
        source: "巡查"
      },
      changed: {"HN-0013": {due_on: "2025-05-10"}}
    }),
  files: (w) =>
    FILES.map(([table, path, options]) => ({path, bytes: () => csv(form(table, options), rowsOf(w, table), "gb18030")})),
  earlierFiles: ["问题.csv"],
  yaml: `authority: 演示省安全生产委员会办公室
regime: hunan-2021
schemes: [hunan-2021-region]
year: 2025
as_of: 2025-12-31
decisions_until: 2026-01-10
demo: true
sources:                      # 业务系统导出的文本，GB18030编码
${FILES.map(([table, file]) => `  - {table: ${table}, loader: csv, path: ${file}}`).join("\n")}
`
};
