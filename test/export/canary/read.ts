import {readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {unzipSync} from "fflate";
import {quotedString} from "../../../src/sql.ts";
import {Database} from "../../../src/warehouse/duckdb.ts";
import type {Mark} from "../../site/canary.ts";

/** Everything that the files of an export hold, as one text: names, words, days, numbers. */
export async function textOf(path: string): Promise<string> {
  if (statSync(path).isDirectory()) {
    const parts = await Promise.all(readdirSync(path).map(async (name) => `${name}\n${await textOf(join(path, name))}`));
    return parts.join("\n");
  }
  if (path.endsWith(".parquet")) return parquetText(path);
  const bytes = readFileSync(path);
  return bytes.subarray(0, 2).toString("latin1") === "PK" ? zipText(bytes) : bytes.toString("utf8");
}

/** Each part as it stands, and without its tags: a word may be cut by them. */
function zipText(bytes: Uint8Array): string {
  return Object.entries(unzipSync(bytes))
    .map(([name, part]) => {
      if (part[0] === 0x50 && part[1] === 0x4b) return zipText(part);
      const text = new TextDecoder().decode(part);
      return `${name}\n${text}\n${text.replace(/<[^>]*>/g, "")}`;
    })
    .join("\n");
}

async function parquetText(path: string): Promise<string> {
  const db = await Database.open(":memory:");
  try {
    const rows = await db.rows(`select * from ${quotedString(path)}`);
    // What no row shows any more may still lie in a dictionary.
    return `${JSON.stringify(rows)}\n${readFileSync(path).toString("utf8")}`;
  } finally {
    db.close();
  }
}

/** Whether a text holds a mark: a day may be written 2025年9月3日, a moment is looked for by its day. */
export function holds(text: string, {value}: Pick<Mark, "value">): boolean {
  const day = /^(\d{4})-(\d{2})-(\d{2})( |$)/.exec(value);
  if (!day) return text.includes(value);
  const [, year, month, date] = day;
  return [value.slice(0, 10), `${year}年${Number(month)}月${Number(date)}日`, `${year}${month}${date}`].some((form) =>
    text.includes(form)
  );
}
