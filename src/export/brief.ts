import {type Stamp, stampOf} from "../release/stamp.ts";
import {points} from "../score/score.ts";
import type {Scored} from "../warehouse/scored.ts";
import {type OverdueLine, overviewOf, type UnitLine} from "./document/overview.ts";
import {percent, periodWords} from "./document/period-words.ts";
import {wordOf} from "./document/phrase.ts";
import {chineseDate} from "./official/date.ts";

/** A figure of the brief's first row. */
export interface BriefFigure {
  readonly label: string;
  readonly value: string;
  readonly tone: "plain" | "strong";
}

/** One page for those who lead: how do we stand, who is behind, why. */
export interface Brief {
  readonly stamp: Stamp;
  readonly authority: string;
  readonly title: string;
  readonly period: string;
  readonly sentence: string;
  readonly figures: readonly BriefFigure[];
  /** How many units of each scheme have which grade, best grade first. */
  readonly grades: {
    readonly names: readonly string[];
    readonly series: readonly {readonly name: string; readonly counts: readonly number[]}[];
  };
  /** Contents with most findings. */
  readonly items: readonly {readonly title: string; readonly findings: number}[];
  /** Units with the lowest scores, with reasons. */
  readonly lowest: readonly UnitLine[];
  readonly overdue: readonly OverdueLine[];
  /** All overdue findings, those not listed among them. */
  readonly overdue_count: number;
  readonly words: {readonly finding: string; readonly unit: string};
}

/** Rows of the two lists: more would not stand on a page. */
const ROWS = 5;

/**
 * The brief of a result. Figures are those that may be told to the leadership.
 * @example renderBrief(await briefOf(scored))
 */
export async function briefOf(scored: Scored): Promise<Brief> {
  const {regime, result, schemes, space, when} = scored;
  const overview = await overviewOf(scored);
  const {units, findings, overdue, items} = overview;
  const [finding, unit, inspection] = [
    wordOf(regime, "finding", "问题"),
    wordOf(regime, "unit", "被巡查单位"),
    wordOf(regime, "inspection", "巡查")
  ];
  const covered = units.filter((u) => u.covered === "已巡查").length;
  const members = schemes.map(({scheme}) => ({
    ...{name: scheme.applies_to.join("、"), grades: scheme.grades},
    scored: units.filter((u) => u.scheme === scheme.id && u.milli !== null)
  }));
  const several = members.length > 1;
  const means = members.flatMap((m) => (m.scored.length === 0 ? [] : [`${several ? m.name : ""}平均${points(mean(m.scored))}分`]));
  const vetoed = units.filter((u) => u.milli !== null && u.vetoes.length > 0);
  const provisional = units.filter((u) => u.milli !== null && u.provisional).length;
  // Schemes have shorter titles than the regime.
  const shorter = new Map(
    schemes.flatMap(({plan}) => plan.items.flatMap((i) => (i.title === null ? [] : [[i.no, i.title] as const])))
  );
  const names = [...new Set(members.flatMap((m) => m.grades.map((g) => g.name)))];
  return {
    stamp: stampOf(scored),
    authority: space.authority,
    title: `安全生产${inspection}简报`,
    period: periodWords(result.period),
    sentence: [
      `截至${chineseDate(when.as_of)}，${units.length}个${unit}中已${verbOf(inspection)}${covered}个`,
      ...(means.length > 0 ? [`，${means.join("，")}`] : []),
      members.every((m) => m.scored.length === 0)
        ? "，尚无单位得分"
        : `；${vetoed.length === 0 ? "没有单位被否决或降等" : `${vetoed.length}个单位被否决或降等（${vetoed.map((u) => u.unit_name).join("、")}）`}`,
      `，${overdue.length === 0 ? `没有逾期未整改的${finding}` : `${overdue.length}条${finding}逾期未整改`}`,
      ...(provisional > 0 ? [`；${provisional}个单位的得分为暂定`] : []),
      "。"
    ].join(""),
    figures: [
      {label: `已${verbOf(inspection)}单位`, value: `${covered}/${units.length}`, tone: "plain"},
      {label: `本期发现${finding.length <= 4 ? finding : ""}`, value: String(findings.count), tone: "plain"},
      {label: "其中重大", value: String(findings.major), tone: findings.major > 0 ? "strong" : "plain"},
      {label: "整改率", value: percent(findings.done, findings.count), tone: "plain"},
      {label: "逾期未整改", value: String(overdue.length), tone: overdue.length > 0 ? "strong" : "plain"}
    ],
    grades: {
      names,
      series: members.map((m) => ({name: m.name, counts: names.map((name) => m.scored.filter((u) => u.grade === name).length)}))
    },
    items: items.slice(0, ROWS).map(({no, title, findings: n}) => ({title: shorter.get(no) ?? title, findings: n})),
    lowest: lowestOf(members.map((m) => m.scored)),
    overdue: overdue.slice(0, ROWS),
    overdue_count: overdue.length,
    words: {finding, unit}
  };
}

/** 巡查 as a verb: a word in brackets is left out. */
function verbOf(inspection: string): string {
  return inspection.replace(/（[^）]*）/g, "");
}

/** The lowest of every scheme, five in all, of few units the lower half; units of different schemes are never ranked together. */
function lowestOf(schemes: readonly (readonly UnitLine[])[]): UnitLine[] {
  const ordered = schemes.map((scored) =>
    scored.toSorted((a, b) => (a.milli ?? 0) - (b.milli ?? 0) || (a.unit_code < b.unit_code ? -1 : 1))
  );
  const each = Math.ceil(ROWS / Math.max(1, ordered.length));
  return ordered
    .flatMap((scored) => scored.slice(0, scored.length >= ROWS ? each : Math.min(each, Math.ceil(scored.length / 2))))
    .slice(0, ROWS);
}

/** The mean of scores, to a hundredth of a point. */
function mean(units: readonly UnitLine[]): number {
  const sum = units.reduce((total, u) => total + (u.milli ?? 0), 0);
  return Math.round(sum / units.length / 10) * 10;
}
