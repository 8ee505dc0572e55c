import {TABLES, type Table} from "../contract/index.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {Database, type EngineOptions} from "./duckdb.ts";
import {ROW_CHANGE, type RowChange, rowChangeSql, versionTextSql} from "./row-change.ts";

/** How many rows an effect lists; the others are counted. */
export const LISTED = 1000;

/** Numbers of a table before and after. */
export interface TableEffect {
  readonly table: string;
  readonly title: string;
  readonly held: readonly [number, number];
  readonly withdrawn: readonly [number, number];
}

/** What a decision does to the rows in force. */
export interface Effect {
  /** Rows of the source: no longer in force, with other content, in force again. */
  readonly missing: number;
  readonly changed: number;
  readonly added: number;
  /** At most LISTED of them; of a changed row, `batch`, file and row are those of the content that is in force afterwards. */
  readonly rows: readonly RowChange[];
  /** Tables whose held or withdrawn rows are more or fewer than before. */
  readonly tables: readonly TableEffect[];
}

/**
 * Compares two warehouses of one workspace.
 * @param before file of the warehouse as it is
 * @param after file of the warehouse as it will be
 * @param concerned the source whose rows are compared one by one; null compares numbers only
 */
export async function effectOf(
  before: string,
  after: string,
  concerned: {table: Table; source: string} | null,
  {mask, ...options}: EngineOptions & {mask: boolean}
): Promise<Effect> {
  const db = await Database.open(":memory:", options);
  try {
    await db.run(`attach ${quotedString(before)} as "was" (read_only); attach ${quotedString(after)} as "will" (read_only)`);
    const tables = (await db.rows<{name: string; h0: number; h1: number; w0: number; w1: number}>(numbersSql()))
      .filter(({h0, h1, w0, w1}) => h0 !== h1 || w0 !== w1)
      .map(({name, h0, h1, w0, w1}) => ({table: name, title: titleOf(name), held: [h0, h1], withdrawn: [w0, w1]}) as const);
    if (!concerned) return {missing: 0, changed: 0, added: 0, rows: [], tables};
    const {table, source} = concerned;
    await db.run(rowChangeSql(table, versionTextSql(table, "was", source), versionTextSql(table, "will", source), mask));
    const counts = await db.rows<{what: RowChange["what"]; n: number}>("select what, count(*) as n from row_change group by what");
    const of = (what: RowChange["what"]) => counts.find((c) => c.what === what)?.n ?? 0;
    const rows = await db.rows<RowChange>(
      `select ${ROW_CHANGE} from row_change order by case what when 'missing' then 1 when 'changed' then 2 else 3 end, key limit ${LISTED}`
    );
    return {missing: of("missing"), changed: of("changed"), added: of("added"), rows, tables};
  } finally {
    db.close();
  }
}

function numbersSql(): string {
  const count = (database: string, name: string) =>
    `(select count(*) from ${quotedIdentifier(database)}.${quotedIdentifier(name)})`;
  return TABLES.map(
    ({name}, i) =>
      `select ${i} as i, ${quotedString(name)} as name, ${count("was", `${name}_held`)} as h0, ${count("will", `${name}_held`)} as h1, ${count("was", `${name}_withdrawn`)} as w0, ${count("will", `${name}_withdrawn`)} as w1`
  )
    .join(" union all ")
    .concat(" order by i");
}

function titleOf(name: string): string {
  return TABLES.find((t) => t.name === name)?.title ?? name;
}
