import {createHash} from "node:crypto";
import {type Column, TABLES, type Table} from "../contract/index.ts";
import {canonicalJson} from "../placed-yaml.ts";
import {quotedIdentifier} from "../sql.ts";
import type {Database} from "./duckdb.ts";

/** Raised when the same inputs would give another score. */
export const SEMANTICS = 3;

/** A unit's line of the digest, from its rows in an order: its code, its score, the SHA-256 of its rows. */
export function unitLineSql(order: string): string {
  return `concat(unit_code, ' ', sum(milli)::bigint, ' ', sha256(string_agg(
    concat_ws(chr(31), kind, coalesce(item, ''), coalesce(rule_id, ''), coalesce(subject, ''), cast(milli as varchar)), chr(10) order by ${order})))`;
}

/** Rows whose texts are held in memory together; a group's text cannot be written to disk on the way. */
const ROWS_AT_ONCE = 2_000_000;

/**
 * Digest of a result: what was decided, whatever the wording.
 * Shape: ledger rows in, with words (`ledger`) or without (`ledger_key`); per unit SHA-256 over its rows, then over the lines
 * `unit_code milli sha`, lower-case hex.
 * Source: 4-scheme, Result digest.
 */
export async function resultDigest(
  db: Database,
  rows: "ledger" | "ledger_key" = "ledger",
  at_once = ROWS_AT_ONCE
): Promise<string> {
  const order = rows === "ledger" ? "seq" : "kind_no, coalesce(item, ''), coalesce(rule_id, ''), coalesce(subject, '')";
  const size = await db.value<number>(
    rows === "ledger" ? "select count(*) from ledger" : "select coalesce(sum(n), 0)::bigint from tally"
  );
  const parts = Math.ceil((size ?? 0) / at_once) || 1;
  const lines: string[] = [];
  for (let part = 0; part < parts; part++)
    lines.push(
      ...(await db.list(`select ${unitLineSql(order)} from ${rows} where hash(unit_code) % ${parts} = ${part} group by unit_code`))
    );
  return sha256(lines.toSorted(bytewise).join("\n"));
}

/**
 * Id of a run: SHA-256 of everything that went in, never of batch ids, load times or paths.
 * Shape: a hash per input table over its visible rows, then one over these with the texts and dates given.
 * Source: 4-scheme, Run id.
 */
export async function runId(db: Database, inputs: Readonly<Record<string, unknown>>): Promise<string> {
  const tables: Record<string, string> = {};
  for (const table of TABLES) tables[table.name] = await tableHash(db, table);
  return sha256(canonicalJson({...inputs, tables, semantics: SEMANTICS}));
}

/** SHA-256 of the canonical JSON of a table's rows: arrays in contract column order, by key; never held in memory whole. */
async function tableHash(db: Database, table: Table): Promise<string> {
  const hash = createHash("sha256").update("[");
  const order = table.key.map(quotedIdentifier).join(", ");
  let first = true;
  for await (const chunk of db.texts(
    `select json_array(${table.columns.map(jsonValue).join(", ")})::varchar from ${quotedIdentifier(table.name)} order by ${order}`
  )) {
    hash.update((first ? "" : ",") + chunk.join(","));
    first = false;
  }
  return hash.update("]").digest("hex");
}

/** Dates ISO, decimals shortest. */
function jsonValue({name, type}: Column): string {
  const column = quotedIdentifier(name);
  if (type === "date" || type === "timestamp") return `cast(${column} as varchar)`;
  if (type === "decimal") return `regexp_replace(regexp_replace(cast(${column} as varchar), '0+$', ''), '\\.$', '')::json`;
  return column;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Order of UTF-8 bytes. */
export function bytewise(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
