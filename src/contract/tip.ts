import {column, event, leadership, notBefore, oneOf, required, table} from "./column.ts";

export const tip = table(
  "tip",
  "举报",
  [
    column("tip_id", "举报编号", "code", {...leadership, ...required}),
    column("inspection_id", "巡查编号", "code", leadership),
    column("unit_code", "单位编码", "code", {...leadership, ...required}),
    column("received_on", "收到日期", "date", {...leadership, ...required}),
    oneOf("channel", "渠道", ["电话", "邮箱", "来信", "来访"], leadership),
    oneOf("outcome", "核查结果", ["查实", "不实", "核查中"], leadership),
    event("closed_on", "办结日期", leadership)
  ],
  ["tip_id"],
  {
    exists_on: "received_on",
    checks: [notBefore("received_on", "closed_on", "办结日期早于收到日期")],
    references: [
      {column: "inspection_id", table: "inspection", target: "inspection_id"},
      {column: "unit_code", table: "unit", target: "unit_code"}
    ]
  }
);
