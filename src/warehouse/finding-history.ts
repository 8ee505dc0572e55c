import {tableNamed} from "../contract/index.ts";
import {isFreeText, shownSql} from "../contract/mask.ts";
import {groupBy} from "../score/group.ts";
import {quotedIdentifier, quotedList, quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";

/** One thing that happened to a finding, and when the record says so. */
export interface HistoryEvent {
  readonly on_date: string | null;
  readonly what: string;
  readonly detail: string | null;
  /** The source's own claim of when it was entered. */
  readonly recorded_at: string | null;
  /** When the batch that first held the row was loaded. */
  readonly known_from: string | null;
  readonly batch: string | null;
  readonly file: string | null;
  readonly row: number | null;
  /** Why it counts as late: 迟登记, 补录; null when it does not. */
  readonly late: string | null;
}

type Raw = Omit<HistoryEvent, "late"> & {
  readonly finding_id: string;
  readonly days_late: number | null;
  readonly loaded_later: boolean;
};

/** Days from which an entry counts as late, as in the column `late_recorded`. */
const LATE_DAYS = 30;

/**
 * The history of a finding as of the day: found, told, due, rectified, appealed, corrected, by date.
 * Shape: needs a scored database. A row first loaded after 统计截止日, when its source had been loaded before, is 补录.
 * @example (await findingHistory(db, "F1")).map((e) => e.what) // ["发现", "完成", "整改期限", "销号"]
 */
export async function findingHistory(db: Database, finding_id: string): Promise<HistoryEvent[]> {
  return (await findingHistories(db, [finding_id])).get(finding_id) ?? [];
}

/**
 * The histories of several findings, as findingHistory tells each; those without any event are left out.
 * @example (await findingHistories(db, ["F1", "F2"])).get("F1")
 */
export async function findingHistories(db: Database, finding_ids: readonly string[]): Promise<Map<string, HistoryEvent[]>> {
  const ids = quotedList(finding_ids);
  const raw = [
    ...(await db.rows<Raw>(foundSql(ids))),
    ...(await db.rows<Raw>(eventSql(ids))),
    ...(await db.rows<Raw>(actionSql(ids))),
    ...(await db.rows<Raw>(appealSql(ids))),
    ...(await corrections(db, ids))
  ];
  const sorted = (events: readonly Raw[]) =>
    events.toSorted((a, b) => order(a.on_date).localeCompare(order(b.on_date))).map(withMark);
  return new Map([...groupBy(raw, (event) => event.finding_id)].map(([id, events]) => [id, sorted(events)]));
}

function order(day: string | null): string {
  return day ?? "9999";
}

function withMark({finding_id: _, days_late, loaded_later, ...event}: Raw): HistoryEvent {
  const marks = [
    ...(days_late !== null && days_late >= LATE_DAYS ? [`迟登记（晚${days_late}天）`] : []),
    ...(loaded_later ? ["补录（统计截止日之后才装入）"] : [])
  ];
  return {...event, late: marks.length > 0 ? marks.join("；") : null};
}

/** When a row of a table was first known, in so far as a condition on it holds: known_from and batch by key. */
function firstKnown(table: string, ids: string, {column = "finding_id", when = "true"} = {}): string {
  const {key} = tableNamed(table);
  const keys = key.map(quotedIdentifier).join(", ");
  return `(select ${keys}, min(v.known_from) as first_known, arg_min(v.batch_id, v.known_from) as first_batch,
    cast(min(v.known_from) as date) > getvariable('as_of')
      and exists (select 1 from batch b where b.source = any_value(v.source_name) and b."at" < min(v.known_from) and not b.revoked) as loaded_later
    from ${quotedIdentifier(`${table}_version`)} v where ${column} in ${ids} and ${when} group by ${keys})`;
}

/** Columns of a row that happened once. */
const KNOWN = `cast(k.first_known as varchar) as known_from, k.first_batch as batch, concat_ws(' ', t.source_file, t.source_sheet) as file, t.source_row as "row"`;
const PLAIN = `null as recorded_at, ${KNOWN}, null::bigint as days_late, k.loaded_later`;

function foundSql(ids: string): string {
  const at = `join ${firstKnown("finding", ids)} k on k.finding_id = t.finding_id`;
  const date = (n: number, column: string, what: string, detail: string) =>
    `select ${n} as n, t.finding_id, cast(t.${column} as varchar) as on_date, ${quotedString(what)} as what, ${detail} as detail, ${PLAIN} from finding_asof t ${at} where t.finding_id in ${ids} and t.${column} is not null`;
  // When the date of a deadline was first known: the versions that had the one of today.
  const given = `v.due_on is not distinct from (select f.due_on from finding_asof f where f.finding_id = v.finding_id)`;
  const due = `select 4 as n, t.finding_id, cast(t.due_on as varchar), '整改期限', concat(t.due_source, case when t.given_due_on is not null and t.given_due_on <> t.due_on then concat('，原为', t.given_due_on) else '' end), ${PLAIN}
    from finding_state t join ${firstKnown("finding", ids, {when: given})} k on k.finding_id = t.finding_id where t.finding_id in ${ids} and t.due_on is not null
    qualify row_number() over (partition by t.finding_id order by t.variant) = 1`;
  const rows = [
    date(1, "arose_on", "形成", "null"),
    date(
      2,
      "found_on",
      "发现",
      "concat(t.severity, '问题，', coalesce(concat('巡查', t.inspection_id), t.source, '来源不详'), '：', t.description)"
    ),
    date(3, "handed_on", "交办", "null"),
    due
  ].join("\nunion all\n");
  return `select * exclude (n) from (${rows}) order by finding_id, n`;
}

function eventSql(ids: string): string {
  return `select t.finding_id, cast(t.on_date as varchar) as on_date, t.stage as what,
    nullif(concat_ws('，', case when t.new_due_on is not null then concat('延期至', t.new_due_on) end, t.document_no, t.approved_by, t.evidence), '') as detail,
    cast(t.recorded_at as varchar) as recorded_at, ${KNOWN}, (cast(t.recorded_at as date) - t.on_date)::bigint as days_late, k.loaded_later
    from rectification_ordered t join ${firstKnown("rectification", ids)} k
      on k.finding_id = t.finding_id and k.stage = t.stage and k.on_date = t.on_date and k.seq_no = t.seq_no
    where t.finding_id in ${ids} order by t.finding_id, t.moment`;
}

function actionSql(ids: string): string {
  return `select t.finding_id, cast(t.taken_on as varchar) as on_date, t.kind as what, nullif(concat_ws('，', t.by_office, t.document_no, t.result), '') as detail, ${PLAIN}
    from action_asof t join ${firstKnown("action", ids)} k on k.action_id = t.action_id where t.finding_id in ${ids} order by t.taken_on, t.action_id`;
}

function appealSql(ids: string): string {
  const mine = `t.subject_kind = '问题' and t.subject_id in ${ids}`;
  const from = (when: string) =>
    `from appeal_asof t left join ${firstKnown("appeal", ids, {column: "subject_id", when})} k on k.appeal_id = t.appeal_id where ${mine}`;
  const changed = `case when t.decision = '变更' then concat_ws('、', '严重程度改为' || t.new_severity, '责任单位改为' || t.new_unit_code) end`;
  return `select t.subject_id as finding_id, cast(t.filed_on as varchar) as on_date, '申请异议复核' as what,
      concat(t.appeal_id, '，单位', t.unit_code, case when t.decided_on is null then '，尚未决定' else '' end) as detail, ${PLAIN} ${from("true")}
    union all
    select t.subject_id, cast(t.decided_on as varchar), concat('异议复核', t.decision),
      concat_ws('，', t.appeal_id, t.decided_by, t.document_no, nullif(${changed}, ''), t.grounds), ${PLAIN} ${from("v.decided_on is not null")} and t.decided_on is not null
    order by 1, 2`;
}

/** What later loads changed in the findings' rows, column by column. */
async function corrections(db: Database, ids: string): Promise<Raw[]> {
  const {columns} = tableNamed("finding");
  const shown = columns.map((c) => {
    const name = quotedIdentifier(c.name);
    return `${isFreeText(c) ? shownSql(name) : `cast(${name} as varchar)`} as ${name}`;
  });
  const rows = await db.rows<Record<string, string | null>>(
    `select ${shown.join(", ")}, cast(known_from as varchar) as known_from, batch_id, concat_ws(' ', source_file, source_sheet) as file, source_row as "row" from finding_version where finding_id in ${ids} order by finding_id, known_from`
  );
  return [...groupBy(rows, (row) => row.finding_id ?? "").values()].flatMap((versions) =>
    versions.slice(1).flatMap((version, i): Raw[] => {
      const before = versions[i] ?? {};
      const changes = columns
        .filter((c) => before[c.name] !== version[c.name])
        .map((c) => `${c.header}由“${before[c.name] ?? "空"}”改为“${version[c.name] ?? "空"}”`);
      const {finding_id, known_from = null, batch_id: batch = null, file = null, row} = version;
      if (changes.length === 0) return [];
      const on_date = known_from?.slice(0, 10) ?? null;
      const none = {finding_id: finding_id ?? "", recorded_at: null, days_late: null, loaded_later: false};
      return [{...none, on_date, what: "台账更正", detail: changes.join("，"), known_from, batch, file, row: Number(row)}];
    })
  );
}
