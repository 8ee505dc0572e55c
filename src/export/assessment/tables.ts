import {stampState} from "../../release/stamp.ts";
import type {AssessedIndicator, AssessedRow, AssessmentExport, AssessmentScheme, DeductionRow} from "./types.ts";

/** A column of a flat table: its name for programs, its header for people. */
export interface FlatColumn<T> {
  readonly name: string;
  readonly header: string;
  /** Type in Parquet. */
  readonly type: "VARCHAR" | "BIGINT" | "BOOLEAN" | "DATE";
  /** Width on a printed sheet; none: the column is for programs, or said elsewhere on the sheet. */
  readonly width?: number;
  readonly kind?: "text" | "mark" | "points" | "count";
  /** Value for programs: points are integers of a thousandth. */
  readonly of: (row: T) => string | number | boolean | null;
}

export interface FlatTable<T> {
  /** 汇总, 指标, 明细: what --table names. */
  readonly name: "汇总" | "指标" | "明细";
  /** Of a file of its own. */
  readonly file: string;
  readonly columns: readonly FlatColumn<T>[];
  readonly rows: readonly T[];
}

interface Base {
  readonly all: AssessmentExport;
  readonly scheme: AssessmentScheme;
  readonly unit: AssessedRow;
}
export type SummaryLine = Base;
export type IndicatorLine = Base & {readonly indicator: AssessedIndicator};
export type DeductionLine = Base & {readonly row: DeductionRow};

const WHO: readonly FlatColumn<Base>[] = [
  {name: "scheme", header: "评分办法", type: "VARCHAR", of: ({scheme}) => scheme.scheme},
  {name: "unit_kind", header: "单位类别", type: "VARCHAR", width: 9, kind: "mark", of: ({unit}) => unit.unit_kind},
  {name: "peer_group", header: "考核分组", type: "VARCHAR", width: 10, kind: "mark", of: ({unit}) => unit.peer_group},
  {name: "unit_code", header: "单位编码", type: "VARCHAR", width: 10, kind: "mark", of: ({unit}) => unit.unit_code},
  {name: "unit_name", header: "单位名称", type: "VARCHAR", width: 18, of: ({unit}) => unit.unit_name}
];

/** A table that travels alone names its result in every row. */
const STAMP: readonly FlatColumn<Base>[] = [
  {name: "year", header: "年度", type: "BIGINT", of: ({all}) => all.stamp.year},
  {name: "as_of", header: "统计截止日", type: "DATE", of: ({all}) => all.stamp.as_of},
  {name: "release", header: "审定结果", type: "VARCHAR", of: ({all}) => all.stamp.release?.id ?? stampState(all.stamp)},
  {name: "marks", header: "标记", type: "VARCHAR", of: ({all}) => all.marks.join("，") || null},
  {name: "digest", header: "结果摘要", type: "VARCHAR", of: ({all}) => all.stamp.digest}
];

const SUMMARY: readonly FlatColumn<SummaryLine>[] = [
  ...WHO,
  {name: "covered", header: "巡查情况", type: "VARCHAR", width: 10, kind: "mark", of: ({unit}) => unit.covered},
  {name: "covered_because", header: "巡查情况说明", type: "VARCHAR", width: 18, of: ({unit}) => unit.covered_because},
  {name: "score_milli", header: "巡查得分", type: "BIGINT", width: 10, kind: "points", of: ({unit}) => unit.milli},
  {name: "grade", header: "等次", type: "VARCHAR", width: 8, kind: "mark", of: ({unit}) => unit.grade},
  {name: "rank", header: "名次", type: "BIGINT", width: 6, kind: "count", of: ({unit}) => unit.rank},
  {
    name: "vetoes",
    header: "否决或降等",
    type: "VARCHAR",
    width: 20,
    of: ({unit}) => unit.vetoes.map((v) => `${v.name}（${v.effect}）`).join("；") || null
  },
  {
    name: "indicator_milli",
    header: "指标得分",
    type: "BIGINT",
    width: 9,
    kind: "points",
    of: ({unit}) => sumOrNull(unit.indicators.filter((i) => i.force !== "替代").map((i) => i.points_milli))
  },
  {
    name: "counted_milli",
    header: "指标得分中计入考核",
    type: "BIGINT",
    width: 11,
    kind: "points",
    of: ({unit}) => sumOrNull(unit.indicators.filter((i) => i.force !== "替代" && i.counts).map((i) => i.points_milli))
  },
  {name: "full_milli", header: "考核表满分", type: "BIGINT", width: 10, kind: "points", of: ({unit}) => milliOf(unit.total?.full)},
  {
    name: "without_milli",
    header: "考核表合计（不替代）",
    type: "BIGINT",
    width: 10,
    kind: "points",
    of: ({unit}) => milliOf(unit.total?.without)
  },
  {
    name: "with_milli",
    header: "考核表合计（替代后）",
    type: "BIGINT",
    width: 10,
    kind: "points",
    of: ({unit}) => milliOf(unit.total?.with)
  },
  {
    name: "awaiting_milli",
    header: "待采纳分值",
    type: "BIGINT",
    width: 10,
    kind: "points",
    of: ({unit}) => milliOf(unit.total?.awaiting) || null
  },
  {name: "provisional", header: "暂定", type: "BOOLEAN", of: ({unit}) => unit.provisional},
  {name: "provisional_because", header: "暂定原因", type: "VARCHAR", width: 18, of: ({unit}) => unit.provisional_because || null}
];

