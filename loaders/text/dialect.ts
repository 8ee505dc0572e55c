import {fault} from "../../src/fault.ts";

/** How a delimited text parts its values. */
export interface Dialect {
  /** One character, or `BLANKS`. */
  readonly delimiter: string;
  /** Characters that open and close a value with delimiters or line breaks in it; null: there is no such thing. */
  readonly quote: Quote | null;
}

export interface Quote {
  readonly open: string;
  readonly close: string;
}

/** Stands for two or more blanks, or a TAB, between values. */
export const BLANKS = "  ";

export const DOUBLE: Quote = {open: '"', close: '"'};
const SINGLE: Quote = {open: "'", close: "'"};
/** As Word puts them. */
const CURLY: Quote = {open: "“", close: "”"};

/** Delimiters tried, the most usual first, and how they are called. */
const DELIMITERS: Readonly<Record<string, string>> = {
  ",": "逗号",
  ";": "分号",
  "\t": "制表符",
  "|": "竖线",
  "，": "全角逗号",
  "；": "全角分号",
  "^": "“^”",
  "~": "“~”",
  ":": "冒号",
  "·": "间隔号",
  [BLANKS]: "连续空格"
};

const QUOTES: readonly (readonly [Quote, string])[] = [
  [DOUBLE, "双引号"],
  [SINGLE, "单引号"],
  [CURLY, "中文引号"]
];

/** Other ways to write a delimiter under `delimiter:`. */
const WRITTEN: Readonly<Record<string, string>> = {"\\t": "\t", tab: "\t", 空格: BLANKS, blanks: BLANKS};

/** What to call a delimiter. */
export function delimiterText(delimiter: string): string {
  return DELIMITERS[delimiter] ?? `“${delimiter}”`;
}

/** What to call a quote. */
export function quoteText(quote: Quote | null): string {
  return QUOTES.find(([q]) => q === quote)?.[1] ?? "无";
}

/** Excel's first line `sep=;`: the delimiter it names, or null. */
export function statedDelimiter(text: string): string | null {
  return /^"?sep=([^\p{L}\p{N}"'\r\n])"?[;,\t ]*(?=[\r\n])/iu.exec(text)?.[1] ?? null;
}

/**
 * Delimiters that may be a text's: the one its source declares, or those that occur in it, that of `sep=` first.
 * Errors: Fault 2 for a delimiter of several characters.
 */
export function likelyDelimiters(text: string, declared: string | undefined): readonly string[] {
  if (declared !== undefined) return [declaredDelimiter(declared)];
  const stated = statedDelimiter(text);
  const usual = Object.keys(DELIMITERS).filter((delimiter) => delimiter === BLANKS || text.includes(delimiter));
  return [...new Set([...(stated === null ? [] : [stated]), ...usual])];
}

/**
 * Quotes that may be a text's, in the order to try them.
 * Errors: Fault 2 for a quote we do not know.
 */
export function likelyQuotes(text: string, declared: string | undefined): readonly (Quote | null)[] {
  if (declared !== undefined) return [declaredQuote(declared)];
  return QUOTES.map(([quote]) => quote).filter((quote) => quote === DOUBLE || text.includes(quote.open));
}

function declaredDelimiter(declared: string): string {
  const named = Object.entries(DELIMITERS).find(([, word]) => word === declared)?.[0];
  const delimiter = named ?? WRITTEN[declared.toLowerCase()] ?? declared;
  if (delimiter === BLANKS || (delimiter.length === 1 && !/["\r\n\p{L}\p{N}]/u.test(delimiter))) return delimiter;
  throw fault(2, {
    place: {file: "xunheng.yaml"},
    what: `delimiter不能是“${declared}”`,
    advice: `请写一个符号，或写${[...Object.values(DELIMITERS).slice(0, 4), "空格"].join("、")}；删去这一项则由程序识别`
  });
}

function declaredQuote(declared: string): Quote | null {
  if (declared === "无" || declared === "none") return null;
  const found = QUOTES.find(([{open, close}, word]) => [open, close, open + close, word].includes(declared));
  if (found) return found[0];
  throw fault(2, {
    place: {file: "xunheng.yaml"},
    what: `quote不能是“${declared}”`,
    advice: "可用：双引号、单引号、中文引号、无；删去这一项则由程序识别"
  });
}
