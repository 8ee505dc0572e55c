// One unit's score, steps 0 to 10.
//
// Readings taken:
// - a rule that is 不涉及 counts as na when it is asked whether all rules of an item are na;
// - when no item stays (未评分) there is no ledger and no veto is named; only a scored unit can be provisional;
// - needs and applies hold for bonus and veto rules too;
// - the ledger's item of a row is the listed item it goes to, not the sub-item the rule names.

import {factOf} from "../../../src/contract/fact.ts";
import {Fraction, milli} from "../fraction.ts";
import type {ItemSpec, RuleSpec} from "../input.ts";
import type {Bench} from "../rules/bench.ts";
import {chargesOf, subjectOf} from "../rules/cost.ts";
import {judged} from "../rules/judgement.ts";
import {compareBytes, day, type Row, text} from "../value.ts";
import {beaten, bonusCap, type Charged, groupCaps, itemCaps, ruleCaps} from "./caps.ts";
import {type Kind, type Line, sumOf} from "./ledger.ts";

export interface Veto {
  readonly rule: RuleSpec;
  readonly subject: string | null;
}

/** What a unit's rules come to; `full` is F, in thousandths. */
export interface Scored {
  readonly milli: number | null;
  readonly full: number;
  readonly lines: readonly Line[];
  readonly provisional: boolean;
  readonly vetoes: readonly Veto[];
  readonly items: readonly {readonly item: string; readonly milli: number | null; readonly applies: boolean}[];
  /** Rules that are not na and whose item stays. */
  readonly rules: readonly RuleSpec[];
  readonly charges: readonly Charged[];
  readonly returned: readonly Charged[];
  /** Rules that are 不涉及 or na, and items that left. */
  readonly na: readonly string[];
  readonly pending: readonly {readonly rule: RuleSpec; readonly n: number}[];
}

interface InPlay {
  readonly rule: RuleSpec;
  readonly item: string | null;
}

/** The score of a unit that is 已巡查; `reviewed` are its 复核 rows by rule, `awaits` whether an appeal of it is undecided. */
export function scoreUnit(unit: Row, bench: Bench, reviewed: (rule: RuleSpec) => readonly Line[], awaits: boolean): Scored {
  const {scheme, input, world} = {scheme: bench.input.scheme, input: bench.input, world: bench.world};
  const fixed = new Map<RuleSpec, number | "na" | "missing">();
  for (const rule of scheme.rules) fixed.set(rule, fixedPoints(rule, unit, bench));
  const isNa = (rule: RuleSpec) => fixed.get(rule) === "na";

  const stays = (item: ItemSpec) => {
    const mine = scheme.rules.filter((rule) => !isApart(rule) && bench.placed(rule) === item);
    return bench.concerns(item, unit) && !(mine.length > 0 && mine.every(isNa));
  };
  const items = scheme.items.filter(stays);
  const inPlay: InPlay[] = scheme.rules
    .filter((rule) => !isNa(rule))
    .map((rule) => ({rule, placed: bench.placed(rule)}))
    .filter(({rule, placed}) => isApart(rule) || (placed !== null && items.includes(placed)))
    .map(({rule, placed}) => ({rule, item: isApart(rule) ? null : (placed?.no ?? null)}));

  const lines: Line[] = items.map(({no, full}) => line("基础", no, null, null, scheme.start === "full" ? milli(full) : 0));
  const charges = inPlay.flatMap(({rule, item}) =>
    rule.deduct === undefined && rule.bonus === undefined
      ? []
      : chargesOf(rule, bench.rows(rule, unit)).map((charge): Charged => ({...charge, rule, item}))
  );
  const [costs, gifts] = [
    charges.filter(({rule}) => rule.bonus === undefined),
    charges.filter(({rule}) => rule.bonus !== undefined)
  ];
  const returned = [...beaten(costs), ...beaten(gifts)];
  for (const charge of costs) lines.push(row("扣分", charge, -charge.milli));
  for (const charge of beaten(costs)) lines.push(row("择高返还", charge, charge.milli));
  for (const {rule, item} of inPlay) {
    const points = fixed.get(rule);
    const kind = kindOf(rule);
    if (kind !== null && typeof points === "number") lines.push(line(kind, item, rule.id, null, points));
  }
  const grounded = inPlay.filter(({rule}) => !isApart(rule));
  lines.push(...ruleCaps(grounded, lines));
  lines.push(...groupCaps(scheme, grounded, lines));
  lines.push(...itemCaps(items, lines));

  const full = items.reduce((sum, item) => sum + milli(item.full), 0);
  const shown = scheme.items.map((item) => ({
    item: item.no,
    milli: items.includes(item) ? sumOf(lines.filter((l) => l.item === item.no)) : null,
    applies: items.includes(item)
  }));
  const na = [
    ...scheme.rules.filter(isNa).map((rule) => rule.id),
    ...scheme.items.filter((item) => !items.includes(item)).map((item) => `item:${item.no}`)
  ];
  const result = {full, items: shown, rules: inPlay.map(({rule}) => rule), charges, returned, na};
  if (full === 0) return {...result, milli: null, lines: [], provisional: false, vetoes: [], pending: []};

  const earned = sumOf(lines);
  const scaled = Number(Fraction.ratio(100_000 * earned, full).rounded());
  lines.push(line("折算", null, null, null, scaled - earned));
  const bonuses = [
    ...gifts.map((charge) => row("加分", charge, charge.milli)),
    ...beaten(gifts).map((charge) => row("择高返还", charge, -charge.milli))
  ];
  bonuses.push(
    ...ruleCaps(
      inPlay.filter(({rule}) => rule.bonus !== undefined),
      bonuses
    )
  );
  bonuses.push(...bonusCap(scheme.bonus_cap, bonuses));
  lines.push(...bonuses);
  const exact = Fraction.ratio(100_000n * BigInt(earned) + BigInt(sumOf(bonuses)) * BigInt(full), 10n * BigInt(full));
  const score = 10 * Number(exact.rounded());
  lines.push(line("取整", null, null, null, score - sumOf(lines)));

  const {vetoes, pending} = vetoesOf(unit, bench, inPlay);
  const refused = refusal(vetoes, score);
  if (refused) lines.push(refused);
  for (const {rule} of inPlay) lines.push(...reviewed(rule));
  const missing = inPlay.filter(({rule}) => fixed.get(rule) === "missing").map(({rule}) => ({rule, n: 1}));
  return {
    ...result,
    milli: score + (refused?.milli ?? 0),
    lines,
    provisional: awaits || missing.length > 0 || pending.length > 0,
    vetoes,
    pending: [...missing, ...pending]
  };

  function fixedPoints(rule: RuleSpec, of: Row, by: Bench): number | "na" | "missing" {
    if (!by.applies(rule, of)) return "na";
    if (rule.judge) {
      const points = judged(rule, of, input, world);
      if (typeof points !== "number") return points;
      return scheme.start === "full" ? points - milli(rule.judge.to) : points;
    }
    return kindOf(rule) === null ? 0 : (by.points(rule, of) ?? "na");
  }
}

