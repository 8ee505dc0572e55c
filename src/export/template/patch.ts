import {columnNumber} from "../../../loaders/xlsx/grid.ts";
import {columnLetters} from "../../../loaders/xlsx/sheet.ts";

/** A number for a cell; row from 1, column from 0. */
export interface CellNumber {
  readonly row: number;
  readonly column: number;
  /** As XML writes it. */
  readonly value: string;
}

const ROW = /<((?:\w+:)?)row\b([^>]*?)(\/>|>([\s\S]*?)<\/\1row\s*>)/g;
const CELL = /<((?:\w+:)?)c\b([^>]*?)(?:\/>|>[\s\S]*?<\/\1c\s*>)/g;

/**
 * Puts numbers into cells of a sheet's XML; every other byte stays, and so does the look of the cells.
 * Shape: the part's text in and out. A cell or row that is not there yet is put in its place.
 * Errors: RangeError for rows without numbers, which no spreadsheet program writes.
 */
export function patchCells(xml: string, cells: readonly CellNumber[]): string {
  const rows = new Map<number, CellNumber[]>();
  for (const cell of cells) rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
  const patched = xml.replace(ROW, (whole, prefix: string, attributes: string, _, content: string | undefined) => {
    const number = Number(attribute(attributes, "r"));
    if (!Number.isSafeInteger(number) || number < 1) throw new RangeError("a row without its number");
    const mine = rows.get(number);
    if (!mine) return whole;
    rows.delete(number);
    // What was said of the columns that the row spans may be true no more.
    return `<${prefix}row${attributes.replace(/\s+spans=(?:"[^"]*"|'[^']*')/, "").trimEnd()}>${patchRow(content ?? "", prefix, mine)}</${prefix}row>`;
  });
  if (rows.size > 0) throw new RangeError(`no row ${[...rows.keys()][0]}`);
  return patched;
}

function patchRow(content: string, prefix: string, cells: readonly CellNumber[]): string {
  const left = new Map(cells.map((cell) => [cell.column, cell]));
  const made = ({row, column, value}: CellNumber, attributes = ` r="${columnLetters(column)}${row}"`) =>
    `<${prefix}c${attributes}><${prefix}v>${value}</${prefix}v></${prefix}c>`;
  const before = (column: number) => {
    const missing = [...left.values()].filter((cell) => cell.column < column).toSorted((a, b) => a.column - b.column);
    for (const cell of missing) left.delete(cell.column);
    return missing.map((cell) => made(cell)).join("");
  };
  const patched = content.replace(CELL, (whole, _, attributes: string) => {
    const column = columnNumber(attribute(attributes, "r"));
    const missing = before(column);
    const cell = left.get(column);
    if (!cell) return missing + whole;
    left.delete(column);
    return missing + made(cell, attributes.replace(/\s+t=(?:"[^"]*"|'[^']*')/, "").trimEnd());
  });
  return patched + before(Number.POSITIVE_INFINITY);
}

/** Results that formulas had before: a program that does not compute them anew would show what is no longer true. */
export function dropResults(xml: string): string {
  return xml.replace(CELL, (whole, prefix: string) =>
    new RegExp(`<${prefix}f\\b`).test(whole)
      ? whole.replace(new RegExp(`<${prefix}v\\s*/>|<${prefix}v\\b[^>]*>[^<]*</${prefix}v\\s*>`), "")
      : whole
  );
}

/** Asks the spreadsheet program to compute all formulas when it opens the workbook. */
export function computeOnLoad(xml: string): string {
  const calc = /<((?:\w+:)?)calcPr\b([^>]*?)\/?>/.exec(xml);
  if (calc) {
    const [whole, prefix, attributes] = calc;
    const own = attributes?.replace(/\s+fullCalcOnLoad="[^"]*"/, "") ?? "";
    return xml.replace(whole, `<${prefix}calcPr${own} fullCalcOnLoad="1"${whole.endsWith("/>") ? "/>" : ">"}`);
  }
  // Its place is behind the names, or where there are none behind the sheets.
  return xml.replace(
    /<\/((?:\w+:)?)(definedNames|externalReferences|sheets)\s*>(?![\s\S]*<\/\1(?:definedNames|externalReferences|sheets)\s*>)/,
    (tag, prefix: string) => `${tag}<${prefix}calcPr fullCalcOnLoad="1"/>`
  );
}

/** Ranges that array formulas fill: no cell in them has a formula of its own. */
export function arrayRanges(xml: string): string[] {
  return [...xml.matchAll(/<(?:\w+:)?f\b[^>]*\bt="(?:array|dataTable)"[^>]*>/g)].flatMap(([tag]) => attribute(tag, "ref") || []);
}

function attribute(attributes: string, name: string): string {
  return new RegExp(`(?:^|\\s)${name}=["']([^"']*)["']`).exec(attributes)?.[1] ?? "";
}
