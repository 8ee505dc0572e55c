import {findHeader, HEAD_ROWS, type HeaderMatch, noHeader} from "../../src/contract/header.ts";
import type {Table} from "../../src/contract/index.ts";
import {fault} from "../../src/fault.ts";
import type {SourceFile} from "../files.ts";
import type {Limits} from "../limits.ts";
import type {Source} from "../loader.ts";
import {refuseMarked} from "../marking.ts";
import {BLANKS, type Dialect, DOUBLE, delimiterText, likelyDelimiters, likelyQuotes, type Quote, quoteText} from "./dialect.ts";
import {RecordReader, type TextRecord} from "./records.ts";

/** Records looked at to tell how values are quoted. */
const SAMPLE = 1000;
/** Fewer rows show no habit. */
const FEW = 3;

/** The first records of a file under one dialect, and the header among them. */
export interface Head {
  readonly dialect: Dialect;
  readonly header: readonly string[];
  readonly match: HeaderMatch;
  /** Records above the header, and how many. */
  readonly titles: readonly TextRecord[];
  readonly above: number;
  /** Characters up to the header, and up to the first record below it. */
  readonly start: number;
  readonly end: number;
  /** Whether a record up to there has a line break within quotes. */
  readonly multiline: boolean;
}

interface Try extends Head {
  readonly width: number;
}

/**
 * Reads the beginning of a text under each likely delimiter and quote; those that show the header best are the file's.
 * Errors: Fault 2 when there is no header or it has too many columns, 3 for a marking above it.
 */
export function findHead(text: string, {file}: SourceFile, table: Table, source: Source, limits: Limits): Head {
  const {delimiter: declared, quote} = source.options ?? {};
  const quotes = likelyQuotes(text, quote);
  const delimiters = likelyDelimiters(text, declared);
  const best = bestTry(text, delimiters, quotes, table, source, limits, file);
  for (const [i, {cells}] of (best?.titles ?? []).entries()) {
    for (const cell of cells) refuseMarked(cell, {file, line: i + 1});
  }
  if (best) return quotes.length === 1 ? best : {...best, dialect: {...best.dialect, quote: sampledQuote(text, best, quotes)}};
  const other =
    declared === undefined ? null : bestTry(text, likelyDelimiters(text, undefined), quotes, table, source, limits, file);
  if (other) {
    throw fault(2, {
      place: {file},
      what: `xunheng.yaml写明分隔符是${delimiterText(delimiters[0] ?? "")}，表头却以${delimiterText(other.dialect.delimiter)}分隔`,
      advice: "请改正delimiter，或删去这一项，由程序识别"
    });
  }
  if (/^[\s\ufeff]*[[{]\s*["{[\]}]/.test(text)) {
    throw fault(2, {place: {file}, what: "不是CSV，像是JSON", advice: "请在xunheng.yaml里把这个来源的loader改为json"});
  }
  throw fault(2, noHeader(table, {file}));
}

/** What is unusual about a dialect. */
export function dialectNotes({dialect: {delimiter, quote}}: Head): string[] {
  const notes = delimiter === "," ? [] : [`分隔符为${delimiterText(delimiter)}`];
  if (quote !== DOUBLE && delimiter !== BLANKS) notes.push(`引号为${quoteText(quote)}`);
  return notes;
}

function bestTry(
  text: string,
  delimiters: readonly string[],
  quotes: readonly (Quote | null)[],
  table: Table,
  source: Source,
  limits: Limits,
  file: string
): Try | null {
  let best: Try | null = null;
  for (const delimiter of delimiters) {
    for (const quote of quotes) {
      const found = tryDialect(text, {delimiter, quote}, table, source, limits);
      if (!found || matched(found.match) <= matched(best?.match)) continue;
      if (delimiter === BLANKS && found.match.missing.length > 0) continue;
      if (found.width > limits.columns) throw tooWide(file, found, limits);
      best = found;
    }
  }
  return best;
}

function tryDialect(text: string, dialect: Dialect, table: Table, source: Source, {columns}: Limits): Try | null {
  const reader = new RecordReader(text, {dialect}, true);
  const records: (TextRecord & Pick<Head, "start" | "end" | "multiline">)[] = [];
  for (let start = 0, next = reader.next(); next && records.length < HEAD_ROWS; start = reader.at, next = reader.next()) {
    records.push({...next, start, end: Math.min(reader.at, text.length), multiline: reader.doubt.multiline});
  }
  const found = findHeader(
    records.map(({cells}) => (cells.length > columns ? cells.slice(0, columns) : cells)),
    table,
    source
  );
  const record = records[found?.row ?? -1];
  if (!found || !record) return null;
  const {start, end, multiline, cells: header} = record;
  const titles = records.slice(0, found.row);
  return {dialect, header, match: found.match, above: found.row, start, end, multiline, titles, width: header.length};
}

function matched(match: HeaderMatch | undefined): number {
  return new Set(match?.columns.filter((name) => name !== null)).size;
}

/**
 * The quote of a file whose header has none: the usual one, unless no value is within it and another explains the rows better,
 * because values within it hold delimiters, or because every row has one.
 */
function sampledQuote(text: string, head: Head, quotes: readonly (Quote | null)[]): Quote | null {
  const usual = head.dialect.quote;
  const plain = sample(text, head, usual);
  if (usual !== DOUBLE || plain.quoted > 0) return usual;
  for (const quote of quotes) {
    if (quote === null || quote === usual) continue;
    const found = sample(text, head, quote);
    // A whole value in Chinese quotes is common in Chinese text; a single one in others may be meant, too.
    const every = quote.open !== "“" && found.rows >= FEW && found.quoted >= found.rows;
    const explains = found.quoted > 0 && (plain.long > 0 || every);
    if (explains && found.broken === 0 && found.long === 0) return quote;
  }
  return usual;
}

function sample(text: string, {dialect, header, end}: Head, quote: Quote | null) {
  const reader = new RecordReader(text.slice(end), {dialect: {...dialect, quote}}, true);
  const seen = {rows: 0, quoted: 0, broken: 0, long: 0};
  for (let next = reader.next(); next && seen.rows < SAMPLE; next = reader.next()) {
    seen.rows++;
    if (next.broken) seen.broken++;
    if (next.cells.length > header.length) seen.long++;
    if (next.quoted) seen.quoted++;
  }
  return seen;
}

function tooWide(file: string, {width, above}: Try, {columns}: Limits) {
  return fault(2, {
    place: {file, line: above + 1},
    what: `表头有${width}列，超过上限${columns}（limits.columns）`,
    advice: "请删去多余的列；确需更多时，在xunheng.yaml的limits里调大"
  });
}
