import {accident} from "./accident.ts";
import {action} from "./action.ts";
import {appeal} from "./appeal.ts";
import {appraisal} from "./appraisal.ts";
import type {Table} from "./column.ts";
import {confirmation} from "./confirmation.ts";
import {finding} from "./finding.ts";
import {inspection} from "./inspection.ts";
import {judgement} from "./judgement.ts";
import {member} from "./member.ts";
import {official} from "./official.ts";
import {rectification} from "./rectification.ts";
import {response} from "./response.ts";
import {tip} from "./tip.ts";
import {unit} from "./unit.ts";
import {visit} from "./visit.ts";

export type {Audience, Column, ColumnType, Reference, RowCheck, Table} from "./column.ts";
export {STAGES} from "./rectification.ts";

/** Version of the contract, written into every batch. Columns and enumeration values are only ever added. */
export const CONTRACT = 2;

/** All input tables, parents before children: the order in which references are judged. */
export const TABLES: readonly Table[] = [
  unit,
  inspection,
  member,
  visit,
  finding,
  rectification,
  response,
  action,
  accident,
  tip,
  judgement,
  appraisal,
  official,
  appeal,
  confirmation
];

/**
 * The table of that name.
 * Errors: RangeError for a name outside the contract.
 * @example tableNamed("finding").key // ["finding_id"]
 */
export function tableNamed(name: string): Table {
  const found = TABLES.find((t) => t.name === name);
  if (!found) throw new RangeError(`契约里没有表 ${name}；可用：${TABLES.map((t) => t.name).join("、")}`);
  return found;
}
