/** What an expression's part can hold; NULL fits anywhere. */
export type ValueType = "VARCHAR" | "BIGINT" | "DECIMAL" | "BOOLEAN" | "DATE" | "TIMESTAMP" | "NULL";

/** A function or operator that a scheme may use. */
export interface Allowed {
  /** How it is written: for advice. */
  readonly usage: string;
  /** Type of the result for these arguments, or null when they do not fit. `constants` are the text or number constants. */
  result(types: readonly ValueType[], constants: readonly (string | number | null)[]): ValueType | null;
}

/** Words of a type in messages. */
export const TYPE_WORDS: Readonly<Record<ValueType, string>> = {
  VARCHAR: "文本",
  BIGINT: "整数",
  DECIMAL: "小数",
  BOOLEAN: "是否",
  DATE: "日期",
  TIMESTAMP: "时间",
  NULL: "空值"
};

/** Whether a part can stand where a number must. */
export function isNumber(type: ValueType | undefined): boolean {
  return type === "BIGINT" || type === "DECIMAL" || type === "NULL";
}

/** The type that several values have in common, or null when they have none. */
export function commonType(types: readonly ValueType[]): ValueType | null {
  const known = [...new Set(types.filter((t) => t !== "NULL"))];
  if (known.length === 0) return "NULL";
  if (known.length === 1) return known[0] ?? null;
  return known.every(isNumber) ? "DECIMAL" : null;
}

function fits(type: ValueType | undefined, wanted: ValueType): boolean {
  return type === wanted || type === "NULL";
}

function isDate(type: ValueType | undefined): boolean {
  return type === "DATE" || type === "TIMESTAMP" || type === "NULL";
}

/** A function of fixed argument types. */
function fixed(usage: string, wanted: readonly ValueType[], result: ValueType): Allowed {
  return {
    usage,
    result: (types) => (types.length === wanted.length && wanted.every((w, i) => fits(types[i], w)) ? result : null)
  };
}

const textTest = (usage: string) => fixed(usage, ["VARCHAR", "VARCHAR"], "BOOLEAN");

/** A number calculated from numbers; whole numbers stay whole. */
function numeric(usage: string, counts: readonly number[]): Allowed {
  return {usage, result: (types) => (counts.includes(types.length) && types.every(isNumber) ? commonType(types) : null)};
}

/** Days are added to a date as a plain number, small enough never to leave the calendar. */
function isDays(constant: string | number | null | undefined): boolean {
  return typeof constant === "number" && Number.isInteger(constant) && Math.abs(constant) <= 36_600;
}

const plus: Allowed = {
  usage: "数 + 数、日期 + 天数（36600 以内的整数）",
  result: (types, constants) => {
    if (types.length === 2 && types[0] === "DATE" && isDays(constants[1])) return "DATE";
    if (types.length === 2 && types[1] === "DATE" && isDays(constants[0])) return "DATE";
    return numeric("", [1, 2]).result(types, constants);
  }
};

const minus: Allowed = {
  usage: "数 - 数、日期 - 日期（得天数）、日期 - 天数（36600 以内的整数）",
  result: (types, constants) => {
    if (types.length === 2 && types[0] === "DATE" && types[1] === "DATE") return "BIGINT";
    if (types.length === 2 && types[0] === "DATE" && isDays(constants[1])) return "DATE";
    return numeric("", [1, 2]).result(types, constants);
  }
};

const extreme = (name: string): Allowed => ({
  usage: `${name}(值, 值, …)`,
  result: (types) => (types.length > 0 && types.length <= 20 ? commonType(types) : null)
});

const PARTS = ["year", "quarter", "month", "day"];

const dateDiff: Allowed = {
  usage: "date_diff('day', 早的日期, 晚的日期)；可用 year、quarter、month、day、hour、minute",
  result: (types, constants) =>
    types.length === 3 && [...PARTS, "hour", "minute"].includes(String(constants[0])) && isDate(types[1]) && isDate(types[2])
      ? "BIGINT"
      : null
};

const datePart = (usage: string): Allowed => ({
  usage,
  result: (types, constants) => (types.length === 2 && PARTS.includes(String(constants[0])) && isDate(types[1]) ? "BIGINT" : null)
});

