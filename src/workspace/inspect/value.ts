import type {Column, Table} from "../../contract/index.ts";
import {maskNumbers} from "../../contract/mask.ts";
import {likelyValue} from "../../contract/synonym.ts";
import type {Regime} from "../../regime/types.ts";

/** A value the contract does not take, and what it most likely means. */
export interface StrangeValue {
  readonly column: string;
  readonly header: string;
  readonly value: string;
  /** Rows among those looked at. */
  readonly rows: number;
  /** Suggested; null when a person must say. */
  readonly to: string | null;
  /** What the column takes. */
  readonly takes: readonly string[];
}

const BLANK = ["", "/", "—", "——", "-", "无", "暂无"];
const YES_NO = ["是", "√", "Y", "YES", "TRUE", "1", "否", "×", "N", "NO", "FALSE", "0"];
const DIGITS = "零一二三四五六七八九十";
/** So many values of one column are listed: a column with more is no enumeration. */
const MOST = 30;

/**
 * Values of an enumerated column that the contract or the regime does not take.
 * Shape: cells as read → each strange value once, the most frequent first, at most 30.
 */
export function strangeValues(column: Column, table: Table, cells: Iterable<string>, regime: Regime | null): StrangeValue[] {
  const takes = takenValues(column, table, regime);
  if (takes === null) return [];
  const known = new Set(takes.known.map((value) => folded(value)));
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const value = tidied(cell);
    if (known.has(folded(value)) || (column.type === "item" && isItem(value, regime))) continue;
    // A line of contacts below or between the rows is no value to map, and its numbers are not to be shown.
    if (maskNumbers(value) !== value) continue;
    if (BLANK.includes(value) && !(column.type === "boolean" && value === "无")) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([value, rows]) => {
      const to = column.type === "item" ? likelyItem(value, regime) : likelyValue(column.name, value, takes.offered);
      return {column: column.name, header: column.header, value, rows, to, takes: takes.offered};
    });
}

/** Values a column takes as they are, and those to offer; null for a free column. */
export function takenValues(
  {type, name, values}: Column,
  table: Table,
  regime: Regime | null
): {known: string[]; offered: string[]} | null {
  if (type === "boolean") return {known: YES_NO, offered: ["是", "否"]};
  if (type === "item") return {known: [], offered: regime?.items.map(({no}) => no) ?? ["1", "6.1"]};
  if (type !== "enum") return null;
  if (table.name === "inspection" && name === "kind" && regime) {
    const kinds = Object.keys(regime.kinds);
    return {known: [...kinds, ...Object.values(regime.kinds)], offered: kinds};
  }
  return {known: [...values], offered: [...values]};
}

function isItem(value: string, regime: Regime | null): boolean {
  const no = folded(value);
  if (!/^\d+(\.\d+)*$/.test(no)) return false;
  return regime === null || regime.items.some((item) => item.no === no.split(".")[0]);
}

/** 第六项, 六、, 6项 and the like; or the title of an item. */
function likelyItem(value: string, regime: Regime | null): string | null {
  const text = folded(value).replace(/\s/g, "");
  const no =
    /^第?(\d+(?:\.\d+)?)(?:[项条、.．）)]|$)/.exec(text)?.[1] ??
    chineseNumber(/^第?([一二三四五六七八九十]+)(?:[项条、.）)]|$)/.exec(text)?.[1]);
  if (no !== null && isItem(no, regime)) return no;
  const titled = regime?.items.filter(({title}) => text.includes(title) || (text.length > 3 && title.includes(text))) ?? [];
  return titled.length === 1 ? (titled[0]?.no ?? null) : null;
}

function chineseNumber(text: string | undefined): string | null {
  if (text === undefined) return null;
  const [tens, ones] = text.includes("十") ? text.split("十") : ["", text];
  const of = (digit: string | undefined, otherwise: number) => (digit ? DIGITS.indexOf(digit) : otherwise);
  return String((text.includes("十") ? 10 * of(tens, 1) : 0) + of(ones, 0));
}

function tidied(cell: string): string {
  return cell
    .replace(/[\u200b\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** As cells are compared: full-width letters and digits as narrow ones, capital letters. */
function folded(value: string): string {
  return value.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).toUpperCase();
}
