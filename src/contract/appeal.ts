import {column, event, leadership, notBefore, oneOf, required, shared, table} from "./column.ts";

/** What an objection can be about; 计分: a rule's points that follow from none of the others, such as a ratio. */
export const SUBJECT_KINDS = ["问题", "评议", "否决", "事故", "覆盖", "计分"] as const;

export const appeal = table(
  "appeal",
  "异议复核",
  [
    column("appeal_id", "异议编号", "code", {...shared, ...required}),
    oneOf("subject_kind", "对象类别", SUBJECT_KINDS, {...shared, ...required}),
    column("subject_id", "对象编号", "code", {...shared, ...required}),
    column("unit_code", "申请单位编码", "code", {...shared, ...required}),
    column("filed_on", "申请日期", "date", {...leadership, ...required}),
    event("accepted_on", "受理日期", leadership),
    column("decided_on", "决定日期", "date", shared),
    oneOf("decision", "决定", ["维持", "变更", "撤销"], shared),
    oneOf("new_severity", "变更后严重程度", ["一般", "较大", "重大"], leadership),
    column("new_unit_code", "变更后责任单位编码", "code", leadership),
    column("new_points", "变更后分值", "decimal", leadership),
    column("decided_by", "决定机关", "text", shared),
    column("grounds", "理由", "text", leadership),
    column("document_no", "文号", "text", shared)
  ],
  ["appeal_id"],
  {
    exists_on: "filed_on",
    checks: [
      notBefore("filed_on", "decided_on", "决定日期早于申请日期"),
      {
        column: "decision",
        when: "decided_on is not null and decision is null",
        reason: "有决定日期而没有决定；请补上决定，或删去决定日期"
      }
    ],
    references: [
      {column: "unit_code", table: "unit", target: "unit_code"},
      {column: "new_unit_code", table: "unit", target: "unit_code"}
    ]
  }
);
