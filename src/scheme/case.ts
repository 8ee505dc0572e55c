import type {Table} from "../contract/index.ts";
import {TABLES} from "../contract/index.ts";
import {type Complaint, Fault, nearestName, type Place} from "../fault.ts";
import {byPlace, type Path, type PlacedYaml, parsePlaced} from "../placed-yaml.ts";
import {knownKeys, zodComplaints} from "../placed-zod.ts";
import type {Covered, Kind, Milli} from "../score/types.ts";
import {checkExpected} from "./case-names.ts";
import {type CaseFileSpec, caseFileSchema, type EntrySpec, type NO_ROW, type UnitSpec} from "./case-schema.ts";
import {milliOf} from "./decimal.ts";
import type {Scheme} from "./types.ts";

/** A row of an input table as an office would write it: every cell a text, blank null. */
export interface CaseRow {
  readonly cells: Readonly<Record<string, string | null>>;
  readonly place: Place;
  /** Where a cell was written; the row itself for cells that come from `defaults` or nowhere. */
  placeOf(column: string): Place;
}

/** What must come of a case: what is left out is not looked at. */
export interface ExpectedUnit {
  readonly unit_code: string;
  readonly place: Place;
  readonly score_milli?: Milli | null;
  readonly grade?: string | null;
  readonly rank?: number | null;
  readonly covered?: Covered;
  readonly provisional?: boolean;
  readonly items: readonly {readonly item: string; readonly milli: Milli | null}[];
  readonly vetoes?: readonly string[];
}

/** A ledger row that must be there; with kind 无 the rule must have no row. */
export interface ExpectedEntry {
  readonly unit_code: string;
  readonly place: Place;
  readonly kind: Kind | typeof NO_ROW;
  readonly rule_id: string | null;
  readonly item?: string | null;
  readonly subject?: string | null;
  readonly milli?: Milli;
}

/** One case: facts, cut-offs, and what must come of them. */
export interface SchemeCase {
  readonly name: string;
  readonly place: Place;
  readonly as_of: string;
  readonly decisions_until: string;
  readonly year: number;
  readonly round: string | null;
  /** By table; a table named without rows has been loaded and is empty. */
  readonly rows: Readonly<Record<string, readonly CaseRow[]>>;
  readonly units: readonly ExpectedUnit[];
  readonly ledger: readonly ExpectedEntry[];
}

/**
 * Reads the cases kept beside a scheme.
 * Shape: `defaults` are merged into every row of their table, `rows` at the top stand in every case; tables and columns by
 * their English or Chinese names.
 * Errors: one Fault (exit 2) with everything that is wrong, from the top of the file down: names that the contract or the
 * scheme does not know, numbers that YAML would change, cases without a date.
 * @example parseCases(text, "data/schemes/x.cases.yaml", scheme)[0].name
 */
export function parseCases(text: string, file: string, scheme: Scheme): SchemeCase[] {
  const placed = parsePlaced(text, file);
  if (placed.complaints.length > 0) throw new Fault(2, placed.complaints);
  const checked = caseFileSchema.safeParse(placed.value);
  if (!checked.success) throw new Fault(2, zodComplaints(checked.error, placed, knownKeys(caseFileSchema)).toSorted(byPlace));
  const reader = new CaseReader(text, placed, checked.data);
  const cases = checked.data.cases.map((_, i) => reader.readCase(i));
  const complaints = [...reader.complaints, ...checkExpected(checked.data, placed, scheme)];
  if (complaints.length > 0) throw new Fault(2, distinct(complaints).toSorted(byPlace));
  return cases;
}

class CaseReader {
  readonly complaints: Complaint[] = [];
  private readonly lines: readonly string[];

  constructor(
    text: string,
    private readonly placed: PlacedYaml,
    private readonly spec: CaseFileSpec
  ) {
    this.lines = text.split("\n");
  }

  readCase(i: number): SchemeCase {
    const own = this.spec.cases[i] as CaseFileSpec["cases"][number];
    const path = ["cases", i];
    const year = own.year ?? this.spec.year;
    const as_of = own.as_of ?? this.spec.as_of ?? (year === undefined ? undefined : `${year}-12-31`);
    if (as_of === undefined) this.say(path, `用例“${own.name}”没有日期`, "请在它或文件开头写 year，或写 as_of");
    const day = as_of ?? "2000-12-31";
    return {
      name: own.name,
      place: this.placed.at(path),
      as_of: day,
      decisions_until: own.decisions_until ?? (own.as_of ? undefined : this.spec.decisions_until) ?? day,
      year: year ?? Number(day.slice(0, 4)),
      round: own.round ?? this.spec.round ?? null,
      rows: this.readTables([
        {rows: this.spec.rows, path: ["rows"]},
        {rows: own.rows, path: [...path, "rows"]}
      ]),
      units: Object.entries(own.expect.units).map(([code, unit]) =>
        this.expectedUnit(code, unit, [...path, "expect", "units", code])
      ),
      ledger: own.expect.ledger.map((entry, j) => this.expectedEntry(entry, [...path, "expect", "ledger", j]))
    };
  }

