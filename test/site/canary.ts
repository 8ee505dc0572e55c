import {fromArrow} from "arquero";
import {unzipSync} from "fflate";
import {factOf} from "../../src/contract/fact.ts";
import {type Column, TABLES, tableNamed} from "../../src/contract/index.ts";
import type {Cells} from "../office.ts";

/** A value that occurs nowhere else, and where it was planted. */
export interface Mark {
  readonly table: string;
  readonly column: string;
  readonly value: string;
  /** The row: the inspection it belongs to, or what it is about. */
  readonly of: string;
}

/** Rows of an office in which every text, number and day is a mark of its own, unless it is given. */
export class Planting {
  readonly marks: Mark[] = [];
  private readonly rows: Record<string, Record<string, string>[]> = {};
  private days = 0;
  private numbers = 0;

  /** Adds a row; what is not `given` is planted. Empty text plants nothing. */
  row(table: string, of: string, given: Readonly<Record<string, string>> = {}): Record<string, string> {
    const row: Record<string, string> = {};
    for (const column of tableNamed(table).columns) {
      row[column.name] = given[column.name] ?? this.planted(table, column);
      if (given[column.name] === undefined && ISO_OR_MARK.test(row[column.name] ?? ""))
        this.marks.push({table, column: column.name, value: row[column.name] as string, of});
    }
    this.rows[table] = [...(this.rows[table] ?? []), row];
    return row;
  }

  /** A given value that must be looked for too. */
  mark(table: string, column: string, value: string, of: string): string {
    this.marks.push({table, column, value, of});
    return value;
  }

  get tables(): Record<string, Cells> {
    return Object.fromEntries(TABLES.flatMap((t) => (this.rows[t.name] ? [[t.name, this.rows[t.name] as Cells]] : [])));
  }

  private planted(table: string, {name, type, values, audiences}: Column): string {
    this.numbers++;
    switch (type) {
      case "date":
        return this.day(audiences.length > 0 ? 2025 : 2023);
      case "timestamp":
        return `${this.day(2023)} 08:09:10`;
      case "enum":
        return values[0] ?? "";
      case "boolean":
        return "是";
      case "integer":
        return "1";
      case "decimal":
        return `${7000 + this.numbers}.31`;
      case "item":
        return "6";
      case "credit_code":
        return creditCode(this.numbers);
      default:
        return `zz-${table}-${name}-${this.numbers}`;
    }
  }

  /** Another day each time, later than the one before; what only analysts see lies in a year in which nothing is due. */
  private day(year: number): string {
    return new Date(Date.UTC(year, 0, 5 + ++this.days)).toISOString().slice(0, 10);
  }
}

const ISO_OR_MARK = /^(zz-|\d{4}-\d{2}-\d{2}|7\d{3}\.31$|91ZZ|91AA)/;

/** A code whose last digit agrees with GB 32100-2015. */
function creditCode(n: number): string {
  const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const body = `91AA${String(n).padStart(13, "0")}`;
  let sum = 0;
  let weight = 1;
  for (const c of body) {
    sum += alphabet.indexOf(c) * weight;
    weight = (weight * 3) % 31;
  }
  return body + alphabet[(31 - (sum % 31)) % 31];
}

/** A scheme whose every rule over a grain names all its columns in its sentence, and one veto for each. */
export function tellingScheme(regime: string, kinds: readonly string[]): string {
  const grains = ["finding", "inspection", "visit", "action", "tip", "accident", "response"];
  const named = (grain: string) =>
    factOf(grain)
      .columns.map((c) => `${c.name}={${c.name}}`)
      .join(" ");
  const rules = grains.map(
    (grain, i) => `  - {id: T${i}, item: "6", name: 查${grain}, over: ${grain}, deduct: 0.5, because: "${named(grain)}"}
  - {id: V${i}, name: 否决${grain}, over: ${grain}, veto: {grade_at_most: 一般}, because: "${named(grain)}"}
  - {id: N${i}, item: "6", name: 点${grain}, over: ${grain}, deduct: 0.25}
`
  );
  return `id: telling
name: 什么都说的办法
regime: ${regime}
applies_to: [${kinds.join(", ")}]
period: year
start: full
several_inspections: sum
uninspected: 不评分
grades: [{name: 好, from: 90}, {name: 一般, from: 60}, {name: 差, from: 0}]
items: [{no: "6", full: 100}]
rules:
${rules.join("")}  - {id: D1, item: "6", name: 整改经过, over: finding, deduct: 0.1, because: "问题{finding_id}于{done_on}整改，期限{due_on}，逾期{days_overdue}天"}
  - {id: S1, item: "6", name: 问题程度, over: finding, deduct: {by: severity, table: {一般: 0.1, 较大: 0.2, 重大: 0.3}}, because: "问题{finding_id}（{severity}）"}
  - {id: J1, item: "6", name: 评议一项, judge: {from: 0, to: 3}}
`;
}

/** Everything that the files of a zip hold, decoded: texts, days, numbers; and which columns each mart has. */
export function readZip(zip: Uint8Array) {
  const texts: string[] = [];
  const columns = new Map<string, readonly string[]>();
  const rows = new Map<string, Record<string, unknown>[]>();
  const files = unzipSync(zip);
  for (const [name, bytes] of Object.entries(files)) {
    texts.push(name);
    if (!name.endsWith(".arrow")) {
      texts.push(new TextDecoder().decode(bytes));
      continue;
    }
    const table = fromArrow(bytes, {useDate: true} as object);
    const mart = name.replace(/(-\d+)?\.arrow$/, "");
    const found = table.objects() as Record<string, unknown>[];
    columns.set(mart, table.columnNames());
    rows.set(mart, [...(rows.get(mart) ?? []), ...found]);
    for (const row of found)
      for (const value of Object.values(row))
        if (value !== null) texts.push(value instanceof Date ? value.toISOString().slice(0, 10) : String(value));
    // What no row shows any more may still lie in a dictionary.
    texts.push(Buffer.from(bytes).toString("utf8"));
  }
  const all = texts.join("\n");
  return {
    columns,
    rows: (mart: string) => rows.get(mart) ?? [],
    json: (name: string) => JSON.parse(new TextDecoder().decode(files[name])),
    holds: ({value}: Pick<Mark, "value">) => all.includes(searched(value))
  };
}

/** A moment is looked for by its day, a number as it is printed. */
function searched(value: string): string {
  return /^\d{4}-\d{2}-\d{2} /.test(value) ? value.slice(0, 10) : value;
}
