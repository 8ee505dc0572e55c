import {type BulkPlan, bulkStory} from "../../kit/bulk.ts";
import {months} from "../../kit/day.ts";
import {type FormOptions, form} from "../../kit/form.ts";
import type {Office, SampleFile} from "../../kit/office.ts";
import {workbook} from "../../kit/workbook.ts";
import {before, type Row, rowsOf, type World, world} from "../../kit/world.ts";
import {addGongzhulingCases} from "./cases.ts";
import {addGongzhulingInspections} from "./inspections.ts";
import {addGongzhulingUnits, town} from "./units.ts";

const LEDGER = "年度台账.xlsx";

/** Sheets of the year's ledger: table, sheet, how it is written. */
const SHEETS: readonly (readonly [table: string, name: string, options: FormOptions])[] = [
  ["unit", "单位", {titles: ["巡视（暗访）对象名录"], omit: ["managed_by"]}],
  [
    "inspection",
    "暗访安排",
    {dates: "date", flags: "√×", omit: ["announced_on", "hotline_on", "organ_sent_on", "published_on", "extended_from", "round_no"]}
  ],
  ["member", "暗访人员", {dates: "date", omit: ["recusal_declared_on", "recusal_result", "leave_approved"]}],
  [
    "rectification",
    "督办销号",
    {titles: ["督办单办理情况"], dates: "dot", datesOf: {applied_on: "cn"}, headers: [180], repeats: [77]}
  ],
  ["response", "反馈回复", {dates: "date"}],
  ["action", "处理措施", {dates: "date"}],
  ["appeal", "复核", {dates: "date"}],
  ["accident", "事故", {dates: "date"}],
  ["tip", "信访举报", {dates: "date", extra: [{header: "反映人", cell: (row) => `举报人演示${row.tip_id}`}]}],
  ["judgement", "评议", {dates: "date"}],
  ["appraisal", "年度考核", {}],
  ["official", "任职", {dates: "date"}]
];

/** The words of the 记录表 for contract columns. */
const RECORD_HEADERS = {
  finding_id: "记录编号",
  inspection_id: "暗访编号",
  unit_code: "责任属地（单位）编码",
  item: "暗访重点",
  severity: "问题程度",
  description: "发现的隐患和问题",
  found_on: "巡视（暗访）时间",
  visit_id: "被暗访单位点位编号",
  requirement: "提出整改要求",
  due_on: "限期整改时间",
  fix_now: "是否立即整改",
  owner: "整改责任人",
  hazard_level: "隐患等级"
} as const;
const LEVELS = {hazard_level: {一般: "Ⅱ级", 重大: "Ⅰ级"}, severity: {一般: "轻", 较大: "中", 重大: "重"}};

const RECORD: FormOptions = {
  dates: "cn",
  datesOf: {due_on: "dot", handed_on: "serial", arose_on: "slash"},
  flags: "√×",
  numeric: ["unit_code"],
  named: RECORD_HEADERS,
  words: LEVELS,
  total: true,
  notes: ["被检查单位主要负责人或现场负责人（签字）：", "注：本表一式两份，一份存档，一份随督办单移交。"],
  omit: ["claimed_on_time", "lead_code", "supervisor_code"],
  extra: [{header: "序号", cell: () => null}]
};
const PLACES: FormOptions = {dates: "serial", flags: "√×", numeric: ["unit_code"]};

const PLAN: Omit<BulkPlan, "slots"> = {
  seed: "gongzhuling",
  prefix: "GZ",
  as_of: "2025-12-31",
  items: [
    ["3", "重大隐患", 1],
    ["4", "事故", 1],
    ["5", "双预防", 2],
    ["8", "网格", 3],
    ["9", "双预防", 3],
    ["10", "信访", 1],
    ["11", "交办", 1]
  ],
  hazardItems: ["1", "2", "3", "5", "5", "5", "6", "7", "9"],
  enterprises: 0.8,
  source: "暗访",
  loop: {before: [["移交督办", 2]], accepted: false},
  given: [45, 25]
};

