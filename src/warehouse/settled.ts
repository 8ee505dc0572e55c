import {TABLES, type Table, tableNamed} from "../contract/index.ts";
import {markSql} from "../contract/mark.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Batch} from "../workspace/batch.ts";
import type {Decision} from "../workspace/decision.ts";
import type {Database} from "./duckdb.ts";
import {keptRows} from "./kept-rows.ts";

/**
 * The marks of rows that nobody will correct, by source, as the decisions say.
 * @example waivedMarks(readDecisions(path).decisions).get("finding")?.has(mark)
 */
export function waivedMarks(decisions: readonly Decision[]): ReadonlyMap<string, ReadonlySet<string>> {
  const waived = new Map<string, Set<string>>();
  for (const {kind, args} of decisions) {
    if (kind !== "waive") continue;
    const source = String(args.source);
    const marks = waived.get(source) ?? new Set<string>();
    for (const mark of args.marks as readonly unknown[]) marks.add(String(mark));
    waived.set(source, marks);
  }
  return waived;
}

/**
 * Statements that build `correction` and `replaced` from batches of corrections.
 * Shape: `correction` has a row for each kept row of such a batch that corrects another: whose (`corrects`), what it says (`mark`), and
 * its status; a rejected row that says the same as before corrects nothing. `replaced` has the marks of rows for which an
 * accepted correction stands, at once or by correcting a correction, with the first batch that brought it.
 */
export function correctionSql(batches: readonly Batch[]): string[] {
  const rows = batches
    .filter(({mode}) => mode === "corrections")
    .map(
      (
        b
      ) => `select ${quotedString(b.id)} as batch_id, ${b.n} as batch_n, ${quotedString(b.source)} as source_name, status, corrects, mark
from (select *, ${markSql(tableNamed(b.table), null)} as mark from ${keptRows(b)})
where corrects is not null and not (status = 'rejected' and corrects = mark)`
    );
  const none = "select '' as batch_id, 0::integer as batch_n, '' as source_name, '' as status, '' as corrects, '' as mark limit 0";
  return [
    `create table correction as ${rows.length === 0 ? none : rows.join("\nunion all\n")}`,
    `create table replaced as
with recursive back as (
  select source_name, corrects as mark, batch_n from correction where status = 'ok'
  union
  select b.source_name, c.corrects, b.batch_n from back b join correction c on c.source_name = b.source_name and c.mark = b.mark and c.status = 'rejected'
)
select source_name, mark, min(batch_n)::integer as batch_n from back group by all`
  ];
}

/**
 * A condition on rows of a batch: true for those that no earlier correction replaces. A file that is loaded again as it was must not
 * undo what was corrected. Null when its source has no earlier corrections.
 */
export function standingSql(table: Table, batch: Batch, batches: readonly Batch[]): string | null {
  const corrected = batches.some((b) => b.source === batch.source && b.mode === "corrections" && b.n < batch.n);
  if (!corrected || batch.mode === "corrections") return null;
  return `${markSql(table, null)} not in (select p.mark from replaced p where p.source_name = ${quotedString(batch.source)} and p.batch_n < ${batch.n})`;
}

/**
 * Says of rejected and held rows what was done about them: removes rejected corrections of rows that are no longer in question, or
 * were corrected anew, and builds `settled` (source_name, mark, state).
 * Needs `reject`, `correction` and the `<table>_held` of every table.
 */
export async function settleRejects(db: Database, waived: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
  if (Number(await db.value("select count(*) from correction")) > 0) await dropDead(db);
  const marks = [...waived].flatMap(([source, each]) =>
    [...each].map((mark) => `(${quotedString(source)}, ${quotedString(mark)})`)
  );
  const given =
    marks.length === 0
      ? "select '' as source_name, '' as mark limit 0"
      : `select * from (values ${marks.join(", ")}) as v(source_name, mark)`;
  await db.run(`create table settled as
select distinct source_name, corrects as mark, '更正' as state from correction
union all
select source_name, mark, '放弃' from (${given}) w where not exists (select 1 from correction c where c.source_name = w.source_name and c.corrects = w.mark)`);
}

async function dropDead(db: Database): Promise<void> {
  const held = TABLES.map(({name}) => `select source_name, mark from ${quotedIdentifier(`${name}_held`)}`);
  await db.run(`create temp table live as
with recursive asked as (
  select source_name, mark from reject where not exists (select 1 from correction c where c.batch_id = reject.batch_id and c.mark = reject.mark)
  union select source_name, mark from (${held.join(" union all ")})
), reached as (
  select * from asked
  union select c.source_name, c.mark from reached r join correction c on c.source_name = r.source_name and c.corrects = r.mark
)
select * from reached`);
  await db.run(`delete from reject where exists (
  select 1 from correction c where c.batch_id = reject.batch_id and c.mark = reject.mark and (
    exists (select 1 from correction d where d.source_name = c.source_name and d.corrects = c.corrects and d.batch_n > c.batch_n)
    or not exists (select 1 from live l where l.source_name = c.source_name and l.mark = c.corrects)
  )
)`);
  await db.run("drop table live");
}
