// What somebody owes because of a clause, from rows alone.
//
// Readings taken:
// - rows of the past are those whose last day lies in or after the year looked at, and those not done, whatever their date;
// - late: done after the last day, or not done and the last day before as_of; the last day itself is in time; what has its last
//   day from the office's reading alone is not late once it is done.

import {coverageDues} from "./coverage-dues.ts";
import {findingDues} from "./finding-dues.ts";
import {inspectionDues} from "./inspection-dues.ts";
import type {Obligation, Owed} from "./owed.ts";
import {type LawInput, World} from "./world.ts";

/** Everything owed on a day, sorted by nothing in particular. */
export function obligations(input: LawInput): Obligation[] {
  return obligationsOf(new World(input));
}

export function obligationsOf(world: World): Obligation[] {
  const {as_of, from} = world;
  return [...inspectionDues(world), ...findingDues(world), ...coverageDues(world)]
    .map((owed) => ({...owed, is_known: owed.is_known ?? true, late: isLate(owed, as_of)}))
    .filter(({due_on, done_on, is_known}) => {
      if (!is_known) return due_on !== null && due_on >= as_of;
      return done_on === null || (due_on !== null && due_on >= from);
    });
}

function isLate({due_on, done_on, is_read}: Owed, as_of: string): boolean {
  if (is_read && done_on !== null) return false;
  return due_on !== null && (done_on ?? as_of) > due_on;
}
