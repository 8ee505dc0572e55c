import {type FactColumn, type FactType, factOf} from "../../src/contract/fact.ts";
import {valuesOf} from "../../src/scheme/typer.ts";
import type {Dice} from "./dice.ts";

/**
 * Columns that wait for a regime's clock: they are the clocks' business, tested in test/regime, and no second
 * implementation of the scoring can know them.
 */
const OF_CLOCKS =
  /^(report_due_on|report_days_late|response_due_on|response_due_state|response_days_late|is_response_due|is_responded|due_source)$/;

/** Texts that columns without fixed values hold in generated rows, and some that they never hold. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  category: ["消防", "用电", "危化", "从未有过"],
  industry: ["化工", "建筑"],
  item: ["1", "2", "6", "6.1", "6.1.2"],
  peer_group: ["甲组", "乙组"],
  state: ["已销号", "逾期销号", "已整改", "逾期整改", "逾期", "整改中", "未到期"],
  last_stage: ["完成", "退回", "延期", "销号"],
  five_missing: ["措施", "措施、责任"],
  round_no: ["1", "2"],
  inspection_kind: ["全面", "专项", "巡查"],
  finding_severity: ["一般", "较大", "重大"],
  trip_no: ["T1", "T2"],
  place_kind: ["工厂", "商场"],
  item_code: ["A-01", "A-02"],
  by_office: ["安委办"],
  result: ["已落实"]
};

const OTHER_TEXTS = ["甲", "F0001", "A1", "演示"];

/** Writes expressions over one fact view; all of them pass the checks of a scheme. */
export class Grammar {
  private readonly columns: readonly FactColumn[];

  constructor(
    private readonly dice: Dice,
    private readonly grain: string
  ) {
    // `full` is a word of SQL.
    const written = (name: string) => (name === "full" ? '"full"' : name);
    this.columns = factOf(grain)
      .columns.filter((c) => !OF_CLOCKS.test(c.name))
      .map((c) => ({...c, name: written(c.name)}));
  }

  /** A condition; now and then one that is always true, false or unknown. */
  condition(depth = this.dice.pick([0, 0, 1, 2, 3])): string {
    const {dice} = this;
    if (dice.chance(0.05))
      return dice.pick([
        "true",
        "false",
        "1 = 1",
        "1 > 2",
        `nullif(${this.text()}, ${this.text()}) = '无'`,
        "nullif(1, 1) = 1",
        "not nullif(1, 1) = 1"
      ]);
    if (depth <= 0) return this.test();
    const [a, b] = [this.condition(depth - 1), this.condition(depth - 1)];
    return dice.pick([
      () => `${bracketed(a)} and ${bracketed(b)}`,
      () => `${bracketed(a)} or ${bracketed(b)}`,
      () => `not ${bracketed(a)}`,
      () => `case when ${a} then ${b} else ${this.condition(0)} end`,
      () => `coalesce(${a}, ${dice.pick(["true", "false"])})`,
      () => `${a} and ${b}`,
      () => `${bracketed(a)} is not null`
    ])();
  }

  /** A number with at most six places; not large where the rows' numbers are not. */
  value(depth = this.dice.from(0, 2)): string {
    const {dice} = this;
    if (depth <= 0) return dice.chance(0.5) ? this.whole(0) : this.decimal();
    const whole = this.whole(depth - 1);
    return dice.pick([
      () => `${bracketed(whole)} * ${dice.pick(["0.5", "1.25", "0.001", "2", "0.333"])}`,
      () => `${bracketed(whole)} + ${this.decimal()}`,
      () => `${this.decimal()} - ${bracketed(whole)}`,
      () => `case when ${this.condition(1)} then ${this.value(depth - 1)} else ${this.value(depth - 1)} end`,
      () => `case when ${this.test()} then ${this.decimal()} end`,
      () => `coalesce(${this.value(depth - 1)}, ${dice.pick(["0", "0.5", "3"])})`,
      () => `${dice.pick(["least", "greatest"])}(${this.value(depth - 1)}, ${this.decimal()})`,
      () => whole
    ])();
  }

  /** A name of a column, for `because` or `by`. */
  column(...types: readonly FactType[]): string {
    const found = this.named(types.length === 0 ? ["VARCHAR", "DATE", "BIGINT", "BOOLEAN", "DECIMAL(28,6)"] : types);
    return this.dice.pick(found).name.replaceAll('"', "");
  }

  /** The column that names a row. */
  subject(): string {
    return factOf(this.grain).subject;
  }

