import type {PeekHead, PeekPart} from "../../../loaders/peek/peek.ts";
import {GROUP, headerKey, isDoor, matchHeader} from "../../contract/header.ts";
import {TABLES, type Table} from "../../contract/index.ts";
import {synonyms} from "../../contract/synonym.ts";

/** How well a sheet fits a table, 0 to 100, under its best header. */
export interface Fit {
  readonly table: Table;
  readonly score: number;
  readonly head: PeekHead;
  readonly cells: readonly CellMatch[];
}

/** What a header cell is for a table. */
export interface CellMatch {
  /** As written, blanks tidied; the lowest of several header rows alone where that is enough to tell it from others. */
  readonly header: string;
  readonly column: string | null;
  /** 契约: the contract's own word. 别名: one that offices use, which `columns:` must map. */
  readonly how: "契约" | "别名" | "不读" | "丢弃";
}

/** A sheet that fits no table better is none. */
const LEAST = 30;
/** Tables that fit about as well as the best. */
const NEAR = 10;

/**
 * Tables a sheet may be, the best first: those about as good follow.
 * Score: named columns among the headers (45) and required columns that have a header (55); another office's word counts less
 * than the contract's, a word of two characters least. A sheet that is called like the table gets 5 more.
 */
export function guessTables(part: PeekPart, only: Table | null): Fit[] {
  const fits = (only ? [only] : TABLES).flatMap((table) => fitOf(part, table) ?? []);
  const best = Math.max(0, ...fits.map(({score}) => score));
  return fits
    .filter(({score}) => only !== null || (score >= LEAST && score >= best - NEAR))
    .sort((a, b) => b.score - a.score || TABLES.indexOf(a.table) - TABLES.indexOf(b.table));
}

function fitOf(part: PeekPart, table: Table): Fit | null {
  const source = {name: table.name, columns: synonyms(table)};
  const head = part.heading(table, source);
  if (!head) return null;
  const cells = matchCells(head, table);
  const named = cells.filter(({header}) => header !== "").length;
  const weight = new Map(cells.flatMap((cell) => (cell.column === null ? [] : [[cell.column, weightOf(cell)] as const])));
  const sum = (columns: readonly {name: string}[]) => columns.reduce((total, {name}) => total + (weight.get(name) ?? 0), 0);
  const required = table.columns.filter((c) => c.required);
  const called = part.name !== null && headerKey(part.name) === headerKey(table.title) ? 5 : 0;
  const score = 45 * (sum(table.columns) / Math.max(1, named)) + 55 * (sum(required) / required.length) + called;
  return {table, score: Math.min(100, Math.round(score)), head, cells};
}

function weightOf({header, how}: CellMatch): number {
  if (how === "契约") return 1;
  return header.length > 2 ? 0.8 : 0.5;
}

/** What each header cell is: the contract's own words first, then those that offices use, each column once. */
export function matchCells({cells}: Pick<PeekHead, "cells">, table: Table): CellMatch[] {
  const own = matchHeader(cells, table, {name: table.name, columns: {}});
  const taken = new Set(own.columns.filter((name) => name !== null));
  const words = synonyms(table);
  const rank = Object.keys(words).map(headerKey);
  const others = cells
    .map((cell, i) => ({i, column: own.columns[i] === null && !isDoor(cell) ? aliasOf(cell, table, words) : null, cell}))
    .filter(({column}) => column !== null)
    .sort((a, b) => rankOf(a.cell, rank) - rankOf(b.cell, rank) || a.i - b.i);
  const aliases = new Map<number, string>();
  for (const {i, column} of others) {
    if (column === null || taken.has(column)) continue;
    taken.add(column);
    aliases.set(i, column);
  }
  return cells.map((cell, i) => {
    const header = shortHeader(cell, cells);
    if (isDoor(cell)) return {header, column: null, how: "丢弃"};
    const alias = aliases.get(i);
    if (alias !== undefined) return {header, column: alias, how: "别名"};
    const column = own.columns[i] ?? null;
    return {header, column, how: column === null ? "不读" : "契约"};
  });
}

/** By the whole header, else without what stands in brackets: 巡视（暗访）时间. */
function aliasOf(cell: string, table: Table, columns: Readonly<Record<string, string>>): string | null {
  const named = (text: string) => matchHeader([text], table, {name: table.name, columns}).columns[0] ?? null;
  return named(cell) ?? named(cell.replace(/[（(][^（()）]*[)）]/g, ""));
}

/** Place of a word in the list of words, the more telling first. */
function rankOf(cell: string, words: readonly string[]): number {
  const at = words.indexOf(headerKey(cell.split(GROUP).at(-1) ?? ""));
  return at < 0 ? words.length : at;
}

/** The lowest header, when no other column has the same. */
function shortHeader(cell: string, cells: readonly string[]): string {
  const last = (text: string) => headerKey(text.split(GROUP).at(-1) ?? "");
  const tidied = cell.replace(/\s+/g, " ").trim();
  const short = (tidied.split(GROUP).at(-1) ?? "").trim();
  return cells.filter((other) => last(other) === last(cell)).length > 1 ? tidied : short;
}
