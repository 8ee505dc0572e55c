import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {Database} from "../../src/warehouse/duckdb.ts";

/** Runs statements of DuckDB in a directory of their own (`$DIR` in them) and returns the bytes of a file they made. */
export async function madeBy(file: string, ...statements: string[]): Promise<Buffer> {
  const directory = mkdtempSync(join(tmpdir(), "xunheng-made-"));
  const db = await Database.open(":memory:");
  try {
    for (const statement of statements) await db.run(statement.replaceAll("$DIR", directory));
    return readFileSync(join(directory, file));
  } finally {
    db.close();
    rmSync(directory, {recursive: true});
  }
}

/** The bytes of a Parquet file of a query. */
export function parquetOf(select: string): Promise<Buffer> {
  return madeBy("made.parquet", `copy (${select}) to '$DIR/made.parquet' (format parquet)`);
}

/** The bytes of a Parquet file that needs a key. */
export function encryptedParquet(): Promise<Buffer> {
  const copy = "copy (select 1 as a) to '$DIR/made.parquet' (format parquet, encryption_config {footer_key: 'k'})";
  return madeBy("made.parquet", "set force_mbedtls_unsafe = true", "pragma add_parquet_key('k', '0123456789112345')", copy);
}

/** The bytes of a DuckDB file after these statements. */
export function duckdbOf(...statements: string[]): Promise<Buffer> {
  return madeBy("made.duckdb", "attach '$DIR/made.duckdb' as made", "use made", ...statements, "use memory", "detach made");
}

/** The bytes of a DuckDB file that needs a key. */
export function encryptedDuckdb(): Promise<Buffer> {
  return madeBy(
    "made.duckdb",
    "set force_mbedtls_unsafe = true",
    "attach '$DIR/made.duckdb' as made (encryption_key 'key')",
    "create table made.t as select 1 as a",
    "detach made"
  );
}

/** The same DuckDB file under another number of the storage version, with the checksum that belongs to it. */
export function ofVersion(bytes: Buffer, version: number): Buffer {
  const file = Buffer.from(bytes);
  const [before, checksum] = [file.readBigUInt64LE(8), file.readBigUInt64LE(0)];
  file.writeUInt32LE(version, 12);
  file.writeBigUInt64LE(checksum ^ mixed(before) ^ mixed(file.readBigUInt64LE(8)), 0);
  return file;
}

/** What eight bytes give to DuckDB's checksum, which is the exclusive or of all. */
function mixed(word: bigint): bigint {
  return BigInt.asUintN(64, word * 0xbf58476d1ce4e5b9n);
}
