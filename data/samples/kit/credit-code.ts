const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/**
 * A 统一社会信用代码 that is well formed and belongs to nobody: its region starts with 99.
 * Shape: six digits of a region and a number below 10⁸ in, 18 characters out.
 * Source: GB 32100-2015.
 * @example creditCode("990101", 7) // "91990101MA00000007" and its check digit
 */
export function creditCode(region: string, n: number): string {
  const body = `91${region}${`M${String(n).padStart(8, "0")}`}`;
  return body + checkDigit(body);
}

/** The same code with a check digit that does not fit. */
export function brokenCreditCode(region: string, n: number): string {
  const good = creditCode(region, n);
  return good.slice(0, 17) + (good[17] === "0" ? "1" : "0");
}

/** Weights are powers of 3 modulo 31. */
function checkDigit(body: string): string {
  let [sum, weight] = [0, 1];
  for (const char of body) {
    sum += ALPHABET.indexOf(char) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31] as string;
}
