import {readFileSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {parse} from "yaml";
import {TABLES, tableNamed} from "../../src/contract/index.ts";
import {FAULT_SEPARATOR, REASON_SEPARATOR, shapeSql} from "../../src/contract/shape.ts";
import {quotedIdentifier, quotedString} from "../../src/sql.ts";
import {Database} from "../../src/warehouse/duckdb.ts";

interface Case {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  readonly cell: string;
  readonly value?: string | null;
  readonly fault?: string;
}

const CASES = parse(readFileSync(new URL("../cases/contract.yaml", import.meta.url), "utf8")) as Case[];
const REGIME = {
  id: "演示",
  kinds: ["全面", "专项"],
  kind_words: {全面巡查: "全面"},
  unit_kinds: ["镇街"],
  items: Array.from({length: 10}, (_, i) => String(i + 1))
};

/** A row that is well formed, so that only the cell of a case is judged. */
const GOOD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  unit: {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"},
  inspection: {inspection_id: "X1", unit_code: "990101", kind: "全面", organiser_level: "县级"},
  finding: {
    finding_id: "F1",
    inspection_id: "X1",
    unit_code: "990101",
    layer: "部门",
    item: "6",
    severity: "一般",
    description: "演示",
    found_on: "2025-03-01"
  },
  rectification: {finding_id: "F1", stage: "完成", on_date: "2025-03-10"},
  visit: {visit_id: "V1", inspection_id: "X1", unit_code: "990101", place_name: "演示厂", visited_on: "2025-03-01"},
  accident: {accident_id: "A1", unit_code: "990101", occurred_on: "2025-03-01", accident_grade: "一般"},
  judgement: {
    unit_code: "990101",
    year: "2025",
    rule_id: "R1",
    points: "4",
    reason: "演示",
    judged_by: "演示员",
    judged_on: "2025-12-20"
  },
  official: {
    person_id: "GB-1",
    person_name: "演示员",
    unit_code: "990101",
    post: "镇长",
    duty: "政府主要负责人",
    from_on: "2024-01-01"
  }
};

let db: Database;
beforeAll(async () => {
  db = await Database.open();
});
afterAll(() => db.close());

async function judged(table: string, row: Readonly<Record<string, string>>): Promise<Record<string, string | null>> {
  const spec = tableNamed(table);
  const cells = spec.columns.map(
    (c) => `${row[c.name] === undefined ? "null::varchar" : quotedString(row[c.name] ?? "")} as ${quotedIdentifier(c.name)}`
  );
  const raw = `(select 'f' as source_file, null::varchar as source_sheet, 2 as source_row, null::varchar as row_fault, null::varchar as row_beyond, 'x' as row_first, null::varchar as row_corrects, ${cells.join(", ")})`;
  return (await db.row(shapeSql(spec, raw, {}, REGIME))) as Record<string, string | null>;
}

describe("the contract", () => {
  it.each(CASES)("reads as it should: $name", async ({table, column, cell, value, fault}) => {
    const row = await judged(table, {...GOOD[table], [column]: cell});
    const faults = (row.faults ?? "").split(FAULT_SEPARATOR).filter(Boolean);
    if (fault === undefined) expect([row[column], faults]).toEqual([value, []]);
    else {
      expect(faults.map((f) => f.split(REASON_SEPARATOR)[0])).toContain(column);
      expect(faults.join("\n")).toContain(fault);
    }
  });

  it("maps the office's words before it judges them", async () => {
    const spec = tableNamed("finding");
    const cells = spec.columns.map(
      (c) => `${quotedString({...GOOD.finding, severity: "A级"}[c.name] ?? "")} as ${quotedIdentifier(c.name)}`
    );
    const raw = `(select 'f' as source_file, null::varchar as source_sheet, 2 as source_row, null::varchar as row_fault, null::varchar as row_beyond, 'x' as row_first, null::varchar as row_corrects, ${cells.join(", ")})`;
    expect(await db.row(shapeSql(spec, raw, {severity: {A级: "重大"}}, REGIME))).toMatchObject({severity: "重大", faults: null});
  });

  it("gathers every fault of a row", async () => {
    const {faults} = await judged("finding", {...GOOD.finding, severity: "特大", found_on: "2025-02-30", unit_code: ""});
    expect(faults?.split(FAULT_SEPARATOR)).toHaveLength(3);
  });

  it("has a Chinese header, an audience list and a key of known columns in every table", () => {
    for (const {name, columns, key, references} of TABLES) {
      const names = columns.map((c) => c.name);
      expect([name, new Set(columns.map((c) => c.header)).size]).toEqual([name, columns.length]);
      for (const k of key) expect(names).toContain(k);
      for (const {column, table, target} of references) {
        expect(names).toContain(column);
        expect(tableNamed(table).columns.map((c) => c.name)).toContain(target);
      }
      for (const {header} of columns) expect(header).toMatch(/\p{Script=Han}/u);
    }
  });
});
