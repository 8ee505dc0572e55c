import {parameterOn} from "./resolve.ts";
import type {Regime} from "./types.ts";
import {isStage} from "./vocabulary.ts";

/** Whose breach a row is. */
export type Responsible = "巡查组" | "办公室" | "被巡查单位";

const PARTY: Readonly<Record<string, string>> = {巡查组: "team", 办公室: "office", 被巡查单位: "unit"};

/**
 * What the document itself calls a party.
 * Shape: the regime's word (区安委会办公室), or the party as given where it has none.
 * @example partyWord(regime.words, "办公室")
 */
export function partyWord(words: Regime["words"], by: string): string {
  return words[PARTY[by] ?? by] ?? by;
}

/** A procedure check: an SQL model of that id judges its subjects. It exists for a regime that has its parameters. */
export interface CheckName {
  readonly id: string;
  readonly title: string;
  /** All of these must be in the regime; the first gives clause and modality. */
  readonly needs: readonly string[];
  /** Parameters that it follows too, where the regime has them. */
  readonly also: readonly string[];
  /** What its rows name. */
  readonly subject:
    | "巡查"
    | "巡查或受检点位"
    | "巡查组成员"
    | "受检点位"
    | "问题"
    | "单位"
    | "县区"
    | "整改情况报告"
    | "督办措施"
    | "月"
    | "年";
  readonly by: Responsible;
  /** Columns it cannot do without, besides those that the parameters' values name. */
  readonly reads: readonly string[];
  /** What the value of the first parameter must say for the check to exist. */
  readonly when?: (value: unknown) => boolean;
}

interface CheckSpec extends Omit<CheckName, "id" | "title" | "needs" | "reads" | "also"> {
  readonly needs: string | readonly string[];
  readonly reads?: readonly string[];
  readonly also?: readonly string[];
}

function check(id: string, title: string, {needs, reads = [], also = [], ...rest}: CheckSpec): CheckName {
  return {id, title, needs: typeof needs === "string" ? [needs] : needs, reads, also, ...rest};
}

/** Whether the value names these keys. */
function has(...keys: string[]): (value: unknown) => boolean {
  return (value) => typeof value === "object" && value !== null && keys.every((key) => key in value);
}

/** Stages that rectification events record: two of them can be out of order. */
function twoStages(value: unknown): boolean {
  const {maps = {}} = value as {maps?: Readonly<Record<string, string | readonly string[]>>};
  return Object.values(maps).filter((map) => typeof map === "string" && isStage(map)).length >= 2;
}

function tellsTheInspected(value: unknown): boolean {
  return has("promptly")(value) && !has("enterprise")(value);
}

const [started, ended, reported] = ["inspection.started_on", "inspection.ended_on", "inspection.reported_on"];
const [kind, stage] = ["action.kind", "rectification.stage"];

/** Who inspects. */
const TEAM: readonly CheckName[] = [
  check("team-size", "巡查组人数不合规定", {needs: "team_size", subject: "巡查", by: "办公室", reads: ["member.role"]}),
  check("leader-rank", "正副组长职级不合规定", {
    needs: "leader_rank",
    subject: "巡查组成员",
    by: "办公室",
    reads: ["member.role", "member.rank", "member.in_service"]
  }),
  check("team-approval", "巡查组人员未经批准", {
    needs: "team_approval",
    subject: "巡查",
    by: "办公室",
    reads: [started],
    when: has("column")
  }),
  check("team-drawn", "巡查组人员未随机抽调", {needs: "random_draw", subject: "巡查", by: "办公室"}),
  check("team-detached", "巡查期间未脱离原单位工作", {
    needs: "detached",
    subject: "巡查组成员",
    by: "巡查组",
    reads: ["member.role", started]
  }),
  check("team-leave", "请假未经批准", {
    needs: "leave",
    subject: "巡查组成员",
    by: "巡查组",
    reads: ["member.role", "member.to_on"]
  }),
  check("team-changed", "巡查组人员变动过多或中途更换", {
    needs: "same_team",
    subject: "巡查",
    by: "办公室",
    reads: ["member.role", started]
  }),
  check("recusal-undeclared", "未申报回避或申报后未处理", {
    needs: "recusal",
    subject: "巡查组成员",
    by: "巡查组",
    reads: [started]
  })
];

