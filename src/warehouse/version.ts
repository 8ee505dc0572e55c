import type {Column} from "../contract/column.ts";
import {factType} from "../contract/fact.ts";
import {type Table, tableNamed} from "../contract/index.ts";
import {markSql} from "../contract/mark.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Batch} from "../workspace/batch.ts";
import type {Decision} from "../workspace/decision.ts";
import {type AcceptedWithdrawal, historySql, keyText, PROVENANCE, withdrawnSql} from "./history.ts";
import {keptRows} from "./kept-rows.ts";
import {standingSql} from "./settled.ts";

export {type AcceptedWithdrawal, keyText, PROVENANCE};

/** What the decisions say about batches. */
export function decided(decisions: readonly Decision[]): {revoked: ReadonlySet<string>; accepted: readonly AcceptedWithdrawal[]} {
  const revoked = new Set(decisions.filter((d) => d.kind === "revoke-batch").map((d) => String(d.args.batch)));
  const accepted = decisions
    .filter((d) => d.kind === "accept-withdrawals")
    .map((d) => ({source: String(d.args.source), batch_n: Number(d.args.batch_n), at: d.at}));
  return {revoked, accepted};
}

/**
 * Statements that build `<table>_version`, `<table>_withdrawn` and fill `reject` from batches.
 * Shape of a version: one row per key, source and stretch of time in which its content did not change; known_to is null
 * while it is in force. A rejected row whose key can be read keeps the earlier version in force; a missing one is withdrawn
 * but counts until a decision accepts it.
 */
export function versionSql(table: Table, batches: readonly Batch[], accepted: readonly AcceptedWithdrawal[]): string[] {
  const mine = batches.filter((b) => b.table === table.name);
  const name = quotedIdentifier(`${table.name}_version`);
  const columns = table.columns.map((c) => quotedIdentifier(c.name));
  const typed = table.columns.map((c) => `${typedSql(c)} as ${quotedIdentifier(c.name)}`);
  if (mine.length === 0) {
    const empty = table.columns.map((c) => `cast(null as ${factType(c)}) as ${quotedIdentifier(c.name)}`);
    return [
      `create table ${name} as select '' as batch_id, '' as source_name, '' as source_file, '' as source_sheet, 0::bigint as source_row, ${empty.join(", ")}, now() as known_from, now() as known_to limit 0`,
      `create table ${quotedIdentifier(`${table.name}_withdrawn`)} as select '' as source_name, '' as batch_id, '' as key limit 0`
    ];
  }
  const seen = mine
    .map(
      (b) =>
        `select ${quotedString(b.id)} as batch_id, ${b.n} as batch_n, ${quotedString(b.source)} as source_name, cast(${quotedString(b.at)} as timestamptz) as known_from, source_file, source_sheet, source_row, ${typed.join(", ")} from ${keptRows(b)} where ${["status = 'ok'", standingSql(table, b, mine) ?? []].flat().join(" and ")}`
    )
    .join("\nunion all by name\n");
  const oneEach = new Set(mine.map((b) => b.source)).size === mine.length;
  const provenance = PROVENANCE.join(", ");
  const statements = oneEach
    ? [
        `create table ${name} as select ${provenance}, ${columns.join(", ")}, known_from, null::timestamptz as known_to from (${seen})`
      ]
    : [historySql(table, seen, mine, accepted)];
  return [...statements, ...withdrawnSql(table, mine)];
}

/** The typed value of a cell as batches keep it; short numbers by way of a type that is read in a tenth of the time. */
function typedSql(column: Column): string {
  const name = quotedIdentifier(column.name);
  const whole = `cast(${name} as ${factType(column)})`;
  return column.type === "decimal"
    ? `case when strlen(${name}) <= 18 then cast(cast(${name} as decimal(18,6)) as ${factType(column)}) else ${whole} end`
    : whole;
}

/**
 * The last word on every source: rows rejected in its last snapshot, or in any of its batches when it only appends, and rejected
 * corrections (settleRejects removes those that no longer matter); rows of a workbook of corrections that correct nothing until
 * something newer comes.
 */
export function rejectSql(batches: readonly Batch[]): string {
  const of = ({source}: Batch) => batches.filter((b) => b.source === source);
  const isLast = (b: Batch) => of(b).findLast(({mode}) => mode !== "corrections")?.id === b.id;
  const rows = batches
    .filter((b) => b.mode !== "snapshot" || isLast(b))
    .map((b) => {
      const table = tableNamed(b.table);
      const {columns} = table;
      const newest = of(b).at(-1)?.id === b.id;
      const which =
        b.mode !== "corrections"
          ? ""
          : ` and ${newest ? "" : "corrects is not null and "}corrects is distinct from ${markSql(table, null)}`;
      const value = `case f.fault_column ${columns.map((c) => `when ${quotedString(c.name)} then r.${quotedIdentifier(c.name)}`).join(" ")} end`;
      return `select ${quotedString(b.id)} as batch_id, ${quotedString(b.source)} as source_name, ${quotedString(b.table)} as "table", r.source_file, r.source_sheet, r.source_row, f.fault_column as "column", ${value} as value, f.reason, ${keyText(table, "r")} as key, ${markSql(table, "r")} as mark
from (select *, unnest(string_split(faults, chr(30))) as one from ${keptRows(b)} where status = 'rejected'${which}) r,
  lateral (select split_part(one, chr(31), 1) as fault_column, substr(one, strpos(one, chr(31)) + 1) as reason) f`;
    });
  const none = `select '' as batch_id, '' as source_name, '' as "table", '' as source_file, '' as source_sheet, 0::bigint as source_row, '' as "column", '' as value, '' as reason, '' as key, '' as mark limit 0`;
  return `create table reject as ${rows.length === 0 ? none : rows.join("\nunion all\n")}`;
}
