/** A procedure check: an SQL model of that id returns the offending rows. It exists for a regime that has its parameters. */
export interface CheckName {
  readonly id: string;
  readonly title: string;
  /** All of these must be in the regime. */
  readonly needs: readonly string[];
}

function check(id: string, title: string, ...needs: string[]): CheckName {
  return {id, title, needs};
}

/** The procedure checks, by stable id: the regime binds the inspectors too. */
export const CHECKS: readonly CheckName[] = [
  check("team-size", "巡查组人数不合规定", "team_size"),
  check("leader-rank", "正副组长职级不合规定", "leader_rank"),
  check("team-approval", "巡查组人员未经批准", "team_approval"),
  check("team-drawn", "巡查组人员未随机抽调", "random_draw"),
  check("team-detached", "巡查期间未与原单位脱钩", "detached"),
  check("team-leave", "请假未经批准", "leave"),
  check("team-changed", "巡查期间更换人员", "same_team"),
  check("recusal-undeclared", "未申报回避或申报后未处理", "recusal"),
  check("plan-missing", "没有巡查方案", "plan"),
  check("notice-missing", "未提前告知", "notice"),
  check("training-missing", "未集中培训", "training"),
  check("announcement-missing", "未发布进驻公告", "announcement"),
  check("hotline-missing", "未公布举报渠道", "hotline"),
  check("visit-announced", "暗访事先通知", "unannounced"),
  check("site-time", "驻地时间不合规定", "site_time"),
  check("report-late", "巡查报告逾期或缺少", "report"),
  check("monthly-report-late", "每月报告逾期或缺少", "monthly_report"),
  check("feedback-order", "反馈早于批准", "feedback_order"),
  check("organ-order", "结果未经审定即通报组织部门", "organ_order"),
  check("enterprise-finding-told", "企业问题离开驻地前未反馈", "finding_told"),
  check("response-late", "整改情况报告逾期或缺少", "rectify_report"),
  check("response-without-handling", "整改情况报告没有处理意见", "handling_proposal"),
  check("periodic-report-missing", "缺少后续定期报告", "periodic_report"),
  check("cycle-coverage", "周期内未全部巡查", "cycle"),
  check("yearly-share", "年内未巡查一部分单位", "yearly_share"),
  check("round-coverage", "本轮未全部巡查", "round"),
  check("month-quota", "月内次数不足", "month_quota"),
  check("year-quota", "年内户数不足", "year_quota"),
  check("exempt-inspected", "当年不再安排的单位又被巡查", "exempt"),
  check("county-coverage", "未覆盖全部县区", "county_coverage"),
  check("stage-order", "整改环节跳过或颠倒", "loop"),
  check("five-in-place", "五落实不全", "five_in_place"),
  check("record-unsigned", "记录表未签字", "record"),
  check("slip-missing", "没有督办单", "slip"),
  check("credentials-not-shown", "未出示证件", "credentials"),
  check("major-not-listed", "重大隐患未挂牌督办", "list_major"),
  check("overdue-not-summoned", "逾期未约谈", "summon_late"),
  check("summon-without-report", "约谈后没有落实情况", "summon_report"),
  check("clue-not-handed-over", "线索未移交", "hand_over"),
  check("discipline-not-handed-over", "违纪违法线索未移送纪检监察", "hand_over_discipline"),
  check("result-not-published", "结果未公布", "publish"),
  check("recording-missing", "没有影像记录", "recording"),
  check("not-archived", "材料未归档", "archive"),
  check("not-cooperating", "不配合巡查", "cooperate"),
  check("refusing-to-rectify", "拒不整改", "must_rectify")
];

/** Pages of the dashboard that a clause may point to. */
export const PAGES: readonly {readonly id: string; readonly title: string}[] = [
  {id: "overview", title: "总览"},
  {id: "scores", title: "得分"},
  {id: "unit", title: "单位"},
  {id: "regime", title: "制度"}
];

/** Documents and data that a clause may point to. */
export const EXPORTS: readonly {readonly id: string; readonly title: string}[] = [];
