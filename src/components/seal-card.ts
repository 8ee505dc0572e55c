import {h} from "./dom.js";
import {factList} from "./facts.js";
import {longDay} from "./format.js";

/** Which result a page was made from; as src/release/stamp.ts has it. */
export interface StampFacts {
  readonly authority: string;
  readonly year: number;
  readonly as_of: string;
  readonly decisions_until: string;
  readonly digest: string;
  readonly provisional: boolean;
  readonly demo: boolean;
  readonly release: ReleaseFacts | null;
}

export interface ReleaseFacts {
  readonly id: string;
  readonly approver: {readonly name: string; readonly post: string; readonly organ: string};
  readonly on: string;
  readonly meeting: string | null;
  readonly document_no: string | null;
  readonly waivers: readonly {readonly what: string; readonly reason: string}[];
  readonly supersedes: string | null;
  readonly manifest: string;
}

/**
 * Who approved the result, when, what was waived, and how a holder compares what he has: 审定与核验.
 * @param named whether the approver is named; the public is told the organ alone
 */
export function sealCard({release, digest, as_of, decisions_until, provisional}: StampFacts, named = true): HTMLElement {
  if (release === null) return h("section", {class: "xh-card"}, h("h2", {}, "未审定"));
  const {id, approver, on, meeting, document_no, waivers, supersedes, manifest} = release;
  const basis = [meeting, document_no].filter((text) => text !== null).join("，");
  return h(
    "section",
    {class: "xh-card", id: "seal"},
    h("h2", {}, `审定结果 ${id}`),
    factList([
      ["审定", named ? `${approver.organ}，${approver.name}（${approver.post}）` : approver.organ],
      ["审定日期", on],
      ["审定依据", basis === "" ? "没有写明会议或文号" : basis],
      ["统计截止日", `${as_of}，评议和异议复核的决定计至${decisions_until}`],
      ...(supersedes ? [["更正并取代", supersedes] as const] : []),
      ...(provisional ? [["得分", "暂定"] as const] : []),
      ["结果摘要", digest, "wide"],
      ["清单SHA-256", manifest, "wide"],
      ...(waivers.length > 0 && named ? [["审定时豁免", waivedText(waivers), "wide"] as const] : [])
    ]),
    h(
      "p",
      {class: "xh-small"},
      "怎样核对：收到审定件的机关可用 xunheng verify 核验整个目录，或用 sha256sum manifest.json 比对上面的清单SHA-256；与此不符的，不是这一件审定结果。"
    )
  );
}

/** The first words of a page made from a release. @example approvedText(stamp) // "审定结果 x-2025-r1（2026年1月20日审定）" */
export function approvedText({release}: StampFacts): string {
  return release === null ? "未审定" : `审定结果 ${release.id}（${longDay(release.on)}审定）`;
}

/** What was waived, grouped by the reason given. */
function waivedText(waivers: ReleaseFacts["waivers"]): string {
  const reasons = [...new Set(waivers.map((w) => w.reason))];
  const whats = (reason: string) => waivers.filter((w) => w.reason === reason).map((w) => w.what);
  return reasons.map((reason) => `${whats(reason).join("；")}（理由：${reason}）`).join("。");
}
