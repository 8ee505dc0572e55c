import {type BulkPlan, bulkStory} from "../../kit/bulk.ts";
import {csv} from "../../kit/csv.ts";
import {type FormOptions, form} from "../../kit/form.ts";
import type {Office, SampleFile} from "../../kit/office.ts";
import {workbook} from "../../kit/workbook.ts";
import {before, type Row, rowsOf, type World, world} from "../../kit/world.ts";
import {addShandongCases} from "./cases.ts";
import {addShandongInspections, addShandongUnits, city} from "./inspections.ts";

/** Text files in their order: table, file, how it is written. */
const FILES: readonly (readonly [table: string, file: string, options: FormOptions])[] = [
  ["unit", "被巡查市和县区.csv", {omit: ["managed_by", "peer_group"]}],
  [
    "inspection",
    "巡查.csv",
    {titles: ["2018年安全生产巡查第一轮"], dates: "cn", omit: ["unannounced", "drawn", "extended_from", "archived_on"]}
  ],
  ["member", "巡查组成员.csv", {omit: ["recusal_declared_on", "recusal_result", "leave_approved"]}],
  ["visit", "抽查企业.csv", {omit: ["record_no", "slip_no", "record_signed", "signer_role"]}],
  ["rectification", "整改台账.csv", {dates: "slash", repeats: [40], headers: [300]}],
  ["response", "整改落实情况报告.csv", {dates: "dot"}],
  ["action", "措施.csv", {}],
  ["appeal", "异议复核.csv", {}],
  ["accident", "事故.csv", {dates: "compact"}],
  ["tip", "举报受理.csv", {extra: [{header: "举报人", cell: (row) => `举报人演示${row.tip_id}`}]}],
  ["judgement", "评议.csv", {}],
  ["appraisal", "年度考核.csv", {}],
  ["official", "任职.csv", {}]
];

const TEAMS = ["第一组", "第二组", "第三组", "第四组"];
const SAID = {severity: {一般: "C", 较大: "B", 重大: "A"}};

/** Each team keeps its own list, in its own way. */
const TEAM_FORMS: readonly FormOptions[] = [
  {
    titles: ["山东省2018年安全生产巡查（演示）", "第一巡查组问题清单"],
    dates: "date",
    repeats: [30],
    notes: ["注：严重程度按A、B、C填写。"]
  },
  {dates: "cn", total: true},
  {titles: ["第三巡查组问题清单"], dates: "dot", only: reordered(), blanks: [12]},
  {dates: "serial", headers: [20], extra: [{header: "填报人", cell: () => "组员"}]}
];

/** The third team puts what it saw first. */
function reordered(): string[] {
  const first = ["description", "finding_id", "unit_code", "found_on"];
  const rest =
    "inspection_id layer item severity visit_id category industry nature hazard_level criterion violated fault source requirement arose_on handed_on due_on fix_now owner";
  return [...first, ...rest.split(" ")];
}

const PLAN: Omit<BulkPlan, "slots"> = {
  seed: "shandong-2018",
  prefix: "SD",
  as_of: "2018-12-31",
  items: [
    ["1", "部署", 3],
    ["2", "责任", 5],
    ["3", "体制", 4],
    ["4", "投入", 3],
    ["5", "城市", 2],
    ["6", "法规", 4],
    ["7", "突出问题", 2],
    ["9", "双预防", 4],
    ["10", "其他", 1]
  ],
  hazardItems: ["6", "9"],
  enterprises: 0.66,
  source: "巡查",
  loop: {before: [["清单", 2]], accepted: false},
  given: [62, 45]
};

function shandongWorld(findings: number): World {
  const w = world();
  const slots = addShandongInspections(w, addShandongUnits(w));
  addShandongCases(w, slots);
  const plan: BulkPlan = {...PLAN, slots: [...slots.values()].filter((slot) => slot.weight > 0)};
  w.bulk = {count: Math.max(0, findings - (w.rows.get("finding")?.length ?? 0)), story: (i) => bulkStory(plan, i)};
  return w;
}

/** Findings of the inspections a team made. */
function* teamRows(w: World, team: string): Generator<Row> {
  const mine = new Set((w.rows.get("inspection") ?? []).filter((row) => row.team_no === team).map((row) => row.inspection_id));
  for (const row of rowsOf(w, "finding"))
    if (mine.has(row.inspection_id) || (team === TEAMS[1] && row.inspection_id === "SX-90")) yield row;
}

function files(w: World): SampleFile[] {
  return [
    ...FILES.map(([table, path, options]) => ({path, bytes: () => csv(form(table, options), rowsOf(w, table), "utf-8-bom")})),
    ...TEAMS.map((team, i) => ({
      path: `问题-${team}.xlsx`,
      bytes: () => workbook([{name: "问题清单", form: form("finding", {words: SAID, ...TEAM_FORMS[i]}), rows: teamRows(w, team)}])
    }))
  ];
}

/** A provincial campaign: text for the office's own tables, a workbook from each team. */
export const shandong: Office = {
  id: "shandong-2018",
  findings: 300,
  world: shandongWorld,
  earlier: (now) =>
    before(now, {
      lacked: 20,
      missing: {
        finding_id: "SD-0005",
        inspection_id: "SX-01",
        unit_code: city(1),
        layer: "党委政府",
        item: "10",
        severity: "一般",
        description: "重点工作推进记录不完整",
        found_on: "2018-03-07",
        due_on: "2018-07-15",
        source: "巡查"
      },
      changed: {"SD-0016": {due_on: "2018-06-30"}}
    }),
  files,
  earlierFiles: TEAMS.map((team) => `问题-${team}.xlsx`),
  yaml: `authority: 演示省人民政府安全生产委员会办公室
regime: shandong-2018
schemes: [shandong-2018-city]
year: 2018
round: "1"
as_of: 2018-12-31
demo: true
named_units:                  # 方案点名的市，在演示数据里由虚构的市代替
  济南市: "${city(1)}"
  青岛市: "${city(2)}"
  烟台市: "${city(3)}"
  济宁市: "${city(4)}"
  淄博市: "${city(5)}"
  东营市: "${city(6)}"
  泰安市: "${city(7)}"
  临沂市: "${city(8)}"
sources:                      # 文本带BOM；问题由四个组各报一个工作簿，合起来是一份
${FILES.slice(0, 4)
  .map(([table, file]) => `  - {table: ${table}, loader: csv, path: ${file}}`)
  .join("\n")}
  - {table: finding, loader: spreadsheet, path: 问题-*.xlsx, values: {severity: {A: 重大, B: 较大, C: 一般}}}
${FILES.slice(4)
  .map(([table, file]) => `  - {table: ${table}, loader: csv, path: ${file}}`)
  .join("\n")}
`
};
