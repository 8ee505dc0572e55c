import {fromArrow} from "arquero";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {checksOf} from "../../src/regime/check-names.ts";
import type {CheckBook} from "../../src/site/check-book.ts";
import {lawMarts} from "../../src/site/law-mart.ts";
import {runChecks} from "../../src/warehouse/check.ts";
import {type Law, openLaw} from "../../src/warehouse/law.ts";
import {openScored, type Scored} from "../../src/warehouse/scored.ts";
import {sampleIds} from "../browser/samples.ts";
import {loadedSample} from "../samples/loaded.ts";

type Row = Record<string, unknown>;

describe.each(sampleIds())("what is owed and what was kept in %s", (id) => {
  let scored: Scored;
  let law: Law;
  let files: Record<string, Uint8Array>;
  let others: Record<string, Uint8Array>;

  beforeAll(async () => {
    const directory = await loadedSample(id);
    scored = await openScored(directory);
    files = await lawMarts(scored, "analyst");
    others = await lawMarts(scored, "leadership");
    law = await openLaw(directory);
  });

  afterAll(() => {
    law?.close();
    scored?.close();
  });

  const todo = (of: Record<string, Uint8Array>) =>
    fromArrow(of["todo.arrow"] as Uint8Array, {useDate: true} as object).objects() as Row[];
  const checks = (of: Record<string, Uint8Array>) => JSON.parse(new TextDecoder().decode(of["check.json"])) as CheckBook | null;

  test("待办 counts every open duty once, late or due within 30 days", async () => {
    const open = await law.db.rows<{kind: string; n: number}>(
      `select kind, count(*) as n from obligation where done_on is null and due_on <= getvariable('as_of') + 30
       and (is_known or due_on >= getvariable('as_of')) group by kind order by kind`
    );
    const shown = new Map<string, number>();
    for (const row of todo(files)) shown.set(String(row.kind), (shown.get(String(row.kind)) ?? 0) + Number(row.n));
    expect([...shown].toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual(
      open.map(({kind, n}) => [kind, n]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
    );
  });

  test("late rectification in 待办 is what the pages call 逾期", async () => {
    const late = todo(files).filter((r) => r.kind === "问题整改" && Number(r.days_left) < 0);
    const overdue = await scored.db.value("select count(distinct finding_id) from finding_all where state = '逾期'");
    expect(late.reduce((sum, r) => sum + Number(r.n), 0)).toBe(Number(overdue));
  });

  test("only a single finding is named, with how its last day follows", () => {
    for (const row of todo(files)) {
      expect(row.n === 1 || row.subject_kind === "问题").toBe(true);
      expect(row.finding_id !== null).toBe(row.subject_kind === "问题" && row.n === 1);
      expect(row.because !== null).toBe(row.n === 1);
      expect(row.clause, String(row.kind)).toBeTruthy();
    }
  });

  test("analysts see what every check of the regime came to, others nothing of it", async () => {
    const book = checks(files);
    const told = await runChecks(law.db, law);
    expect(book?.checks.map((c) => [c.id, c.judged, c.rows, c.unknown])).toEqual(
      told.map((c) => [c.id, c.judged, c.rows, c.unknown])
    );
    expect(book?.checks.map((c) => c.id)).toEqual(checksOf(law.regime, law.when.as_of).map((c) => c.id));
    expect(checks(others)).toBeNull();
  });

  test("a row of a check names its unit, and leads only to units and findings that the pages show", async () => {
    const units = new Set(await scored.db.list("select distinct unit_code from unit_all where covered is not null"));
    const findings = new Set(await scored.db.list("select finding_id from finding_all where scored_unit is not null"));
    for (const {sample, subject_kind} of checks(files)?.checks ?? [])
      for (const row of sample) {
        if (row.unit_code !== null) expect(row.unit_name, row.unit_code).not.toBeNull();
        if (row.scored_unit !== null) expect(units.has(row.scored_unit), row.subject).toBe(true);
        expect(row.finding_id).toBe(subject_kind === "问题" && findings.has(row.subject) ? row.subject : null);
      }
  });

  test("others read neither how a day follows, nor of clues, nor of days kept for analysts", () => {
    const rows = todo(others);
    expect(rows.filter((r) => r.because !== null)).toEqual([]);
    expect(rows.filter((r) => ["移交", "移送纪检监察", "报告审定", "归档", "通报组织部门"].includes(String(r.kind)))).toEqual([]);
    expect(Object.keys(others).toSorted()).toEqual(Object.keys(files).toSorted());
  });
});
