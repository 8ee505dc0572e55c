// Functions of expressions that are null as soon as an argument is (least and greatest too).

import {Fraction} from "../fraction.ts";
import {compareValues, Day, type Value} from "../value.ts";

type Known = NonNullable<Value>;
type Apply = (args: readonly Known[]) => Value;

function number(value: Known | undefined): Fraction {
  if (value instanceof Fraction) return value;
  if (typeof value === "string") return Fraction.of(value);
  throw new TypeError(`not a number: ${value}`);
}

function whole(value: Known | undefined): number {
  return Number(number(value).truncated());
}

function day(value: Known | undefined): Day {
  if (value instanceof Day) return value;
  return Day.of(String(value));
}

const text = (value: Known | undefined) => String(value ?? "");
const count = (n: number) => Fraction.ratio(n);
const floor = (x: Fraction) => (x.isWhole() || x.num > 0n ? x.truncated() : x.truncated() - 1n);

function plus([a, b]: readonly Known[]): Value {
  if (a instanceof Day) return a.plusDays(whole(b));
  if (b instanceof Day) return b.plusDays(whole(a));
  return number(a).plus(number(b));
}

function minus([a, b]: readonly Known[]): Value {
  if (a instanceof Day || b instanceof Day) {
    if (a instanceof Day && b instanceof Fraction) return a.plusDays(-whole(b));
    return count(day(a).number - day(b).number);
  }
  return number(a).minus(number(b));
}

function like([value, pattern]: readonly Known[]): boolean {
  const source = text(pattern).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(`^${source.replaceAll("%", "[\\s\\S]*").replaceAll("_", "[\\s\\S]")}$`, "u").test(text(value));
}

function cast([value, type]: readonly Known[]): Value {
  const to = text(type);
  if (/^(int|integer|bigint|smallint|hugeint)$/.test(to)) return Fraction.ratio(number(value).rounded());
  const decimal = /^(?:decimal|numeric)(?:\((\d+)(?:,(\d+))?\))?$/.exec(to);
  if (decimal) return number(value).roundedTo(Number(decimal[2] ?? (decimal[1] === undefined ? 3 : 0)));
  if (to === "date") return day(value);
  if (to === "varchar" || to === "text") return text(value);
  throw new RangeError(`no type ${to}`);
}

/** By name; operators go by their signs. */
export const FUNCTIONS: Readonly<Record<string, Apply>> = {
  not: ([a]) => a !== true,
  negate: ([a]) => number(a).negated(),
  "+": plus,
  "-": minus,
  "*": ([a, b]) => number(a).times(number(b)),
  "//": ([a, b]) => (number(b).isZero() ? null : Fraction.ratio(number(a).over(number(b)).truncated())),
  "%": ([a, b]) => {
    const [x, y] = [number(a), number(b)];
    return y.isZero() ? null : x.minus(y.times(Fraction.ratio(x.over(y).truncated())));
  },
  "||": ([a, b]) => `${text(a)}${text(b)}`,
  cast,
  like: (args) => like(args),
  abs: ([a]) => (number(a).num < 0n ? number(a).negated() : number(a)),
  sign: ([a]) => count(number(a).compare(Fraction.zero)),
  floor: ([a]) => Fraction.ratio(floor(number(a))),
  ceil: ([a]) => Fraction.ratio(-floor(number(a).negated())),
  ceiling: ([a]) => Fraction.ratio(-floor(number(a).negated())),
  round: ([a, places]) => number(a).roundedTo(places === undefined ? 0 : whole(places)),
  least: (args) => args.reduce((a, b) => (compareValues(b, a) < 0 ? b : a)),
  greatest: (args) => args.reduce((a, b) => (compareValues(b, a) > 0 ? b : a)),
  length: ([a]) => count([...text(a)].length),
  strlen: ([a]) => count(Buffer.byteLength(text(a))),
  lower: ([a]) => text(a).toLowerCase(),
  upper: ([a]) => text(a).toUpperCase(),
  trim: ([a]) => text(a).replace(/^ +| +$/g, ""),
  starts_with: ([a, b]) => text(a).startsWith(text(b)),
  prefix: ([a, b]) => text(a).startsWith(text(b)),
  ends_with: ([a, b]) => text(a).endsWith(text(b)),
  suffix: ([a, b]) => text(a).endsWith(text(b)),
  contains: ([a, b]) => text(a).includes(text(b)),
  replace: ([a, b, c]) => text(a).replaceAll(text(b), text(c)),
  left: ([a, n]) => [...text(a)].slice(0, whole(n)).join(""),
  right: ([a, n]) => (whole(n) === 0 ? "" : [...text(a)].slice(-whole(n)).join("")),
  year: ([a]) => count(day(a).year),
  month: ([a]) => count(day(a).month),
  day: ([a]) => count(day(a).day),
  quarter: ([a]) => count(Math.ceil(day(a).month / 3)),
  date_diff: ([part, a, b]) => difference(text(part), day(a), day(b)),
  datediff: ([part, a, b]) => difference(text(part), day(a), day(b))
};

function difference(part: string, from: Day, to: Day): Value {
  if (part === "day") return count(to.number - from.number);
  if (part === "month") return count((to.year - from.year) * 12 + to.month - from.month);
  if (part === "year") return count(to.year - from.year);
  throw new RangeError(`no part ${part}`);
}
