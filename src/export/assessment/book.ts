import {stampOf} from "../../release/stamp.ts";
import {groupBy} from "../../score/group.ts";
import {points} from "../../score/score.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {type SheetTable, type SheetValue, tableBook} from "../sheet.ts";
import {deductionTable, type FlatColumn, indicatorTable, type SummaryLine, summaryTable} from "./tables.ts";
import type {AssessedRow, AssessmentExport, AssessmentScheme} from "./types.ts";

/** Columns that a printed sheet leaves out when nothing stands in them. */
const OPTIONAL = new Set([
  ...[
    "peer_group",
    "covered_because",
    "vetoes",
    "indicator_milli",
    "counted_milli",
    "full_milli",
    "without_milli",
    "with_milli",
    "awaiting_milli"
  ],
  ...["provisional_because", "own_milli", "inspected_milli", "on"]
]);

/** What a unit's page of 扣分明细表 does not repeat in every row. */
const SAID = new Set(["unit_kind", "peer_group"]);

/**
 * The workbook for the assessment office: 汇总表 (by 考核分组), 考核指标, 扣分明细表 (a page a unit, to be signed), 说明.
 * @example writeFileSync("考核.xlsx", await assessmentBook(scored, await assessmentExport(scored)))
 */
export async function assessmentBook(scored: Scored, all: AssessmentExport): Promise<Uint8Array> {
  const {space, year, regime} = scored;
  const word = regime.words.inspection ?? "巡查";
  const head = `${space.authority}${year}年度安全生产${word}`;
  const tables = [summarySheet(all, head), indicatorSheet(all, head), deductionSheet(all, head), notesSheet(all, head)];
  return tableBook(tables, `${head}结果（供年度考核）`, stampOf(scored));
}

/** Printed columns, without those that nothing stands in. */
function shownColumns<T>(columns: readonly FlatColumn<T>[], rows: readonly T[]): (FlatColumn<T> & {width: number})[] {
  return columns.flatMap((column) => {
    const {width} = column;
    if (width === undefined) return [];
    const isBlank = OPTIONAL.has(column.name) && rows.every((row) => column.of(row) === null);
    return isBlank ? [] : [{...column, width}];
  });
}

function cell<T>(column: FlatColumn<T>, row: T): SheetValue {
  const value = column.of(row);
  if (typeof value === "boolean") return value ? "是" : "否";
  return column.kind === "points" && typeof value === "number" ? value / 1000 : value;
}

function summarySheet(all: AssessmentExport, head: string): SheetTable {
  const {columns: every, rows: lines} = summaryTable(all);
  const columns = shownColumns(every, lines).filter(({name}) => name !== "with_milli" || replaces(all));
  const rows: SheetValue[][] = [];
  const strong = new Set<number>();
  for (const group of groupsOf(lines)) {
    rows.push(...group.map((line) => columns.map((column) => cell(column, line))));
    strong.add(rows.length);
    rows.push(columns.map((_, c) => (c === 0 ? groupText(group) : null)));
  }
  return {
    ...{name: "汇总表", title: `${head}结果汇总表`, columns, rows, strong, across: strong, empty: "没有条款所及的单位。"},
    notes: all.schemes.map(({name, indicator}) => `${name}：指标 ${indicator.code} ${indicator.name}，满分${indicator.full}分`)
  };
}

function replaces({schemes}: AssessmentExport): boolean {
  return schemes.some(({uses}) => uses.some(({force}) => force === "替代"));
}

/** Lines of one scheme, kind and 考核分组: those are ranked together. */
function groupsOf(lines: readonly SummaryLine[]): (readonly SummaryLine[])[] {
  return [...groupBy(lines, ({scheme, unit}) => JSON.stringify([scheme.scheme, unit.unit_kind, unit.peer_group])).values()];
}

function groupText(group: readonly SummaryLine[]): string {
  const scores = group.flatMap(({unit}) => (unit.milli === null ? [] : [unit.milli]));
  const [first] = group;
  const name = first?.unit.peer_group ?? first?.unit.unit_kind ?? "";
  if (scores.length === 0) return `${name}${group.length}个单位，均无得分`;
  // To a hundredth of a point, halves up; scores are not negative.
  const mean = 10 * Math.floor((2 * scores.reduce((a, b) => a + b, 0) + 10 * scores.length) / (20 * scores.length));
  return `${name}${group.length}个单位，有得分${scores.length}个；最高${points(Math.max(...scores))}，最低${points(Math.min(...scores))}，平均${points(mean)}`;
}