const partOf = (name: string): Allowed => ({
  usage: `${name}(日期)`,
  result: (types) => (types.length === 1 && isDate(types[0]) ? "BIGINT" : null)
});

const rounding: Allowed = {
  usage: "round(小数, 位数)；位数为0至6",
  result: (types, constants) => {
    if (types.length === 1) return types[0] === "DECIMAL" ? "DECIMAL" : null;
    const places = constants[1];
    const isPlaces = typeof places === "number" && Number.isInteger(places) && places >= 0 && places <= 6;
    return types.length === 2 && types[0] === "DECIMAL" && isPlaces ? "DECIMAL" : null;
  }
};

const wholes = (usage: string): Allowed => ({
  usage,
  result: (types) => (types.length === 2 && types.every((t) => fits(t, "BIGINT")) ? "BIGINT" : null)
});

const substring: Allowed = {
  usage: "substring(文本, 起, 长)",
  result: (types) =>
    (types.length === 2 || types.length === 3) && fits(types[0], "VARCHAR") && types.slice(1).every((t) => fits(t, "BIGINT"))
      ? "VARCHAR"
      : null
};

/**
 * Every function and operator a scheme may use; functions that do harm look just like these, so only this list protects.
 * Kept out on purpose: anything of a clock, locale or time zone, of floating point, of random numbers, of files or settings,
 * aggregates, regular expressions, and what makes long texts out of short ones (repeat, replace, lpad).
 */
export const ALLOWED: ReadonlyMap<string, Allowed> = new Map([
  ["+", plus],
  ["-", minus],
  ["*", numeric("数 * 数", [2])],
  ["//", wholes("整数 // 整数（整除，舍去小数）")],
  ["%", wholes("整数 % 整数（余数）")],
  ["mod", wholes("mod(整数, 整数)")],
  ["abs", numeric("abs(数)", [1])],
  ["least", extreme("least")],
  ["greatest", extreme("greatest")],
  ["round", rounding],
  ["~~", textTest("文本 like '样式'")],
  ["!~~", textTest("文本 not like '样式'")],
  ["like_escape", fixed("文本 like '样式' escape '符号'", ["VARCHAR", "VARCHAR", "VARCHAR"], "BOOLEAN")],
  ["not_like_escape", fixed("文本 not like '样式' escape '符号'", ["VARCHAR", "VARCHAR", "VARCHAR"], "BOOLEAN")],
  ["starts_with", textTest("starts_with(文本, 开头)")],
  ["prefix", textTest("prefix(文本, 开头)")],
  ["^@", textTest("文本 ^@ 开头")],
  ["ends_with", textTest("ends_with(文本, 结尾)")],
  ["suffix", textTest("suffix(文本, 结尾)")],
  ["contains", textTest("contains(文本, 词)")],
  ["||", fixed("文本 || 文本", ["VARCHAR", "VARCHAR"], "VARCHAR")],
  ["lower", fixed("lower(文本)", ["VARCHAR"], "VARCHAR")],
  ["upper", fixed("upper(文本)", ["VARCHAR"], "VARCHAR")],
  ["trim", fixed("trim(文本)", ["VARCHAR"], "VARCHAR")],
  ["length", fixed("length(文本)", ["VARCHAR"], "BIGINT")],
  ["substring", substring],
  ["substr", substring],
  ["nullif", {usage: "nullif(值, 值)", result: (types) => (types.length === 2 && commonType(types) ? (types[0] ?? null) : null)}],
  ["year", partOf("year")],
  ["quarter", partOf("quarter")],
  ["month", partOf("month")],
  ["day", partOf("day")],
  ["date_part", datePart("date_part('year', 日期)；可用 year、quarter、month、day")],
  ["datepart", datePart("datepart('year', 日期)；可用 year、quarter、month、day")],
  ["date_diff", dateDiff],
  ["datediff", dateDiff],
  ["last_day", {usage: "last_day(日期)", result: (types) => (types.length === 1 && isDate(types[0]) ? "DATE" : null)}]
]);

/** Names to offer when a function is not allowed: the words, without operators and second spellings. */
export const OFFERED: readonly string[] = [...ALLOWED.keys()].filter(
  (name) =>
    /^[a-z]/.test(name) &&
    !["like_escape", "not_like_escape", "prefix", "suffix", "substr", "datepart", "datediff", "mod"].includes(name)
);
