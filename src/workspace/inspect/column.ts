import {headerKey} from "../../contract/header.ts";
import type {Column, Table} from "../../contract/index.ts";
import {maskNumbers} from "../../contract/mask.ts";
import {TEMPLATE_WORDS} from "../../contract/template-word.ts";
import {listed, nearestName} from "../../fault.ts";
import {isConstant} from "./constant.ts";
import type {CellMatch} from "./guess.ts";

/** What is said of a column of a file. */
export interface ColumnReport {
  readonly header: string;
  readonly column: string | null;
  readonly how: CellMatch["how"];
  /** The nearest contract column of a header that is not known. */
  readonly suggestion: string | null;
  /** The first values that are not blank, at most three; numbers of persons masked; none of a column dropped at the door. */
  readonly samples: readonly string[];
  readonly advice: string | null;
}

/** A required column without a header. */
export interface MissingColumn {
  readonly column: string;
  readonly header: string;
  readonly advice: string;
}

const SAMPLES = 3;
const SAMPLE_LENGTH = 24;

/** One header cell with its samples. `free`: contract columns that no header names. */
export function columnReport(cell: CellMatch, cells: readonly string[], table: Table, free: readonly Column[]): ColumnReport {
  const column = table.columns.find(({name}) => name === cell.column) ?? null;
  const suggestion = cell.how === "不读" ? nearestColumn(cell.header, free) : null;
  return {
    ...cell,
    suggestion,
    samples: cell.how === "丢弃" ? [] : samplesOf(cells, column),
    advice: cell.how === "丢弃" ? "涉及举报人或亲属，在入口丢弃" : cell.how === "不读" ? otherTable(cell.header, table) : null
  };
}

/** The first values of a column, short and masked. A 统一社会信用代码 may look like an identity number and is none. */
function samplesOf(cells: readonly string[], column: Column | null): string[] {
  const found: string[] = [];
  for (const cell of cells) {
    const text = cell.replace(/\s+/g, " ").trim();
    if (text === "" || found.includes(text)) continue;
    found.push(text);
    if (found.length === SAMPLES) break;
  }
  return found.map((text) => {
    const masked = column?.type === "credit_code" ? text : maskNumbers(text);
    return masked.length > SAMPLE_LENGTH ? `${masked.slice(0, SAMPLE_LENGTH - 1)}…` : masked;
  });
}

/** The contract column a header most resembles: one holds the other, or few letters differ. */
function nearestColumn(header: string, free: readonly Column[]): string | null {
  const text = headerKey(header);
  if (text.length < 2) return null;
  const holding = free.filter((c) => text.includes(headerKey(c.header)) || (text.length > 2 && headerKey(c.header).includes(text)));
  if (holding.length === 1) return holding[0]?.name ?? null;
  const near =
    text.length < 4
      ? null
      : nearestName(
          text,
          free.map((c) => headerKey(c.header))
        );
  return free.find((c) => headerKey(c.header) === near)?.name ?? null;
}

/** Where a column of a finding belongs that tells of its rectification: one row of a ledger is often both. */
function otherTable(header: string, table: Table): string | null {
  const text = headerKey(header);
  if (table.name !== "finding" || /期限|时限|要求/.test(text)) return null;
  if (!/(整改|完成|销号|验收|办结).*(日期|时间|情况|状态|结果)|^是否(已?整改|已?完成|销号)/.test(text)) return null;
  return "是整改经过，属于“整改”表（rectification）：另做一张表，一行一件事（问题编号、整改环节、日期）";
}

/**
 * What to do about required columns that are not there. `unread`: headers that mean nothing so far; `optional`: those read as a column
 * that may be missing, one of which may be meant.
 */
export function missingColumns(
  table: Table,
  named: ReadonlySet<string>,
  unread: readonly string[],
  optional: readonly {readonly header: string; readonly column: Column}[] = []
): MissingColumn[] {
  return table.columns
    .filter(({name, required}) => required && !named.has(name))
    .map((column) => ({column: column.name, header: column.header, advice: missingAdvice(column, table, unread, optional)}));
}

function missingAdvice(
  column: Column,
  table: Table,
  unread: readonly string[],
  optional: readonly {readonly header: string; readonly column: Column}[]
): string {
  const {name, header, type, values} = column;
  const note = TEMPLATE_WORDS[table.name]?.columns[name]?.[1];
  const same = isConstant(column, table) ? "；每一行都一样的，写在constants里" : "";
  const others = `${same}${unread.length > 0 ? `；没有读的列里有它时（${listed(unread)}），在columns里写明` : ""}`;
  const alike = optional.find(({column: other}) => other.type === "enum" && other.values.some((value) => values.includes(value)));
  const meant = alike
    ? `；“${alike.header}”现在读作${alike.column.header}，它其实就是${header}的，在columns里写 ${alike.header}: ${name}`
    : "";
  if (type === "enum") return `请加一列“${header}”，填${values.join("、")}之一${meant}${others}`;
  if (type === "date") return `请加一列“${header}”，填2025-03-01样子的日期${others}`;
  return `请加一列“${header}”${note ? `：${note}` : ""}${others}`;
}
