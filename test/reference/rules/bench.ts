// A rule applied to a unit.
//
// Readings taken:
// - `empty: full` leaves or gives all points (no loss; with start zero the highest of the table), `zero` the reverse (the highest
//   of the table as loss; with start zero nothing);
// - needs counts the rule's rows (after where, period and decisions) and is asked today only, not of the base of a change;
// - a unit is 已巡查 in the base window when a counting inspection ended in the scheme's period shifted back by a year, whatever
//   the rule's own window; a unit's base is that of all units it is heir to by today: their facts, their exposure together
//   (decided after comparing);
// - base 0 and now below 0: na; so is a base below 0 (decided after comparing);
// - a value of peers is na where rule or item is 不涉及, the item was not looked at or needs is not met; `within` may name any
//   column of the unit.

import type {World} from "../facts/world.ts";
import {Fraction, milli, milliOf} from "../fraction.ts";
import type {Empty, ItemSpec, ReferenceInput, RuleSpec, ValueSpec} from "../input.ts";
import {holds} from "../sql/evaluate.ts";
import {type Row, text} from "../value.ts";
import {rowsOf} from "./rows.ts";
import {band, countRatio, type Measured, measure} from "./value.ts";

const HUNDRED = Fraction.ratio(100n);

/** What rules are applied with: today's facts, those of a year earlier, and the 已巡查 units. */
export class Bench {
  constructor(
    readonly input: ReferenceInput,
    readonly world: World,
    private readonly earlier: () => World,
    readonly inspected: readonly Row[]
  ) {}

  /** The listed item a rule's points go to: its item or the nearest one above; null for bonus and veto. */
  placed(rule: RuleSpec): ItemSpec | null {
    for (let no = rule.item; no !== undefined && no !== ""; no = no.includes(".") ? no.slice(0, no.lastIndexOf(".")) : undefined) {
      const item = this.input.scheme.items.find((i) => i.no === no);
      if (item) return item;
    }
    return null;
  }

  /** Whether an item concerns a unit: by its own `applies`, and looked at by the unit's inspections. */
  concerns(item: ItemSpec, unit: Row): boolean {
    return holds(item.applies, unit) && this.world.lookedAt(text(unit, "unit_code") ?? "", item.no);
  }

  /** Whether a rule applies to a unit and has as many rows as it needs. */
  applies(rule: RuleSpec, unit: Row): boolean {
    if (!holds(rule.applies, unit)) return false;
    if (!rule.needs) return true;
    const {count, at_least} = rule.needs;
    return this.rows(rule, unit).filter((row) => holds(count, row)).length >= at_least;
  }

  rows(rule: RuleSpec, unit: Row): Row[] {
    return rowsOf(rule, text(unit, "unit_code") ?? "", this.world);
  }

  /** What ratio, steps, change or percentile comes to, signed, in thousandths; null when na. */
  points(rule: RuleSpec, unit: Row): number | null {
    if (rule.ratio) return this.ratio(rule.ratio, this.rows(rule, unit));
    if (rule.steps) {
      const x = measure(rule.steps.value, this.rows(rule, unit), unit);
      return x instanceof Fraction ? this.signed(band(rule.steps.table, x)) : this.empty(x, rule.steps);
    }
    if (rule.change) return this.change(rule, rule.change, unit);
    if (rule.percentile) return this.percentile(rule, rule.percentile, unit);
    return null;
  }

  private get full(): boolean {
    return this.input.scheme.start === "full";
  }

  /** Points of a table as a loss or a gain. */
  private signed(points: number): number {
    return (this.full ? -1 : 1) * milli(points) + 0;
  }

  private empty(x: Measured, {empty, table}: NonNullable<RuleSpec["steps"]>): number | null {
    if (x === "na" || empty === undefined || empty === "na") return null;
    const most = Math.max(...table.map(([, points]) => points));
    return (empty === "full") === this.full ? 0 : this.signed(most);
  }

