import type {Milli} from "../score/types.ts";

/** A fraction of whole numbers, exact. */
export interface Fraction {
  readonly num: number;
  readonly den: number;
}

/**
 * A decimal number as a fraction over a power of ten.
 * Units: as given; null for what is no finite decimal, or has more than six places or is beyond a million.
 * @example fractionOf(0.95) // {num: 95, den: 100}
 */
export function fractionOf(value: number): Fraction | null {
  // The shortest text of a number is what was written, as long as it has fewer than 16 digits.
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  const [, sign = "", whole = "", places = ""] = parts ?? [];
  if (!parts || places.length > 6 || Math.abs(value) > 1_000_000) return null;
  const num = Number(whole + places);
  return {num: sign === "-" && num !== 0 ? -num : num, den: 10 ** places.length};
}

/**
 * Points as whole thousandths, or null when there are more than three places.
 * @example milliOf(0.5) // 500
 */
export function milliOf(value: number): Milli | null {
  const fraction = fractionOf(value);
  return fraction && fraction.den <= 1000 ? fraction.num * (1000 / fraction.den) : null;
}

/**
 * Thousandths as the shortest decimal text.
 * @example pointsText(98820) // "98.82"
 */
export function pointsText(milli: Milli): string {
  return String(milli / 1000);
}
