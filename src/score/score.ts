import {groupBy} from "./group.ts";
import type {ItemScore, Milli, Plan, PlanRule, PointsRow, ScoredUnit, UnitScore} from "./types.ts";

/**
 * Scores of a scheme's units from their tally: caps, item floors, 折算, bonus, 取整, vetoes, grades, ranks.
 * Shape: all units of the scheme in; one result each, in the same order; only 已巡查 units are scored, others are null.
 * Units: milli-points, whole numbers throughout.
 * Source: 4-scheme, Order and arithmetic, steps 3 to 10.
 * @example scoreUnits(plan, units, tally)[0].score // "98.82"
 */
export function scoreUnits(plan: Plan, units: readonly ScoredUnit[], tally: readonly PointsRow[]): UnitScore[] {
  const rows = groupBy(tally, (row) => row.unit_code);
  return ranked(units.map((unit) => scoreUnit(plan, unit, rows.get(unit.unit_code) ?? [])));
}

/** Why a unit that was inspected has no score. */
const NOTHING_APPLIES = "各项内容都不涉及或不能计算，没有得分";

type Unranked = UnitScore & {readonly seen_milli: Milli};
/** A unit's tally by rule_id. */
type Tallied = ReadonlyMap<string, readonly PointsRow[]>;

function scoreUnit(plan: Plan, unit: ScoredUnit, tally: readonly PointsRow[]): Unranked {
  const rows = groupBy(tally, (row) => row.rule_id);
  const {unit_code, unit_name, unit_kind, peer_group, covered, covered_because} = unit;
  const who = {unit_code, unit_name, unit_kind, peer_group, covered, covered_because};
  const nothing = {
    score: null,
    milli: null,
    grade: null,
    rank: null,
    provisional: false,
    provisional_because: [],
    vetoes: [],
    seen_milli: 0
  };
  if (covered !== "已巡查") return {...who, ...nothing, items: []};
  const items = plan.items.map((item) => itemPoints(plan, item, rows));
  const seen = items.filter((i) => i.applies);
  const full = sum(seen.map((i) => i.full_milli));
  const shown = items.map(
    ({no, full_milli, milli, applies}): ItemScore => ({
      item: no,
      full: points(full_milli),
      score: applies ? points(milli) : null,
      applies
    })
  );
  if (full === 0) return {...who, covered_because: who.covered_because ?? NOTHING_APPLIES, ...nothing, items: shown};
  const reached = sum(seen.map((i) => i.milli));
  const before = 10 * roundedQuotient(100000 * reached + bonusPoints(plan, rows) * full, 10 * full);
  const vetoes = vetoesOf(plan, rows);
  const milli = Math.min(before, ...vetoes.flatMap((v) => (v.score === null ? [] : [v.score])));
  const because = provisionalBecause(plan, unit, rows);
  return {
    ...who,
    score: points(milli),
    milli,
    grade: lowered(
      plan,
      gradeOf(plan, milli),
      vetoes.flatMap((v) => (v.grade_at_most === null ? [] : [v.grade_at_most]))
    ),
    rank: null,
    provisional: because.length > 0,
    provisional_because: because,
    vetoes: vetoes.map(({rule_id, name, effect}) => ({rule_id, name, effect, subject: null})),
    items: shown,
    seen_milli: full
  };
}

/** Steps 3 to 5 for one item: rule caps, group caps, floor 0 (or ceiling full). */
function itemPoints(plan: Plan, item: Plan["items"][number], rows: Tallied) {
  const rules = plan.rules.filter((r) => r.item === item.no);
  const capped = new Map(rules.map((rule) => [rule.id, within(rule.cap_milli, ruleSum(rule, rows))]));
  let milli = plan.start === "full" ? item.full_milli : 0;
  const grouped = new Set<string>();
  for (const cap of plan.caps.filter((c) => c.rules.some((id) => capped.has(id)))) {
    milli += within(cap.cap_milli, sum(cap.rules.map((id) => capped.get(id) ?? 0)));
    for (const id of cap.rules) grouped.add(id);
  }
  for (const [id, value] of capped) if (!grouped.has(id)) milli += value;
  const applies = !rows.get(`item:${item.no}`)?.some((r) => r.bucket === "na");
  return {no: item.no, full_milli: item.full_milli, milli: Math.min(Math.max(milli, 0), item.full_milli), applies};
}