  /** Texts that a column may hold, and whether they are all. */
  valuesOf(column: string): {values: readonly string[]; isFixed: boolean} {
    const fixed = valuesOf(factOf(this.grain), column);
    return fixed.length > 0 ? {values: fixed, isFixed: true} : {values: TEXTS[column] ?? OTHER_TEXTS, isFixed: false};
  }

  private named(types: readonly FactType[]): readonly FactColumn[] {
    return this.columns.filter((c) => types.includes(c.type));
  }

  private test(): string {
    const {dice} = this;
    const sign = () => dice.pick(["=", "<>", "<", "<=", ">", ">=", "!="]);
    const booleans = this.named(["BOOLEAN"]);
    return dice.pick([
      () => dice.pick(booleans).name,
      () => `not ${dice.pick(booleans).name}`,
      () => `${this.whole(1)} ${sign()} ${this.whole(0)}`,
      () => `${this.whole(0)} between ${dice.int(3)} and ${dice.from(2, 40)}`,
      () => `${this.date()} ${sign()} ${this.date()}`,
      () => `${this.date()} ${dice.pick(["", "not "])}between date '2025-02-01' and '2025-${dice.pick(["04", "09"])}-01'`,
      () => `${dice.pick(this.columns).name} is ${dice.pick(["", "not "])}null`,
      () => this.textTest(),
      () => this.textTest(),
      () => `${this.decimal()} ${sign()} ${this.whole(0)}`
    ])();
  }

  private textTest(): string {
    const {dice} = this;
    const column = this.text();
    const {values: texts} = this.valuesOf(column);
    const word = () => `'${dice.pick(texts)}'`;
    const list = () => [...new Set(dice.times(dice.from(1, 3), word)), ...(dice.chance(0.05) ? ["null"] : [])].join(", ");
    return dice.pick([
      () => `${column} ${dice.pick(["=", "<>"])} ${word()}`,
      () => `${column} in (${list()})`,
      () => `${column} not in (${list()})`,
      () => `${column} ${dice.pick(["", "not "])}like '${dice.pick(texts).slice(0, 1)}%'`,
      () => `${column} like '${dice.pick(["%1", "_", "%", "6.%", "%0_"])}'`,
      () => `starts_with(${column}, ${word()})`,
      () => `coalesce(${column}, '${dice.pick(texts)}') = ${word()}`
    ])();
  }

  private text(): string {
    return this.dice.pick(this.named(["VARCHAR"])).name;
  }

  private date(): string {
    const {dice} = this;
    const column = dice.pick(this.named(["DATE"])).name;
    if (dice.chance(0.3)) return `date '2025-${dice.pick(["01", "06", "12"])}-${dice.pick(["01", "15", "28"])}'`;
    return dice.chance(0.2) ? `${column} ${dice.pick(["+", "-"])} ${dice.from(1, 60)}` : column;
  }

  private whole(depth: number): string {
    const {dice} = this;
    const columns = this.named(["BIGINT"]);
    const simple = () => (dice.chance(0.35) ? String(dice.pick([0, 1, 2, 3, 7, 30])) : dice.pick(columns).name);
    if (depth <= 0) return simple();
    return dice.pick([
      simple,
      () => `${bracketed(this.whole(depth - 1))} ${dice.pick(["+", "-", "*"])} ${simple()}`,
      () => `${bracketed(this.whole(depth - 1))} ${dice.pick(["//", "%"])} ${dice.pick(["2", "3", "7", simple()])}`,
      () => `${dice.pick(["least", "greatest"])}(${this.whole(depth - 1)}, ${simple()})`,
      () => `coalesce(${this.whole(depth - 1)}, ${dice.int(4)})`,
      () => `${this.dateColumn()} - ${this.dateColumn()}`,
      () => `case when ${this.test()} then ${simple()} else ${this.whole(depth - 1)} end`,
      () => `-${bracketed(simple())}`
    ])();
  }

  private dateColumn(): string {
    return this.dice.pick(this.named(["DATE"])).name;
  }

  private decimal(): string {
    const {dice} = this;
    const columns = this.named(["DECIMAL(28,6)"]);
    if (columns.length === 0 || dice.chance(0.5)) return dice.pick(["0.5", "1.005", "0.0005", "2.25", "10.0", "0.999999"]);
    return dice.pick(columns).name;
  }
}

function bracketed(text: string): string {
  return /^[a-z_0-9.]+$/.test(text) ? text : `(${text})`;
}
