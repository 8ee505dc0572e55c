import {column, notBefore, oneOf, organisation, required, table} from "./column.ts";

export const official = table(
  "official",
  "任职",
  [
    column("person_id", "人员编号", "person", {...organisation, ...required}),
    column("person_name", "姓名", "text", {...organisation, ...required}),
    column("unit_code", "单位编码", "code", {...organisation, ...required}),
    column("post", "职务", "text", {...organisation, ...required}),
    oneOf(
      "duty",
      "安全职责",
      ["党委主要负责人", "政府主要负责人", "分管安全生产负责人", "分管行业负责人", "部门主要负责人", "部门分管负责人"],
      {...organisation, ...required}
    ),
    column("portfolio", "分管领域", "text", organisation),
    column("acting", "主持工作", "boolean", organisation),
    column("from_on", "任职日期", "date", {...organisation, ...required}),
    column("to_on", "离任日期", "date", {...organisation, event: true}),
    column("appoint_doc", "任职文号", "text", organisation)
  ],
  ["person_id", "unit_code", "post", "from_on"],
  {
    exists_on: "from_on",
    checks: [notBefore("from_on", "to_on", "离任日期早于任职日期")],
    references: [{column: "unit_code", table: "unit", target: "unit_code"}]
  }
);
