// Which inspections make a unit 已巡查, and which of several count.
//
// Readings taken:
// - an inspection of a unit since dissolved covers its heir; one of a unit below (a child enterprise) does not cover the unit;
// - 巡查中: a counting inspection that started by the period's end and had not ended by it (by round: not ended at as_of);
// - 当年不再安排: an inspection that fits an `exempt` entry started in the calendar year (decided after comparing); unit_kind is
//   the unit's kind today; of several states the first of 已巡查, 巡查中, 当年不再安排, 未巡查 holds;
// - with `latest` only inspections that could be chosen (counting kind, ended in the period) lose to another; rows of other
//   inspections count;
// - items of inspections: a scheme's item is looked at when it, an item above it or an item below it is listed.

import type {ReferenceUnit, RegimeSpec} from "../input.ts";
import {compareBytes, Day, day, type Row, text} from "../value.ts";
import {endedIn, type Period} from "./period.ts";

/** Inspections as seen by one period. */
export class Coverage {
  /** Inspections of counting kinds that ended in the period. */
  private readonly ended: readonly Row[];
  /** Of those, the ones that lost to a later one. */
  private readonly superseded: ReadonlySet<string>;

  constructor(
    private readonly inspections: readonly Row[],
    private readonly period: Period,
    private readonly rules: {readonly regime: RegimeSpec; readonly latest: boolean; readonly year: number},
    private readonly heir: (code: string) => string
  ) {
    this.ended = inspections.filter((row) => this.counts(row) && endedIn(row, period));
    this.superseded = new Set(rules.latest ? this.losers() : []);
  }

  /** Whether rows of an inspection count; rows of none do. */
  isCounted(inspection_id: string | null): boolean {
    return inspection_id === null || !this.superseded.has(inspection_id);
  }

  /** The state of a unit: inspected or not. */
  of(unit_code: string, unit_kind: string): ReferenceUnit["covered"] {
    if (this.ended.some((row) => this.covers(row, unit_code))) return "已巡查";
    const mine = this.inspections.filter((row) => this.covers(row, unit_code));
    if (mine.some((row) => this.counts(row) && this.runs(row))) return "巡查中";
    return mine.some((row) => this.exempts(row, unit_kind)) ? "当年不再安排" : "未巡查";
  }

  /** Whether a unit's inspections looked at an item of the scheme. */
  lookedAt(unit_code: string, item: string): boolean {
    const mine = this.ended.filter((row) => this.covers(row, unit_code) && this.isCounted(text(row, "inspection_id")));
    return mine.some((row) => {
      const listed = (text(row, "items") ?? "").split(/[、,，]/).map((part) => part.trim());
      const items = listed.filter((part) => part !== "");
      return items.length === 0 || items.some((no) => no === item || isBelow(no, item) || isBelow(item, no));
    });
  }

  private covers(inspection: Row, unit_code: string): boolean {
    return this.heir(text(inspection, "unit_code") ?? "") === unit_code;
  }

  private counts(inspection: Row): boolean {
    const {counts, extended_counts} = this.rules.regime;
    if (!extended_counts && text(inspection, "extended_from") !== null) return false;
    return counts.length === 0 || counts.includes(text(inspection, "kind") ?? "");
  }

  private runs(inspection: Row): boolean {
    const [started, ended] = [day(inspection, "started_on"), day(inspection, "ended_on")];
    if (started === null) return false;
    if (this.period.round !== null) return ended === null && text(inspection, "round_no") === this.period.round;
    return started.number <= this.period.to.number && (ended === null || ended.number > this.period.to.number);
  }

  private exempts(inspection: Row, unit_kind: string): boolean {
    const on = day(inspection, "started_on");
    if (on === null || on.year !== this.rules.year) return false;
    return this.rules.regime.exempt.some(
      (entry) =>
        (entry.extended_from === undefined || entry.extended_from === text(inspection, "extended_from")) &&
        (entry.kind === undefined || entry.kind === text(inspection, "kind")) &&
        (entry.unit_kind === undefined || entry.unit_kind === unit_kind)
    );
  }

  private losers(): string[] {
    const best = new Map<string, Row>();
    for (const row of this.ended) {
      const unit = text(row, "unit_code") ?? "";
      const other = best.get(unit);
      if (!other || isLater(row, other)) best.set(unit, row);
    }
    return this.ended
      .filter((row) => best.get(text(row, "unit_code") ?? "") !== row)
      .map((row) => text(row, "inspection_id") ?? "");
  }
}

function isBelow(no: string, above: string): boolean {
  return no.startsWith(`${above}.`);
}

function isLater(a: Row, b: Row): boolean {
  const difference = (day(a, "ended_on") ?? new Day(0)).number - (day(b, "ended_on") ?? new Day(0)).number;
  return difference === 0 ? compareBytes(text(a, "inspection_id") ?? "", text(b, "inspection_id") ?? "") > 0 : difference > 0;
}
