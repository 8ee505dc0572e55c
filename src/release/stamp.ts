import type {Scored} from "../warehouse/scored.ts";

/** What a release says of its own approval; kept in its manifest. */
export interface ReleaseHead {
  /** `<workspace>-<year>-r<n>`. */
  readonly id: string;
  readonly approver: {readonly name: string; readonly post: string; readonly organ: string};
  /** The day of the approval. */
  readonly on: string;
  /** The meeting or document that approved, at least one of them. */
  readonly meeting: string | null;
  readonly document_no: string | null;
  /** What stood in the way and was waived, each with its reason; printed wherever the release is named in full. */
  readonly waivers: readonly {readonly what: string; readonly reason: string}[];
  /** The release that this one corrects. */
  readonly supersedes: string | null;
  /** SHA-256 of manifest.json: what a holder compares. */
  readonly manifest: string;
  /** Why it no longer stands, where the workspace is at hand and knows; null: it stands, as far as is known here. */
  readonly fallen: string | null;
}

/** What every export, document and page names: which result it was made from. */
export interface Stamp {
  readonly authority: string;
  readonly regime: string;
  readonly year: number;
  readonly as_of: string;
  readonly decisions_until: string;
  readonly known_at: string;
  readonly run: string;
  readonly digest: string;
  readonly provisional: boolean;
  readonly demo: boolean;
  /** Null: 未审定. */
  readonly release: ReleaseHead | null;
}

/** The stamp of a scored workspace or release. @example stampLines(stampOf(scored)) */
export function stampOf({space, regime, result, year, released}: Scored): Stamp {
  const {as_of, decisions_until, known_at, run, digest, provisional} = result;
  return {
    ...{authority: space.authority, regime: regime.title, year},
    ...{as_of, decisions_until, known_at, run, digest, provisional},
    demo: space.demo,
    release: released ?? null
  };
}

/** The stamp as the public is told it: the organ that approved, not the person, and nothing of what was waived. */
export function publicStamp(stamp: Stamp): Stamp {
  const {release} = stamp;
  if (release === null) return stamp;
  return {...stamp, release: {...release, approver: {name: "", post: "", organ: release.approver.organ}, waivers: []}};
}

/** Words that must be seen at once: 未审定, 暂定, 演示数据, 已撤回…; empty for an approved result of a real office. */
export function stampMarks({release, provisional, demo}: Stamp): string[] {
  return [
    ...(release === null ? ["未审定"] : []),
    ...(release?.fallen ? [release.fallen] : []),
    ...(provisional ? ["暂定"] : []),
    ...(demo ? ["演示数据"] : [])
  ];
}

/** `审定结果 office-2025-r1` or `未审定`. */
export function stampState({release}: Stamp): string {
  return release === null ? "未审定" : `审定结果 ${release.id}`;
}

/**
 * What stands below an export, line by line: state, cut-offs, hashes, waivers.
 * @param waivers a letter says how many there were: those it goes to have no part in the office's own breaches
 * @example stampLines(stamp)[0] // "审定结果 office-2025-r1：某某（区安委会主任）2026年1月20日审定，区安委会2026年第1次会议"
 */
export function stampLines(stamp: Stamp, waivers: "told" | "counted" = "told"): string[] {
  const {release, as_of, decisions_until, digest, run, demo, provisional} = stamp;
  const basis = release === null ? [] : [release.meeting, release.document_no].filter((text) => text !== null);
  return [
    release === null
      ? waivers === "told"
        ? "未审定：本件由未经审定的结果生成，不得作为依据"
        : "未审定：所据事实未经审定，发出前请核对"
      : `审定结果 ${release.id}：${approverText(release)}${release.on}审定${basis.length > 0 ? `，${basis.join("，")}` : ""}`,
    ...(release?.fallen ? [release.fallen] : []),
    ...(release?.supersedes ? [`更正并取代 ${release.supersedes}`] : []),
    ...waiverLines(release?.waivers ?? [], waivers),
    `统计截止日 ${as_of}，评议和异议复核的决定计至 ${decisions_until}${provisional ? "，得分暂定" : ""}`,
    ...lateLines(stamp),
    `结果摘要 ${digest}`,
    release === null ? `运行 ${run}` : `审定件清单（manifest.json）SHA-256 ${release.manifest}`,
    ...(demo ? ["演示数据：单位、人员均为虚构"] : [])
  ];
}

/** Data that came in after the day of the approval: whoever approved may not have seen it. */
function lateLines({release, known_at}: Stamp): string[] {
  if (release === null || known_at.slice(0, 10) <= release.on) return [];
  return [`数据截止于${known_at.slice(0, 10)}，晚于审定日期${release.on}：审定之后装入的也在其中，请与审定时的数据核对`];
}

function waiverLines(waivers: ReleaseHead["waivers"], how: "told" | "counted"): string[] {
  if (how === "told") return waivedTexts(waivers).map((text) => `审定时豁免：${text}`);
  return waivers.length === 0 ? [] : [`审定时豁免${waivers.length}项，见审定件`];
}

/** What was waived, a text for each reason. @example waivedTexts(release.waivers)[0] // "评议1项、退回6行（理由：……）" */
export function waivedTexts(waivers: ReleaseHead["waivers"]): string[] {
  const reasons = [...new Set(waivers.map((w) => w.reason))];
  return reasons.map((reason) => {
    const what = waivers.filter((w) => w.reason === reason).map((w) => w.what);
    return `${what.join("；")}（理由：${reason}）`;
  });
}

/** The organ, and the person where he is named. */
function approverText({approver: {name, post, organ}}: ReleaseHead): string {
  return name === "" ? organ : `${organ}，${name}（${post}）`;
}