function gongzhulingWorld(findings: number): World {
  const w = world();
  const slots = addGongzhulingInspections(w, addGongzhulingUnits(w));
  addGongzhulingCases(w, slots);
  const plan: BulkPlan = {...PLAN, slots: [...slots.values()].filter((slot) => slot.weight > 0)};
  w.bulk = {count: Math.max(0, findings - (w.rows.get("finding")?.length ?? 0)), story: (i) => bulkStory(plan, i)};
  return w;
}

/** Rows of a table by month of the day they carry. */
function byMonth(w: World, table: string, day: string): Map<string, Row[]> {
  const months = new Map<string, Row[]>();
  for (const row of rowsOf(w, table)) {
    const month = String(row[day]).slice(0, 7);
    const list = months.get(month);
    if (list) list.push(row);
    else months.set(month, [row]);
  }
  return months;
}

function files(w: World): SampleFile[] {
  const findings = byMonth(w, "finding", "found_on");
  const visits = byMonth(w, "visit", "visited_on");
  const sheets = () => SHEETS.map(([table, name, options]) => ({name, form: form(table, options), rows: rowsOf(w, table)}));
  return [
    {path: LEDGER, bytes: () => workbook(sheets())},
    ...months("2024-01", "2025-12").map((month) => ({
      path: `记录表-${month}.xlsx`,
      bytes: () =>
        workbook([
          {
            name: "记录表",
            form: form("finding", {...RECORD, titles: [`${month}巡视（暗访）记录表`]}),
            rows: findings.get(month) ?? []
          },
          {name: "点位", form: form("visit", PLACES), rows: visits.get(month) ?? []}
        ])
    }))
  ];
}

/** A city office of unannounced visits: every month a workbook of record sheets, in the office's own words. */
export const gongzhuling: Office = {
  id: "gongzhuling",
  findings: 360,
  world: gongzhulingWorld,
  earlier: (now) =>
    before(now, {
      lacked: 0,
      missing: {
        finding_id: "GZ-0005",
        inspection_id: "GX-2503-1",
        unit_code: town(11),
        layer: "党委政府",
        item: "9",
        severity: "一般",
        description: "节前检查流于形式",
        found_on: "2025-03-04",
        due_on: "2025-04-20",
        source: "暗访"
      },
      changed: {"GZ-0010": {due_on: "2025-04-30"}}
    }),
  files,
  earlierFiles: ["记录表-2025-01.xlsx", "记录表-2025-03.xlsx"],
  yaml: `authority: 演示市安委会办公室
regime: gongzhuling
schemes: [gongzhuling-town]
year: 2025
as_of: 2025-12-31
demo: true
sources:                      # 每月一个工作簿；记录表用的是本单位自己的栏目名，由columns对应
${SHEETS.slice(0, 3)
  .map(([table, name]) => `  - {table: ${table}, loader: spreadsheet, path: ${LEDGER}, sheet: ${name}}`)
  .join("\n")}
  - {table: visit, loader: spreadsheet, path: 记录表-*.xlsx, sheet: 点位}
  - table: finding
    loader: spreadsheet
    path: 记录表-*.xlsx
    sheet: 记录表
    columns:
${Object.entries(RECORD_HEADERS)
  .map(([column, header]) => `      ${header}: ${column}`)
  .join("\n")}
    values:
${Object.entries(LEVELS)
  .map(
    ([column, words]) =>
      `      ${column}: {${Object.entries(words)
        .map(([ours, theirs]) => `${theirs}: ${ours}`)
        .join(", ")}}`
  )
  .join("\n")}
${SHEETS.slice(3)
  .map(([table, name]) => `  - {table: ${table}, loader: spreadsheet, path: ${LEDGER}, sheet: ${name}}`)
  .join("\n")}
`
};
