import {type Decision, readDecisions} from "../workspace/decision.ts";
import type {Workspace} from "../workspace/workspace.ts";
import {type Approval, isApproval} from "./about.ts";
import {standings} from "./standing.ts";

/** What became of a release. */
export type ReleaseState = "现行" | "已取代" | "已撤回";

/** A release as the workspace's decisions know it. */
export interface Release {
  readonly id: string;
  readonly year: number;
  readonly approval: Approval;
  readonly state: ReleaseState;
  /** Why it no longer stands, in a sentence; null while it stands. */
  readonly fallen: string | null;
}

/**
 * The releases of a workspace in the order of their approval.
 * @example releasesOf(readDecisions(space.state.decisions).decisions).find((r) => r.state === "现行")
 */
export function releasesOf(decisions: readonly Decision[]): Release[] {
  const fallen = new Map(standings(decisions).map((s) => [s.id, s.fallen]));
  const withdrawn = new Set(decisions.filter((d) => d.kind === "withdraw-release").map((d) => d.args.release));
  return decisions.filter(isApproval).map((approval) => {
    const {release: id, year} = approval.args;
    const why = fallen.get(id) ?? null;
    return {id, year, approval, state: why === null ? "现行" : withdrawn.has(id) ? "已撤回" : "已取代", fallen: why};
  });
}

/** As releasesOf, of a workspace. Errors: Fault 2 when the decisions were changed. */
export function listReleases({state}: Pick<Workspace, "state">): Release[] {
  return releasesOf(readDecisions(state.decisions).decisions);
}

/** The release of a year that stands, or null. There is never more than one. */
export function standingRelease(space: Pick<Workspace, "state">, year: number): Release | null {
  return listReleases(space).find((r) => r.year === year && r.state === "现行") ?? null;
}
