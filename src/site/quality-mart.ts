import type {BatchQuality, Listed, QualityFacts, TableQuality, WithdrawnRow} from "../components/quality/types.ts";
import {TABLES, tableNamed} from "../contract/index.ts";
import {maskNumbers} from "../contract/mask.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Database} from "../warehouse/duckdb.ts";
import {rejectRows} from "../warehouse/reject.ts";
import type {Scored} from "../warehouse/scored.ts";
import {suspicions} from "../warehouse/suspicion.ts";
import {type Batch, type Counts, listBatches} from "../workspace/batch.ts";
import {readDecisions} from "../workspace/decision.ts";

/** Rows of each list that the page shows; all of them are counted. */
const ROWS = 1000;
/** Batches of a source that the page shows, the newest; older ones are counted. */
const BATCHES = 50;

/**
 * How far the data of a scored workspace can be trusted. Texts are masked as everywhere outside the batches.
 * Shape: lists are cut after a thousand rows, `total` counts all.
 */
export async function qualityMart({space, regime, db, when}: Scored): Promise<QualityFacts> {
  const {state, mask_numbers} = space;
  const known = (at: string) => when.known_at === null || Date.parse(at) <= Date.parse(when.known_at);
  const batches = listBatches(state.batches).filter((b) => known(b.at));
  const {decisions} = readDecisions(state.decisions);
  const revoked = new Set(await db.list("select id from batch where revoked"));
  const shown = (text: string) => (mask_numbers ? maskNumbers(text) : text);
  const rejects = await rejectRows(db);
  const doubts = await suspicions(db, regime.unit_kinds, when.as_of);
  const titleOf = (table: string) => tableNamed(table).title;
  return {
    tables: await tableQualities(db, batches, revoked),
    batches: listed(batchQualities(batches, revoked), BATCHES * new Set(batches.map((b) => b.source)).size),
    rejects: listed(
      rejects.map((r) => ({
        ...r,
        value: r.value === null ? null : shown(r.value),
        reason: shown(r.reason),
        title: titleOf(r.table)
      }))
    ),
    withdrawn: listed(await withdrawnRows(db)),
    doubts: {
      total: Object.values(doubts.counts).reduce((a, b) => a + b, 0),
      rows: doubts.rows.slice(0, ROWS).map((d) => ({...d, what: shown(d.what)}))
    },
    doubt_counts: doubts.counts,
    decisions: decisions.filter((d) => known(d.at)).map(({n, at, kind, by, args}) => ({n, at, kind, by, args})),
    mask_numbers
  };
}

function listed<Row>(rows: readonly Row[], most = ROWS): Listed<Row> {
  return {total: rows.length, rows: rows.slice(0, most)};
}

/** The batches that say what their source holds: its last one, and of a source that only appends each. */
function current(batches: readonly Batch[], revoked: ReadonlySet<string>): Batch[] {
  const counting = batches.filter((b) => !revoked.has(b.id) && b.mode !== "corrections");
  return counting.filter((b) => b.mode === "append" || counting.findLast((c) => c.source === b.source)?.id === b.id);
}

function sums(batch: Batch): Counts {
  const of = (key: keyof Counts) => batch.files.reduce((sum, {counts}) => sum + counts[key], 0);
  return {
    ...{read: of("read"), new: of("new"), unchanged: of("unchanged")},
    ...{changed: of("changed"), rejected: of("rejected"), skipped: of("skipped")}
  };
}

async function tableQualities(db: Database, batches: readonly Batch[], revoked: ReadonlySet<string>): Promise<TableQuality[]> {
  const last = current(batches, revoked);
  const tables: TableQuality[] = [];
  for (const {name, title, exists_on} of TABLES.filter((t) => batches.some((b) => b.table === t.name))) {
    const mine = last.filter((b) => b.table === name);
    const total = (key: keyof Counts) => mine.reduce((sum, b) => sum + sums(b)[key], 0);
    const later = exists_on ? `count(*) filter (where ${quotedIdentifier(exists_on)} > getvariable('as_of'))` : "0";
    const [counted] = await db.rows<{in_force: number; held: number; withdrawn: number; later: number}>(
      `select count(*)::bigint as in_force, ${later}::bigint as later, (select count(*) from ${quotedIdentifier(`${name}_held`)})::bigint as held,
        (select count(*) from ${quotedIdentifier(`${name}_withdrawn`)})::bigint as withdrawn from ${quotedIdentifier(name)}`
    );
    tables.push({
      ...{table: name, title, in_force: 0, held: 0, withdrawn: 0, later: 0, ...counted},
      ...{read: total("read"), new: total("new"), unchanged: total("unchanged")},
      ...{changed: total("changed"), rejected: total("rejected"), skipped: total("skipped")},
      masked: mine.reduce((sum, b) => sum + (b.masked ?? 0), 0)
    });
  }
  return tables;
}

function batchQualities(batches: readonly Batch[], revoked: ReadonlySet<string>): BatchQuality[] {
  const last = new Set(current(batches, revoked).map((b) => b.id));
  return batches.toReversed().map((batch) => ({
    ...{id: batch.id, source: batch.source, title: tableNamed(batch.table).title, mode: batch.mode, at: batch.at},
    ...{revoked: revoked.has(batch.id), current: last.has(batch.id), ...sums(batch)},
    files: batch.files.map(({file, sheet}) => (sheet === null ? file : `${file} ${sheet}`)),
    notes: [
      ...batch.files.flatMap(({notes}) => notes),
      ...(batch.doors.length > 0 ? [`列 ${batch.doors.join("、")} 在入口丢弃`] : []),
      ...(batch.unknown.length > 0 ? [`列 ${batch.unknown.join("、")} 不在契约内，未读入`] : [])
    ]
  }));
}

async function withdrawnRows(db: Database): Promise<WithdrawnRow[]> {
  const each = TABLES.map(
    ({name, title}) =>
      `select source_name as source, ${quotedString(title)} as title, key, batch_id as batch from ${quotedIdentifier(`${name}_withdrawn`)}`
  );
  return db.rows<WithdrawnRow>(`${each.join("\nunion all\n")} order by source, key`);
}
