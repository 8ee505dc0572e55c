import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it} from "vitest";
import {CONTRACT, tableNamed} from "../../src/contract/index.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {keptRows} from "../../src/warehouse/kept-rows.ts";
import {rejectSql, versionSql} from "../../src/warehouse/version.ts";

it("reads a batch from before a column was added: the column is null there, and the row's mark does not change", async () => {
  const directory = mkdtempSync(join(tmpdir(), "xunheng-kept-"));
  const db = await Database.open();
  try {
    const rows = join(directory, "rows.parquet");
    const own = tableNamed("rectification").columns.filter(({name}) => name !== "form_code");
    const cells = own.map(
      ({name}) => `'${{finding_id: "W1", stage: "完成", on_date: "2025-04-01", seq_no: "1"}[name] ?? ""}' as ${name}`
    );
    await db.run(
      `copy (select 'x.csv' as source_file, null::varchar as source_sheet, 2::bigint as source_row, 'ok' as status, null::varchar as faults, null::varchar as corrects, * replace (nullif(new_due_on, '') as new_due_on, nullif(applied_on, '') as applied_on, nullif(recorded_at, '') as recorded_at) from (select ${cells.join(", ")})) to '${rows}' (format parquet)`
    );
    const batch = {
      ...{id: "000001-x", n: 1, source: "x", table: "rectification", mode: "snapshot" as const, contract: CONTRACT - 1},
      ...{at: "2026-01-05T09:00:00+08:00", files: [], doors: [], unknown: [], rows}
    } as const;
    for (const sql of [...versionSql(tableNamed("rectification"), [batch], []), rejectSql([batch])]) await db.run(sql);
    expect(await db.row("select finding_id, seq_no, form_code from rectification_version")).toEqual({
      finding_id: "W1",
      seq_no: 1,
      form_code: null
    });
    expect(keptRows({...batch, contract: CONTRACT})).toMatch(/^read_parquet\(/);
  } finally {
    db.close();
    rmSync(directory, {recursive: true});
  }
});