function indicatorSheet(all: AssessmentExport, head: string): SheetTable {
  const {columns: every, rows} = indicatorTable(all);
  const columns = shownColumns(every, rows);
  return {
    ...{name: "考核指标", title: `${head}结果用于年度考核的指标`, columns, empty: "没有条款所及的单位。"},
    rows: rows.map((row) => columns.map((column) => cell(column, row)))
  };
}

function deductionSheet(all: AssessmentExport, head: string): SheetTable {
  const {columns: every, rows: lines} = deductionTable(all);
  const columns = shownColumns(every, lines).filter(({name}) => !SAID.has(name));
  const rows: SheetValue[][] = [];
  const strong = new Set<number>();
  const breaks: number[] = [];
  for (const unit of groupBy(lines, (line) => `${line.scheme.scheme} ${line.unit.unit_code}`).values()) {
    const [first] = unit;
    if (!first) continue;
    rows.push(...unit.map((line) => [...columns.map((column) => cell(column, line)), null]));
    strong.add(rows.length);
    breaks.push(rows.length);
    const closing = closingCells(first.unit);
    rows.push([...columns.map(({name}) => closing[name] ?? null), "签字：\n日期："]);
  }
  return {
    ...{name: "扣分明细表", title: `${head}扣分明细表`, rows, strong, breaks: breaks.slice(0, -1)},
    columns: [...columns, {header: "签字", width: 14}],
    notes: ["每个单位的各行相加就是它的得分：先列各项满分（基础），再列扣分、返还、折算和取整。"],
    empty: "没有可以提供的得分，也就没有明细。"
  };
}

function closingCells({unit_code, unit_name, milli, grade, rank, vetoes}: AssessedRow): Readonly<Record<string, SheetValue>> {
  const place = [
    grade === null ? [] : [`等次“${grade}”`],
    rank === null ? [] : [`第${rank}名`],
    vetoes.map((v) => v.effect)
  ].flat();
  const text = `以上各行合计，即${unit_name}的得分${place.length > 0 ? `（${place.join("，")}）` : ""}`;
  return {unit_code, unit_name, kind: "得分", fact: text, milli: milli === null ? null : milli / 1000};
}

function notesSheet(all: AssessmentExport, head: string): SheetTable {
  const rows = [
    ...all.schemes.flatMap(schemeNotes),
    ...all.silent.map((name) => ["未列入", `${name}没有写怎样用于考核（assessment），其单位未列`]),
    ...(all.kept_back
      ? [
          [
            "不提供",
            `按${all.kept_back.clause}，${all.kept_back.what.join("、")}不得泄露：相应的栏空着，尚未反馈的单位只写“未反馈”`
          ]
        ]
      : []),
    ["不提供", "问题线索、移送纪检监察和立案的事项：只计分，不写编号和事由"],
    [
      "性质",
      "参考：随考核一并提供，不计入考核得分。依据：考核办采纳后才计入。纳入：计入考核得分。替代：以巡查折合分代替考核表原有分，两个数都列出"
    ],
    ["单位意见", "被巡查单位在扣分确认中的答复；异议的，附复核结果。空白：没有答复"]
  ];
  return {
    ...{name: "说明", title: `${head}结果：说明`, rows, empty: "", portrait: true},
    columns: [
      {header: "事项", width: 16},
      {header: "内容", width: 84}
    ]
  };
}

function schemeNotes({name, document_no, uninspected, uses, not_reached, warnings}: AssessmentScheme): string[][] {
  return [
    ["评分办法", `${name}${document_no === null ? "" : `（${document_no}）`}；未巡查的单位：${uninspected}`],
    ...uses.map(({no, what, force, clause, unit_kinds}) => [
      `用途${no}`,
      `${what}：${force}（${clause}），${unit_kinds.join("、")}`
    ]),
    ...not_reached.map(({unit_kind, units}) => ["未列入", `${unit_kind}${units}个：没有条款规定其结果用于年度考核`]),
    ...warnings.map((warning) => ["请核对", warning])
  ];
}
