import {type BulkPlan, bulkStory} from "../../kit/bulk.ts";
import {type FormOptions, form} from "../../kit/form.ts";
import type {Office} from "../../kit/office.ts";
import {type SheetSpec, workbook} from "../../kit/workbook.ts";
import {before, rowsOf, type World, world} from "../../kit/world.ts";
import {addMudanCases} from "./cases.ts";
import {addMudanInspections} from "./inspections.ts";
import {addMudanUnits, town} from "./units.ts";

const FILE = "巡查台账.xlsx";

/** Sheets in their order: table, sheet, how it is written. */
const SHEETS: readonly (readonly [table: string, name: string, options: FormOptions])[] = [
  ["unit", "单位", {titles: ["演示区被巡查单位一览表"], dates: "date", omit: ["managed_by"]}],
  [
    "inspection",
    "巡查",
    {
      titles: ["安全生产巡查登记表"],
      dates: "date",
      datesOf: {approved_on: "dot", archived_on: "cn"},
      flags: "√×",
      omit: ["round_no", "unannounced", "drawn"]
    }
  ],
  ["member", "巡查组成员", {dates: "serial"}],
  ["visit", "受检点位", {dates: "date", flags: "√×", omit: ["trip_no"]}],
  [
    "finding",
    "问题清单",
    {
      titles: ["安全生产巡查发现问题清单", "填报单位：演示区安全生产委员会办公室    截至2025年12月31日"],
      dates: "date",
      datesOf: {due_on: "cn", arose_on: "dot", handed_on: "serial"},
      named: {severity: "严重程度", due_on: "整改时限"},
      total: true,
      notes: ["注：整改时限由巡查组与被巡查单位商定。", "填表人：经办甲    审核人：综合组"],
      blanks: [40],
      headers: [60],
      repeats: [70, 120],
      wideEvery: 29,
      extra: [{header: "备注", cell: (row) => (row.severity === "重大" ? "重点关注" : null)}]
    }
  ],
  ["rectification", "整改记录", {titles: ["整改记录"], dates: "dot", datesOf: {applied_on: "slash"}, repeats: [12]}],
  ["response", "整改情况报告", {dates: "date"}],
  ["action", "督办措施", {dates: "cn"}],
  ["appeal", "异议复核", {dates: "date"}],
  ["accident", "生产安全事故", {titles: ["生产安全事故登记表"], dates: "date", flags: "是否"}],
  [
    "tip",
    "举报",
    {
      dates: "date",
      extra: [
        {header: "举报人", cell: (row) => `举报人演示${row.tip_id}`},
        {header: "举报人电话", cell: () => "99000000000"}
      ]
    }
  ],
  ["judgement", "评议", {titles: ["评议打分汇总表"], dates: "date"}],
  ["appraisal", "年度考核", {}],
  ["official", "任职", {dates: "date"}]
];

const PLAN: Omit<BulkPlan, "slots"> = {
  seed: "mudan-2023",
  prefix: "MD",
  as_of: "2025-12-31",
  items: [
    ["1", "部署", 2],
    ["2", "部署", 2],
    ["3", "部署", 3],
    ["4", "责任", 5],
    ["5", "投入", 4],
    ["6", "双预防", 5],
    ["7", "体制", 3],
    ["8", "信用", 2],
    ["9", "事故", 2],
    ["10", "其他", 1]
  ],
  hazardItems: ["6"],
  enterprises: 0.62,
  source: "巡查",
  loop: {before: [["方案", 7]], accepted: true},
  given: [55, 30],
  major: {
    kind: "书面报告",
    more: {by_office: "巡查组", to_office: "区安委会办公室"},
    calls: ({severity}) => severity === "重大",
    forgotten: ["MD-0405"]
  }
};

function mudanWorld(findings: number): World {
  const w = world();
  const slots = addMudanInspections(w, addMudanUnits(w));
  addMudanCases(w, slots);
  const plan: BulkPlan = {...PLAN, slots: [...slots.values()].filter((slot) => slot.weight > 0)};
  w.bulk = {count: Math.max(0, findings - (w.rows.get("finding")?.length ?? 0)), story: (i) => bulkStory(plan, i)};
  return w;
}

function sheets(w: World): SheetSpec[] {
  return [
    ...SHEETS.map(([table, name, options]) => ({
      name,
      form: form(table, options),
      rows: rowsOf(w, table),
      mergeDown: table === "unit" ? ["考核分组"] : []
    })),
    {name: "填报说明", hidden: true, lines: ["一、本工作簿为演示数据。", "二、编码按文本填写。"]}
  ];
}

/** A district office that keeps everything in one workbook. */
export const mudan: Office = {
  id: "mudan-2023",
  findings: 420,
  world: mudanWorld,
  earlier: (now) =>
    before(now, {
      lacked: 25,
      missing: {
        finding_id: "MD-0005",
        inspection_id: "X25-03",
        unit_code: town(1),
        layer: "党委政府",
        item: "3",
        severity: "一般",
        description: "重点任务分解表未及时印发",
        found_on: "2025-03-05",
        due_on: "2025-05-31",
        source: "巡查",
        nature: "管理问题"
      },
      changed: {"MD-0010": {due_on: "2025-05-15"}}
    }),
  files: (w) => [{path: FILE, bytes: () => workbook(sheets(w))}],
  earlierFiles: [FILE],
  yaml: `authority: 演示区安全生产委员会办公室
regime: mudan-2023
schemes: [mudan-2023-town, mudan-2023-dept]
year: 2025
as_of: 2025-12-31
decisions_until: 2026-01-10   # 一月上旬作出的评议和异议复核决定仍计入
demo: true
sources:                      # 一个工作簿，每张表一个工作表
${SHEETS.map(([table, name]) => `  - {table: ${table}, loader: spreadsheet, path: ${FILE}, sheet: ${name}${table === "finding" ? ", columns: {整改时限: due_on}" : ""}}`).join("\n")}
`
};
