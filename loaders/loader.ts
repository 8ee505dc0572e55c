import type {Table} from "../src/contract/index.ts";
import type {FileStamp} from "./files.ts";
import type {Limits} from "./limits.ts";

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
  /** What only this kind of source has (`query: select …`), by the names its loader declares. */
  readonly options?: Readonly<Record<string, string>>;
  /** The office's header → contract column. */
  readonly columns: Readonly<Record<string, string>>;
  /** Contract column → the office's value → the contract's value. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Contract column → text, for every row in which the file has none. */
  readonly constants?: Readonly<Record<string, string>>;
  /** The contract column without which a row is none of this table, or several of which it needs one; parted by commas. */
  readonly filled?: string;
  readonly mode: "snapshot" | "append";
}

/** What a loader hands over for one table of one file, sheet or query. */
export type RawPart = CsvPart | TablePart;

interface Part {
  /** As shown to people: relative to xunheng.yaml, with `/`; of a server, the name of the variable that holds its address. */
  readonly file: string;
  readonly sheet: string | null;
  /** SHA-256 of the source file, hex; of a query, of what it returned. */
  readonly sha256: string;
  /**
   * Header cells as written, from the first column of the file or sheet on; merged group headers are joined by `›`
   * (`整改情况›整改期限`). Titles of columns dropped at the door are here, their values nowhere.
   */
  readonly header: readonly string[];
  /** Record number (in a sheet: row number) of the first record below the header; 1 is the first of the file. */
  readonly first_row: number;
  /** Things to tell the user: hidden sheets left out, encoding and delimiter found. */
  readonly notes: readonly string[];
  /** The file as it was before reading began; the load refuses the source when it has changed meanwhile. Null: no file. */
  readonly stamp: FileStamp | null;
}

/** Rows in a CSV file on disk, every cell as text. DuckDB reads it, so nothing is looped over in TypeScript after this. */
export interface CsvPart extends Part {
  readonly kind: "csv";
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
  /** Of a file read in place: how many records it has when each of them is one line, so that several threads may read it; else null. */
  readonly lines?: number | null;
}

/**
 * Rows that DuckDB reads by itself: a Parquet file, records of JSON. `relation` is a SELECT with the columns source_row BIGINT,
 * row_fault VARCHAR (as in a prepared CSV; null when none) and c0, c1 … VARCHAR, one for each cell of `header`.
 */
export interface TablePart extends Part {
  readonly kind: "table";
  readonly relation: string;
}

/** A DuckDB of the loader's own, without access to anything but what it was given. */
export interface LoaderEngine {
  readonly rows: <T>(sql: string) => Promise<T[]>;
  readonly run: (sql: string) => Promise<void>;
  readonly close: () => void;
}

/** What a loader may use. */
export interface LoaderContext {
  /** Directory of xunheng.yaml. */
  readonly root: string;
  readonly table: Table;
  /** An empty directory for temporary files, removed after the load. */
  readonly scratch: string;
  readonly limits: Limits;
  /** What loaders keep from one source of a load to the next, such as an open workbook. */
  readonly opened?: Map<string, unknown>;
  /** Environment variables, for secrets that a source names (`url: $RECTIFY_URL`). */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Opens an engine that can read these files and write below `scratch`, and nothing else; `prepare` is run before it is sealed
   * (`attach … (read_only)`). Close it after use.
   */
  readonly openEngine: (paths: readonly string[], prepare?: readonly string[]) => Promise<LoaderEngine>;
  /** Called now and then with a sentence for the terminal, and the rows read so far when they are known. */
  readonly progress: (text: string, rows?: number) => void;
}

/**
 * A loader turns one source into parts. To add one, put a file into loaders/ that exports a `LoaderEntry` and name it in
 * loaders/index.ts; src/guide/loader.md shows how.
 * Errors: Fault 2 for a file that cannot be read (place and advice), 3 for a classified one, 4 for a server out of reach.
 */
export type Loader = (source: Source, context: LoaderContext) => Promise<readonly RawPart[]>;

/** A loader and what xunheng.yaml may say of its sources. */
export interface LoaderEntry {
  /** What it reads, in a few words of Chinese, for help and messages. */
  readonly title: string;
  /** Keys beyond those every source has, with what they say; `path`, `sheet` and `hidden` are among them where they mean something. */
  readonly options: Readonly<Record<string, string>>;
  /** File name endings that `inspect` takes for this loader, without the dot. */
  readonly endings: readonly string[];
  readonly load: Loader;
}
