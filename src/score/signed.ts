import {points} from "./score.ts";
import type {Milli} from "./types.ts";

/**
 * Points with their sign, as people write it; `−` is U+2212.
 * @example signedPoints(-500) // "−0.50"
 */
export function signedPoints(milli: Milli): string {
  return milli > 0 ? `+${points(milli)}` : plainPoints(milli);
}

/** Points without a plus sign; `−` is U+2212. */
export function plainPoints(milli: Milli): string {
  return points(milli).replace("-", "−");
}
