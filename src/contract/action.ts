import {column, event, leadership, oneOf, required, shared, table} from "./column.ts";

export const action = table(
  "action",
  "督办措施",
  [
    column("action_id", "措施编号", "code", {...shared, ...required}),
    oneOf(
      "kind",
      "措施",
      [
        "约谈",
        "挂牌督办",
        "书面报告",
        "交办",
        "行业移交",
        "移送纪检监察",
        "立案",
        "行政处罚",
        "曝光",
        "通报批评",
        "通报表扬",
        "追责"
      ],
      {...shared, ...required}
    ),
    column("unit_code", "单位编码", "code", {...shared, ...required}),
    column("taken_on", "日期", "date", {...shared, ...required}),
    column("finding_id", "问题编号", "code", shared),
    column("inspection_id", "巡查编号", "code", shared),
    column("by_office", "作出单位", "text", shared),
    column("to_office", "接收单位", "text", leadership),
    column("document_no", "文号", "text", shared),
    event("effective_on", "生效日期", shared),
    event("closed_on", "办结日期", shared),
    column("result", "结果", "text", leadership)
  ],
  ["action_id"],
  {
    exists_on: "taken_on",
    references: [
      {column: "unit_code", table: "unit", target: "unit_code"},
      {column: "finding_id", table: "finding", target: "finding_id"},
      {column: "inspection_id", table: "inspection", target: "inspection_id"}
    ]
  }
);
