import {parameterOn} from "../../regime/resolve.ts";
import {outsideView} from "../../regime/secrecy.ts";
import type {Scored} from "../../warehouse/scored.ts";
import type {Inspected} from "./inspected.ts";
import {committeeName, stepWords, wordOf} from "./phrase.ts";

interface Organiser {
  readonly organiser: string;
  readonly office: string;
  readonly team?: string;
}

/** The organ that sends inspection teams: the committee, or its office where the regime says so. */
export function sender({regime, when, space}: Scored): string {
  const organiser = parameterOn(regime)("organiser", when.as_of) as Organiser | undefined;
  return organiser?.organiser.endsWith("办公室") ? space.authority : committeeName(space.authority);
}

/** The team as it signs. @example teamName(scored) // "某区安全生产委员会巡查组" */
export function teamName(scored: Scored): string {
  return `${sender(scored)}${wordOf(scored.regime, "team", "巡查组")}`;
}

/** The team in a sentence, with its number where that is no secret. */
export function teamWords(scored: Scored, {team_no}: Inspected): string {
  const isSecret = outsideView(scored.regime, scored.when.as_of).hides("inspection", "team_no");
  return `${wordOf(scored.regime, "team", "巡查组")}${team_no === null || isSecret ? "" : `（${team_no}）`}`;
}

/** What has to be approved before the feedback, and whether it was. */
export interface FeedbackOrder {
  readonly clause: string;
  /** 报告, 整改通知 … */
  readonly what: string;
  /** 审定, 批准. */
  readonly verb: string;
  readonly by: string;
  /** The day of it, null while it is waited for. */
  readonly on: string | null;
  /** `inspection.…` */
  readonly column: string;
}

/** The order of approval and feedback for an inspection; null where the regime asks for none. */
export function feedbackOrder({regime, when}: Scored, inspected: Inspected): FeedbackOrder | null {
  const value = parameterOn(regime)("feedback_order", when.as_of) as {after: string; approved_by: string} | undefined;
  if (!value) return null;
  const name = value.after.replace("inspection.", "");
  const on = (inspected as unknown as Record<string, string | null>)[name] ?? null;
  return {
    ...stepWords(value.after),
    clause: regime.parameters.feedback_order?.clause ?? "",
    by: value.approved_by,
    on,
    column: value.after
  };
}

/** What is seen at once on a document that waits for an approval. @example waitingMarks(order) // ["整改通知未批准"] */
export function waitingMarks(order: FeedbackOrder | null): string[] {
  return order !== null && order.on === null ? [`${order.what}未${order.verb}`] : [];
}
