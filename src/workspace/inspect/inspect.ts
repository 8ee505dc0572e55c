import type {PeekPart} from "../../../loaders/peek/peek.ts";
import {checkHeader, GROUP, headerKey} from "../../contract/header.ts";
import type {Table} from "../../contract/index.ts";
import type {Place} from "../../fault.ts";
import type {Regime} from "../../regime/types.ts";
import {type ColumnReport, columnReport, type MissingColumn, missingColumns} from "./column.ts";
import {constantColumns} from "./constant.ts";
import {entryText, placeLines} from "./entry.ts";
import {type Fit, guessTables} from "./guess.ts";
import {type SecondSource, secondSources} from "./second.ts";
import {type NamedUnit, namedUnits} from "./unit-name.ts";
import {type StrangeValue, strangeValues} from "./value.ts";

/** What is known beside the file. */
export interface Surroundings {
  readonly loader: string;
  /** As shown, and as xunheng.yaml must write it. */
  readonly file: string;
  readonly path: string;
  readonly regime: Regime | null;
  /** Name → code of the workspace's units. */
  readonly units: ReadonlyMap<string, string>;
  /** Names of the workspace's sources. */
  readonly sources: readonly string[];
  /** The only table to think of, when the user names one. */
  readonly table: Table | null;
  /** Whether the file has several sheets. */
  readonly several: boolean;
}

/** What is said of one sheet. */
export interface SheetReport {
  readonly sheet: string | null;
  readonly hidden: boolean;
  readonly table: string | null;
  readonly score: number;
  /** Other tables that fit about as well. */
  readonly ties: readonly {readonly table: string; readonly score: number}[];
  /** As people number rows; null without a header row. */
  readonly header_row: number | null;
  /** Rows looked at, and whether there are no more. */
  readonly rows: number;
  readonly whole: boolean;
  readonly columns: readonly ColumnReport[];
  readonly missing: readonly MissingColumn[];
  readonly values: readonly StrangeValue[];
  readonly units: readonly NamedUnit[];
  readonly notes: readonly string[];
  /** Whether a load takes the entry as it is; rows may still be rejected. */
  readonly loadable: boolean;
  /** Name of the source the entry makes. */
  readonly source: string | null;
  /** Sources that read the same rows once more, for another table; their entries follow the first. */
  readonly seconds: readonly Omit<SecondSource, "entry">[];
  /** The entry of `sources:` to paste, and those of `seconds`; empty when no table fits. */
  readonly entry: string;
}

const TOTAL = /^(合计|小计|总计|共计|累计)/;

/** A sheet that fits a table so much worse than another sheet of the file is something else, such as a list of columns. */
const FAR = 40;

/**
 * What the sheets of a file are, and how xunheng.yaml must say it. Two sheets of one table are two sources with names of their own.
 * Errors: Fault 3 for a classification column.
 */
export function inspectParts(parts: readonly PeekPart[], around: Surroundings): SheetReport[] {
  const fits = parts.map((part) => guessTables(part, around.table));
  const best = (table: Table) => Math.max(...fits.flatMap(([fit]) => (fit?.table === table ? [fit.score] : [])));
  const taken = [...around.sources];
  return parts.map((part, i) => {
    const [fit, ...ties] = fits[i] ?? [];
    if (!fit || fit.score < best(fit.table) - FAR) return {...NOTHING, sheet: part.name, hidden: part.hidden};
    const report = inspectPart(part, [fit, ...ties], {...around, sources: taken});
    if (report.source !== null && !part.hidden) taken.push(report.source, ...report.seconds.map(({source}) => source));
    return report;
  });
}

function inspectPart(part: PeekPart, [fit, ...ties]: readonly [Fit, ...Fit[]], around: Surroundings): SheetReport {
  const {table, head, cells} = fit;
  if (head.match.classified.length > 0)
    checkHeader(head.match, head.cells, table, (cell) => headPlace(around.file, part, head.row, cell));
  const byName = new Map(table.columns.map((c) => [c.name, c]));
  const {rows, whole} = head.rows(cells.map(({column}) => byName.get(column ?? "") ?? null));
  const data = rows.filter((row) => isData(row, head.cells));
  const below = (i: number) => data.map((row) => row[i] ?? "");
  const named = new Set(cells.flatMap(({column}) => column ?? []));
  const free = table.columns.filter(({name}) => !named.has(name));
  const values: StrangeValue[] = [];
  const units: NamedUnit[] = [];
  for (const [i, {column: name, header}] of cells.entries()) {
    const column = byName.get(name ?? "");
    if (!column) continue;
    values.push(...strangeValues(column, table, below(i), around.regime));
    units.push(...namedUnits(header, column, table, below(i), around.units));
  }
  const sheet = around.several && around.loader === "spreadsheet" ? part.name : null;
  const place = {loader: around.loader, path: around.path, sheet, options: part.options};
  const seconds = secondSources(fit, below, placeLines(place), around.sources);
  const columns = cells.flatMap((cell, i) =>
    cell.header === "" ? [] : [elsewhere(columnReport(cell, below(i), table, free), seconds)]
  );
  const missing = missingColumns(
    table,
    named,
    cells.flatMap(({header, how}) =>
      how === "不读" && header !== "" && !seconds.some((second) => second.header === header) ? [header] : []
    ),
    cells.flatMap(({header, column: name}) => {
      const column = byName.get(name ?? "");
      return column && !column.required ? [{header, column}] : [];
    })
  );
  const constants = constantColumns(table, named, around.regime);
  const lacking = [
    ...missing.map(({column, header}) => {
      const either = constants.some((c) => c.column === column) ? "补上这一列或填好下面的constants" : "补上";
      return `缺少必需的列 ${header}（${column}），${either}以前装不进来`;
    }),
    ...repeated(fit)
  ];
  const name = around.sources.includes(table.name) ? freeName(table.name, around.sources) : null;
  const near = columns.flatMap(({header, suggestion}) => (suggestion === null ? [] : [[header, suggestion] as const]));
  return {
    sheet: part.name,
    hidden: part.hidden,
    table: table.name,
    score: fit.score,
    ties: ties.map((other) => ({table: other.table.name, score: other.score})),
    header_row: head.row,
    rows: data.length,
    whole,
    columns,
    missing,
    values,
    units,
    notes: [...head.notes, ...notesOf(fit, below, units)],
    loadable: lacking.length === 0,
    source: name ?? table.name,
    seconds: seconds.map(({entry: _, ...second}) => second),
    entry: [entryText({...place, fit, name, near, values, units, lacking, constants}), ...seconds.map(({entry}) => entry)].join("")
  };
}

