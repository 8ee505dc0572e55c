import {createHash} from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync
} from "node:fs";
import {basename, dirname, join} from "node:path";
import {fault, type Place} from "../fault.ts";
import {flushDirectory, flushFile} from "./flush.ts";

/** One line of a record to which lines are only ever added; each names the hash of the line before. */
export interface Link {
  readonly n: number;
  readonly prev: string;
  readonly hash: string;
}

/** What a line says, before it has its place in the chain. */
export type Body<T extends Link> = Omit<T, keyof Link>;

/** A kind of record: its words, and what of a line is hashed. */
export interface Chain<T extends Link> {
  /** What one line is. */
  readonly word: string;
  /** What became of a line that was not written to its end. */
  readonly lost: string;
  /** What to do about a record that does not hold. */
  readonly restore: string;
  /** The line's fields in the order in which they are written and hashed, `prev` after them. */
  readonly fields: readonly (keyof Body<T> & string)[];
  /** What is wrong with a line that fits into the chain; null: nothing. */
  readonly complaint: (link: T) => {readonly what: string; readonly advice: string} | null;
}

/** Lines in order, and what a killed command left of a line at the end, if anything. */
export interface ChainLog<T extends Link> {
  readonly links: readonly T[];
  readonly torn: string | null;
}

/**
 * Reads a record and follows its chain. A last line that only lacks its line end is whole, and counts.
 * Errors: Fault 2 when lines are missing at the end, or naming the line that is none, does not follow from the one before, or has a
 * shape that this program does not know. A torn last line is reported, not an error.
 */
export function readChain<T extends Link>(chain: Chain<T>, path: string): ChainLog<T> {
  const {links, torn} = readLog(chain, path);
  return {links, torn: torn === null ? null : torn.toString("utf8")};
}

function readLog<T extends Link>(chain: Chain<T>, path: string): {links: T[]; torn: Buffer | null} {
  const log = existsSync(path) ? readLines(chain, path) : {links: [], torn: null};
  checkEnd(chain, path, log.links);
  return log;
}

/** How many lines there were when the last one was written, and its hash: lines taken from the end would not be missed otherwise. */
type End = Pick<Link, "n" | "hash">;

/** `decisions.jsonl` → `decisions.end` beside it. */
function endFile(path: string): string {
  return join(dirname(path), `${basename(path, ".jsonl")}.end`);
}

/** Errors: Fault 2 when lines are missing at the end. A kill between a line and its mark leaves the mark behind, which is no fault. */
function checkEnd<T extends Link>({word, restore}: Chain<T>, path: string, links: readonly T[]): void {
  const file = endFile(path);
  const end = existsSync(file) ? (parsed(readFileSync(file, "utf8")) as End | null) : null;
  if (end === null || links[end.n - 1]?.hash === end.hash) return;
  const missing = end.n - links.length;
  const what = missing > 0 ? `末尾少了${missing}条${word}，记录被改动过` : `第${end.n}条${word}不是原来的那一条，记录被改动过`;
  throw fault(2, {place: {file: path}, what, advice: restore});
}

function writeEnd(path: string, {n, hash}: End): void {
  const file = endFile(path);
  writeFileSync(`${file}.new`, `${JSON.stringify({n, hash})}\n`);
  flushFile(`${file}.new`);
  renameSync(`${file}.new`, file);
}

function readLines<T extends Link>(chain: Chain<T>, path: string): {links: T[]; torn: Buffer | null} {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, end).toString("utf8").split("\n").slice(0, -1);
  const links: T[] = [];
  for (const [i, line] of lines.entries()) {
    const place = {file: path, line: i + 1};
    const link = parsed(line) as T | null;
    if (!link) throw fault(2, {place, what: `不是完整的${chain.word}记录`, advice: chain.restore});
    if (!follows(chain, link, links))
      throw fault(2, {place, what: `第${i + 1}条${chain.word}与前一条接不上，记录被改动过`, advice: chain.restore});
    checkShape(chain, link, place);
    links.push(link);
  }
  const tail = bytes.subarray(end);
  if (tail.length === 0) return {links, torn: null};
  const last = parsed(tail.toString("utf8")) as T | null;
  if (!last || !follows(chain, last, links)) return {links, torn: tail};
  checkShape(chain, last, {file: path, line: links.length + 1});
  return {links: [...links, last], torn: null};
}

/** The line as it will stand after the others. Nothing is written. */
export function sealLink<T extends Link>(chain: Chain<T>, before: readonly T[], body: Body<T>): T {
  const link = {n: before.length + 1, ...picked(chain, body), prev: before.at(-1)?.hash ?? ""};
  return {...link, hash: hashOf(chain, link as Omit<T, "hash">)} as unknown as T;
}

/**
 * Appends a line and flushes it with its directory; call it under the lock. A torn last line is first moved to a file beside.
 * A write that fails halfway (disk full) is taken back, so that the file is as before.
 */
export function appendLink<T extends Link>(chain: Chain<T>, path: string, body: Body<T>): T {
  setTornLineAside(chain, path);
  const link = sealLink(chain, readLog(chain, path).links, body);
  const file = openSync(path, "a+");
  try {
    const {size} = fstatSync(file);
    const isOpen = size > 0 && readFileSync(path).at(-1) !== 0x0a;
    try {
      writeFileSync(file, `${isOpen ? "\n" : ""}${JSON.stringify(link)}\n`);
      fsyncSync(file);
    } catch (error) {
      ftruncateSync(file, size);
      throw error;
    }
  } finally {
    closeSync(file);
  }
  writeEnd(path, link);
  flushDirectory(dirname(path));
  return link;
}

/**
 * Moves a torn last line to a file beside, so that the next line begins anew; call it under the lock.
 * Shape: the sentence to tell the user, or null when nothing was torn.
 */
export function setTornLineAside<T extends Link>(chain: Chain<T>, path: string): string | null {
  const {links, torn} = readLog(chain, path);
  if (torn === null) return null;
  let aside = `${path}.torn-${links.length + 1}`;
  for (let i = 2; existsSync(aside); i++) aside = `${path}.torn-${links.length + 1}-${i}`;
  writeFileSync(aside, torn);
  flushFile(aside);
  const file = openSync(path, "r+");
  try {
    ftruncateSync(file, fstatSync(file).size - torn.length);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  flushDirectory(dirname(path));
  return `${chain.word}记录的最后一行没有写完（写它的命令中途被终止），${chain.lost}，残行已移到 ${basename(aside)}；如仍需要，请重新作出${chain.word}`;
}

function follows<T extends Link>(chain: Chain<T>, {hash, ...link}: T, before: readonly T[]): boolean {
  return link.n === before.length + 1 && link.prev === (before.at(-1)?.hash ?? "") && hash === hashOf(chain, link);
}

function checkShape<T extends Link>({complaint}: Chain<T>, link: T, place: Place): void {
  const found = complaint(link);
  if (found) throw fault(2, {place, ...found});
}

function picked<T extends Link>({fields}: Chain<T>, body: Body<T>): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, body[field]]));
}

function hashOf<T extends Link>({fields}: Chain<T>, link: Omit<T, "hash">): string {
  const values = ["n", ...fields, "prev"].map((field) => (link as Record<string, unknown>)[field]);
  return createHash("sha256").update(JSON.stringify(values)).digest("hex");
}

function parsed(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
