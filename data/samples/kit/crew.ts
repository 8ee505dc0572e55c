import {random} from "./random.ts";

/** A team that stays together: its number, and from which inspection on which seats have somebody else. */
export interface Crew {
  readonly no: number;
  /** Inspections in the order of their numbers; seats counted from 0. */
  readonly changes: readonly (readonly [inspection: string, ...seats: number[]])[];
}

/**
 * The numbers of a team's people at an inspection, seat by seat.
 * @example peopleOf({no: 2, changes: [["X25-11", 1]]}, "X25-14", 3) // [200, 206, 210]
 */
export function peopleOf({no, changes}: Crew, inspection: string, seats: number): number[] {
  return Array.from({length: seats}, (_, seat) => {
    const before = changes.filter(([from, ...changed]) => from <= inspection && changed.includes(seat));
    return no * 100 + seat * 5 + before.length;
  });
}

/** People drawn at random for one inspection, none twice. */
export function drawn(inspection: string, seats: number): number[] {
  const r = random(`${inspection}/team`);
  const numbers = new Set<number>();
  while (numbers.size < seats) numbers.add(r.int(1, 240));
  return [...numbers];
}
