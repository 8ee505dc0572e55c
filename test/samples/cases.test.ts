import {readFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {parse} from "yaml";
import type {LedgerEntry, UnitScore} from "../../src/score/types.ts";
import {quotedIdentifier, quotedString} from "../../src/sql.ts";
import {runChecks} from "../../src/warehouse/check.ts";
import {type Law, openLaw} from "../../src/warehouse/law.ts";
import {ledgerRows, openScored, type Scored} from "../../src/warehouse/scored.ts";
import {loadedTwice, SAMPLES, type SampleSpace} from "./space.ts";

/** One row of CASES.yaml. */
interface Case {
  readonly regime: string;
  readonly case: string;
  readonly id: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

const CASES = parse(readFileSync(join(SAMPLES, "CASES.yaml"), "utf8")) as Case[];
const SUBJECT: Readonly<Record<string, string>> = {
  finding: "finding_id",
  inspection: "inspection_id",
  accident: "accident_id",
  tip: "tip_id"
};

describe.each([...new Set(CASES.map((c) => c.regime))])("the sample %s", (regime) => {
  let space: SampleSpace;
  let scored: Scored;
  let law: Law;
  let ledger: readonly LedgerEntry[];

  beforeAll(async () => {
    space = await loadedTwice(regime);
    scored = await openScored(space.directory);
    ledger = await ledgerRows(scored.db);
    law = await openLaw(space.directory);
  });
  afterAll(() => {
    law?.close();
    scored?.close();
    space?.remove();
  });

  it("accounts for every row of every file, twice", () => {
    for (const {failures, files} of space.loads) {
      expect(failures).toEqual([]);
      for (const {file, counts: c} of files)
        expect([file, c.read]).toEqual([file, c.new + c.unchanged + c.changed + c.rejected + c.skipped]);
    }
    const [, second] = space.loads;
    expect(second.tables.finding).toMatchObject({changed: 1, withdrawn: 1});
  });

  it.each(CASES.filter((c) => c.regime === regime).map((c) => [c.case, c.id, c] as const))("shows %s: %s", async (_, id, c) => {
    const {expect: want} = c;
    if (want.check) expect(await judged(law, id, want)).toEqual(want);
    else if (want.rejected) expect(await rejected(scored, id, want)).toEqual(want);
    else if (want.held) expect(await heldCauses(scored, id, want)).toContainEqual(expect.stringContaining(String(want.cause)));
    else if (want.withdrawn) expect(await keys(scored, `${want.table}_withdrawn`)).toContain(id);
    else if (want.changed) expect(await versions(scored, id, want)).toBe(2);
    else if (want.rule) expect(ledgerMilli(ledger, id, want)).toEqual(want.milli === null ? [] : [want.milli]);
    else if (want.table === "score") expectScore(scored, id, want);
    else await expectFact(scored, id, want);
  });

  it("counts every row of its ledger: the rows of a unit add up to its score", () => {
    for (const unit of scored.result.schemes.flatMap((s) => s.units)) {
      const sum = ledger.filter((e) => e.unit_code === unit.unit_code).reduce((total, e) => total + e.milli, 0);
      expect([unit.unit_code, sum]).toEqual([unit.unit_code, unit.milli ?? 0]);
    }
  });

  it("keeps whistle-blowers out of everything that is kept", async () => {
    const texts = await scored.db.list("select to_json(t)::varchar from tip_version t");
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.join("\n")).not.toContain("举报人演示");
  });

  it("makes every rule of its schemes bite somewhere", () => {
    const hit = new Set(ledger.map((e) => e.rule_id));
    const marks = scored.result.schemes.flatMap((s) => s.units.flatMap((u) => u.vetoes.map((v) => v.rule_id)));
    for (const rule of marks) hit.add(rule);
    const silent = scored.schemes.flatMap(({scheme}) => scheme.rules.map((r) => r.id)).filter((rule) => !hit.has(rule));
    expect(silent).toEqual([]);
  });
});

/** What a check says of one subject, in the words of CASES.yaml. */
async function judged(law: Law, id: string, want: Case["expect"]): Promise<unknown> {
  await runChecks(law.db, law, {only: String(want.check)});
  const row = await law.db.row<{because: string | null; unknown: boolean}>(
    `select because, unknown from judged_row where subject = ${quotedString(id)}`
  );
  if (!row) return {check: want.check, judged: false};
  const says = row.because !== null && want.says ? {says: row.because} : {};
  return {check: want.check, ...says, ...(row.unknown ? {unknown: true} : row.because === null ? {holds: true} : {})};
}

async function rejected({db}: Scored, id: string, want: Case["expect"]): Promise<unknown> {
  const rows = await db.rows<{column: string | null; source_row: number}>(
    `select distinct nullif("column", '') as "column", source_row from reject where "table" = ${quotedString(String(want.table))} and key = ${quotedString(id)}`
  );
  const columns = [...new Set(rows.map((r) => r.column))];
  return {rejected: rows.length > 0, table: want.table, column: columns[0], ...(want.rows ? {rows: rows.length} : {})};
}

async function heldCauses({db}: Scored, id: string, want: Case["expect"]): Promise<string[]> {
  const held = quotedIdentifier(`${want.table}_held`);
  return db.list<string>(`select cause from ${held} where finding_id = ${quotedString(id)}`);
}

async function keys({db}: Scored, table: string): Promise<string[]> {
  return db.list<string>(`select key from ${quotedIdentifier(table)}`);
}

async function versions({db}: Scored, id: string, want: Case["expect"]): Promise<number> {
  const version = quotedIdentifier(`${want.table}_version`);
  return Number(await db.value(`select count(*) from ${version} where ${SUBJECT[String(want.table)]} = ${quotedString(id)}`));
}

function ledgerMilli(ledger: readonly LedgerEntry[], id: string, want: Case["expect"]): number[] {
  return ledger
    .filter((e) => e.rule_id === want.rule && e.kind === (want.kind ?? "扣分"))
    .filter((e) => e.subject === id || e.subject?.startsWith(`${id}#`) || (e.subject === null && e.unit_code === id))
    .map((e) => e.milli);
}

function expectScore({result}: Scored, id: string, want: Case["expect"]): void {
  const units = result.schemes.flatMap((s) => s.units);
  const unit = units.find((u) => u.unit_code === id) as UnitScore;
  const {table, same_as, ...columns} = want;
  expect(unit).toMatchObject(columns);
  if (!same_as) return;
  const twin = units.find((u) => u.unit_code === same_as) as UnitScore;
  expect([twin.score, twin.rank]).toEqual([unit.score, unit.rank]);
}

async function expectFact({db}: Scored, id: string, want: Case["expect"]): Promise<void> {
  const {table, absent, ...columns} = want;
  const subject = `${SUBJECT[String(table)]} = ${quotedString(id)}`;
  const names = Object.keys(columns);
  const texts = names.map((n) => `${quotedIdentifier(n)}::varchar as ${quotedIdentifier(n)}`);
  const rows = await db.rows<Record<string, string | null>>(
    `select ${texts.length > 0 ? texts.join(", ") : "1 as one"} from ${table}_all where ${subject} order by scored_unit nulls last`
  );
  if (absent) expect(rows).toEqual([]);
  else expect(rows[0]).toEqual(Object.fromEntries(names.map((n) => [n, columns[n] === null ? null : String(columns[n])])));
}
