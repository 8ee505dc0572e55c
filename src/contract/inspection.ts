import {column, event, notBefore, oneOf, open, required, shared, table} from "./column.ts";

export const inspection = table(
  "inspection",
  "巡查",
  [
    column("inspection_id", "巡查编号", "code", {...shared, ...required}),
    column("unit_code", "被巡查单位编码", "code", {...open, ...required}),
    oneOf("kind", "巡查方式", ["全面", "专项", "综合", "机动", "巡查", "暗访", "回头看"], {...shared, ...required}),
    oneOf("organiser_level", "组织层级", ["国务院", "省", "市", "县级"], {...shared, ...required}),
    oneOf("extended_from", "延伸自", ["国务院", "省", "市"], shared),
    column("round_no", "轮次", "code", shared),
    column("team_no", "巡查组", "code", shared),
    column("items", "巡查内容范围", "list", shared),
    column("planned_from", "计划开始", "date", shared),
    column("planned_to", "计划结束", "date", shared),
    event("approved_on", "方案批准日期"),
    event("notified_on", "告知日期"),
    event("trained_on", "培训日期"),
    event("announced_on", "进驻公告日期", shared),
    event("hotline_on", "举报渠道公布日期", shared),
    event("started_on", "进驻日期", shared),
    event("ended_on", "结束日期", open),
    event("left_on", "离开驻地日期"),
    event("reported_on", "报告日期"),
    event("report_approved_on", "报告审定日期"),
    event("notice_approved_on", "整改通知批准日期"),
    event("fed_back_on", "反馈日期", shared),
    event("feedback_received_on", "收到反馈日期", shared),
    event("result_approved_on", "结果审定日期", shared),
    event("organ_sent_on", "通报组织部门日期"),
    event("published_on", "公布日期", open),
    event("archived_on", "归档日期"),
    column("unannounced", "不预先通知", "boolean"),
    column("drawn", "随机抽调", "boolean"),
    column("recorded", "影像留存", "boolean"),
    column("previous_id", "前次巡查编号", "code", shared)
  ],
  ["inspection_id"],
  {
    checks: [
      notBefore("planned_from", "planned_to", "计划结束早于计划开始"),
      notBefore("started_on", "ended_on", "结束日期早于进驻日期")
    ],
    references: [{column: "unit_code", table: "unit", target: "unit_code"}]
  }
);
