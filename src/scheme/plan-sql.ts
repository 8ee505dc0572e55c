import {quotedString} from "../sql.ts";
import {isRowRule} from "./row-sql.ts";
import type {Scheme} from "./types.ts";

type Cell = string | number | null;

/** The scheme as data: scheme_item, scheme_rule, scheme_cap, scheme_grade, scheme_start. */
export function planSql({items, rules, caps, grades, start, bonus_cap_milli}: Scheme): string[] {
  const capOf = (id: string) => caps.find((c) => c.rules.includes(id))?.id ?? null;
  const gradeAt = (rule: (typeof rules)[number]) => (rule.measure.kind === "veto" ? rule.measure.grade_at_most : null);
  return [
    tableSql(
      "scheme_item",
      "item varchar, full_milli bigint",
      items.map((i) => [i.no, i.full_milli])
    ),
    tableSql(
      "scheme_rule",
      "rule_id varchar, item varchar, measure varchar, grain varchar, cap_milli bigint, cap_id varchar, grade_at_most varchar, highest_of varchar, breach varchar, basis varchar",
      rules.map((r) => [
        r.id,
        r.placed_item,
        r.measure.kind,
        r.over,
        r.cap_milli,
        capOf(r.id),
        gradeAt(r),
        isRowRule(r) ? r.highest_of : null,
        r.breach,
        r.basis
      ])
    ),
    tableSql(
      "scheme_cap",
      "cap_id varchar, cap_milli bigint",
      caps.map((c) => [c.id, c.cap_milli])
    ),
    tableSql(
      "scheme_grade",
      "place bigint, grade varchar, from_milli bigint",
      grades.map((g, i) => [i + 1, g.name, g.from_milli])
    ),
    `create or replace temp table scheme_start as select ${quotedString(start)} as start, ${bonus_cap_milli ?? "null"}::bigint as bonus_cap_milli`
  ];
}

function tableSql(name: string, columns: string, rows: readonly (readonly Cell[])[]): string {
  const create = `create or replace temp table ${name} (${columns})`;
  return rows.length === 0 ? create : `${create};\ninsert into ${name} values\n${rows.map(rowSql).join(",\n")}`;
}

function rowSql(cells: readonly Cell[]): string {
  return `(${cells.map((cell) => (typeof cell === "string" ? quotedString(cell) : String(cell))).join(", ")})`;
}