/** What is said of a column that another source reads. */
function elsewhere(column: ColumnReport, seconds: readonly SecondSource[]): ColumnReport {
  const second = column.how === "不读" ? seconds.find(({header}) => header === column.header) : undefined;
  if (!second) return column;
  return {...column, suggestion: null, advice: `是整改经过，属于“整改”表（rectification）：由下面的来源 ${second.source} 读`};
}

/** A 合计 row is none, nor is the header once more. */
function isData(row: readonly string[], header: readonly string[]): boolean {
  const first = row.find((cell) => cell.trim() !== "") ?? "";
  if (TOTAL.test(first.replace(/\s/g, ""))) return false;
  return (
    row.filter((cell, i) => cell.trim() !== "" && headerKey(cell) === headerKey(header[i]?.split(GROUP).at(-1) ?? "")).length < 2
  );
}

const NOTHING: SheetReport = {
  sheet: null,
  hidden: false,
  table: null,
  score: 0,
  ties: [],
  header_row: null,
  rows: 0,
  whole: true,
  columns: [],
  missing: [],
  values: [],
  units: [],
  notes: [],
  loadable: false,
  source: null,
  seconds: [],
  entry: ""
};

function headPlace(file: string, {name}: PeekPart, row: number | null, cell: number | null): Place {
  const place = name === null ? {file} : {file: `${file} ${name}`};
  return row === null ? place : {...place, line: row, ...(cell === null ? {} : {column: cell + 1})};
}

/** Two headers of one column are refused by a load. */
function repeated({head, cells}: Fit): string[] {
  const own = cells.flatMap(({column, how}, i) => (how === "契约" && column !== null ? [{column, i}] : []));
  return own
    .filter(({column}, at) => own.findIndex((other) => other.column === column) < at)
    .map(({column, i}) => `列“${head.cells[i]}”（${column}）出现两次，删去或改名其中一列以前装不进来`);
}

function freeName(table: string, taken: readonly string[]): string {
  for (let n = 2; ; n++) if (!taken.includes(`${table}-${n}`)) return `${table}-${n}`;
}

/** What a clerk should know beyond single columns. */
function notesOf({table, cells}: Fit, below: (i: number) => string[], units: readonly NamedUnit[]): string[] {
  const notes: string[] = [];
  const at = (name: string) => cells.findIndex(({column}) => column === name);
  const [key] = table.key;
  if (key !== undefined && table.key.length === 1 && at(key) >= 0) {
    const seen = new Map<string, number>();
    for (const cell of below(at(key))) if (cell.trim() !== "") seen.set(cell.trim(), (seen.get(cell.trim()) ?? 0) + 1);
    const twice = [...seen].filter(([, n]) => n > 1);
    if (twice.length > 0) {
      const header = cells[at(key)]?.header;
      notes.push(`“${header}”有${twice.length}个编号不止一行（如 ${twice[0]?.[0]}）；内容不同的会全部退回，每个编号只能有一行`);
    }
  }
  if (at("seq_no") >= 0 && isRunning(below(at("seq_no")))) {
    notes.push("“序号”看起来是流水号；契约的序号是“同一天同一环节的第几件”，流水号会随行的先后变动，请把这一列改名或删去");
  }
  if (table.name === "finding" && at("inspection_id") < 0) {
    notes.push(
      "没有“巡查编号”；问题来源（source）为举报、交办的可以没有，其余的行会退回，请加一列，照巡查表的编号填，每一行都一样的写在constants里"
    );
  }
  if (units.length > 0) {
    const unknown = units.filter(({code}) => code === null).length;
    const headers = [...new Set(units.map(({header}) => `“${header}”`))].join("、");
    notes.push(
      unknown === 0
        ? `${headers}写的是名称，契约要编码；已按本工作区的单位表在values里对应，请核对`
        : `${headers}写的是名称，契约要编码；有${unknown}个名称${units.length > unknown ? "在单位表里没有" : "查不到编码（先装入单位表，用-w指出工作区再看）"}，在values里逐个写上编码，或在表里加一列编码；不写的行会挂起`
    );
  }
  return notes;
}

/** 1, 2, 3 … down the rows. */
function isRunning(cells: readonly string[]): boolean {
  const numbers = cells.filter((cell) => cell.trim() !== "").map(Number);
  return numbers.length > 2 && numbers.every((n, i) => i === 0 || n === (numbers[i - 1] ?? 0) + 1);
}
