import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {TABLES} from "../../src/contract/index.ts";
import {outsideView} from "../../src/regime/secrecy.ts";
import {visibleColumns} from "../../src/site/audience.ts";
import type {SiteAudience} from "../../src/site/build.ts";
import {quotedIdentifier, quotedList} from "../../src/sql.ts";
import {openScored} from "../../src/warehouse/scored.ts";

/**
 * Texts of a workspace that an audience may not see: what stands in restricted columns of its tables, names and codes of units that
 * may not be named; without what also stands in a column that may be seen, and without words too short to look for.
 */
export async function keptBackValues(directory: string, audience: SiteAudience = "leadership"): Promise<string[]> {
  const {db, regime, when, close} = await openScored(directory);
  try {
    const visible = visibleColumns(regime, audience, when.as_of);
    const seen = new Set<string>();
    const hidden = new Set<string>();
    for (const {name, columns} of TABLES)
      for (const column of columns.filter((c) => ["text", "code", "person", "credit_code"].includes(c.type))) {
        const values = await db.list(
          `select distinct ${quotedIdentifier(column.name)} from ${quotedIdentifier(name)} where length(${quotedIdentifier(column.name)}) >= 6`
        );
        for (const value of values) (visible(name, column.name) ? seen : hidden).add(value);
      }
    const {unit_kinds} = outsideView(regime, when.as_of);
    const units = await db.list(`select unnest([unit_code, unit_name]) from unit where unit_kind in ${quotedList(unit_kinds)}`);
    const shown = [...seen].filter((value) => !units.includes(value));
    return [...new Set([...units, ...hidden])].filter((value) => !shown.some((other) => other.includes(value)));
  } finally {
    close();
  }
}

/** Files of a site in which any of the values stands, in the name or inside; the guide teaches by demonstration data everywhere. */
export function filesHolding(directory: string, values: readonly string[]): {readonly file: string; readonly value: string}[] {
  return readdirSync(directory, {recursive: true, withFileTypes: true}).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const file = path.slice(directory.length + 1);
    if (!entry.isFile() || entry.name.endsWith(".gz") || file.startsWith("guide/")) return [];
    const text = `${file}\n${readFileSync(path, "utf8")}`;
    const value = values.find((v) => text.includes(v));
    return value === undefined ? [] : [{file, value}];
  });
}