const INDICATORS: readonly FlatColumn<IndicatorLine>[] = [
  ...WHO,
  {name: "code", header: "考核项编码", type: "VARCHAR", width: 10, kind: "mark", of: ({indicator}) => indicator.code},
  {name: "name", header: "考核项", type: "VARCHAR", width: 16, of: ({indicator}) => indicator.name},
  {name: "full_milli", header: "满分", type: "BIGINT", width: 8, kind: "points", of: ({indicator}) => indicator.full_milli},
  {name: "points_milli", header: "得分", type: "BIGINT", width: 8, kind: "points", of: ({indicator}) => indicator.points_milli},
  {name: "force", header: "性质", type: "VARCHAR", width: 7, kind: "mark", of: ({indicator}) => indicator.force},
  {name: "own_milli", header: "考核表原有分", type: "BIGINT", width: 10, kind: "points", of: ({indicator}) => indicator.own_milli},
  {
    name: "inspected_milli",
    header: "巡查折合分",
    type: "BIGINT",
    width: 10,
    kind: "points",
    of: ({indicator}) => indicator.inspected_milli
  },
  {name: "counts", header: "计入考核", type: "BOOLEAN", width: 7, kind: "mark", of: ({indicator}) => indicator.counts},
  {name: "awaits_acceptance", header: "待考核办采纳", type: "BOOLEAN", of: ({indicator}) => indicator.awaits_acceptance},
  {name: "what", header: "用途", type: "VARCHAR", of: ({indicator}) => indicator.what},
  {name: "clause", header: "依据条款", type: "VARCHAR", width: 12, kind: "mark", of: ({indicator}) => indicator.clause},
  {name: "rule_id", header: "规则", type: "VARCHAR", of: ({indicator}) => indicator.rule_id},
  {name: "item", header: "巡查内容", type: "VARCHAR", of: ({indicator}) => indicator.item},
  {name: "source", header: "得分来自", type: "VARCHAR", of: ({indicator}) => indicator.source},
  {name: "source_year", header: "得分年度", type: "BIGINT", of: ({indicator}) => indicator.source_year},
  {name: "provisional", header: "暂定", type: "BOOLEAN", of: ({indicator}) => indicator.provisional},
  {name: "because", header: "说明", type: "VARCHAR", width: 46, of: ({indicator}) => indicator.because}
];

const DEDUCTIONS: readonly FlatColumn<DeductionLine>[] = [
  ...WHO,
  {name: "seq", header: "序", type: "BIGINT", width: 5, kind: "count", of: ({row}) => row.seq},
  {name: "kind", header: "类别", type: "VARCHAR", width: 9, kind: "mark", of: ({row}) => row.kind},
  {name: "item", header: "巡查内容", type: "VARCHAR", width: 9, kind: "mark", of: ({row}) => row.item},
  {name: "rule_id", header: "规则", type: "VARCHAR", of: ({row}) => row.rule_id},
  {name: "rule", header: "规则名称", type: "VARCHAR", of: ({row}) => row.rule},
  {name: "subject", header: "问题编号", type: "VARCHAR", width: 11, kind: "mark", of: ({row}) => row.subject},
  {name: "fact", header: "事实", type: "VARCHAR", width: 30, of: ({row}) => row.fact},
  {name: "on", header: "日期", type: "DATE", width: 11, kind: "mark", of: ({row}) => row.on},
  {name: "because", header: "计分理由", type: "VARCHAR", width: 26, of: ({row}) => row.because},
  {name: "breach", header: "违反条款", type: "VARCHAR", width: 18, of: ({row}) => row.breach},
  {name: "basis", header: "计分条款", type: "VARCHAR", width: 12, of: ({row}) => row.basis},
  {name: "milli", header: "分值", type: "BIGINT", width: 9, kind: "points", of: ({row}) => row.milli},
  {name: "evidence", header: "佐证", type: "VARCHAR", width: 16, of: ({row}) => row.evidence},
  {name: "opinion", header: "单位意见", type: "VARCHAR", width: 16, of: ({row}) => row.opinion}
];

/** The rows of 汇总. */
export function summaryTable(all: AssessmentExport): FlatTable<SummaryLine> {
  const rows = all.schemes.flatMap((scheme) => scheme.units.map((unit) => ({all, scheme, unit})));
  return {name: "汇总", file: "summary", columns: [...SUMMARY, ...STAMP], rows};
}

/** The rows of 指标. */
export function indicatorTable(all: AssessmentExport): FlatTable<IndicatorLine> {
  const rows = summaryTable(all).rows.flatMap((line) => line.unit.indicators.map((indicator) => ({...line, indicator})));
  return {name: "指标", file: "indicator", columns: [...INDICATORS, ...STAMP], rows};
}

/** The rows of 明细: a unit's rows add up to its score. */
export function deductionTable(all: AssessmentExport): FlatTable<DeductionLine> {
  const rows = summaryTable(all).rows.flatMap((line) => line.unit.ledger.map((row) => ({...line, row})));
  return {name: "明细", file: "deduction", columns: [...DEDUCTIONS, ...STAMP], rows};
}

/** All three, by their names. */
export const TABLE_NAMES = ["汇总", "指标", "明细"] as const;

/** One of the three as rows of values, its columns beside. */
export function flatTable(all: AssessmentExport, name: (typeof TABLE_NAMES)[number]) {
  return name === "汇总"
    ? valuesOf(summaryTable(all))
    : name === "指标"
      ? valuesOf(indicatorTable(all))
      : valuesOf(deductionTable(all));
}

function valuesOf<T>({name, file, columns, rows}: FlatTable<T>) {
  return {
    ...{name, file},
    columns: columns.map(({name, header, type, kind}) => ({name, header, type, kind: kind ?? "text"})),
    rows: rows.map((row) => columns.map((column) => column.of(row)))
  };
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
}

/** `"12.34"` in milli-points. */
function milliOf(text: string | undefined): number | null {
  return text === undefined ? null : Math.round(Number(text) * 1000);
}
