import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {shapeRegime} from "../src/contract/shape.ts";
import {openRules} from "../src/warehouse/scored.ts";
import {type LoadResult, load} from "../src/workspace/load.ts";
import {openWorkspace, type Workspace} from "../src/workspace/workspace.ts";

/** Cells of one table: column → text; every row of a table has the same columns. */
export type Cells = readonly Readonly<Record<string, string | number>>[];

/** An office's workspace in a temporary directory, with CSV files made from rows. */
export interface Office {
  readonly directory: string;
  /** Writes (or replaces) a table's file. */
  write(table: string, rows: Cells): void;
  /** Writes a file beside xunheng.yaml. */
  file(name: string, text: string): void;
  /** Loads all sources. */
  load(at?: string): Promise<LoadResult>;
  space(): Workspace;
  remove(): void;
}

/** A CSV text with a header line, quoted where needed. */
export function csvText(rows: Cells): string {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: string | number | undefined) =>
    /[",\n\r]/.test(String(value ?? "")) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? "");
  return [columns.map(cell).join(","), ...rows.map((row) => columns.map((c) => cell(row[c])).join(","))]
    .map((line) => `${line}\n`)
    .join("");
}

/**
 * Makes an office.
 * @param tables rows per input table; each becomes a CSV file and a source
 * @param yaml further lines of xunheng.yaml; regime, schemes and year have defaults
 */
export function makeOffice(tables: Readonly<Record<string, Cells>>, yaml: Readonly<Record<string, string>> = {}): Office {
  const directory = join(mkdtempSync(join(tmpdir(), "xunheng-office-")), "office");
  mkdirSync(directory);
  const head = {
    authority: "演示安委办",
    regime: "mudan-2023",
    schemes: "[mudan-2023-town]",
    year: "2025",
    as_of: "2025-12-31",
    ...yaml
  };
  const sources = Object.keys(tables).map((t) => `  - {table: ${t}, loader: csv, path: ${t}.csv}\n`);
  const office: Office = {
    directory,
    write: (table, rows) => writeFileSync(join(directory, `${table}.csv`), csvText(rows)),
    file: (name, text) => {
      mkdirSync(join(directory, name, ".."), {recursive: true});
      writeFileSync(join(directory, name), text);
    },
    space: () => openWorkspace(directory),
    load: async (at = "2026-01-05T09:00:00.000+08:00") => {
      const space = openWorkspace(directory);
      const {regime} = await openRules(space);
      return load(space, {
        at,
        as_of: space.as_of ?? "2025-12-31",
        regime: shapeRegime(regime)
      });
    },
    remove: () => rmSync(join(directory, ".."), {recursive: true, force: true})
  };
  writeFileSync(
    join(directory, "xunheng.yaml"),
    `${Object.entries(head)
      .map(([key, value]) => `${key}: ${value}\n`)
      .join("")}sources:${sources.length === 0 ? " []\n" : `\n${sources.join("")}`}`
  );
  for (const [table, rows] of Object.entries(tables)) office.write(table, rows);
  return office;
}
