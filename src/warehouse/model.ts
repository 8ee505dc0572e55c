import {readFileSync} from "node:fs";

/**
 * The text of a model in src/models.
 * @example modelSql("fact/unit_chain") // "-- scored_of: which unit answers …"
 */
export function modelSql(name: string): string {
  return readFileSync(new URL(`../models/${name}.sql`, import.meta.url), "utf8");
}