function ruleSum({id}: PlanRule, rows: Tallied): Milli {
  const charged = rows.get(id)?.filter((r) => r.bucket !== "na" && r.bucket !== "pending") ?? [];
  return sum(charged.map((r) => r.raw_milli));
}

function within(cap: Milli | null, value: Milli): Milli {
  return cap === null ? value : Math.min(Math.max(value, -cap), cap);
}

function bonusPoints(plan: Plan, rows: Tallied): Milli {
  const total = sum(plan.rules.filter((r) => r.measure === "bonus").map((rule) => within(rule.cap_milli, ruleSum(rule, rows))));
  return plan.bonus_cap_milli === null ? total : Math.min(total, plan.bonus_cap_milli);
}

function vetoesOf(plan: Plan, rows: Tallied) {
  return plan.rules.flatMap((rule) => {
    const row = rows.get(rule.id)?.find((r) => r.bucket === "");
    if (rule.measure !== "veto" || !row) return [];
    const score = row.num === null ? null : Number(row.num);
    const effects = [
      ...(score === null ? [] : [`得分不高于${points(score)}分`]),
      ...(rule.grade_at_most === null ? [] : [`等次不高于“${rule.grade_at_most}”`])
    ];
    return [{rule_id: rule.id, name: rule.name, effect: effects.join("，"), score, grade_at_most: rule.grade_at_most}];
  });
}

function provisionalBecause(plan: Plan, unit: ScoredUnit, rows: Tallied): string[] {
  const pending = plan.rules.filter((rule) => rows.get(rule.id)?.some((r) => r.bucket === "pending"));
  return [
    ...pending.filter((r) => r.measure === "judge").map((r) => `${r.name}（${r.id}）尚未评议`),
    ...pending.filter((r) => r.measure === "veto").map((r) => `${r.name}（${r.id}）待事故批复结案：否决待定`),
    ...(unit.provisional ? ["有期限落在节假日安排未公布的年份"] : []),
    ...(unit.pending_appeals > 0 ? [`${unit.pending_appeals}件异议复核尚未决定`] : [])
  ];
}

/** The grade a score reaches; the last one when it reaches none. */
export function gradeOf({grades}: Plan, milli: Milli): string | null {
  return (grades.find((g) => milli >= g.from_milli) ?? grades.at(-1))?.name ?? null;
}

function lowered({grades}: Plan, grade: string | null, limits: readonly string[]): string | null {
  const place = (name: string | null) => grades.findIndex((g) => g.name === name);
  return [grade, ...limits].toSorted((a, b) => place(b) - place(a))[0] ?? grade;
}

/** 1, 2, 2, 4 within kind and peer group; a unit of which under half of the points was seen is not ranked. */
function ranked(scores: readonly Unranked[]): UnitScore[] {
  const comparable = scores.filter((u) => u.milli !== null && u.seen_milli >= 50000);
  const peers = groupBy(comparable, ({unit_kind, peer_group}) => JSON.stringify([unit_kind, peer_group]));
  const ranks = new Map([...peers.values()].flatMap(rankedPeers));
  return scores.map((unit) => {
    const {seen_milli: _, ...shown} = unit;
    return {...shown, rank: ranks.get(unit) ?? null};
  });
}

/** Rank of each: one more than those above it. */
function rankedPeers(peers: readonly Unranked[]): [Unranked, number][] {
  const best = peers.toSorted((a, b) => (b.milli ?? 0) - (a.milli ?? 0));
  let rank = 1;
  return best.map((unit, i) => {
    if (unit.milli !== best[i - 1]?.milli) rank = i + 1;
    return [unit, rank];
  });
}

/**
 * Quotient of whole numbers rounded half away from zero; exact up to 2^53.
 * Errors: RangeError for a divisor that is not positive.
 */
export function roundedQuotient(num: number, den: number): number {
  if (den <= 0) throw new RangeError("除数应大于0");
  const [n, d] = [BigInt(Math.abs(num)), BigInt(den)];
  return Math.sign(num) * Number((2n * n + d) / (2n * d));
}

/**
 * Milli-points as points: two places, or three where a thousandth is left. Exact.
 * @example points(98820) // "98.82"
 */
export function points(milli: Milli): string {
  const sign = milli < 0 ? "-" : "";
  const whole = Math.abs(milli);
  const text = `${sign}${Math.floor(whole / 1000)}.${String(whole % 1000).padStart(3, "0")}`;
  return text.endsWith("0") ? text.slice(0, -1) : text;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
