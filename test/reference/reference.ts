// A second implementation of scoring, written from 4-scheme's text alone. It is slow, plain and exact; the program is compared
// with it. Each file says at its top how it reads what the text leaves open.
//
// Readings taken here: the units listed are those of a scored kind in force on as_of; a unit that is not 已巡查, or 未评分, has
// neither ledger nor vetoes; one not 已巡查 has no items either.

import {type Period, periodOf, yearEarlier} from "./facts/period.ts";
import {World} from "./facts/world.ts";
import type {LedgerLine, ReferenceInput, ReferenceResult, ReferenceUnit, TallyLine} from "./input.ts";
import {Bench} from "./rules/bench.ts";
import {digestOf, ordered} from "./score/ledger.ts";
import {gradeOf, rankOf} from "./score/rank.ts";
import {changedFacts, reviewLines} from "./score/review.ts";
import {tallyOf} from "./score/tally.ts";
import {scoreUnit} from "./score/unit.ts";
import {Day, day, type Row, text} from "./value.ts";

export type {ReferenceInput, ReferenceResult, SchemeSpec} from "./input.ts";

/** A unit with what ranks need. */
interface Placed extends ReferenceUnit {
  readonly group: string;
  readonly ranked: boolean;
}

/**
 * Scores one scheme.
 * Shape: raw rows, a scheme and what of the regime moves a score in; units, ledger, tally and digest out.
 * Units: milli are thousandths of a point.
 * Errors: RangeError or SyntaxError for a scheme that is not valid.
 * Source: 4-scheme-and-ledger.
 */
export function reference(input: ReferenceInput): ReferenceResult {
  const as_of = Day.of(input.as_of);
  const world = new World(input, {as_of, heirs_on: as_of, period: periodOf(input)});
  const first = world.appeals.isAnyDecided ? new World(input, {...world.sight, as_first_found: true}) : null;
  const changed = first ? changedFacts(first) : new Map();
  const units = world.rows("unit").filter((unit) => world.units.isScored(unit));
  const inspected = units.filter((unit) => world.covered(unit) === "已巡查");
  const bench = new Bench(input, world, earlierWorld(input, as_of, world.sight.period), inspected);

  const ledger: LedgerLine[] = [];
  const tally: TallyLine[] = [];
  const placed = units.map((unit): Placed => {
    const unit_code = text(unit, "unit_code") ?? "";
    const group = JSON.stringify([text(unit, "unit_kind"), text(unit, "peer_group")]);
    const covered = world.covered(unit);
    const none = {milli: null, grade: null, rank: null, provisional: false, vetoes: [], items: [], ranked: false};
    if (covered !== "已巡查") return {unit_code, covered, group, ...none};
    const scored = scoreUnit(
      unit,
      bench,
      (rule) => (first ? reviewLines(rule, bench.placed(rule)?.no ?? null, changed.get(unit_code) ?? [], first) : []),
      awaitsDecision(unit_code, world) || awaitsCalendar(unit_code, world)
    );
    tally.push(...tallyOf(unit_code, scored));
    ledger.push(...ordered(unit_code, scored.lines));
    const at_most = scored.vetoes.flatMap(({rule}) => rule.veto?.grade_at_most ?? []);
    return {
      unit_code,
      covered,
      group,
      milli: scored.milli,
      grade: scored.milli === null ? null : gradeOf(input.scheme, scored.milli, at_most),
      rank: null,
      provisional: scored.provisional,
      vetoes: scored.vetoes.map(({rule, subject}) => ({rule_id: rule.id, subject})),
      items: scored.items,
      ranked: scored.milli !== null && scored.full >= 50_000
    };
  });
  return {
    units: placed.map((unit) => {
      const {group: _group, ranked: _ranked, ...shown} = unit;
      return {...shown, rank: rankOf(unit, placed)};
    }),
    ledger,
    tally,
    digest: digestOf(placed, ledger)
  };
}

/** The same facts a year earlier, with today's heirs and decisions; built when a rule asks. */
function earlierWorld(input: ReferenceInput, as_of: Day, period: Period): () => World {
  let world: World | null = null;
  return () => {
    world ??= new World(
      {...input, year: input.year - 1},
      {as_of: as_of.plusMonths(-12), heirs_on: as_of, period: yearEarlier(period)}
    );
    return world;
  };
}

/** An appeal marks the unit that filed it, the one scored for it that day, or where nobody was, its heir. */
function awaitsDecision(unit_code: string, {appeals, units, sight}: World): boolean {
  return appeals.pending.some((appeal: Row) => {
    const filer = text(appeal, "unit_code") ?? "";
    const scored = units.scored(filer, day(appeal, "filed_on") ?? sight.as_of, sight.heirs_on, null);
    return (scored ?? units.heir(filer, sight.heirs_on)) === unit_code;
  });
}

/** Whether a due date of the unit falls into a year whose workdays are not published. */
function awaitsCalendar(unit_code: string, world: World): boolean {
  const findings = world.rows("finding", unit_code).some((row) => text(row, "due_source") === "未公布");
  return findings || world.rows("inspection", unit_code).some((row) => text(row, "response_due_state") === "未公布");
}
