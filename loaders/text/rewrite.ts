import {rmSync} from "node:fs";
import type {Table} from "../../src/contract/index.ts";
import {fault} from "../../src/fault.ts";
import type {Limits} from "../limits.ts";
import {PreparedFile, type PreparedRow} from "../prepared.ts";
import {BLANKS} from "./dialect.ts";
import type {Doubt} from "./doubt.ts";
import {type TextFile, textChunks} from "./encoding.ts";
import type {Head} from "./head.ts";
import {LongRecordError, type TextRecord, textRecords} from "./records.ts";
import {type RowRules, ruledCells} from "./row.ts";

/** So many records with unpaired quotes, and the file is not what it seems. */
const MOST_BROKEN = 1000;
/** Rows between two reports. */
const REPORTED = 50_000;
/** What is shown of values past the last header. */
const BEYOND = 200;

const BROKEN = "引号不成对，不能分清各列；请把这一行的引号改成一对，或删去";
const WITHHELD = "这一行没有与表头对齐；本表有在入口丢弃的列，错位的内容不予保存，请在原件中改正";

/** What rewriting needs beside the text. */
export interface RewriteContext {
  readonly table: Table;
  readonly limits: Limits;
  readonly progress: (rows: number) => void;
}

/**
 * Writes the records below the header as a prepared CSV; says what was irregular.
 * When quotes turn out to be amiss in a file that has values of several lines, it is read again warily, so that a stray
 * quote cannot make rows vanish into one value.
 * Errors: Fault 2 for too many rows, or too many with unpaired quotes.
 */
export function rewrite(text: TextFile, head: Head, path: string, context: RewriteContext): string[] {
  const read = (wary?: number) => new Rewriter(text, head, path, context).run(wary);
  try {
    return read() ?? read(head.header.length) ?? [];
  } catch (error) {
    throw error instanceof LongRecordError ? endlessLine(text.file) : error;
  }
}

class Rewriter {
  private readonly prepared: PreparedFile;
  private readonly rules: RowRules;
  /** Position of the last header with a name, and of the last that the contract knows. */
  private readonly last: number;
  private readonly lastKnown: number;
  private broken = 0;
  /** With columns dropped at the door: a short row is kept back until the next one is seen. */
  private held: PreparedRow | null = null;
  private isTorn = false;

  constructor(
    private readonly text: TextFile,
    private readonly head: Head,
    path: string,
    private readonly context: RewriteContext
  ) {
    const {header, match} = head;
    rmSync(path, {force: true});
    this.prepared = new PreparedFile(path);
    this.last = header.findLastIndex((cell) => cell.trim() !== "");
    this.lastKnown = match.columns.findLastIndex((name) => name !== null);
    const damaged = text.damage.lines > 0 ? text.encoding : null;
    const columns = match.columns.map((name) => context.table.columns.find((column) => column.name === name) ?? null);
    this.rules = {match, columns, limits: context.limits, damaged, hasNul: text.hasNul};
  }

  /** Null: the file must be read warily. */
  run(wary?: number): string[] | null {
    const {text, head, context} = this;
    const doubt: Doubt = {stray: false, multiline: false};
    const reading = {dialect: head.dialect, wary, longest: context.limits.cell_chars};
    let row = 0;
    for (const record of textRecords(textChunks(text.utf8), reading, doubt)) {
      row++;
      if (wary === undefined && doubt.stray && doubt.multiline) {
        this.prepared.close();
        return null;
      }
      if (row <= head.above + 1) continue;
      if (row % REPORTED === 0) context.progress(row);
      if (row - head.above - 1 > context.limits.rows) throw tooManyRows(text.file, context.limits);
      if (record.cells.length === 1 && (record.cells[0] ?? "").trim() === "") continue;
      if (record.broken && ++this.broken > MOST_BROKEN) throw tooBroken(text, row);
      this.take(record, row, wary !== undefined);
    }
    this.release();
    this.prepared.close();
    return this.broken > 0 ? [`${this.broken}行的引号不成对`] : [];
  }

  private take(record: TextRecord, row: number, isWary: boolean): void {
    const {cells, broken} = record;
    // A note below the table has one value.
    const isShort = cells.length > 1 && cells.length <= this.lastKnown;
    const beyond = broken ? "" : beyondText(cells.slice(this.last + 1));
    if (this.rules.match.doors.length > 0) {
      if (broken || beyond !== "" || (isShort && isWary)) {
        this.pass(withheld(row));
        return;
      }
      if (isShort) {
        this.hold(this.prepare(record, row, beyond));
        return;
      }
    }
    this.pass(this.prepare(record, row, beyond));
  }

  private prepare({cells: read, broken}: TextRecord, source_row: number, beyond: string): PreparedRow {
    const {cells, faults} = ruledCells(read, this.rules);
    if (broken) faults.unshift({column: "", reason: BROKEN});
    if (this.head.dialect.delimiter === BLANKS && beyond === "" && read.length !== this.head.header.length) {
      const reason = `各列以空格分隔，这一行有${read.length}个值，表头有${this.head.header.length}列，分不清哪一列空白；请改用逗号分隔`;
      faults.push({column: "", reason});
    }
    return {source_row, faults, cells, beyond};
  }

  /** Two short rows together may be one that a line break has torn: values of a dropped column may stand under another header. */
  private hold(row: PreparedRow): void {
    if (this.held) {
      this.isTorn = true;
      this.write(withheld(this.held.source_row));
    }
    this.held = row;
  }

  private pass(row: PreparedRow): void {
    this.release();
    this.write(row);
  }

  private release(): void {
    if (this.held) this.write(this.isTorn ? withheld(this.held.source_row) : this.held);
    this.held = null;
    this.isTorn = false;
  }

  private write(row: PreparedRow): void {
    const {length} = this.head.header;
    this.prepared.write(row.cells.length === length ? row : {...row, cells: new Array<string>(length).fill("")});
  }
}

function beyondText(cells: readonly string[]): string {
  return cells
    .filter((cell) => cell.trim() !== "")
    .join(" ")
    .slice(0, BEYOND);
}

/** A row that is rejected without anything it held. */
function withheld(source_row: number): PreparedRow {
  return {source_row, faults: [{column: "", reason: WITHHELD}], cells: [], beyond: ""};
}

/** Says that there are more rows than may be. */
export function tooManyRows(file: string, {rows}: Limits) {
  return fault(2, {
    place: {file},
    what: `行数超过上限${rows}（limits.rows）`,
    advice: "请核对文件；确需更多时，在xunheng.yaml的limits里调大"
  });
}

/** Says that a line does not end. */
export function endlessLine(file: string) {
  return fault(2, {place: {file}, what: "有一行超过1600万字，不是一行一条的文本", advice: "请核对文件是否完整，重新导出"});
}

function tooBroken({file}: TextFile, row: number) {
  return fault(2, {
    place: {file, line: row},
    what: `引号不成对的行超过${MOST_BROKEN}行`,
    advice: "文件不是规范的CSV，请用表格软件打开后另存为“CSV UTF-8（逗号分隔）”"
  });
}
