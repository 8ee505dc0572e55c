// Exact arithmetic: whatever stands between a fact and a score is a fraction of two whole numbers.

/** A fraction in lowest terms; `den` is above zero. */
export class Fraction {
  private constructor(
    readonly num: bigint,
    readonly den: bigint
  ) {}

  static readonly zero = new Fraction(0n, 1n);
  static readonly one = new Fraction(1n, 1n);

  /** num ÷ den. Errors: RangeError when den is 0. */
  static ratio(num: bigint | number, den: bigint | number = 1n): Fraction {
    let [n, d] = [BigInt(num), BigInt(den)];
    if (d === 0n) throw new RangeError("a fraction over zero");
    if (d < 0n) [n, d] = [-n, -d];
    const common = gcd(n < 0n ? -n : n, d);
    return new Fraction(n / common, d / common);
  }

  /**
   * The number that a decimal text or a YAML number stands for, digit by digit.
   * Errors: SyntaxError for text that is no decimal number.
   * @example Fraction.of("0.125") // 1/8
   */
  static of(written: string | number): Fraction {
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(String(written).trim());
    if (!match || `${match[2]}${match[3] ?? ""}` === "") throw new SyntaxError(`not a decimal number: ${written}`);
    const digits = BigInt(`${match[2]}${match[3] ?? ""}`);
    const power = Number(match[4] ?? 0) - (match[3] ?? "").length;
    const signed = match[1] === "-" ? -digits : digits;
    return power >= 0 ? Fraction.ratio(signed * 10n ** BigInt(power)) : Fraction.ratio(signed, 10n ** BigInt(-power));
  }

  plus(other: Fraction): Fraction {
    return Fraction.ratio(this.num * other.den + other.num * this.den, this.den * other.den);
  }

  minus(other: Fraction): Fraction {
    return this.plus(other.negated());
  }

  times(other: Fraction): Fraction {
    return Fraction.ratio(this.num * other.num, this.den * other.den);
  }

  /** Errors: RangeError when `other` is 0. */
  over(other: Fraction): Fraction {
    return Fraction.ratio(this.num * other.den, this.den * other.num);
  }

  negated(): Fraction {
    return new Fraction(-this.num, this.den);
  }

  /** -1, 0 or 1: this is below, equal to or above the other. */
  compare(other: Fraction): number {
    const difference = this.num * other.den - other.num * this.den;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  isZero(): boolean {
    return this.num === 0n;
  }

  isWhole(): boolean {
    return this.den === 1n;
  }

  /** The whole part, towards zero. */
  truncated(): bigint {
    return this.num / this.den;
  }

  /** The nearest whole number, halves away from zero. */
  rounded(): bigint {
    const [size, sign] = this.num < 0n ? [-this.num, -1n] : [this.num, 1n];
    return (sign * (2n * size + this.den)) / (2n * this.den);
  }

  /** The nearest number of `places` decimals (below zero: tens, hundreds), halves away from zero. */
  roundedTo(places: number): Fraction {
    const unit = places >= 0 ? Fraction.ratio(10n ** BigInt(places)) : Fraction.ratio(1n, 10n ** BigInt(-places));
    return Fraction.ratio(this.times(unit).rounded()).over(unit);
  }

  /** As it would be written: whole, or the shortest decimal where there is one, else num/den. */
  toString(): string {
    if (this.isWhole()) return String(this.num);
    for (let places = 1; places <= 38; places++) {
      const scaled = this.times(Fraction.ratio(10n ** BigInt(places)));
      if (!scaled.isWhole()) continue;
      const digits = String(scaled.num < 0n ? -scaled.num : scaled.num).padStart(places + 1, "0");
      return `${scaled.num < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
    }
    return `${this.num}/${this.den}`;
  }
}

/** Points as whole thousandths, halves away from zero. */
export function milliOf(points: Fraction): number {
  return Number(points.times(Fraction.ratio(1000n)).rounded());
}

/** Points as a scheme writes them (at most three decimals), in thousandths. */
export function milli(points: number | string): number {
  return milliOf(Fraction.of(points));
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
