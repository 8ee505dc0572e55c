import fc from "fast-check";
import {rounds} from "../rounds.ts";

/** A run is the same every time, unless more rounds are asked for: then it looks further, and a failure prints where. */
const USUAL = 20_260_101;

/** What all seeds of a run come from. */
export const SEED = Number(process.env.XUNHENG_SEED ?? (rounds(1) > 1 ? Math.floor(Math.random() * 2 ** 31) : USUAL));

/** Seeds of cases; every property has its own. */
export function seeds(property: number, few: number): number[] {
  return fc.sample(fc.integer({min: 1, max: 2 ** 31}), {seed: SEED + property, numRuns: rounds(few)});
}
