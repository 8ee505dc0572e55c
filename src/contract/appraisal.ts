import {column, leadership, required, table} from "./column.ts";

export const appraisal = table(
  "appraisal",
  "年度考核",
  [
    column("unit_code", "单位编码", "code", {...leadership, ...required}),
    column("year", "年度", "integer", {...leadership, ...required}),
    column("item_code", "考核项编码", "code", {...leadership, ...required}),
    column("item_name", "考核项名称", "text", {...leadership, ...required}),
    column("full", "满分", "decimal", {...leadership, ...required}),
    column("points", "得分", "decimal", {...leadership, ...required})
  ],
  ["unit_code", "year", "item_code"],
  {
    checks: [{column: "points", when: 'points < 0 or points > "full"', reason: "得分应在0与满分之间；请核对得分和满分"}],
    references: [{column: "unit_code", table: "unit", target: "unit_code"}]
  }
);