  private ratio(ratio: NonNullable<RuleSpec["ratio"]>, rows: readonly Row[]): number | null {
    let {num, den} = countRatio(ratio, rows);
    if (den === 0) {
      const empty: Empty = ratio.empty ?? "na";
      if (empty === "na") return null;
      [num, den] = [empty === "full" ? 1 : 0, 1];
    }
    const share = Fraction.ratio(num, den);
    const points = Fraction.of(ratio.points);
    if (ratio.at_least !== undefined) {
      const met = share.compare(Fraction.of(ratio.at_least)) >= 0;
      return met === this.full ? 0 : this.signed(ratio.points);
    }
    if (ratio.target !== undefined) {
      const short = Fraction.of(ratio.target).minus(share).times(HUNDRED);
      if (short.num <= 0n) return 0;
      const loss = short.times(Fraction.of(ratio.lose ?? 0));
      return -milliOf(loss.compare(points) > 0 ? points : loss) + 0;
    }
    return this.full ? -milliOf(points.times(Fraction.one.minus(share))) + 0 : milliOf(points.times(share));
  }

  private change(rule: RuleSpec, {value, table}: NonNullable<RuleSpec["change"]>, unit: Row): number | null {
    const code = text(unit, "unit_code") ?? "";
    const now = measure(value, this.rows(rule, unit), unit);
    const world = this.earlier();
    const then = predecessors(world, code);
    if (!(now instanceof Fraction) || then === null) return null;
    if (["finding", "visit", "inspection"].includes(rule.over ?? "") && !then.isInspected) return null;
    const base = measure(value, rowsOf(rule, code, world), then.row);
    if (!(base instanceof Fraction)) return null;
    if (base.num < 0n) return null;
    if (!base.isZero()) return this.signed(band(table, now.minus(base).over(base)));
    if (now.isZero()) return this.signed(band(table, Fraction.zero));
    if (now.num < 0n) return null;
    const all = table.map(([, points]) => points);
    return this.signed(this.full ? Math.max(...all) : Math.min(...all));
  }

  private percentile(
    rule: RuleSpec,
    {value, better, within, table}: NonNullable<RuleSpec["percentile"]>,
    unit: Row
  ): number | null {
    const mine = this.compared(rule, value, unit);
    if (mine === null) return null;
    const peers = this.inspected
      .filter((other) => text(other, "unit_code") !== text(unit, "unit_code"))
      .filter((other) => text(other, "unit_kind") === text(unit, "unit_kind"))
      .filter((other) => within === undefined || text(other, within) === text(unit, within))
      .map((other) => this.compared(rule, value, other))
      .filter((theirs) => theirs !== null);
    if (peers.length < 5) return null;
    const worse = peers.filter((theirs) => (better === "low" ? theirs.compare(mine) > 0 : theirs.compare(mine) < 0)).length;
    return this.signed(band(table, Fraction.ratio(worse, peers.length)));
  }

  private compared(rule: RuleSpec, value: ValueSpec, unit: Row): Fraction | null {
    const item = this.placed(rule);
    if (!this.applies(rule, unit) || (item !== null && !this.concerns(item, unit))) return null;
    const x = measure(value, this.rows(rule, unit), unit);
    return x instanceof Fraction ? x : null;
  }
}

/** The units of a year earlier that have become a unit by today, as one: their exposure together; null when there were none. */
function predecessors(world: World, code: string): {row: Row; isInspected: boolean} | null {
  const {units, sight} = world;
  const then = world.rows("unit").filter((row) => units.heir(text(row, "unit_code") ?? "", sight.heirs_on) === code);
  const [first] = then;
  if (!first) return null;
  const known = then.flatMap(({exposure}) => (exposure instanceof Fraction ? [exposure] : []));
  const exposure = known.length === 0 ? null : known.reduce((a, b) => a.plus(b));
  return {row: {...first, exposure}, isInspected: then.some((row) => world.covered(row) === "已巡查")};
}
