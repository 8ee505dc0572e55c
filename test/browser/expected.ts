import type {ScoreResult, UnitScore} from "../../src/score/types.ts";
import {ledgerRows, openScored} from "../../src/warehouse/scored.ts";

/** What the command line says of a workspace: the result of `score`, the rows of `explain`, counts over its facts. */
export async function expectedOf(directory: string) {
  const {result, db, close} = await openScored(directory);
  try {
    const ledger = await ledgerRows(db);
    const count = (where: string) => db.value<number>(`select count(distinct finding_id) from finding_all where ${where}`);
    return {
      result,
      ledger,
      overdue: Number(await count("state = '逾期'")),
      open: Number(await count("not is_done")),
      findings: await db.rows<{unit_code: string; n: number; done: number; overdue: number}>(
        "select scored_unit as unit_code, count(*) as n, count(*) filter (where is_done) as done, count(*) filter (where state = '逾期') as overdue from finding_all where scored_unit is not null group by 1"
      )
    };
  } finally {
    close();
  }
}

export type Expected = Awaited<ReturnType<typeof expectedOf>>;

/** All units of a result, with their scheme. */
export function unitsOf({schemes}: ScoreResult): (UnitScore & {scheme: string})[] {
  return schemes.flatMap(({scheme, units}) => units.map((u) => ({...u, scheme})));
}

/** Numbers of a text, in order: digits with a decimal point, the minus of print. */
export function numbersIn(text: string): string[] {
  return text.match(/−?\d+(?:\.\d+)?/g) ?? [];
}