/** What the inspectors do, from the plan to the archive. */
const PROCEDURE: readonly CheckName[] = [
  check("plan-missing", "没有巡查方案", {needs: "plan", subject: "巡查", by: "办公室", reads: [started], when: has("column")}),
  check("notice-missing", "未提前告知", {needs: "notice", subject: "巡查", by: "办公室", reads: [started], when: has("column")}),
  check("training-missing", "未集中培训", {
    needs: "training",
    subject: "巡查",
    by: "办公室",
    reads: [started],
    when: has("column")
  }),
  check("announcement-missing", "未发布进驻公告", {
    needs: "announcement",
    subject: "巡查",
    by: "巡查组",
    reads: [ended],
    when: has("column")
  }),
  check("hotline-missing", "未公布举报渠道", {
    needs: "hotline",
    subject: "巡查",
    by: "巡查组",
    reads: [ended],
    when: has("column")
  }),
  check("visit-announced", "暗访事先通知", {needs: "unannounced", subject: "巡查", by: "巡查组", reads: [started]}),
  check("site-time", "驻地时间不合规定", {needs: "site_time", subject: "巡查", by: "巡查组", reads: [ended]}),
  check("credentials-not-shown", "未出示证件", {needs: "credentials", subject: "受检点位", by: "巡查组"}),
  check("record-unsigned", "记录表未填写或未签字", {needs: "record", subject: "受检点位", by: "巡查组"}),
  check("slip-missing", "没有督办单", {needs: "slip", subject: "受检点位", by: "巡查组", reads: ["finding.visit_id"]}),
  check("recording-missing", "没有影像记录", {needs: "recording", subject: "巡查或受检点位", by: "巡查组"}),
  check("report-late", "巡查报告逾期或缺少", {needs: "report", subject: "巡查", by: "巡查组", reads: [reported]}),
  check("report-unapproved", "巡查报告未经审定", {
    needs: "report_approval",
    subject: "巡查",
    by: "巡查组",
    reads: [reported],
    when: has("column")
  }),
  check("monthly-report-late", "每月报告逾期或缺少", {
    needs: "monthly_report",
    subject: "月",
    by: "巡查组",
    reads: [ended, reported]
  }),
  check("feedback-late", "未及时反馈", {needs: "feedback", subject: "巡查", by: "巡查组", also: ["undated"], reads: [ended]}),
  check("feedback-order", "反馈早于批准", {needs: "feedback_order", subject: "巡查", by: "巡查组"}),
  check("result-not-published", "结果未公布", {needs: "publish", subject: "巡查", by: "办公室", also: ["undated"]}),
  check("not-archived", "材料未归档", {
    needs: "archive",
    subject: "巡查",
    by: "巡查组",
    also: ["undated"],
    reads: [ended],
    when: has("column")
  }),
  check("organ-order", "结果未经审定即通报组织部门", {needs: "organ_order", subject: "巡查", by: "办公室"})
];

/** Whom the inspections reach. */
const SCOPE: readonly CheckName[] = [
  check("cycle-coverage", "周期内未全部巡查", {needs: "cycle", subject: "单位", by: "办公室", reads: [ended]}),
  check("yearly-share", "年内未巡查一部分单位", {needs: "yearly_share", subject: "年", by: "办公室", reads: [ended]}),
  check("round-coverage", "本轮未全部巡查", {needs: "round", subject: "单位", by: "办公室", reads: [started]}),
  check("month-quota", "月内次数不足", {needs: "month_quota", subject: "月", by: "巡查组", reads: [started]}),
  check("year-quota", "年内户数不足", {needs: "year_quota", subject: "年", by: "巡查组", reads: ["visit.place_name"]}),
  check("exempt-inspected", "当年不再安排的单位又被巡查", {needs: "exempt", subject: "巡查", by: "办公室", reads: [started]}),
  check("county-coverage", "未覆盖全部县区", {
    needs: "county_coverage",
    subject: "县区",
    by: "巡查组",
    reads: [ended, "visit.unit_code"]
  })
];

