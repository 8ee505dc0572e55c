import {GROUP, isDoor, matchHeader} from "../../src/contract/header.ts";
import type {Column, Table} from "../../src/contract/index.ts";
import {fault} from "../../src/fault.ts";
import type {LoaderContext, Source} from "../loader.ts";

/** Characters of a key. */
const LONGEST_KEY = 1000;

/** A key of a record, or of an object within it. */
export interface Key {
  /** Keys from the record down, joined by `›`. */
  readonly path: string;
  readonly below: Map<string, Key>;
  /** Position of its column, from 0; null while it has had no value of its own. */
  column: number | null;
  /** What the contract calls the column; null: unknown, or dropped at the door. */
  known: Column | null;
  /** Whether its values are kept: those of the contract, and of the first column, where 合计 may stand. */
  isKept: boolean;
  /** The last record it was in, to notice a key written twice. */
  seen: number;
}

/**
 * The columns of records of JSON: one for each key that has had a value, in the order of their first appearance; a key of an
 * object within the record stands below its group, `整改情况›整改期限`.
 * Errors: Fault 2 for more keys than `limits.columns`.
 */
export class KeyColumns {
  readonly header: string[] = [];
  readonly top: Key = emptyKey("");
  private keys = 0;
  private readonly table: Table;

  constructor(
    private readonly file: string,
    private readonly source: Source,
    private readonly context: Pick<LoaderContext, "table" | "limits">
  ) {
    this.table = context.table;
  }

  /** The key of that name below another. */
  below(key: Key, name: string): Key {
    const known = key.below.get(name);
    if (known) return known;
    const place = {file: this.file};
    if (name.length > LONGEST_KEY) throw fault(2, {place, what: `有一个键超过${LONGEST_KEY}个字`, advice: "请核对文件，重新导出"});
    const {columns} = this.context.limits;
    if (++this.keys > columns) {
      throw fault(2, {
        place,
        what: `列数超过上限${columns}（limits.columns）`,
        advice: "请核对文件；确需更多时，在xunheng.yaml的limits里调大"
      });
    }
    // A copy of its own: a part of a larger text would keep all of that in memory.
    const own = Buffer.from(name, "utf8").toString("utf8");
    const added = emptyKey(key === this.top ? own : `${key.path}${GROUP}${own}`);
    key.below.set(own, added);
    return added;
  }

  /** The position of a key's column, which it gets with its first value. */
  column(key: Key): number {
    if (key.column !== null) return key.column;
    key.column = this.header.push(key.path) - 1;
    const [name = null] = matchHeader([key.path], this.table, this.source).columns;
    key.known = this.table.columns.find((column) => column.name === name) ?? null;
    key.isKept = key.known !== null || (key.column === 0 && !isDoor(key.path));
    return key.column;
  }
}

function emptyKey(path: string): Key {
  return {path, below: new Map(), column: null, known: null, isKept: false, seen: 0};
}
