import type {Audience, Column, Table} from "./column.ts";
import {tableNamed} from "./index.ts";

/** SQL type of a fact view's column. INTEGER columns are BIGINT in storage, DECIMAL ones DECIMAL(28,6). */
export type FactType = "VARCHAR" | "DATE" | "TIMESTAMP" | "BIGINT" | "DECIMAL(28,6)" | "BOOLEAN";

/** A documented column of a fact view. */
export interface FactColumn {
  readonly name: string;
  readonly type: FactType;
  readonly doc: string;
  readonly audiences: readonly Audience[];
  /** Whether the contract brings it; false when it is derived. */
  readonly given: boolean;
  /** Columns (`table.column`) that it would give away: where these are secret, so is it. */
  readonly from: readonly string[];
}

/** A view that rules run over: one row per thing of a grain. */
export interface FactView {
  readonly name: string;
  readonly grain: string;
  readonly title: string;
  /** The column that names a row. */
  readonly subject: string;
  /** The date column rules are charged by unless they say otherwise; null when rows are not dated. */
  readonly year_by: string | null;
  readonly columns: readonly FactColumn[];
}

function derived(name: string, type: FactType, doc: string, from: readonly string[] = []): FactColumn {
  return {name, type, doc, audiences: ["leadership", "organisation"], given: false, from};
}

/** SQL type that a contract column has in the facts. */
export function factType({type}: Column): FactType {
  switch (type) {
    case "date":
      return "DATE";
    case "timestamp":
      return "TIMESTAMP";
    case "integer":
      return "BIGINT";
    case "decimal":
      return "DECIMAL(28,6)";
    case "boolean":
      return "BOOLEAN";
    default:
      return "VARCHAR";
  }
}

function given(table: Table): FactColumn[] {
  return table.columns.map((c) => ({
    name: c.name,
    type: factType(c),
    doc: c.header + (c.values.length > 0 ? `：${c.values.join("、")}` : ""),
    audiences: c.audiences,
    given: true,
    from: []
  }));
}

const common: readonly FactColumn[] = [
  derived("scored_unit", "VARCHAR", "计分单位编码：从责任单位起逐级向上，第一个属于评分办法适用类别的单位；已撤并的归承继单位"),
  derived("is_counted", "BOOLEAN", "是否计入：同一单位一个周期内有多次巡查而办法取最近一次时，较早一次的内容不计入"),
  derived("as_of", "DATE", "统计截止日")
];

function view(name: string, rest: {subject: string; year_by: string | null; derived?: readonly FactColumn[]}): FactView {
  const table = tableNamed(name);
  const dated = rest.year_by === null ? [] : [`${name}.${rest.year_by}`];
  const age = derived("age_days", "BIGINT", "自发生之日至统计截止日的日历天数", dated);
  return {
    name: `${name}_fact`,
    grain: name,
    title: table.title,
    subject: rest.subject,
    year_by: rest.year_by,
    columns: [...given(table), ...common, age, ...(rest.derived ?? [])]
  };
}

const round = derived("round_no", "VARCHAR", "所属巡查的轮次", ["inspection.round_no"]);

const inspectionOf: readonly FactColumn[] = [
  derived("inspection_kind", "VARCHAR", "所属巡查的巡查方式"),
  derived("inspection_ended_on", "DATE", "所属巡查的结束日期", ["inspection.ended_on"]),
  round
];

