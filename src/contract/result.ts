import type {FactColumn, FactType} from "./fact.ts";

/** A documented view of what was computed; pages, exports and queries select from it. */
export interface ResultView {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly FactColumn[];
}

/** The assessment office has no audience of its own: it sees what leadership does. */
function column(name: string, type: FactType, doc: string): FactColumn {
  return {name, type, doc, audiences: ["leadership"], given: false, from: []};
}

const who: readonly FactColumn[] = [column("scheme", "VARCHAR", "评分办法编号"), column("unit_code", "VARCHAR", "单位编码")];

/** Views that `xunheng assessment` leaves behind. */
export const RESULTS: readonly ResultView[] = [
  {
    name: "assessment",
    title: "年度考核取值",
    columns: [
      ...who,
      column("unit_name", "VARCHAR", "单位名称"),
      column("unit_kind", "VARCHAR", "单位类别"),
      column("covered", "VARCHAR", "本期巡查情况：已巡查、巡查中、当年不再安排、未巡查"),
      column("score_milli", "BIGINT", "所用的巡查得分（否决之后），千分之一分；没有得分时为空"),
      column("source", "VARCHAR", "得分来自：本年巡查、沿用上次、采用上级结果；没有得分时为空"),
      column("source_year", "BIGINT", "得分所属年度"),
      column("use", "BIGINT", "办法 assessment.uses 中的第几项"),
      column("what", "VARCHAR", "用途，按制度的说法"),
      column("force", "VARCHAR", "性质：参考、依据、纳入、替代"),
      column("clause", "VARCHAR", "制度的依据条款"),
      column("rule_id", "VARCHAR", "只取一条规则时的规则编号"),
      column("item", "VARCHAR", "替代：取哪一项巡查内容"),
      column("code", "VARCHAR", "考核项编码"),
      column("name", "VARCHAR", "考核项名称"),
      column("full_milli", "BIGINT", "考核项满分，千分之一分"),
      column("points_milli", "BIGINT", "考核项得分，千分之一分，精确到0.01分；没有时为空"),
      column("counts", "BOOLEAN", "是否计入考核总分：参考不计，依据在考核办评定之后才计"),
      column("awaits_acceptance", "BOOLEAN", "依据：考核表里还没有考核办评定的分值"),
      column("own_milli", "BIGINT", "考核表里这一项原有的得分，千分之一分"),
      column("inspected_milli", "BIGINT", "替代：巡查结果折合的得分，千分之一分；不替代时为空"),
      column("provisional", "BOOLEAN", "所用得分是否暂定"),
      column("because", "VARCHAR", "怎样得来，一句话")
    ]
  },
  {
    name: "assessment_total",
    title: "年度考核合计",
    columns: [
      ...who,
      column("full_milli", "BIGINT", "计入各项的满分合计，千分之一分"),
      column("without_milli", "BIGINT", "不替代时的合计，千分之一分"),
      column("with_milli", "BIGINT", "替代后的合计，千分之一分"),
      column("awaiting_milli", "BIGINT", "作为依据、尚待考核办采纳的分值，不在两个合计之内，千分之一分")
    ]
  }
];
