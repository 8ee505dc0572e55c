import {TABLES} from "../src/contract/index.ts";
import {CHECKS} from "../src/regime/check-names.ts";
import {type CheckResult, runChecks} from "../src/warehouse/check.ts";
import {type CaseBench, type CheckCase, withDefaults} from "./law-cases.ts";

/** What a check said of one subject of a case. */
export interface Judged {
  readonly subject: string;
  readonly because: string | null;
  readonly unknown: boolean;
}

interface Outcome {
  readonly result: CheckResult;
  readonly judged: readonly Judged[];
}

/** Identifiers that mean the same in every case. */
const COMMON = new Set(["rule_id", "item_code", "round_no"]);

/**
 * Judges cases of one regime and day together, because building the tables takes longer than asking them: every identifier is given
 * the number of its case, so that no case sees the rows of another. Cases about months and years, and those that name units, stand alone.
 */
export class CaseGroups {
  readonly #worlds = new Map<string, CheckCase[]>();
  readonly #asked = new Map<string, Promise<Map<string, Outcome | Error>>>();

  constructor(
    private readonly bench: CaseBench,
    private readonly cases: readonly CheckCase[]
  ) {
    for (const one of cases) {
      const world = this.#worldOf(one);
      this.#worlds.set(world, [...(this.#worlds.get(world) ?? []), one]);
    }
  }

  /** What the case's check says of the case's rows. */
  async judge(one: CheckCase): Promise<Outcome> {
    const world = this.#worldOf(one);
    const asked = this.#asked.get(world) ?? this.#ask(this.#worlds.get(world) ?? []);
    this.#asked.set(world, asked);
    const outcome = (await asked).get(one.check);
    if (!outcome || outcome instanceof Error) throw outcome ?? new RangeError(`nobody asked ${one.check}`);
    const mark = this.#mark(one);
    const own = outcome.judged.filter(({subject}) => mark === "" || subject.startsWith(mark));
    const strip = (said: string) => (mark === "" ? said : said.replaceAll(mark, ""));
    return {
      result: outcome.result,
      judged: own.map((row) => ({...row, subject: strip(row.subject), because: row.because === null ? null : strip(row.because)}))
    };
  }

  async #ask(cases: readonly CheckCase[]): Promise<Map<string, Outcome | Error>> {
    const [first] = cases as [CheckCase];
    const regime = this.bench.regime(first.regime);
    const rows: Record<string, CheckCase["rows"][string]> = {};
    for (const one of cases)
      for (const [table, own] of Object.entries(withDefaults(one.rows, regime)))
        rows[table] = [...(rows[table] ?? []), ...own.map((row) => marked(table, row, this.#mark(one)))];
    const law = await this.bench.build({...first, rows});
    const outcomes = new Map<string, Outcome | Error>();
    for (const check of new Set(cases.map((one) => one.check))) outcomes.set(check, await this.#outcome(check, law));
    return outcomes;
  }

  async #outcome(check: string, law: Parameters<typeof runChecks>[1]): Promise<Outcome | Error> {
    try {
      await this.bench.db.run("create or replace temp table judged_row (subject varchar, because varchar, unknown boolean)");
      const [result] = (await runChecks(this.bench.db, law, {only: check})) as [CheckResult];
      const judged = await this.bench.db.rows<Judged>("select subject, because, unknown from judged_row order by subject");
      return {result, judged};
    } catch (error) {
      return error as Error;
    }
  }

  #alone(one: CheckCase): boolean {
    const subject = CHECKS.find(({id}) => id === one.check)?.subject;
    return one.named_units !== undefined || subject === "月" || subject === "年";
  }

  #worldOf(one: CheckCase): string {
    const {regime, as_of, year, parameters, without} = one;
    return this.#alone(one) ? String(this.cases.indexOf(one)) : JSON.stringify([regime, as_of, year, parameters, without]);
  }

  #mark(one: CheckCase): string {
    return this.#alone(one) ? "" : `c${this.cases.indexOf(one)}:`;
  }
}

function marked(table: string, row: CheckCase["rows"][string][number], mark: string): typeof row {
  const codes = new Set((TABLES.find((t) => t.name === table)?.columns ?? []).filter((c) => c.type === "code").map((c) => c.name));
  const cells = Object.entries(row).map(([name, value]) => [
    name,
    codes.has(name) && !COMMON.has(name) && value !== null ? `${mark}${value}` : value
  ]);
  return Object.fromEntries(cells) as typeof row;
}
