import {type DuckDBConnection, DuckDBInstance, type DuckDBResultReader, DuckDBTypeId, StatementType} from "@duckdb/node-api";
import {quotedString} from "../sql.ts";

/** A row as plain values: integers as numbers, dates and decimals as text. */
export type Row = Record<string, string | number | boolean | null>;

/** How to open an engine. Memory in DuckDB's words (`2GiB`); threads default to the machine's. */
export interface EngineOptions {
  readonly readonly?: boolean;
  readonly threads?: number | undefined;
  readonly memory?: string | undefined;
  /** Where it may spill. */
  readonly scratch?: string | undefined;
}

/** Types whose values fit a JavaScript number here: counts and milli-points. */
const INTEGERS = new Set([DuckDBTypeId.BIGINT, DuckDBTypeId.HUGEINT, DuckDBTypeId.UBIGINT]);

/** One DuckDB connection of our own: no extension is ever fetched, times are Beijing's. */
export class Database {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly isFirst = true
  ) {}

  /**
   * Opens a file, or `:memory:`.
   * @example const db = await Database.open(":memory:")
   */
  static async open(
    path = ":memory:",
    {readonly = false, threads, memory = "2GiB", scratch}: EngineOptions = {}
  ): Promise<Database> {
    const config: Record<string, string> = {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_community_extensions: "false",
      memory_limit: memory
    };
    if (threads) config.threads = String(threads);
    if (scratch) config.temp_directory = scratch;
    if (readonly) config.access_mode = "READ_ONLY";
    const instance = await DuckDBInstance.create(path, config);
    const connection = await instance.connect();
    await connection.run("set TimeZone = 'Asia/Shanghai'");
    return new Database(instance, connection);
  }

  /**
   * A second session of the same engine: it sees the same tables, but has temporary ones and variables of its own. Close it before
   * this one.
   * @example const side = await db.beside(); try { await scoreDatabase(side, scoring) } finally { side.close() }
   */
  async beside(): Promise<Database> {
    const connection = await this.instance.connect();
    await connection.run("set TimeZone = 'Asia/Shanghai'");
    return new Database(this.instance, connection, false);
  }

  /** Runs one or several statements. */
  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  /**
   * Runs a stranger's statements one after the other, each only when its kind (`SELECT`, `CREATE` …) is among those given.
   * Errors: RangeError naming the first kind that is not.
   */
  async runKinds(sql: string, kinds: ReadonlySet<string>): Promise<void> {
    const extracted = await this.connection.extractStatements(sql);
    for (let i = 0; i < extracted.count; i++) {
      const prepared = await extracted.prepare(i);
      try {
        const kind = StatementType[prepared.statementType] ?? "";
        if (!kinds.has(kind)) throw new RangeError(`第${i + 1}句是 ${kind}`);
        await prepared.run();
      } finally {
        prepared.destroySync();
      }
    }
  }

  /** Stops what is running; its promise is refused. */
  interrupt(): void {
    this.connection.interrupt();
  }

  /** All rows of a query; for results that fit in memory. */
  async rows<T = Row>(sql: string): Promise<T[]> {
    const reader = await this.connection.runAndReadAll(sql);
    const rows = reader.getRowObjectsJson() as Record<string, unknown>[];
    const wide = integerColumns(reader);
    for (const row of rows) for (const name of wide) if (row[name] !== null) row[name] = Number(row[name]);
    return rows as T[];
  }

  /** The first row; undefined when there is none. */
  async row<T = Row>(sql: string): Promise<T | undefined> {
    return (await this.rows<T>(sql))[0];
  }

  /** The single value of a query with one column, or undefined without a row. */
  async value<T = string | number | boolean | null>(sql: string): Promise<T | undefined> {
    const row = await this.row(sql);
    return row === undefined ? undefined : (Object.values(row)[0] as T);
  }

  /** One column of texts or numbers. */
  async list<T = string>(sql: string): Promise<T[]> {
    return (await this.rows(sql)).map((row) => Object.values(row)[0] as T);
  }

  /** All columns of a query as the engine's chunks hold them; for writers that go column by column. */
  async reader(sql: string): Promise<DuckDBResultReader> {
    return this.connection.runAndReadAll(sql);
  }

  /** The first column as a stream of texts, chunk by chunk, in the query's order. */
  async *texts(sql: string): AsyncGenerator<readonly string[]> {
    const result = await this.connection.stream(sql);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk.getColumnValues(0) as string[];
    }
  }

  /** Sets a session variable that models read by `getvariable`. */
  async set(
    name: string,
    value: string | number | null,
    type: "date" | "varchar" | "bigint" | "timestamptz" = "varchar"
  ): Promise<void> {
    const literal = value === null ? "null" : typeof value === "number" ? String(value) : quotedString(value);
    await this.run(`set variable ${name} = cast(${literal} as ${type})`);
  }

  /** Gives the file back; a second session gives back only its own. */
  close(): void {
    this.connection.closeSync();
    if (this.isFirst) this.instance.closeSync();
  }
}

function integerColumns(reader: DuckDBResultReader): string[] {
  const names = reader.columnNames();
  return reader.columnTypes().flatMap((type, i) => (INTEGERS.has(type.typeId) ? [names[i] as string] : []));
}
