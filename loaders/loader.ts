import type {Table} from "../src/contract/index.ts";

/** One entry of `sources:` in xunheng.yaml, paths already resolved. */
export interface Source {
  /** Default: its table. A load of one source is one batch. */
  readonly name: string;
  readonly table: string;
  readonly loader: string;
  /** As written, relative to xunheng.yaml; may be a glob. */
  readonly path?: string;
  readonly sheet?: string | readonly string[];
  readonly hidden?: "skip" | "read";
  /** The office's header → contract column. */
  readonly columns: Readonly<Record<string, string>>;
  /** Contract column → the office's value → the contract's value. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly mode: "snapshot" | "append";
}

/**
 * What a loader hands over for one table of one file (or sheet): a CSV file on disk whose records are the rows below the
 * header, every cell as text. DuckDB reads it, so nothing is looped over in TypeScript after this.
 */
export interface RawPart {
  /** As shown to people: relative to xunheng.yaml, with `/`. */
  readonly file: string;
  readonly sheet: string | null;
  /** SHA-256 of the source file, hex. */
  readonly sha256: string;
  /**
   * Header cells as written, from the first column of the file or sheet on; merged group headers are joined by `›`
   * (`整改情况›整改期限`). Titles of columns dropped at the door are here, their values nowhere.
   */
  readonly header: readonly string[];
  /** UTF-8 CSV to read: the source itself or a copy in `scratch`. */
  readonly csv: string;
  /** Lines of `csv` before the first record below the header. */
  readonly skip: number;
  readonly delimiter: string;
  /**
   * true: the CSV was written by the loader. Its first two columns are source_row and fault (text, empty when none; a
   * fault like `due_on\t整改期限…` rejects the row: contract column, empty for the whole row, and reason parted by TAB,
   * several parted by U+001E), then the header's columns, then `beyond` (text of cells past the last header, empty when
   * none). Every record is one line: line breaks and tabs in cells have become a space.
   * false: `csv` is the source or its UTF-8 copy, no record longer than the header; rows are numbered from first_row on.
   */
  readonly prepared: boolean;
  /** Record number (in a sheet: row number) of the first record below the header; 1 is the first of the file. */
  readonly first_row: number;
  /** Things to tell the user: hidden sheets left out, encoding and delimiter found. */
  readonly notes: readonly string[];
}

/** What a loader may use. */
export interface LoaderContext {
  /** Directory of xunheng.yaml. */
  readonly root: string;
  readonly table: Table;
  /** An empty directory for temporary files, removed after the load. */
  readonly scratch: string;
  /** Called now and then with a sentence for the terminal. */
  readonly progress: (text: string) => void;
}

/**
 * A loader turns one source into parts. To add one, put a file into loaders/ that exports a function of this type and
 * name it in loaders/index.ts.
 * Errors: Fault 2 for a file that cannot be read (place and advice), 3 for a classified one, 4 for a server out of reach.
 */
export type Loader = (source: Source, context: LoaderContext) => Promise<readonly RawPart[]>;
