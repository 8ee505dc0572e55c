import {readdirSync, readFileSync} from "node:fs";
import {parse} from "yaml";
import {factType} from "../src/contract/fact.ts";
import {TABLES, type Table, tableNamed} from "../src/contract/index.ts";
import {nearestName} from "../src/fault.ts";
import {ALWAYS, parseRegime} from "../src/regime/parse.ts";
import type {Parameter, Regime} from "../src/regime/types.ts";
import {quotedIdentifier, quotedString} from "../src/sql.ts";
import {Database} from "../src/warehouse/duckdb.ts";
import {buildLaw, type LawOptions} from "../src/warehouse/law.ts";
import {readCalendar} from "../src/workspace/calendar.ts";
import {findDefinition} from "../src/workspace/workspace.ts";

type Cell = string | number | boolean | null;
type CaseRow = Readonly<Record<string, Cell>>;

/** One entry of test/cases/check*.yaml; what each key means stands at the head of check.yaml. */
export interface CheckCase {
  readonly check: string;
  readonly regime: string;
  readonly name: string;
  readonly rows: Readonly<Record<string, readonly CaseRow[]>>;
  readonly breach?: readonly string[];
  readonly holds?: readonly string[];
  readonly unknown?: readonly string[];
  readonly says?: Readonly<Record<string, string>>;
  readonly missing?: readonly string[];
  readonly without?: readonly string[];
  readonly as_of?: string;
  readonly year?: number;
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly named_units?: Readonly<Record<string, string>>;
}

const KEYS = [
  ...["check", "regime", "name", "rows", "breach", "holds", "unknown", "says", "missing", "without", "as_of", "year"],
  ...["parameters", "named_units"]
];
const FOLDER = new URL("cases/", import.meta.url);
const CALENDAR = readCalendar(null).filter(({day}) => day >= "2016-01-01" && day < "2028-01-01");
const KEPT: ReadonlySet<string> = new Set(TABLES.flatMap((t) => t.columns.map((c) => `${t.name}.${c.name}`)));

/** Every case of the files test/cases/check*.yaml, in the order of the files. */
export function readCheckCases(): CheckCase[] {
  const files = readdirSync(FOLDER).filter((file) => /^check.*\.yaml$/.test(file));
  return files.toSorted().flatMap((file) => {
    const cases = (parse(readFileSync(new URL(file, FOLDER), "utf8")) ?? []) as CheckCase[];
    for (const one of cases) {
      const place = `${file} ${one.name}`;
      for (const key of Object.keys(one)) if (!KEYS.includes(key)) throw new RangeError(`${place}: no key ${key} in a case`);
      for (const [table, rows] of Object.entries(one.rows)) {
        const names = tableNamed(table).columns.map((c) => c.name);
        for (const column of rows.flatMap(Object.keys))
          if (!names.includes(column))
            throw new RangeError(`${place}: ${table} has no column ${column}; did you mean ${nearestName(column, names)}?`);
      }
    }
    return cases;
  });
}

/** An engine with the input tables, empty: the rows of one case after another are put into them. */
export class CaseBench {
  readonly #regimes = new Map<string, Regime>();

  private constructor(readonly db: Database) {}

  static async open(): Promise<CaseBench> {
    const db = await Database.open(":memory:", {threads: 1});
    await db.run(
      `create table batch as select "table", false as revoked from (values ${valuesOf(["", ...TABLES.map((t) => t.name)])}) as v("table")`
    );
    for (const {name, columns} of TABLES) {
      const typed = columns.map((c) => `${quotedIdentifier(c.name)} ${factType(c)}`);
      await db.run(
        `create table ${quotedIdentifier(name)} (batch_id varchar, source_name varchar, source_file varchar, source_sheet varchar, source_row bigint, ${typed.join(", ")})`
      );
    }
    return new CaseBench(db);
  }

  /** Fills the tables with the rows of a case, and builds what checks, obligations and coverage read. */
  async build(
    one: Pick<CheckCase, "rows" | "regime" | "as_of" | "year" | "parameters" | "named_units" | "without">
  ): Promise<LawOptions> {
    const regime = withParameters(this.regime(one.regime), one.parameters ?? {});
    const as_of = one.as_of ?? "2025-12-31";
    await this.#fill(withDefaults(one.rows, regime));
    const law: LawOptions = {
      regime,
      calendar: CALENDAR,
      when: {as_of, decisions_until: as_of, known_at: null},
      year: one.year ?? Number(as_of.slice(0, 4)),
      named_units: one.named_units ?? {},
      kept: new Set([...KEPT].filter((name) => !one.without?.includes(name))),
      extension: null
    };
    await buildLaw(this.db, law);
    return law;
  }

