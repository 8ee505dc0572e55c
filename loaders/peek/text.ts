import {closeSync, openSync, readSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {Fault} from "../../src/fault.ts";
import type {SourceFile} from "../files.ts";
import type {LoaderContext} from "../loader.ts";
import {refuseMarked} from "../marking.ts";
import {encodingNotes, openText, textChunks} from "../text/encoding.ts";
import {dialectNotes, findHead} from "../text/head.ts";
import {RecordReader} from "../text/records.ts";
import {PEEK_ROWS, type Peek, type PeekHead} from "./peek.ts";

/** Bytes looked at. */
const HEAD = 4 * 1024 * 1024;

/** The beginning of a delimited text, under each dialect. */
export const peekText: Peek = async (file, {scratch, limits}) => {
  refuseMarked(file.file.split("/").at(-1) ?? "", {file: file.file});
  const {head, whole} = headFile(file, scratch, "head.csv");
  const text = openText(head, join(scratch, "head.utf8.csv"), {wanted: "CSV"});
  const content = [...textChunks(text.utf8)].join("");
  const notes = encodingNotes(text);
  if (!whole) notes.push(headNote());
  const heading = (table: LoaderContext["table"], columns: Readonly<Record<string, string>>): PeekHead | null => {
    const source = {name: table.name, table: table.name, loader: "csv", columns, values: {}, mode: "snapshot"} as const;
    try {
      const found = findHead(content, file, table, source, limits);
      return {
        cells: found.header,
        match: found.match,
        row: found.above + 1,
        notes: dialectNotes(found),
        rows: () => {
          const reader = new RecordReader(content.slice(found.end), {dialect: found.dialect}, true);
          const rows: (readonly string[])[] = [];
          let next = reader.next();
          for (; next && rows.length < PEEK_ROWS; next = reader.next())
            if (next.cells.some((cell) => cell.trim() !== "")) rows.push(next.cells);
          return {rows, whole: whole && next === null};
        }
      };
    } catch (error) {
      if (error instanceof Fault && error.exit === 2) return null;
      throw error;
    }
  };
  return {
    loader: "csv",
    notes,
    parts: [{name: null, hidden: false, options: {}, heading: (table, {columns}) => heading(table, columns)}]
  };
};

/** Says that a file is too large to be looked at as a whole. */
export function headNote(): string {
  return `文件较大，只看了前${HEAD / 1024 / 1024} MiB`;
}

/** The first bytes of a file as a file of their own, up to the end of a line; the file itself when it is small. */
export function headFile(file: SourceFile, scratch: string, name: string): {head: SourceFile; whole: boolean} {
  if (statSync(file.path).size <= HEAD) return {head: file, whole: true};
  const bytes = Buffer.alloc(HEAD);
  const handle = openSync(file.path, "r");
  try {
    readSync(handle, bytes, 0, HEAD, 0);
  } finally {
    closeSync(handle);
  }
  const wide = bytes.subarray(0, 256).includes(0);
  const end = wide ? HEAD : bytes.lastIndexOf(10) + 1 || HEAD;
  const path = join(scratch, name);
  writeFileSync(path, bytes.subarray(0, end));
  return {head: {path, file: file.file}, whole: false};
}
