import {factOf} from "../contract/fact.ts";
import {quotedIdentifier} from "../sql.ts";
import type {Rule} from "./types.ts";

/** Which facts are looked at: those of 统计截止日, or those as they were a year earlier. */
export type Moment = "now" | "before";

/** The table of a rule's facts. */
export function factTable({over}: Pick<Rule, "over">, moment: Moment = "now"): string {
  return `${factOf(over ?? "").grain}_${moment === "now" ? "fact" : "before"}`;
}

/** Rows that count for anything: counted, of a scored unit. */
export const COUNTED = "is_counted and scored_unit is not null";

/** Rows that a rule looks at: counted, of a scored unit, in its window, where its predicate holds. */
export function scopeSql(rule: Rule, moment: Moment = "now"): string {
  return `${COUNTED} and ${conditionSql(rule, moment)}`;
}

/** What a rule itself asks of a row that counts: its window and its predicate. */
export function conditionSql(rule: Rule, moment: Moment = "now"): string {
  const where = rule.where ? ` and coalesce((${rule.where.sql}), false)` : "";
  return `${windowSql(rule, moment)}${where}`;
}

/** Grains whose rows may name the inspection they belong to. */
const OF_INSPECTIONS = new Set(["finding", "inspection", "visit", "action", "tip", "response"]);

function windowSql({window, year_by, over}: Rule, moment: Moment): string {
  if (window === "all" || !year_by) return "true";
  const by = quotedIdentifier(year_by);
  const at = (name: string) => `getvariable('${moment === "now" ? "" : "before_"}${name}')`;
  if (typeof window === "object") return `${by} > ${at("as_of")} - interval ${window.months} month and ${by} <= ${at("as_of")}`;
  const dated = `${by} between ${at("period_from")} and ${at("period_to")}`;
  // A round is its inspections; what belongs to no inspection is taken by its date, and so is everything a year earlier.
  if (moment === "before" || !OF_INSPECTIONS.has(over ?? "")) return dated;
  const own = over === "inspection" ? "" : " and inspection_id is not null";
  return `(case when getvariable('round_no') is not null${own} then coalesce(round_no = getvariable('round_no'), false) else ${dated} end)`;
}
