import {random} from "../generate.ts";

/** Choices that a seed makes. */
export interface Dice {
  /** A whole number from 0 on, below n. */
  int(n: number): number;
  /** A whole number, both ends included. */
  from(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Some of a list, in its order; at least `least` of them. */
  some<T>(list: readonly T[], least?: number): T[];
  /** `count` things made one after the other. */
  times<T>(count: number, make: (i: number) => T): T[];
  /** Now and then something, else null. */
  maybe<T>(probability: number, make: () => T): T | null;
}

/**
 * Dice from a seed; the same seed throws the same.
 * @example dice(7).pick(["甲组", "乙组"])
 */
export function dice(seed: number): Dice {
  const next = random(seed);
  const int = (n: number) => Math.floor(next() * n);
  const self: Dice = {
    int,
    from: (low, high) => low + int(high - low + 1),
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]) => list[int(list.length)] as T,
    some: (list, least = 0) => {
      const chosen = list.filter(() => next() < 0.5);
      return chosen.length >= least ? chosen : list.slice(0, Math.min(least, list.length));
    },
    times: (count, make) => Array.from({length: count}, (_, i) => make(i)),
    maybe: (probability, make) => (next() < probability ? make() : null)
  };
  return self;
}

/** A day some days after another, ISO. */
export function dayAfter(from: string, days: number): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
