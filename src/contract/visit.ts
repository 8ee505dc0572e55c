import {column, leadership, oneOf, required, shared, table} from "./column.ts";

export const visit = table(
  "visit",
  "受检点位",
  [
    column("visit_id", "点位编号", "code", {...shared, ...required}),
    column("inspection_id", "巡查编号", "code", {...shared, ...required}),
    column("unit_code", "属地编码", "code", {...shared, ...required}),
    column("place_name", "点位名称", "text", {...leadership, ...required}),
    column("visited_on", "检查日期", "date", {...leadership, ...required}),
    column("trip_no", "检查批次", "code", leadership),
    column("place_kind", "点位类别", "text", leadership),
    column("credit_code", "统一社会信用代码", "credit_code", leadership),
    column("checkers", "检查人员"),
    column("credentials_shown", "出示证件", "boolean"),
    column("record_no", "记录表编号", "code"),
    column("record_signed", "签字确认", "boolean"),
    oneOf("signer_role", "签字人身份", ["主要负责人", "现场负责人", "其他"]),
    column("slip_no", "督办单号", "code"),
    column("recorded", "影像留存", "boolean")
  ],
  ["visit_id"],
  {
    exists_on: "visited_on",
    references: [
      {column: "inspection_id", table: "inspection", target: "inspection_id"},
      {column: "unit_code", table: "unit", target: "unit_code"}
    ]
  }
);
