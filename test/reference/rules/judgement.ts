// What a person decided.
//
// Readings taken: a judgement is of the unit's own code (it does not pass to an heir) and of the scored year; points outside the
// rule's range are as if not given, also when an appeal set them; an appeal about a judgement that does not count changes nothing.

import type {World} from "../facts/world.ts";
import {Fraction, milliOf} from "../fraction.ts";
import type {ReferenceInput, RuleSpec} from "../input.ts";
import {Day, day, type Row, text} from "../value.ts";

/** The points given, in thousandths; `na` for 不涉及; `missing` when not decided. */
export function judged(rule: RuleSpec, unit: Row, input: ReferenceInput, world: World): number | "na" | "missing" {
  const code = text(unit, "unit_code");
  const until = Day.of(input.decisions_until);
  const row = world.judgements.find(
    (j) =>
      text(j, "unit_code") === code &&
      text(j, "rule_id") === rule.id &&
      text(j, "year") === String(input.year) &&
      (day(j, "judged_on")?.number ?? Infinity) <= until.number
  );
  if (!row || !rule.judge) return "missing";
  const appeal = world.appeals.about(
    "评议",
    rule.id,
    (a) => world.units.heir(text(a, "unit_code") ?? "", world.sight.heirs_on) === code
  );
  if (appeal !== null && text(appeal, "decision") === "撤销") return "missing";
  const changed = appeal?.new_points ?? null;
  if (changed === null && text(row, "points") === "不涉及") return "na";
  const points = changed instanceof Fraction ? changed : Fraction.of(text(row, "points") ?? "");
  const {from, to} = rule.judge;
  const inRange = points.compare(Fraction.of(from)) >= 0 && points.compare(Fraction.of(to)) <= 0;
  return inRange ? milliOf(points) : "missing";
}
