import {column, event, oneOf, required, shared, table} from "./column.ts";

export const accident = table(
  "accident",
  "事故",
  [
    column("accident_id", "事故编号", "code", {...shared, ...required}),
    column("unit_code", "单位编码", "code", {...shared, ...required}),
    column("occurred_on", "发生日期", "date", {...shared, ...required}),
    oneOf("accident_grade", "事故等级", ["一般", "较大", "重大", "特别重大"], {...shared, ...required}),
    column("accident_type", "事故类别", "text", shared),
    column("deaths", "死亡人数", "integer", shared),
    column("injuries", "重伤人数", "integer", shared),
    column("loss_wan", "直接经济损失(万元)", "decimal", shared),
    column("liable", "责任事故", "boolean", shared),
    column("concealed", "瞒报谎报", "boolean", shared),
    column("reported_at", "报告时间", "timestamp"),
    event("concluded_on", "批复结案日期", shared),
    column("concluded_by", "批复机关", "text", shared),
    column("document_no", "批复文号", "text", shared)
  ],
  ["accident_id"],
  {
    exists_on: "occurred_on",
    checks: [
      {column: "deaths", when: "deaths < 0", reason: "死亡人数不能为负；请核对后填写"},
      {column: "injuries", when: "injuries < 0", reason: "重伤人数不能为负；请核对后填写"},
      {column: "concluded_on", when: "concluded_on < occurred_on", reason: "批复结案日期早于发生日期；请核对这两个日期"}
    ],
    references: [{column: "unit_code", table: "unit", target: "unit_code"}]
  }
);
