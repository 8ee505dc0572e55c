import {FACTS} from "../contract/fact.ts";
import {parameterOn} from "./resolve.ts";
import type {Regime} from "./types.ts";

/** What a regime lets leave the office, whoever it goes to: the rest is for the office's own analysts alone. */
export interface OutsideView {
  /** Clause that keeps something secret; null: the regime keeps nothing secret, and all that follows is open. */
  readonly clause: string | null;
  /** What must not be told, in the document's words. */
  readonly what: readonly string[];
  /** Column of `inspection` that holds the day of the feedback: before it nothing about the inspection may be told. */
  readonly until: string | null;
  /** Kinds of units of which neither name nor code may be told. */
  readonly unit_kinds: readonly string[];
  /** Whether a column of a table or fact is secret, or would give a secret one away. */
  hides(grain: string, column: string): boolean;
}

interface Secret {
  readonly what: readonly string[];
  readonly columns: readonly string[];
  readonly until?: string;
  readonly unit_kinds?: readonly string[];
}

/**
 * The parameter `secret` on a day, as anything that leaves the office must follow it: pages, calendars, exports.
 * Shape: a checked regime and an ISO day in. Where the document keeps nothing secret, `clause` is null and nothing is hidden.
 * @example outsideView(regime, "2025-12-31").hides("finding", "found_on") // true where the day of a visit is secret
 */
export function outsideView(regime: Regime, day: string): OutsideView {
  const secret = parameterOn(regime)("secret", day) as Secret | undefined;
  const named = new Set(secret?.columns ?? []);
  const isNamed = (grain: string, column: string) => named.has(`${grain}.${column}`) || named.has(`${grain}.*`);
  const sources = new Map(FACTS.flatMap(({grain, columns}) => columns.map((c) => [`${grain}.${c.name}`, c.from] as const)));
  return {
    clause: secret ? (regime.parameters.secret?.clause ?? "") : null,
    what: secret?.what ?? [],
    until: secret?.until?.replace("inspection.", "") ?? null,
    unit_kinds: secret?.unit_kinds ?? [],
    hides: (grain, column) =>
      isNamed(grain, column) ||
      (sources.get(`${grain}.${column}`) ?? []).some((source) => {
        const [table = "", given = ""] = source.split(".");
        return isNamed(table, given);
      })
  };
}
