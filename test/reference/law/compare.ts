import type {Database} from "../../../src/warehouse/duckdb.ts";
import {checks} from "./checks.ts";
import {obligations} from "./obligation.ts";
import type {LawInput} from "./world.ts";

/** What a check of the program came to. */
export interface Ran {
  readonly id: string;
  readonly unknown: number;
  /** Columns that the office does not have; a check that misses one says nothing. */
  readonly missing: readonly string[];
}

/** Facts on which two readings of the law can differ, one a line. */
export type Facts = ReadonlySet<string>;

/** One thing that only one side says. */
export interface Difference {
  readonly only: "program" | "reference";
  readonly fact: string;
}

/** What the program's tables `obligation` and `check_row` say. */
export async function programFacts(db: Database, ran: readonly Ran[]): Promise<Facts> {
  const owed = await db.rows<Record<string, string | boolean | null>>(
    `select kind, parameter, subject, due_on, done_on, is_known,
      coalesce(case when done_on is null then due_on < getvariable('as_of') else done_on > due_on and due_source <> '解释' end, false) as late
    from obligation where is_known or due_on >= getvariable('as_of')`
  );
  const broken = await db.rows<{check_id: string; subject: string}>("select check_id, subject from check_row");
  return new Set([
    ...owed.map((o) => [o.kind, o.parameter, o.subject, o.due_on ?? "?", o.done_on ?? "-", o.is_known, o.late].join("|")),
    ...ran.filter(({missing}) => missing.length === 0).map(({id, unknown}) => `check ${id}|unknown ${unknown}`),
    ...broken.map(({check_id, subject}) => `check ${check_id}|${subject}`)
  ]);
}

/** What the reference makes of the same rows; checks that the program cannot run are left out. */
export function referenceFacts(input: LawInput, ran: readonly Ran[]): Facts {
  const silent = new Set(ran.filter(({missing}) => missing.length > 0).map(({id}) => id));
  const told = checks(input).filter(({id}) => !silent.has(id));
  return new Set([
    ...obligations(input).map((o) =>
      [o.kind, o.parameter, o.subject, o.due_on ?? "?", o.done_on ?? "-", o.is_known, o.late].join("|")
    ),
    ...told.map(({id, rows}) => `check ${id}|unknown ${rows.filter((r) => r.because_kind === "不详").length}`),
    ...told.flatMap(({id, rows}) => rows.filter((r) => r.because_kind === "违反").map((r) => `check ${id}|${r.subject}`))
  ]);
}

/** What one side says and the other does not. */
export function differences(program: Facts, reference: Facts): Difference[] {
  const missing = (of: Facts, from: Facts) => [...of].filter((fact) => !from.has(fact)).sort();
  return [
    ...missing(program, reference).map((fact) => ({only: "program", fact}) as const),
    ...missing(reference, program).map((fact) => ({only: "reference", fact}) as const)
  ];
}
