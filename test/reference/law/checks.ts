// Which rows break a clause, and of which it cannot be said, from rows alone.
//
// Readings taken:
// - a check exists for a regime whose parameters it needs are in force by as_of, whose first one does not merely allow, and
//   whose value says what it is about;
// - rows from what is owed are judged when their last day is over, or they are done; quotas, cycles and rounds when it has come;
// - blank yes or no is not known and never a breach; a day that is missing is a breach.

import type {Check, Offending} from "./check.ts";
import {findingChecks} from "./finding-checks.ts";
import {obligationsOf} from "./obligation.ts";
import {owedChecks} from "./owed-checks.ts";
import {stepChecks} from "./step-checks.ts";
import {teamChecks} from "./team-checks.ts";
import {type LawInput, World} from "./world.ts";

export interface Checked {
  readonly id: string;
  readonly rows: readonly Offending[];
}

const ALL: readonly Check[] = [...teamChecks, ...stepChecks, ...findingChecks, ...owedChecks];

/** The checks of a regime with their offending rows, by id. */
export function checks(input: LawInput): Checked[] {
  const world = new World(input);
  const owed = obligationsOf(world);
  return ALL.filter(({needs, when = () => true}) => {
    const value = world.value<Record<string, unknown>>(needs, input.as_of);
    return world.binds(needs) && value !== undefined && when(value);
  })
    .map(({id, rows}) => ({id, rows: rows(world, owed).filter((row) => row !== null)}))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
