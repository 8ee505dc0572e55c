import {FACTS, factOf} from "../contract/fact.ts";
import {tableNamed} from "../contract/index.ts";
import {parameterOn} from "../regime/resolve.ts";
import type {Regime} from "../regime/types.ts";
import type {Rule} from "../scheme/types.ts";
import type {SiteAudience} from "./build.ts";

/** Columns of a mart that come from no fact and may be seen by everybody: names of units and results. */
const PLAIN = new Set(["scheme", "scored_unit", "text_part"]);

/**
 * Which columns of a fact an audience may see. The office's own analysts see all; of the others each column says so in the
 * contract, what the regime keeps secret is shown to none of them, and neither is where in the office's files a row stands.
 * Shape: grain (or table) and column in, yes or no out. Errors: RangeError for an unknown grain.
 * @example visibleColumns(regime, "leadership", "2025-12-31")("finding", "owner") // false
 */
export function visibleColumns(regime: Regime, audience: SiteAudience, day: string): (grain: string, column: string) => boolean {
  if (audience === "analyst") return () => true;
  const secret = new Set((parameterOn(regime)("secret", day) as {columns?: string[]} | undefined)?.columns ?? []);
  return (grain, column) => {
    if (PLAIN.has(column)) return true;
    if (secret.has(`${grain}.${column}`) || secret.has(`${grain}.*`)) return false;
    return (
      columnsOf(grain)
        .find((c) => c.name === column)
        ?.audiences.includes(audience) ?? false
    );
  };
}

function columnsOf(grain: string) {
  return FACTS.some((f) => f.grain === grain) ? factOf(grain).columns : tableNamed(grain).columns;
}

/** Rules whose `because` names a column that the audience may not see: their name is shown instead. */
export function silencedRules(rules: readonly Rule[], visible: (grain: string, column: string) => boolean): Rule[] {
  return rules.filter(({over, because}) =>
    (because ?? []).some(
      (part) => "column" in part && over !== null && !["num", "den"].includes(part.column) && !visible(over, part.column)
    )
  );
}