  /** A regime by id, read once. */
  regime(id: string): Regime {
    const known = this.#regimes.get(id);
    if (known) return known;
    const {text, file} = findDefinition("regimes", id, null);
    const regime = parseRegime(text, file);
    this.#regimes.set(id, regime);
    return regime;
  }

  async #fill(rows: CheckCase["rows"]): Promise<void> {
    const sql = TABLES.map((table) => {
      const name = quotedIdentifier(table.name);
      const mine = rows[table.name] ?? [];
      return `delete from ${name}${mine.length === 0 ? "" : `; ${insertSql(table, mine)}`}`;
    });
    await this.db.run(sql.join("; "));
  }
}

function valuesOf(names: readonly string[]): string {
  return names.map((name) => `(${quotedString(name)})`).join(", ");
}

function insertSql(table: Table, rows: readonly CaseRow[]): string {
  const cell = (value: Cell | undefined) =>
    value === null || value === undefined ? "null" : typeof value === "string" ? quotedString(value) : String(value);
  const tuples = rows.map((row, i) => {
    const cells = table.columns.map(({name, fallback}) => cell(row[name] === undefined ? fallback : row[name]));
    return `('b', ${quotedString(table.name)}, ${quotedString(`${table.name}.csv`)}, null, ${i + 2}, ${cells.join(", ")})`;
  });
  return `insert into ${quotedIdentifier(table.name)} values ${tuples.join(", ")}`;
}

/** Required columns that a case need not write: its rows hang on its first inspection, and that on its first unit. */
export function withDefaults(rows: CheckCase["rows"], regime: Regime): CheckCase["rows"] {
  const units = rows.unit ?? [{}];
  const hangs = ["member", "visit", "finding", "rectification", "response", "action", "tip"].some((name) => rows[name]);
  const inspections = rows.inspection ?? (hangs ? [{started_on: "2025-03-03", ended_on: "2025-03-07"}] : []);
  const unit_code = units[0]?.unit_code ?? "U1";
  const inspection_id = inspections.length === 0 ? null : (inspections[0]?.inspection_id ?? "X1");
  const started_on = inspections[0]?.started_on ?? "2025-03-03";
  const base: Readonly<Record<string, (no: number) => CaseRow>> = {
    unit: (no) => ({
      unit_code: `U${no}`,
      unit_name: `演示${no}号`,
      unit_kind: regime.unit_kinds[0] ?? null,
      valid_from: "0001-01-01"
    }),
    inspection: (no) => ({inspection_id: `X${no}`, unit_code, kind: Object.keys(regime.kinds)[0] ?? null, organiser_level: "县级"}),
    member: (no) => ({inspection_id, member_id: `M${no}`, role: "组员"}),
    visit: (no) => ({visit_id: `V${no}`, inspection_id, unit_code, place_name: `演示厂${no}`, visited_on: started_on}),
    finding: (no) => ({
      ...{finding_id: `F${no}`, inspection_id, unit_code, layer: "部门", item: "1", severity: "一般", description: "演示"},
      ...{found_on: started_on}
    }),
    rectification: () => ({finding_id: rows.finding?.[0]?.finding_id ?? "F1"}),
    response: (no) => ({inspection_id, unit_code, kind: "首次", seq_no: no}),
    action: (no) => ({action_id: `C${no}`, unit_code}),
    tip: (no) => ({tip_id: `J${no}`, inspection_id, unit_code}),
    accident: (no) => ({accident_id: `S${no}`, unit_code, accident_grade: "一般"}),
    appeal: (no) => ({appeal_id: `Y${no}`, unit_code})
  };
  const all = {...rows, unit: units, inspection: inspections};
  return Object.fromEntries(
    Object.entries(all).map(([name, list]) => [name, list.map((row, i) => ({...base[name]?.(i + 1), ...row}))])
  );
}

/** The regime with values that a case lays over its own; a parameter it does not have is added. */
function withParameters(regime: Regime, changes: NonNullable<CheckCase["parameters"]>): Regime {
  const changed = Object.entries(changes).map(([name, over]): [string, Parameter] => {
    const known = regime.parameters[name];
    if (known)
      return [name, {...known, values: known.values.map(({from, value}) => ({from, value: {...(value as object), ...over}}))}];
    const added = {name, title: name, clause: "演示", modality: "应当", word: null, expected: [], interpretation: []} as const;
    return [name, {...added, values: [{from: ALWAYS, value: over}]}];
  });
  return {...regime, parameters: {...regime.parameters, ...Object.fromEntries(changed)}};
}
