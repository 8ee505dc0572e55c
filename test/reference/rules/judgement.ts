// What a person decided.
//
// Decided after comparing: a judgement passes to the unit's heir; an appeal about 评议 is about one year's judgement, see aimedAt.
// Readings taken: a judgement is of the scored year; points outside the rule's range are as if not given, also when an appeal set them; an appeal about a judgement that does not count changes nothing.

import type {World} from "../facts/world.ts";
import {Fraction, milliOf} from "../fraction.ts";
import type {ReferenceInput, RuleSpec} from "../input.ts";
import {compareBytes, Day, day, type Row, text} from "../value.ts";

/** The points given, in thousandths; `na` for 不涉及; `missing` when not decided. */
export function judged(rule: RuleSpec, unit: Row, input: ReferenceInput, world: World): number | "na" | "missing" {
  const code = text(unit, "unit_code");
  const until = Day.of(input.decisions_until);
  const known = world.judgements.filter(
    (j) => text(j, "rule_id") === rule.id && (day(j, "judged_on")?.number ?? Infinity) <= until.number
  );
  const heir = (j: Row) => world.units.heir(text(j, "unit_code") ?? "", world.sight.heirs_on);
  // The unit's own judgement first, then those of units it is heir to.
  const [row] = known
    .filter((j) => text(j, "year") === String(input.year) && heir(j) === code)
    .sort(
      (a, b) =>
        Number(text(b, "unit_code") === code) - Number(text(a, "unit_code") === code) ||
        compareBytes(text(a, "unit_code") ?? "", text(b, "unit_code") ?? "")
    );
  if (!row || !rule.judge) return "missing";
  const appeal = world.appeals.about("评议", rule.id, (a) => {
    if (text(a, "unit_code") !== text(row, "unit_code")) return false;
    const mine = known.filter((j) => text(j, "unit_code") === text(row, "unit_code"));
    return aimedAt(a, mine) === row;
  });
  if (appeal !== null && text(appeal, "decision") === "撤销") return "missing";
  const changed = appeal?.new_points ?? null;
  if (changed === null && text(row, "points") === "不涉及") return "na";
  const points = changed instanceof Fraction ? changed : Fraction.of(text(row, "points") ?? "");
  const {from, to} = rule.judge;
  const inRange = points.compare(Fraction.of(from)) >= 0 && points.compare(Fraction.of(to)) <= 0;
  return inRange ? milliOf(points) : "missing";
}

/** The judgement an appeal is about: the last one made before it was filed, or else the first one after. */
function aimedAt(appeal: Row, judgements: readonly Row[]): Row | null {
  const filed = day(appeal, "filed_on")?.number ?? 0;
  const made = (j: Row) => day(j, "judged_on")?.number ?? 0;
  const [nearest] = [...judgements].sort(
    (a, b) =>
      Number(made(a) > filed) - Number(made(b) > filed) ||
      Math.abs(made(a) - filed) - Math.abs(made(b) - filed) ||
      Number(text(b, "year")) - Number(text(a, "year"))
  );
  return nearest ?? null;
}
