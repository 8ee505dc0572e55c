import {ruleShare, type Share, scaled, wholeShare} from "./assessment-share.ts";
import {becauseOf, ownBecause, replacedBecause} from "./assessment-words.ts";
import {groupBy} from "./group.ts";
import {points} from "./score.ts";
import type {Milli, Plan, TallyRow, UnitScore} from "./types.ts";

/** How strongly a result counts in the annual assessment, weakest first: 参考 依据 纳入 替代. */
export type Force = "参考" | "依据" | "纳入" | "替代";

/** One use of the result. */
export interface AssessmentUse {
  readonly what: string;
  readonly force: Force;
  /** The regime's clause that gives the power. */
  readonly clause: string;
  readonly unit_kinds: readonly string[];
  /** 替代 only: the assessment's own items and the contents of the inspection that take their place. */
  readonly map: readonly {readonly code: string; readonly item: string}[];
  /** One rule's points instead of the whole score; `most_milli`: what it can lose at most (start zero: earn). */
  readonly rule: {readonly id: string; readonly name: string; readonly most_milli: Milli} | null;
  /** Points of the indicator that this use decides; null for 替代, where every item has its own. */
  readonly full_milli: Milli | null;
}

/** What a scheme says of the annual assessment, checked. */
export interface Assessment {
  readonly indicator: {readonly code: string; readonly name: string; readonly full_milli: Milli};
  readonly uses: readonly AssessmentUse[];
}

/** A row of table `appraisal`: what the assessment itself gave. */
export interface Appraised {
  readonly item_code: string;
  readonly item_name: string;
  readonly full_milli: Milli;
  readonly points_milli: Milli;
}

/** Where the result comes from: this year's inspection, an earlier year's, or a higher level's this year. */
export type Source = "本年巡查" | "沿用上次" | "采用上级结果";

/** An inspection's result as the assessment uses it. */
export interface UsedResult {
  readonly source: Source;
  /** The year it was computed for; a level's name when it is a higher level's. */
  readonly year: number;
  readonly level: string | null;
  readonly score: UnitScore;
  /** The unit's tally rows of that computation. */
  readonly tally: readonly TallyRow[];
}

/** A unit before it is assessed. */
export interface AssessedUnit {
  /** This year's score, also of units not inspected. */
  readonly unit: UnitScore;
  /** Whether an inspection that counts ended in the year itself: 替代 is for those units only. */
  readonly inspected_in_year: boolean;
  /** Null when the scheme's policy gives none; `none` says why. */
  readonly result: UsedResult | null;
  readonly none: string;
  readonly appraised: readonly Appraised[];
}

/** One indicator of one unit. Points are decimal strings of two places, milli are integers. */
export interface IndicatorPoints {
  readonly use: number;
  readonly what: string;
  readonly force: Force;
  readonly clause: string;
  readonly rule_id: string | null;
  /** 替代: the content of the inspection. */
  readonly item: string | null;
  readonly code: string;
  readonly name: string;
  readonly full: string | null;
  readonly full_milli: Milli | null;
  readonly points: string | null;
  readonly points_milli: Milli | null;
  /** Whether the points enter the assessment's total: never with 参考, with 依据 once the assessment office has entered its own. */
  readonly counts: boolean;
  /** 依据: the assessment office has not entered its points yet. */
  readonly awaits_acceptance: boolean;
  /** What the assessment itself gave for the item, when its table has a row. */
  readonly own: string | null;
  readonly own_milli: Milli | null;
  /** 替代: what the inspection gives, scaled. */
  readonly inspected: string | null;
  readonly inspected_milli: Milli | null;
  readonly provisional: boolean;
  readonly because: string;
}

/** The assessment's sum for one unit: its own items with the points that the inspection brings. */
export interface AssessmentTotal {
  readonly full: string;
  readonly full_milli: Milli;
  readonly without: string;
  readonly without_milli: Milli;
  /** With 替代; the same as `without` where nothing was replaced. */
  readonly with: string;
  readonly with_milli: Milli;
  /** 依据 not yet accepted: in neither sum. */
  readonly awaiting: string;
  readonly awaiting_milli: Milli;
}

/** A unit in the annual assessment. */
export interface UnitAssessment {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly covered: UnitScore["covered"];
  /** The score that was used, after vetoes; null when there is none. */
  readonly score: string | null;
  readonly milli: Milli | null;
  readonly source: Source | null;
  readonly source_year: number | null;
  readonly indicators: readonly IndicatorPoints[];
  /** Null when neither the assessment's table nor the inspection has anything for the unit. */
  readonly total: AssessmentTotal | null;
}

/**
 * What each unit gets in the annual assessment.
 * Shape: units of one scheme in, one result each in the same order; a unit of a kind that no use reaches has no indicators.
 * Units: milli-points, rounded half away from zero to a hundredth of a point.
 * Source: 4-scheme, The annual assessment.
 * @example assessUnits(plan, assessment, [unit], "巡查")[0].indicators[0].points // "8.94"
 */
export function assessUnits(plan: Plan, assessment: Assessment, units: readonly AssessedUnit[], word = "巡查"): UnitAssessment[] {
  return units.map((unit) => assessUnit(plan, assessment, unit, word));
}

