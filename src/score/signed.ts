import {points} from "./score.ts";
import type {Milli} from "./types.ts";

/**
 * Points with their sign, as people write it; `−` is U+2212.
 * @example signedPoints(-500) // "−0.50"
 */
export function signedPoints(milli: Milli): string {
  return milli > 0 ? `+${points(milli)}` : points(milli).replace("-", "−");
}
