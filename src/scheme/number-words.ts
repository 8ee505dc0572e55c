import type {Milli} from "../score/types.ts";
import {pointsText} from "./decimal.ts";
import type {Band, Multiple} from "./types.ts";

/** A part of a sentence: words, or an expression as the office wrote it. */
export type Word = string | {readonly sql: string};
export type Words = readonly Word[];

/** Points as people say them. @example pointWords(500) // "0.5分" */
export function pointWords(milli: Milli): string {
  return `${pointsText(milli)}分`;
}

/** A fraction as a percentage, exact. @example percentWords(19, 20) // "95%" */
export function percentWords(num: number, den: number): string {
  return `${decimalText(BigInt(num) * 100n, BigInt(den))}%`;
}

/** A fraction as a decimal of up to six places. @example decimalWords({num: 1, den: 20}) // "0.05" */
export function decimalWords({num, den}: {readonly num: number; readonly den: number}): string {
  return decimalText(BigInt(num), BigInt(den));
}

/** An exact multiple. @example multipleWords({num: "3", den: "2"}) // "1.5倍" */
export function multipleWords({num, den}: Multiple): string {
  return `${decimalText(BigInt(num), BigInt(den), 30)}倍`;
}

/** A fraction whose denominator divides a power of ten, written out in full. */
function decimalText(num: bigint, den: bigint, most = 12): string {
  const sign = num < 0n ? "-" : "";
  let rest = num < 0n ? -num : num;
  let text = String(rest / den);
  rest %= den;
  for (let i = 0; rest > 0n && i < most; i++) {
    rest *= 10n;
    text += (i === 0 ? "." : "") + String(rest / den);
    rest %= den;
  }
  return sign + text;
}

/**
 * Bands as a list of stretches, best read from the highest: 以上 includes the bound itself, 不足 does not.
 * @param bound words of a lower bound
 * @param points words of what a band costs or gives
 * @example bandWords(bands, (b) => percentWords(b.num, b.den), ({milli}) => `扣${pointWords(milli)}`) // "95%以上的扣0分；…"
 */
export function bandWords(bands: readonly Band[], bound: (band: Band) => string, points: (band: Band) => string): string {
  return bands
    .map((band, i) => {
      const above = bands[i - 1];
      const isLast = i === bands.length - 1;
      if (!above) return isLast ? `一律${points(band)}` : `${bound(band)}以上的${points(band)}`;
      return isLast ? `不足${bound(above)}的${points(band)}` : `${bound(band)}以上、不足${bound(above)}的${points(band)}`;
    })
    .join("；");
}
