import type {HeaderMatch, HeaderSource} from "../../src/contract/header.ts";
import type {Column, Table} from "../../src/contract/index.ts";
import type {SourceFile} from "../files.ts";
import type {LoaderContext} from "../loader.ts";

/** Rows looked at below a header. */
export const PEEK_ROWS = 2000;

/** The beginning of a file, for `inspect`: what may be a table in it, without reading all of it where the format allows. */
export interface Peeked {
  /** Name of the loader that reads the file. */
  readonly loader: string;
  readonly parts: readonly PeekPart[];
  /** Things to say of the file: encoding, what had to be read in full. */
  readonly notes: readonly string[];
}

/** A sheet, a table of a database, or the whole of a file. */
export interface PeekPart {
  /** Name of the sheet or table; null when the file is the table. */
  readonly name: string | null;
  readonly hidden: boolean;
  /** What the source must say to read this part, beyond table, loader and path. */
  readonly options: Readonly<Record<string, string>>;
  /** The header under a table's names; null when there is none. */
  heading(table: Table, source: HeaderSource): PeekHead | null;
}

/** A header and what stands below it. */
export interface PeekHead {
  /** As the loader hands them over: groups parted by `›`. */
  readonly cells: readonly string[];
  readonly match: HeaderMatch;
  /** The row of the header as people number it; null where columns have names of their own. */
  readonly row: number | null;
  /** How the header is to be read: delimiter and quote of a text. */
  readonly notes: readonly string[];
  /** The first rows below, at most `PEEK_ROWS`: a text for each cell of the header, read for the column it is to fill. */
  rows(columns: readonly (Column | null)[]): PeekRows;
}

export interface PeekRows {
  readonly rows: readonly (readonly string[])[];
  /** Whether there are no more. */
  readonly whole: boolean;
}

/**
 * Looks at the beginning of a file.
 * Errors: as of the loader, for what is not a file of this kind, or carries a secrecy marking.
 */
export type Peek = (file: SourceFile, context: Omit<LoaderContext, "table">) => Promise<Peeked>;