/** What becomes of a finding. */
const RECTIFY: readonly CheckName[] = [
  check("finding-not-told", "发现的问题未及时告知", {
    needs: "finding_told",
    subject: "问题",
    by: "巡查组",
    also: ["undated"],
    reads: ["finding.handed_on"],
    when: tellsTheInspected
  }),
  check("enterprise-finding-told", "企业问题离开驻地前未反馈", {
    needs: "finding_told",
    subject: "问题",
    by: "巡查组",
    reads: ["finding.handed_on"],
    when: has("enterprise")
  }),
  check("five-in-place", "五落实不全", {needs: "five_in_place", subject: "问题", by: "被巡查单位"}),
  check("stage-order", "整改环节跳过或颠倒", {
    needs: "loop",
    subject: "问题",
    by: "办公室",
    reads: [stage],
    when: twoStages
  }),
  check("response-late", "整改情况报告逾期或缺少", {needs: "rectify_report", subject: "巡查", by: "被巡查单位"}),
  check("response-without-handling", "整改情况报告没有处理意见", {
    needs: "handling_proposal",
    subject: "整改情况报告",
    by: "被巡查单位"
  }),
  check("periodic-report-missing", "缺少后续定期报告", {
    needs: "periodic_report",
    subject: "巡查",
    by: "被巡查单位",
    reads: ["response.submitted_on", stage]
  }),
  check("major-not-listed", "重大隐患未挂牌督办", {
    needs: "list_major",
    subject: "问题",
    by: "办公室",
    also: ["undated"],
    reads: [kind]
  }),
  check("major-not-reported", "重大问题未书面报告", {
    needs: "report_major",
    subject: "问题",
    by: "巡查组",
    also: ["undated"],
    reads: [kind],
    when: has("action")
  }),
  check("major-not-exposed", "应曝光的问题未曝光", {
    needs: "expose",
    subject: "问题",
    by: "办公室",
    also: ["undated"],
    reads: [kind]
  }),
  check("summon-missing", "突出问题未约谈", {needs: "summon", subject: "问题", by: "巡查组", also: ["undated"], reads: [kind]}),
  check("overdue-not-summoned", "逾期未整改或整改不力未约谈", {
    needs: "summon_late",
    subject: "问题",
    by: "办公室",
    also: ["undated"],
    reads: [kind, stage]
  }),
  check("summon-without-report", "约谈后没有落实情况", {
    needs: "summon_report",
    subject: "督办措施",
    by: "被巡查单位",
    also: ["undated"],
    reads: [kind, "action.closed_on"]
  }),
  check("clue-not-handed-over", "线索未移交", {
    needs: "hand_over",
    subject: "问题",
    by: "办公室",
    also: ["undated"],
    reads: [kind]
  }),
  check("discipline-not-handed-over", "违纪违法线索未移送纪检监察", {
    needs: "hand_over_discipline",
    subject: "问题",
    by: "办公室",
    also: ["undated"],
    reads: [kind]
  }),
  check("not-cooperating", "不配合巡查", {
    needs: "cooperate",
    subject: "问题",
    by: "被巡查单位",
    reads: ["finding.category"],
    when: has("categories")
  }),
  check("refusing-to-rectify", "拒不整改，或逾期长期没有整改动作", {
    needs: "must_rectify",
    subject: "问题",
    by: "被巡查单位",
    reads: ["finding.category", stage],
    when: (value) => has("categories")(value) || has("silent")(value)
  })
];

/** The procedure checks, by stable id: the regime binds the inspectors too. */
export const CHECKS: readonly CheckName[] = [...TEAM, ...PROCEDURE, ...SCOPE, ...RECTIFY];

/**
 * The checks that a regime prescribes on a day: its parameters are in force and bind, and say what the check asks.
 * Shape: in the order of CHECKS; empty when the document prescribes nothing that data shows.
 * @example checksOf(regime, "2025-12-31").map(({id}) => id)
 */
export function checksOf(regime: Regime, day: string): CheckName[] {
  const valueOn = parameterOn(regime);
  return CHECKS.filter(({needs, when = () => true}) => {
    const [first = ""] = needs;
    const binds = regime.parameters[first]?.modality !== "可以";
    return binds && needs.every((name) => valueOn(name, day) !== undefined) && when(valueOn(first, day));
  });
}

/** Pages of the dashboard that a clause may point to, by path, with what they show. */
export const PAGES: readonly {readonly id: string; readonly title: string; readonly shows: string}[] = [
  {id: "index", title: "总览", shows: "覆盖、问题和整改的进展，三十日内的待办"},
  {id: "coverage", title: "覆盖", shows: "每个单位由哪次巡查、以什么方式覆盖，周期、轮次和次数的进度"},
  {id: "score", title: "得分", shows: "每个单位在每项巡查内容下的问题和得失分"},
  {id: "unit", title: "单位", shows: "一个单位的问题、举报、督办措施和整改情况报告"},
  {id: "rectify", title: "整改", shows: "每条问题所在的环节、期限和应有的督办措施"},
  {id: "regime", title: "制度", shows: "文件的每一项规定、日期、解释和着落"}
];

/** Documents and data that a clause may point to, with the command that writes each. */
export const EXPORTS: readonly {readonly id: string; readonly title: string; readonly command: string}[] = [
  {id: "ledger", title: "记分台账", command: "score --ledger"},
  {id: "assessment", title: "年度考核", command: "export assessment"},
  {id: "rule-book", title: "评分办法", command: "scheme show --to"},
  {id: "todo-ics", title: "待办日历", command: "todo --ics"},
  {id: "script", title: "复算脚本", command: "score --sql"},
  {id: "organisation", title: "组织部参考", command: "export organisation"}
];
