import {existsSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {Database} from "../../src/warehouse/duckdb.ts";
import {runScript} from "../../src/warehouse/script-run.ts";

const directory = mkdtempSync(join(tmpdir(), "xunheng-stranger-"));
afterAll(() => rmSync(directory, {recursive: true, force: true}));

function stranger(sql: string, seconds = 20): Promise<Database> {
  writeFileSync(join(directory, "score.sql"), sql);
  const scratch = join(directory, "scratch");
  return runScript(directory, "score.sql", {readable: ["facts/x.parquet"], scratch, seconds, memory: "300MiB", threads: 1});
}

describe("a script that a stranger handed over", () => {
  it("reads the facts named, by the names they have in its own directory", async () => {
    const made = await Database.open();
    await made.run(`copy (select 7 as a) to '${join(directory, "x.parquet")}'`);
    made.close();
    writeFileSync(join(directory, "y.parquet"), "");
    const db = await runScript(directory, await script("create temp table ledger as select * from read_parquet('x.parquet');"), {
      ...{readable: ["x.parquet"], scratch: join(directory, "scratch"), seconds: 20}
    });
    expect(await db.list<number>("select a from ledger")).toEqual([7]);
    db.close();
  });

  async function script(sql: string): Promise<string> {
    writeFileSync(join(directory, "score.sql"), sql);
    return "score.sql";
  }

  it.each([
    ["reads a file elsewhere", "select * from read_text('/etc/passwd')"],
    ["reads a file beside", "select * from read_parquet('y.parquet')"],
    ["climbs out of its directory", "select * from read_text('../../etc/passwd')"],
    ["looks around", "select * from glob('/etc/*')"],
    ["hides a file in a view", "create view v as select * from read_text('/etc/passwd'); select * from v"],
    ["asks the network", "select * from read_csv('http://127.0.0.1:9/x.csv')"],
    ["writes a file", "copy (select 1) to 'out.csv'"],
    ["writes over the facts", "copy (select 1) to 'facts/x.parquet' (format parquet)"],
    ["attaches a database", "attach 'out.db' as o"],
    ["exports", "export database 'out'"],
    ["logs to a file", "call enable_logging(storage = 'file', storage_path = 'out')"],
    ["keeps a secret", "create persistent secret x (type http, bearer_token 'a')"],
    ["loads an extension", "install httpfs"],
    ["lifts the seal", "set enable_external_access = true"],
    ["takes more memory than it may", "select string_agg(repeat('x', 1000000), '') from range(100000)"],
    ["is no SQL", "rm -rf /"],
    ["is empty", " \n"]
  ])("is stopped with a sentence when it %s", async (_, sql) => {
    await expect(stranger(`${sql};`)).rejects.toThrow(/score\.sql: 脚本/);
    for (const name of ["out.csv", "out.db", "out", "facts"]) expect(existsSync(join(directory, name)), name).toBe(false);
  });

  it("is stopped when it does not come to an end", async () => {
    const endless = "with recursive t as (select 1 as a union all select a + 1 from t) select count(*) from t;";
    await expect(stranger(endless, 0.3)).rejects.toThrow("脚本0.3秒内没有算完，已停止");
  });
});