function assessUnit(plan: Plan, {indicator, uses}: Assessment, given: AssessedUnit, word: string): UnitAssessment {
  const {unit, result, appraised} = given;
  const entered = appraised.find((a) => a.item_code === indicator.code) ?? null;
  const mine = uses.flatMap((use, i) => (use.unit_kinds.includes(unit.unit_kind) ? [{use, no: i + 1}] : []));
  const indicators = mine.flatMap(({use, no}) =>
    use.force === "替代"
      ? use.map.map((pair) => replacedItem(use, no, pair, given, word))
      : [contribution(plan, indicator, use, no, given, entered, word)]
  );
  const {unit_code, unit_name, unit_kind, covered} = unit;
  return {
    ...{unit_code, unit_name, unit_kind, covered},
    score: result?.score.score ?? null,
    milli: result?.score.milli ?? null,
    source: result?.source ?? null,
    source_year: result?.year ?? null,
    indicators,
    total: totalOf(indicator.code, indicators, appraised, entered)
  };
}

/** 参考, 依据, 纳入: full × score ÷ 100, or full × the rule's share. */
function contribution(
  plan: Plan,
  indicator: Assessment["indicator"],
  use: AssessmentUse,
  no: number,
  {unit, result, none}: AssessedUnit,
  entered: Appraised | null,
  word: string
): IndicatorPoints {
  const full = use.full_milli ?? indicator.full_milli;
  const share: Share = result === null ? {why: none} : use.rule ? ruleShare(plan, use.rule, result) : wholeShare(result, word);
  const milli = "why" in share ? null : scaled(full, share.num, share.den);
  const accepted = use.force === "依据" && entered !== null;
  return {
    ...head(use, no),
    code: indicator.code,
    name: indicator.name,
    ...worth(full, milli),
    counts: milli !== null && (use.force === "纳入" || accepted),
    awaits_acceptance: milli !== null && use.force === "依据" && !accepted,
    own: entered && points(entered.points_milli),
    own_milli: entered?.points_milli ?? null,
    inspected: null,
    inspected_milli: null,
    provisional: milli !== null && result?.score.provisional === true,
    because: becauseOf({use, share, full, milli, entered, covered: unit.covered, result, word})
  };
}

/** 替代: the inspection's points for the content stand where the assessment's own stood. */
function replacedItem(
  use: AssessmentUse,
  no: number,
  {code, item}: AssessmentUse["map"][number],
  {unit, inspected_in_year, result, appraised}: AssessedUnit,
  word: string
): IndicatorPoints {
  const own = appraised.find((a) => a.item_code === code) ?? null;
  const here = inspected_in_year && result?.source === "本年巡查" ? result : null;
  const seen = here?.score.items.find((i) => i.item === item);
  const [num, den] = [seen?.score == null ? null : milliOf(seen.score), seen ? milliOf(seen.full) : 0];
  const inspected = own === null || num === null ? null : scaled(own.full_milli, num, den);
  const milli = inspected ?? own?.points_milli ?? null;
  return {
    ...head(use, no),
    item,
    code,
    name: own?.item_name ?? code,
    ...worth(own?.full_milli ?? null, milli),
    counts: milli !== null,
    awaits_acceptance: false,
    own: own && points(own.points_milli),
    own_milli: own?.points_milli ?? null,
    inspected: inspected === null ? null : points(inspected),
    inspected_milli: inspected,
    provisional: inspected !== null && here?.score.provisional === true,
    because:
      own !== null && inspected !== null && here && num !== null
        ? replacedBecause({own, item, num, den, inspected, result: here, word})
        : ownBecause({own, code, item, isInspected: here !== null, covered: unit.covered, word})
  };
}

function head({what, force, clause, rule}: AssessmentUse, no: number) {
  return {use: no, what, force, clause, rule_id: rule?.id ?? null, item: null};
}

function worth(full: Milli | null, milli: Milli | null) {
  return {
    full: full === null ? null : points(full),
    full_milli: full,
    points: milli === null ? null : points(milli),
    points_milli: milli
  };
}

/**
 * The assessment's items with what the inspection brings. The indicator's own row is the assessment office's word on a 依据: it
 * stands for all parts; under 纳入 the computed points stand instead of it.
 */
function totalOf(
  code: string,
  indicators: readonly IndicatorPoints[],
  appraised: readonly Appraised[],
  entered: Appraised | null
): AssessmentTotal | null {
  const brought = indicators.filter((i) => i.force === "纳入" || i.force === "依据");
  const isDecided = entered !== null && (brought.length === 0 || brought.some((i) => i.force === "依据"));
  const rows = appraised.filter((a) => a.item_code !== code || isDecided);
  const counted = isDecided ? [] : brought.filter((i) => i.counts);
  if (rows.length === 0 && counted.length === 0) return null;
  const replaced = groupBy(
    indicators.filter((i) => i.force === "替代"),
    (i) => i.code
  );
  const added = sum(counted.map((i) => i.points_milli ?? 0));
  const full = sum(rows.map((a) => a.full_milli)) + sum(counted.map((i) => i.full_milli ?? 0));
  const without = added + sum(rows.map((a) => a.points_milli));
  const replacing = added + sum(rows.map((a) => replaced.get(a.item_code)?.[0]?.points_milli ?? a.points_milli));
  const awaiting = sum(brought.filter((i) => i.awaits_acceptance).map((i) => i.points_milli ?? 0));
  return {
    ...{full: points(full), full_milli: full, without: points(without), without_milli: without},
    ...{with: points(replacing), with_milli: replacing, awaiting: points(awaiting), awaiting_milli: awaiting}
  };
}

/** `"12.335"` in milli-points. */
function milliOf(text: string): Milli {
  const [whole = "0", part = ""] = text.split(".");
  return Number(whole) * 1000 + Number(part.padEnd(3, "0"));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
