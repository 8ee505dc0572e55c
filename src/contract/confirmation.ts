import {SUBJECT_KINDS} from "./appeal.ts";
import {column, leadership, oneOf, required, table} from "./column.ts";

/**
 * What a unit says of each deduction of its score. An answer belongs to the unit's result as it was shown (`digest`), so that answers
 * about different results stand beside each other; an objection waits for a decision as if it had been filed in 异议复核.
 */
export const confirmation = table(
  "confirmation",
  "扣分确认",
  [
    column("unit_code", "单位编码", "code", {...leadership, ...required}),
    column("year", "年度", "integer", {...leadership, ...required}),
    column("rule_id", "规则编号", "code", {...leadership, ...required}),
    oneOf("subject_kind", "对象类别", SUBJECT_KINDS, {...leadership, ...required}),
    column("subject", "对象编号", "code", {...leadership, ...required}),
    column("points", "扣分", "decimal", leadership),
    column("digest", "结果摘要", "code", {...leadership, ...required}),
    oneOf("answer", "单位意见", ["无异议", "异议"], {...leadership, ...required}),
    column("answered_on", "日期", "date", {...leadership, ...required}),
    column("reason", "理由", "text", leadership),
    column("answered_by", "确认人")
  ],
  ["unit_code", "year", "rule_id", "subject", "digest"],
  {
    checks: [
      {
        column: "reason",
        when: "answer = '异议' and reason is null",
        reason: "单位意见是异议而没有写理由；请写明对哪一处事实或扣分有异议"
      }
    ],
    references: [{column: "unit_code", table: "unit", target: "unit_code"}]
  }
);
