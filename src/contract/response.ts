import {column, oneOf, required, shared, table} from "./column.ts";

export const response = table(
  "response",
  "整改情况报告",
  [
    column("inspection_id", "巡查编号", "code", {...shared, ...required}),
    column("unit_code", "单位编码", "code", {...shared, ...required}),
    oneOf("kind", "报告类别", ["首次", "定期"], {...shared, ...required}),
    column("submitted_on", "报送日期", "date", {...shared, ...required}),
    column("seq_no", "序号", "integer", {...shared, fallback: "1"}),
    column("document_no", "文号", "text", shared),
    column("has_handling", "含处理意见", "boolean", shared)
  ],
  ["inspection_id", "unit_code", "seq_no"],
  {
    exists_on: "submitted_on",
    references: [
      {column: "inspection_id", table: "inspection", target: "inspection_id"},
      {column: "unit_code", table: "unit", target: "unit_code"}
    ]
  }
);