  private say(path: Path, what: string, advice: string): void {
    this.complaints.push({place: this.placed.at(path), what, advice});
  }

  private readTables(parts: readonly {readonly rows: CaseFileSpec["rows"]; readonly path: Path}[]): SchemeCase["rows"] {
    const tables: Record<string, CaseRow[]> = {};
    for (const {rows, path} of parts) {
      for (const [name, list] of Object.entries(rows)) {
        const table = this.tableOf(name, [...path, name]);
        if (!table) continue;
        const defaults = this.defaultsOf(table);
        const read = list.map((row, j) => this.readRow(table, row, [...path, name, j], defaults));
        tables[table.name] = [...(tables[table.name] ?? []), ...read];
      }
    }
    return tables;
  }

  private tableOf(name: string, path: Path): Table | null {
    const found = TABLES.find((t) => t.name === name || t.title === name);
    if (found) return found;
    const near = nearestName(name, [...TABLES.map((t) => t.name), ...TABLES.map((t) => t.title)]);
    const known = TABLES.map((t) => `${t.name}（${t.title}）`).join("、");
    this.complaints.push({
      place: this.placed.keyAt(path),
      what: `没有表 ${name}`,
      advice: near ? `是否指 ${near}？` : `可用：${known}`
    });
    return null;
  }

  private defaultsOf(table: Table): CaseRow["cells"] {
    const named = Object.entries(this.spec.defaults).find(([name]) => name === table.name || name === table.title);
    return named ? this.readCells(table, named[1], ["defaults", named[0]]).cells : {};
  }

  private readRow(table: Table, row: CaseFileSpec["rows"][string][number], path: Path, defaults: CaseRow["cells"]): CaseRow {
    const {cells, places} = this.readCells(table, row, path);
    const place = this.placed.at(path);
    return {cells: {...defaults, ...cells}, place, placeOf: (column) => places.get(column) ?? place};
  }

  private readCells(table: Table, row: Readonly<Record<string, string | number | boolean | null>>, path: Path) {
    const cells: Record<string, string | null> = {};
    const places = new Map<string, Place>();
    for (const [name, value] of Object.entries(row)) {
      const at = [...path, name];
      const column = table.columns.find((c) => c.name === name || c.header === name);
      if (!column) {
        const near = nearestName(name, [...table.columns.map((c) => c.name), ...table.columns.map((c) => c.header)]);
        const advice = near ? `是否指 ${near}？` : `可用列见 xunheng describe ${table.name}`;
        this.complaints.push({place: this.placed.keyAt(at), what: `表 ${table.name} 没有列 ${name}`, advice});
        continue;
      }
      if (column.name in cells)
        this.complaints.push({place: this.placed.keyAt(at), what: `${column.header}写了两次`, advice: "请只留一处"});
      if (typeof value === "number" && !["integer", "decimal"].includes(column.type)) this.checkWritten(value, at);
      cells[column.name] = value === null ? null : value === true ? "是" : value === false ? "否" : String(value);
      places.set(column.name, this.placed.at(at));
    }
    return {cells, places};
  }

  /** `6.10` and `007` are numbers to YAML, and come out as 6.1 and 7. */
  private checkWritten(value: number, path: Path): void {
    const {line = 1, column = 1} = this.placed.at(path);
    const written = /^[^\s,}\]#]+/.exec(this.lines[line - 1]?.slice(column - 1) ?? "")?.[0] ?? "";
    if (written !== String(value)) this.say(path, `${written} 会被当作数字 ${value}`, `请加引号，写成 "${written}"`);
  }

  private expectedUnit(unit_code: string, unit: UnitSpec, path: Path): ExpectedUnit {
    const {score, items = {}, ...rest} = unit;
    return {
      unit_code,
      place: this.placed.keyAt(path),
      ...(score === undefined ? {} : {score_milli: this.milli(score, [...path, "score"])}),
      ...rest,
      items: Object.entries(items).map(([item, points]) => ({item, milli: this.milli(points, [...path, "items", item])}))
    };
  }

  private expectedEntry({points, rule_id = null, ...rest}: EntrySpec, path: Path): ExpectedEntry {
    const milli = points === undefined ? {} : {milli: this.milli(points, [...path, "points"]) ?? 0};
    return {...rest, rule_id, ...milli, place: this.placed.at(path)};
  }

  private milli(points: string | number | null, path: Path): Milli | null {
    if (points === null) return null;
    const milli = milliOf(Number(points));
    if (milli === null) this.say(path, `分值${points}不能精确到千分之一`, "请写至多三位小数的数");
    return milli ?? 0;
  }
}

/** What is wrong in `rows` or `defaults` of the file is wrong in every case: said once. */
function distinct(complaints: readonly Complaint[]): Complaint[] {
  const seen = new Set<string>();
  return complaints.filter(({place, what}) => {
    const key = `${place?.line}:${place?.column}:${what}`;
    return !seen.has(key) && seen.add(key);
  });
}
