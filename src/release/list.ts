import {momentText} from "../moment.ts";
import {type Decision, readDecisions} from "../workspace/decision.ts";
import type {Workspace} from "../workspace/workspace.ts";
import {type Approval, isApproval} from "./about.ts";

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
  return decisions.filter(isApproval).map((approval) => {
    const {release: id, year} = approval.args;
    return {id, year, approval, ...fateOf(id, decisions)};
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

function fateOf(id: string, decisions: readonly Decision[]): Pick<Release, "state" | "fallen"> {
  const withdrawn = decisions.find((d) => d.kind === "withdraw-release" && d.args.release === id);
  if (withdrawn) {
    const {at, by, args} = withdrawn;
    return {state: "已撤回", fallen: `已撤回（${momentText(at).slice(0, 10)}，${by}；理由：${String(args.reason)}）`};
  }
  const next = decisions.filter(isApproval).find((d) => d.args.supersedes === id);
  if (next) return {state: "已取代", fallen: `已由 ${next.args.release} 取代（${next.args.on}，理由：${next.args.reason ?? ""}）`};
  return {state: "现行", fallen: null};
}