/** All fact views, by grain. Rules name their columns; `xunheng describe` prints them. */
export const FACTS: readonly FactView[] = [
  view("finding", {
    subject: "finding_id",
    year_by: "found_on",
    derived: [
      derived("given_due_on", "DATE", "问题自带的整改期限，未经延期"),
      derived("due_source", "VARCHAR", "整改期限的来源：指定、立即、制度、延期、未公布、未规定"),
      derived("done_on", "DATE", "整改完成日：最后一次退回之后，第一次立行立改、完成、验收或销号的日期"),
      derived("closed_on", "DATE", "销号日：最后一次退回之后第一次销号的日期"),
      derived("is_done", "BOOLEAN", "统计截止日是否已整改"),
      derived("is_closed", "BOOLEAN", "统计截止日是否已销号"),
      derived("is_due", "BOOLEAN", "整改期限是否早于统计截止日；没有期限时为空"),
      derived("state", "VARCHAR", "状态：已销号、逾期销号、已整改、逾期整改、逾期、整改中、未到期"),
      derived("days_overdue", "BIGINT", "逾期日历天数；整改后不再增加，也不归零；没有期限时为空"),
      derived("repeat_no", "BIGINT", "同一计分单位、同一问题类别在计分期间内的第几次（按发现日期、问题编号）；不在期间内的为空"),
      derived("transferred", "BOOLEAN", "是否已移交：有行业移交或移送纪检监察"),
      derived("listed", "BOOLEAN", "是否已挂牌督办"),
      derived("summoned", "BOOLEAN", "是否已约谈"),
      derived("five_missing", "VARCHAR", "五落实中缺哪几项：措施、责任、资金、时限、预案；齐全时为空"),
      derived("last_stage", "VARCHAR", "统计截止日之前的最后一个整改环节"),
      derived("last_on", "DATE", "最后一个整改环节的日期", ["rectification.on_date"]),
      derived("late_recorded", "BOOLEAN", "整改记录中有登记时间晚于发生日期30天以上的"),
      ...inspectionOf
    ]
  }),
  view("inspection", {
    subject: "inspection_id",
    year_by: "ended_on",
    derived: [
      derived("finding_count", "BIGINT", "本次巡查发现的问题数"),
      derived("visit_count", "BIGINT", "本次巡查的受检点位数"),
      derived("report_due_on", "DATE", "巡查报告期限；制度未规定时为空", ["inspection.ended_on"]),
      derived("report_days_late", "BIGINT", "巡查报告逾期日历天数；没有期限时为空", ["inspection.ended_on"]),
      derived("response_due_on", "DATE", "被巡查单位报送整改情况的期限；制度未规定或无起算日时为空", [
        "inspection.fed_back_on",
        "inspection.feedback_received_on"
      ]),
      derived("response_due_state", "VARCHAR", "上述期限是否确定：确定、未公布、未规定"),
      derived("responded_on", "DATE", "首次报送整改情况的日期"),
      derived("response_days_late", "BIGINT", "报送整改情况逾期日历天数，未报送的计至统计截止日；没有期限时为空", [
        "inspection.fed_back_on",
        "inspection.feedback_received_on"
      ]),
      derived("is_response_due", "BOOLEAN", "报送期限是否早于统计截止日"),
      derived("is_responded", "BOOLEAN", "是否已报送整改情况")
    ]
  }),
  view("visit", {
    subject: "visit_id",
    year_by: "visited_on",
    derived: [derived("finding_count", "BIGINT", "该点位发现的问题数"), ...inspectionOf]
  }),
  view("accident", {
    subject: "accident_id",
    year_by: "occurred_on",
    derived: [derived("is_concluded", "BOOLEAN", "统计截止日是否已批复结案")]
  }),
  view("action", {
    subject: "action_id",
    year_by: "taken_on",
    derived: [derived("finding_severity", "VARCHAR", "所涉问题的严重程度"), round]
  }),
  view("tip", {
    subject: "tip_id",
    year_by: "received_on",
    derived: [derived("is_confirmed", "BOOLEAN", "是否查实；没有核查结果时为空"), round]
  }),
  view("unit", {subject: "unit_code", year_by: null}),
  view("appraisal", {
    subject: "appraisal_no",
    year_by: null,
    derived: [derived("appraisal_no", "VARCHAR", "考核项编码；由已撤并单位带来的，后面加 # 和原单位编码")]
  }),
  view("response", {
    subject: "response_no",
    year_by: "submitted_on",
    derived: [
      derived("response_no", "VARCHAR", "巡查编号 # 第几次；由已撤并或下级单位报送的，后面加 # 和该单位编码", [
        "response.inspection_id"
      ]),
      round
    ]
  })
];

/** The fact view of a grain. Errors: RangeError for an unknown grain. */
export function factOf(grain: string): FactView {
  const found = FACTS.find((f) => f.grain === grain || f.name === grain);
  if (!found) throw new RangeError(`没有事实视图 ${grain}；可用：${FACTS.map((f) => f.name).join("、")}`);
  return found;
}