/** Bonus and veto rules stand apart from the items. */
function isApart(rule: RuleSpec): boolean {
  return rule.bonus !== undefined || rule.veto !== undefined;
}

function kindOf({ratio, steps, change, percentile, judge}: RuleSpec): Kind | null {
  if (ratio) return "比率";
  if (steps) return "分档";
  if (change) return "同比";
  if (percentile) return "位次";
  return judge ? "评议" : null;
}

function line(kind: Kind, item: string | null, rule_id: string | null, subject: string | null, milli: number): Line {
  return {kind, item, rule_id, subject, milli};
}

function row(kind: Kind, {item, rule, subject}: Charged, milli: number): Line {
  return line(kind, item, rule.id, subject, milli);
}

/** Vetoes in force by rule and subject, and those that await the end of an accident's case. */
function vetoesOf(unit: Row, bench: Bench, inPlay: readonly InPlay[]): {vetoes: Veto[]; pending: {rule: RuleSpec; n: number}[]} {
  const {appeals} = bench.world;
  const code = text(unit, "unit_code");
  /** Whether a decision of the vetoed unit, or of the unit the fact is about, takes away what happened before it was asked for. */
  const isTaken = (subject: string, rule: RuleSpec, fact: Row) => {
    const {year_by} = factOf(rule.over ?? "unit");
    const on = year_by === null ? null : day(fact, year_by);
    const appeal = appeals.about("否决", subject, (a) => {
      const filed = day(a, "filed_on");
      return (
        [code, text(fact, "unit_code")].includes(text(a, "unit_code")) &&
        (on === null || filed === null || filed.number >= on.number)
      );
    });
    return appeal !== null && text(appeal, "decision") === "撤销";
  };
  const vetoes: Veto[] = [];
  const pending: {rule: RuleSpec; n: number}[] = [];
  for (const {rule} of inPlay.filter((each) => each.rule.veto)) {
    const rows = bench
      .rows(rule, unit)
      .filter((fact) => !isTaken(rule.id, rule, fact) && !isTaken(subjectOf(rule, fact) ?? "", rule, fact));
    const sure = rows.filter((fact) => rule.over !== "accident" || fact.is_concluded === true);
    vetoes.push(...sure.map((fact) => ({rule, subject: subjectOf(rule, fact)})));
    if (rows.length > sure.length) pending.push({rule, n: rows.length - sure.length});
  }
  vetoes.sort((a, b) => compareBytes(a.rule.id, b.rule.id) || compareBytes(a.subject ?? "", b.subject ?? ""));
  return {vetoes, pending};
}

/** Step 10: the row of the veto that allows the lowest score; vetoes in order. */
function refusal(vetoes: readonly Veto[], score: number): Line | null {
  let lowest: {veto: Veto; allowed: number} | null = null;
  for (const veto of vetoes) {
    const points = veto.rule.veto?.score;
    if (points === undefined) continue;
    const allowed = milli(points);
    if (lowest === null || allowed < lowest.allowed) lowest = {veto, allowed};
  }
  if (lowest === null || lowest.allowed >= score) return null;
  return line("否决", null, lowest.veto.rule.id, lowest.veto.subject, lowest.allowed - score);
}
