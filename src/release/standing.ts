import type {Decision} from "../workspace/decision.ts";
import {isApproval} from "./about.ts";

/** What the decisions of a workspace say of a release. */
export interface Standing {
  readonly id: string;
  readonly year: number;
  /** Why it no longer stands; null: it does. */
  readonly fallen: string | null;
}

/**
 * Every release that was approved, in the order of the approvals, with whether it still stands.
 * @example standings(decisions).find(({year, fallen}) => year === 2025 && fallen === null)?.id
 */
export function standings(decisions: readonly Decision[]): Standing[] {
  const fallen = new Map<string, string>();
  for (const decision of decisions) {
    const {kind, at, args} = decision;
    if (kind === "withdraw-release") fallen.set(String(args.release), `已于${at.slice(0, 10)}撤回，理由：${String(args.reason)}`);
    if (isApproval(decision) && decision.args.supersedes !== null)
      fallen.set(decision.args.supersedes, `已于${at.slice(0, 10)}被 ${decision.args.release} 取代`);
  }
  return decisions
    .filter(isApproval)
    .map(({args}) => ({id: args.release, year: args.year, fallen: fallen.get(args.release) ?? null}));
}

/** The release of a year that stands; null: none. At most one does. */
export function standingOf(decisions: readonly Decision[], year: number): Standing | null {
  return standings(decisions).findLast((s) => s.year === year && s.fallen === null) ?? null;
}
