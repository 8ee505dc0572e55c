import {closeSync, openSync, writeFileSync} from "node:fs";
import {FAULT_SEPARATOR} from "../src/contract/shape.ts";

/** A row on its way to a prepared CSV. */
export interface PreparedRow {
  readonly source_row: number;
  /** Contract column and reason of each fault; the column is empty when the whole row is meant. */
  readonly faults: readonly {readonly column: string; readonly reason: string}[];
  /** One text per header cell. */
  readonly cells: readonly string[];
  /** Text of cells past the last header; null: this file has no such column, and rows may be shorter than the header. */
  readonly beyond: string | null;
}

const FLUSH = 1 << 20;

/**
 * Writes the CSV of a prepared `RawPart`. Line breaks and tabs inside a cell become one space, as the contract reads them
 * anyway: every record is one line, and DuckDB may scan it with several threads.
 */
export class PreparedFile {
  private readonly handle: number;
  private text = "";

  constructor(readonly path: string) {
    this.handle = openSync(path, "wx");
  }

  write({source_row, faults, cells, beyond}: PreparedRow): void {
    let line = `${source_row},${faults.length === 0 ? "" : quoted(faultText(faults))}`;
    for (const cell of cells) line += `,${cellText(cell)}`;
    this.text += beyond === null ? `${line}\n` : `${line},${cellText(beyond)}\n`;
    if (this.text.length > FLUSH) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.handle);
  }

  private flush(): void {
    writeFileSync(this.handle, this.text);
    this.text = "";
  }
}

/** TAB parts column and reason. */
function faultText(faults: PreparedRow["faults"]): string {
  return faults.map(({column, reason}) => `${column}\t${reason}`).join(FAULT_SEPARATOR);
}

function cellText(text: string): string {
  return /[",\t\r\n]/.test(text) ? quoted(text.replace(/[\t\r\n]+/g, " ")) : text;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
