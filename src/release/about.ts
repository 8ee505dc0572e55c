import {fault} from "../fault.ts";
import type {Decision} from "../workspace/decision.ts";
import type {ApprovalArgs} from "../workspace/decision-shape.ts";
import type {ReleaseManifest} from "./manifest.ts";

/** A decision that makes a release. */
export type Approval = Decision & {readonly kind: "approve" | "supersede"; readonly args: ApprovalArgs};

/** Whether a decision makes a release; its shape was checked when the log was read. */
export function isApproval(decision: Decision): decision is Approval {
  return decision.kind === "approve" || decision.kind === "supersede";
}

/**
 * What a release's manifest says beside its files: it follows from the decision, so that neither can be changed without the other.
 * @example manifestText({...releaseAbout(decision), files}) === readFileSync("manifest.json", "utf8")
 */
export function releaseAbout({n, at, by, hash, args}: Approval): Omit<ReleaseManifest, "files"> {
  const {release: id, post, organ, on, meeting, document_no, waivers, supersedes} = args;
  const {authority, regime, year, demo, as_of, decisions_until, known_at, run, digest, provisional} = args;
  const {semantics, contract, versions} = args;
  return {
    format: 1,
    kind: "release",
    release: {
      ...{id, on, meeting, document_no, supersedes},
      approver: {name: by, post, organ},
      waivers: waivers.map(({what, reason}) => ({what, reason}))
    },
    decision: {n, at, hash},
    ...{authority, regime, year, demo, as_of, decisions_until, known_at, run, digest, provisional, semantics, contract, versions}
  };
}

/** The approval that made a release. Errors: Fault 2 when these decisions have none. */
export function approvalOf(decisions: readonly Decision[], id: string, file: string): Approval {
  const found = decisions.filter(isApproval).find((d) => d.args.release === id);
  if (found) return found;
  throw fault(2, {place: {file}, what: `没有审定 ${id} 的决定`, advice: "请用原来的审定件或备份"});
}
