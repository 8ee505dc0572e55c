import {quotedIdentifier} from "../../sql.ts";
import type {Database} from "../../warehouse/duckdb.ts";
import type {Problem} from "./files.ts";

/** Columns of a ledger's row, the first three its place. */
const COLUMNS = [
  ...["scheme", "unit_code", "seq", "kind", "item", "rule_id", "subject", "milli", "because", "breach", "basis", "batch", "file"],
  "row"
];

/** A ledger in some engine. */
export interface LedgerSource {
  readonly db: Database;
  /** A relation, such as `ledger` or `read_parquet('…')`. */
  readonly from: string;
}

/** How many differing rows are told one by one. */
const TOLD = 20;

type LedgerRow = readonly (string | number | null)[];

/**
 * Compares a ledger with one that was computed again, row by row in the ledger's order.
 * Shape: for each differing row its number in the file, unit, seq, column and both values; rows that are on one side only.
 * @param by who computed the other one, as people call it: `score.sql`
 */
export async function compareLedgers(kept: LedgerSource, again: LedgerSource, file: string, by: string): Promise<Problem[]> {
  const [left, right] = [rowsOf(kept), rowsOf(again)];
  const problems: Problem[] = [];
  let differing = 0;
  const tell = (row: number, what: string) => {
    differing += 1;
    if (problems.length < TOLD) problems.push({file, row, what});
  };
  let [row, a, b] = [1, await left.next(), await right.next()];
  while (!a.done || !b.done) {
    const order = a.done ? 1 : b.done ? -1 : placeOrder(a.value, b.value);
    if (order < 0 && !a.done) tell(row, `${placeText(a.value)}：${by}算不出这一行（${rowText(a.value)}）`);
    else if (order > 0 && !b.done) tell(row, `${placeText(b.value)}：缺少${by}算出的这一行（${rowText(b.value)}）`);
    else if (!a.done && !b.done)
      for (const [i, name] of COLUMNS.entries())
        if (a.value[i] !== b.value[i])
          tell(row, `${placeText(a.value)} 的 ${name} 是${valueText(a.value[i])}，${by}算出的是${valueText(b.value[i])}`);
    if (order <= 0) [row, a] = [row + 1, await left.next()];
    if (order >= 0) b = await right.next();
  }
  if (differing > problems.length) problems.push({file, what: `另有${differing - problems.length}处与${by}算出的不同`});
  return problems;
}

async function* rowsOf({db, from}: LedgerSource): AsyncGenerator<LedgerRow, undefined> {
  const columns = COLUMNS.map(quotedIdentifier).join(", ");
  const order = COLUMNS.slice(0, 3).map(quotedIdentifier).join(", ");
  for await (const texts of db.texts(`select json_array(${columns})::varchar from ${from} order by ${order}`))
    for (const text of texts) yield JSON.parse(text) as LedgerRow;
  return undefined;
}

function placeOrder(a: LedgerRow, b: LedgerRow): number {
  for (const i of [0, 1]) if (a[i] !== b[i]) return Buffer.compare(Buffer.from(String(a[i])), Buffer.from(String(b[i])));
  return Number(a[2]) - Number(b[2]);
}

function placeText([, unit, seq]: LedgerRow): string {
  return `单位 ${unit} 第${seq}行`;
}

function rowText([, , , kind, item, rule, subject, milli]: LedgerRow): string {
  return [kind, item, rule, subject, milli]
    .map((value) => (value === null ? "—" : String(value)))
    .join(" ")
    .slice(0, 200);
}

function valueText(value: LedgerRow[number] | undefined): string {
  if (value === null || value === undefined) return "空";
  return typeof value === "number" ? String(value) : `“${value.length > 80 ? `${value.slice(0, 80)}…` : value}”`;
}
