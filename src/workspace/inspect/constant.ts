import type {Column, Table} from "../../contract/index.ts";
import {tableNamed} from "../../contract/index.ts";
import type {Regime} from "../../regime/types.ts";
import {takenValues} from "./value.ts";

/** A column that is missing and may be the same in every row. */
export interface ConstantColumn {
  readonly column: string;
  /** What a person has to write there. */
  readonly wanted: string;
}

/**
 * Missing columns whose value the source may say for all rows: those with few values, and codes of another table.
 * @param named contract columns that have a header
 */
export function constantColumns(table: Table, named: ReadonlySet<string>, regime: Regime | null): ConstantColumn[] {
  return table.columns.flatMap((column) => {
    const wanted = named.has(column.name) || !isNeeded(column, table, named) ? null : wantedIn(column, table, regime);
    return wanted === null ? [] : [{column: column.name, wanted}];
  });
}

/** Whether a constant may stand for a column that is missing. */
export function isConstant({name, type}: Column, table: Table): boolean {
  if (table.key.length === 1 && table.key[0] === name) return false;
  return type === "enum" || type === "item" || table.references.some((r) => r.column === name);
}

/** A finding of an inspection needs its number, though the contract lets one that was reported do without. */
function isNeeded(column: Column, table: Table, named: ReadonlySet<string>): boolean {
  return column.required || (table.name === "finding" && column.name === "inspection_id" && !named.has("source"));
}

function wantedIn(column: Column, table: Table, regime: Regime | null): string | null {
  if (!isConstant(column, table)) return null;
  const offered = takenValues(column, table, regime)?.offered;
  if (offered) return `请填${offered.join("、")}之一`;
  const parent = table.references.find((r) => r.column === column.name);
  return parent ? `请填${tableNamed(parent.table).title}表里的${column.header.replace(/^.*(?=编)/, "")}` : null;
}
