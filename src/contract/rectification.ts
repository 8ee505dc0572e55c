import {column, oneOf, required, shared, table} from "./column.ts";

/** Stages in the order in which same-day events happen. */
export const STAGES = [
  "清单",
  "诊断",
  "处置",
  "移交督办",
  "方案",
  "立行立改",
  "完成",
  "验收",
  "退回",
  "延期",
  "转入长期整改",
  "销号"
] as const;

export const rectification = table(
  "rectification",
  "整改",
  [
    column("finding_id", "问题编号", "code", {...shared, ...required}),
    oneOf("stage", "整改环节", STAGES, {...shared, ...required}),
    column("on_date", "日期", "date", {...shared, ...required}),
    column("seq_no", "序号", "integer", {...shared, fallback: "1"}),
    column("new_due_on", "延期至", "date", shared),
    column("applied_on", "申请日期", "date", shared),
    column("approved_by", "批准人", "text"),
    column("document_no", "文号", "text", shared),
    column("recorded_at", "登记时间", "timestamp"),
    column("evidence", "佐证"),
    column("handler", "经办"),
    column("form_code", "表单编码", "code")
  ],
  ["finding_id", "stage", "on_date", "seq_no"],
  {
    exists_on: "on_date",
    checks: [{column: "seq_no", when: "seq_no not between 0 and 999999", reason: "序号应在0到999999之间；请改正"}],
    references: [{column: "finding_id", table: "finding", target: "finding_id"}],
    holds: [
      {
        parent: "finding",
        on: "p.finding_id = t.finding_id",
        when: "t.on_date < p.found_on",
        reason: "整改日期早于问题的发现日期",
        advice: "请核对整改日期和问题的发现日期"
      }
    ]
  }
);
