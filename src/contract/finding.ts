import {column, event, leadership, notBefore, oneOf, required, shared, table} from "./column.ts";

export const finding = table(
  "finding",
  "问题",
  [
    column("finding_id", "问题编号", "code", {...shared, ...required}),
    column("inspection_id", "巡查编号", "code", {...shared}),
    column("unit_code", "责任单位编码", "code", {...shared, ...required}),
    oneOf("layer", "问题层面", ["党委政府", "部门", "企业"], {...shared, ...required}),
    column("item", "巡查内容", "item", {...shared, ...required}),
    oneOf("severity", "严重程度", ["一般", "较大", "重大"], {...shared, ...required}),
    column("description", "问题描述", "text", {...leadership, ...required}),
    column("found_on", "发现日期", "date", {...shared, ...required}),
    column("visit_id", "点位编号", "code", shared),
    column("category", "问题类别", "text", shared),
    column("industry", "行业领域", "text", shared),
    oneOf("nature", "性质", ["管理问题", "事故隐患", "非法违法行为", "问题线索"], leadership),
    oneOf("hazard_level", "隐患级别", ["一般", "重大"], shared),
    column("criterion", "重大隐患判定依据", "text", leadership),
    column("violated", "违反条款", "text", shared),
    oneOf("fault", "责任认定", ["企业主体", "属地监管", "部门监管", "党委政府"], shared),
    oneOf("source", "问题来源", ["巡查", "暗访", "举报", "交办", "自报"], shared),
    column("requirement", "整改要求", "text", leadership),
    event("arose_on", "问题形成日期", shared),
    event("handed_on", "交办日期", shared),
    column("due_on", "整改期限", "date", shared),
    column("fix_now", "立即整改", "boolean", shared),
    column("measure", "整改措施", "text", leadership),
    column("owner", "整改责任人", "text"),
    column("fund_wan", "整改资金(万元)", "decimal", leadership),
    column("plan", "应急预案", "text", leadership),
    column("claimed_on_time", "自报按期", "boolean", leadership),
    column("lead_code", "牵头单位编码", "code", shared),
    column("supervisor_code", "督办单位编码", "code", shared)
  ],
  ["finding_id"],
  {
    exists_on: "found_on",
    checks: [
      notBefore("found_on", "due_on", "整改期限早于发现日期"),
      {
        column: "inspection_id",
        when: "inspection_id is null and coalesce(source, '巡查') not in ('举报', '交办')",
        reason: "巡查编号为空；请填上，只有来源为举报或交办的问题可以没有巡查"
      }
    ],
    references: [
      {column: "unit_code", table: "unit", target: "unit_code"},
      {column: "inspection_id", table: "inspection", target: "inspection_id"},
      {column: "visit_id", table: "visit", target: "visit_id"},
      {column: "lead_code", table: "unit", target: "unit_code"},
      {column: "supervisor_code", table: "unit", target: "unit_code"}
    ]
  }
);
