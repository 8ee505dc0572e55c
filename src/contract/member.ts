import {column, notBefore, oneOf, required, table} from "./column.ts";

export const member = table(
  "member",
  "巡查组成员",
  [
    column("inspection_id", "巡查编号", "code", required),
    column("member_id", "人员编号", "person", required),
    oneOf("role", "组内职务", ["组长", "副组长", "组员", "专家"], required),
    column("rank", "职务职级"),
    column("employer_code", "所在单位编码", "code"),
    column("in_service", "现职", "boolean"),
    column("from_on", "参加日期", "date"),
    column("to_on", "离开日期", "date", {event: true}),
    column("leave_approved", "请假批准", "boolean"),
    column("recusal_declared_on", "回避申报日期", "date", {event: true}),
    oneOf("recusal_result", "回避结果", ["无须", "已回避", "经批准"])
  ],
  ["inspection_id", "member_id"],
  {
    checks: [notBefore("from_on", "to_on", "离开日期早于参加日期")],
    references: [{column: "inspection_id", table: "inspection", target: "inspection_id"}]
  }
);
