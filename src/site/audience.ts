import {FACTS, factOf} from "../contract/fact.ts";
import {tableNamed} from "../contract/index.ts";
import {outsideView} from "../regime/secrecy.ts";
import type {Regime} from "../regime/types.ts";
import type {Rule} from "../scheme/types.ts";
import type {SiteAudience} from "./build.ts";

/** Columns of a mart that come from no fact and may be seen by everybody: names of units and results. */
const PLAIN = new Set(["scheme", "scored_unit", "text_part"]);

/** Derived numbers that give a day away together with 统计截止日. */
const DAY_COUNTS = new Set(["days_overdue", "age_days"]);

export type Visible = (grain: string, column: string) => boolean;

/**
 * Which columns of a fact an audience may see. The office's own analysts see all; of the others each column says so in the
 * contract, what the regime keeps secret is shown to none of them, and neither is where in the office's files a row stands.
 * Shape: grain (or table) and column in, yes or no out. Errors: RangeError for an unknown grain.
 * @example visibleColumns(regime, "leadership", "2025-12-31")("finding", "owner") // false
 */
export function visibleColumns(regime: Regime, audience: SiteAudience, day: string): Visible {
  if (audience === "analyst") return () => true;
  const {hides} = outsideView(regime, day);
  return (grain, column) => {
    if (PLAIN.has(column)) return true;
    if (grain === "official" && regime.organisation?.persons !== true) return false;
    if (hides(grain, column)) return false;
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

/** What of a rule's ledger rows an audience may not see. */
export interface RuleSight {
  readonly id: string;
  readonly name: string;
  /** The sentence names a column that is not visible. */
  readonly is_silent: boolean;
  /** The sentence names a day, or a number of days. */
  readonly is_dated: boolean;
  /** What the rows are about has a number that is not visible. */
  readonly is_hidden: boolean;
  readonly over: string | null;
}

/** What may be seen of the ledger rows of each rule; where the sentence may not be, the rule's name is shown instead. */
export function ruleSight({id, name, over, because}: Rule, visible: Visible): RuleSight {
  if (over === null) return {id, name, over, is_silent: false, is_dated: false, is_hidden: false};
  const {columns, subject} = factOf(over);
  const named = (because ?? []).flatMap((part) => ("column" in part && !["num", "den"].includes(part.column) ? [part.column] : []));
  return {
    ...{id, name, over},
    is_silent: named.some((column) => !visible(over, column)),
    is_dated: named.some((name) => DAY_COUNTS.has(name) || columns.find((c) => c.name === name)?.type === "DATE"),
    is_hidden: !visible(over, subject)
  };
}
