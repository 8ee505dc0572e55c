import type {FactView} from "../contract/fact.ts";
import {type Complaint, listed, nearestName} from "../fault.ts";
import type {Path, PlacedYaml} from "../placed-yaml.ts";
import type {Regime} from "../regime/types.ts";
import type {Milli} from "../score/types.ts";
import {type Fraction, fractionOf, milliOf} from "./decimal.ts";
import {checkExpression, type ExpressionParser, type Wanted} from "./expression.ts";
import {placeInside} from "./inside.ts";
import type {Expression} from "./types.ts";

/** `是否指 x？` for a name that is near to a known one; of names of one or two characters nearly all are near. */
export function meant(name: string, known: readonly string[]): string {
  const near = name.length > 2 ? nearestName(name, known) : null;
  return near === null ? "" : `是否指 ${near}？`;
}

/** What to write instead of a name that is not known: the one it is near to, and those there are. */
export function offered(name: string, known: readonly string[]): string {
  return known.length > 0 ? `${meant(name, known)}可用：${listed(known)}` : "请改正或删去";
}

/** As `meant`, of a view's columns; a column's Chinese title means its name. */
export function columnMeant(name: string, {columns}: FactView): string {
  const titled = columns.find(({doc}) => name !== "" && doc.split(/[：；，（]/)[0] === name);
  return titled
    ? `是否指 ${titled.name}？`
    : meant(
        name,
        columns.map((column) => column.name)
      );
}

/** What the parts of a scheme are read with: the text and its places, the regime, and the list of what is wrong. */
export class Context {
  readonly complaints: Complaint[] = [];

  constructor(
    readonly text: string,
    readonly placed: PlacedYaml,
    readonly regime: Regime,
    private readonly parser: ExpressionParser
  ) {}

  /** Something is wrong with the value at a path. */
  say(path: Path, what: string, advice: string): void {
    this.complaints.push({place: this.placed.at(path), what, advice});
  }

  /** Something is wrong with a key. */
  sayKey(path: Path, what: string, advice: string): void {
    this.complaints.push({place: this.placed.keyAt(path), what, advice});
  }

  /** Something is wrong inside a text, at a UTF-16 index of its meaning. */
  sayInside(path: Path, value: string, index: number, what: string, advice: string): void {
    this.complaints.push({place: placeInside(this.text, this.placed.at(path), value, index), what, advice});
  }

  /** A name that must be one of those known. */
  isKnown(path: Path, name: string, known: readonly string[], what: string): boolean {
    if (known.includes(name)) return true;
    this.say(path, `${what} ${name}`, offered(name, known));
    return false;
  }

  /** Points of zero or more, in thousandths; 0 after a complaint. */
  points(path: Path, value: number, {positive = false} = {}): Milli {
    const milli = milliOf(value);
    if (milli === null) this.say(path, `分值${value}不能精确到千分之一`, "请写至多三位小数、不超过一百万的数");
    else if (milli < 0) this.say(path, `分值${value}是负数`, "请写正数；扣分还是加分由规则的种类决定");
    else if (milli === 0 && positive) this.say(path, "分值是0", "请写大于0的数，或删去这一条");
    return Math.max(0, milli ?? 0);
  }

  /** A share above 0 and at most 1, as a fraction. */
  share(path: Path, value: number): Fraction {
    const fraction = fractionOf(value);
    if (fraction && fraction.num > 0 && fraction.num <= fraction.den) return fraction;
    this.say(path, `比率${value}不在0和1之间`, "百分之九十五请写 0.95");
    return {num: 1, den: 1};
  }

  /** A checked expression; null after a complaint. YAML's own true, false and numbers are expressions too. */
  async expression(path: Path, spec: string | number | boolean, view: FactView, wanted: Wanted): Promise<Expression | null> {
    const text = String(spec);
    const checked = await checkExpression(this.parser, view, text, wanted);
    if ("expression" in checked) return checked.expression;
    for (const {index, what, advice} of checked.faults) this.sayInside(path, text, index, what, advice);
    return null;
  }
}
