import type {
  BothPosts,
  DayFact,
  Exemption,
  Holder,
  OfficialTenure,
  OrganisationFinding,
  PostRecord,
  TenureFinding
} from "./types.ts";

/** A day's fact as a cell: `在任`, `在任（主持工作）`, `离任当日`. @example dayStateText(fact) */
export function dayStateText({state, acting}: Pick<DayFact, "state" | "acting">): string {
  return acting === true ? `${state}（主持工作）` : state;
}

/** A day's fact in a sentence's part: `2025-03-05 在任，到任第1100天后`. Units: calendar days since taking office. */
export function dayFactText(fact: DayFact): string {
  const days = fact.days === null || fact.days === 0 ? "" : `，到任${fact.days}天`;
  return fact.on === null ? fact.state : `${fact.on} ${dayStateText(fact)}${days}`;
}

/** A finding's state; that an objection is not decided yet is said with it. @example stateText(finding) // "逾期（异议复核中）" */
export function stateText({state, is_disputed}: Pick<OrganisationFinding, "state" | "is_disputed">): string {
  return `${state ?? ""}${is_disputed ? "（异议复核中）" : ""}`;
}

/** A finding's number in a table about people: where an objection is not decided yet, that stands beside it. */
export function numberText(finding_id: string, finding: Pick<OrganisationFinding, "is_disputed"> | undefined): string {
  return `${finding_id}${finding?.is_disputed ? "（异议复核中）" : ""}`;
}

/** From when until when: `2022-03-01至2025-05-15`, `2022-03-01起`. */
export function spanText({from_on, to_on}: {readonly from_on: string; readonly to_on: string | null}): string {
  return to_on === null ? `${from_on}起` : `${from_on}至${to_on}`;
}

/** A post with its stretch: `镇长，2022-03-01至2025-05-15，任〔2022〕2号`. */
export function postText({post, acting, appoint_doc, ...span}: PostRecord): string {
  return [`${post}${acting === true ? "（主持工作）" : ""}`, spanText(span), ...(appoint_doc === null ? [] : [appoint_doc])].join(
    "，"
  );
}

/** Posts of a tenure, each once. */
export function postNames({posts}: Pick<OfficialTenure, "posts">): string {
  return [...new Set(posts.map((p) => p.post))].join("、");
}

/** Whether the finding was there before: `承接`, `任内`, `不详`, `本人前段任职期间已有`. */
export function inheritedText({inherited}: Pick<TenureFinding, "inherited">): string {
  return {是: "承接（到任前已有）", 否: "任内形成", 前段任职: "本人前段任职期间已有", 不详: "不详"}[inherited];
}

/** Who is on record in a post on a day; a vacancy is said. */
export function holdersText(holders: readonly Holder[]): string {
  if (holders.length === 0) return "没有任职记录";
  return holders.map(({person_name, post, ...fact}) => `${person_name}（${post}，${dayStateText(fact)}）`).join("；");
}

/** A row of 党政同责 in the order of its table. */
export function bothRow({finding_id, moment, on, party, government}: BothPosts): string[] {
  return [finding_id, moment, on, holdersText(party), holdersText(government)];
}

/** A decision that speaks of 尽职免责: `异议复核 YY-1（撤销），2025-08-01，区安委会，安〔2025〕3号`. */
export function exemptionText({source, id, decision, decided_on, by, document_no}: Exemption): string {
  const parts = [decided_on, by, document_no].filter((part) => part !== null);
  return [`${source}${id}（${decision}）`, ...parts].join("，");
}
