import {describe, expect, it} from "vitest";
import {TABLES} from "../../src/contract/index.ts";
import {quotedIdentifier} from "../../src/sql.ts";
import type {Database} from "../../src/warehouse/duckdb.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import {landNamed} from "../generated/land.ts";
import {loadedSample} from "../samples/loaded.ts";
import type {Clocks, Rows, SchemeSpec} from "./input.ts";
import {reference} from "./reference.ts";

const SAMPLES = ["mudan-2023", "hunan-2021", "shandong-2018", "gongzhuling", "hainan-2016"];

/** Every visible row of every input table. */
async function rawRows(db: Database): Promise<Rows> {
  const rows: Record<string, Rows[string]> = {};
  for (const {name, columns} of TABLES)
    rows[name] = await db.rows(`select ${columns.map((c) => quotedIdentifier(c.name)).join(", ")} from ${quotedIdentifier(name)}`);
  return rows;
}

async function clocksOf(db: Database): Promise<Record<string, Clocks>> {
  const rows = await db.rows<Clocks & {inspection_id: string}>(
    "select distinct inspection_id, report_due_on, response_due_on, response_due_state from inspection_all"
  );
  return Object.fromEntries(rows.map(({inspection_id, ...clocks}) => [inspection_id, clocks]));
}

/** Each sample's whole year, from its files, against the implementation that never saw the SQL. */
describe("a sample", () => {
  it.each(SAMPLES)("%s is scored alike by the reference, row by row", async (id) => {
    const directory = await loadedSample(id);
    const {db, space, regime, schemes, result, when, close} = await openScored(directory);
    try {
      const [rows, clocks] = [await rawRows(db), await clocksOf(db)];
      for (const {scheme} of schemes) {
        const {as_of, decisions_until} = when;
        const {round_no} = result.period;
        const other = reference({
          rows,
          clocks,
          scheme: JSON.parse(scheme.canonical) as SchemeSpec,
          regime: landNamed(regime.id).rules,
          as_of,
          decisions_until,
          year: space.year,
          round: round_no
        });
        const ledger = await db.rows(
          `select unit_code, seq, kind, item, rule_id, subject, milli from ledger where scheme = '${scheme.id}' order by unit_code, seq`
        );
        expect(ledger).toEqual(other.ledger);
        const units = result.schemes.find((s) => s.scheme === scheme.id)?.units ?? [];
        const shown = units.map(({unit_code, covered, milli, grade, rank, provisional}) => ({
          unit_code,
          covered,
          milli,
          grade,
          rank,
          provisional
        }));
        const expected = other.units.map(({unit_code, covered, milli, grade, rank, provisional}) => ({
          unit_code,
          covered,
          milli,
          grade,
          rank,
          provisional
        }));
        const byCode = (a: {unit_code: string}, b: {unit_code: string}) => (a.unit_code < b.unit_code ? -1 : 1);
        expect(shown.toSorted(byCode)).toEqual(expected.toSorted(byCode));
      }
    } finally {
      close();
    }
  });
});
