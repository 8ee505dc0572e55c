import {column, leadership, required, table} from "./column.ts";

export const judgement = table(
  "judgement",
  "评议",
  [
    column("unit_code", "单位编码", "code", {...leadership, ...required}),
    column("year", "年度", "integer", {...leadership, ...required}),
    column("rule_id", "规则编号", "code", {...leadership, ...required}),
    column("points", "分值", "text", {...leadership, ...required}),
    column("reason", "理由", "text", {...leadership, ...required}),
    column("judged_by", "评议人", "text", required),
    column("judged_on", "评议日期", "date", {...leadership, ...required}),
    column("reviewed_by", "复核人", "text"),
    column("evidence", "佐证", "text", leadership)
  ],
  ["unit_code", "year", "rule_id"],
  {
    checks: [
      {
        column: "points",
        when: "points <> '不涉及' and try_cast(points as decimal(28,6)) is null",
        reason: "分值应为数字或“不涉及”；请改正"
      }
    ],
    references: [{column: "unit_code", table: "unit", target: "unit_code"}]
  }
);
