import type {Column, Table} from "../../contract/index.ts";
import {isUnitName} from "../../contract/synonym.ts";

/** A unit's name that stands where its code should, and the code when the workspace knows one. */
export interface NamedUnit {
  readonly column: string;
  readonly header: string;
  readonly name: string;
  readonly code: string | null;
}

/** So many names are listed. */
const MOST = 200;

/**
 * Names of units in a column that wants their codes; none when the column holds codes.
 * @param units name → code of the workspace's units
 */
export function namedUnits(
  header: string,
  column: Column,
  table: Table,
  cells: readonly string[],
  units: ReadonlyMap<string, string>
): NamedUnit[] {
  const refers =
    column.name === "unit_code"
      ? table.name !== "unit"
      : table.references.some((r) => r.column === column.name && r.table === "unit");
  if (!refers) return [];
  const values = [...new Set(cells.map((cell) => cell.trim()).filter((cell) => cell !== ""))];
  const han = values.filter((value) => /\p{Script=Han}{2}/u.test(value));
  if (han.length === 0 || (!isUnitName(header) && han.length * 2 < values.length)) return [];
  return han.slice(0, MOST).map((name) => ({column: column.name, header, name, code: units.get(name) ?? null}));
}
