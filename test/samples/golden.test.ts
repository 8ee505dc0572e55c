import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {shapeRegime} from "../../src/contract/shape.ts";
import {openRules, openScored} from "../../src/warehouse/scored.ts";
import {load} from "../../src/workspace/load.ts";
import {DATA, openWorkspace} from "../../src/workspace/workspace.ts";

const SAMPLES = ["mudan-2023", "hunan-2021", "shandong-2018", "gongzhuling", "hainan-2016"];
const scratch = mkdtempSync(join(tmpdir(), "xunheng-golden-"));
afterAll(() => rmSync(scratch, {recursive: true, force: true}));

/** From an office's files to the numbers: a reviewer reads the difference of these files. */
describe("a sample", () => {
  it.each(SAMPLES)("%s gives the balance, scores and ledger that were reviewed", async (id) => {
    const directory = join(scratch, id);
    cpSync(join(DATA, "samples", id), directory, {recursive: true, filter: (path) => !path.includes(".xunheng")});
    const space = openWorkspace(directory);
    const {regime} = await openRules(space);
    const {tables, warnings} = await load(space, {
      at: "2026-01-15T09:00:00.000+08:00",
      as_of: space.as_of ?? "",
      regime: shapeRegime(regime)
    });
    for (const t of Object.values(tables)) expect(t.read).toBe(t.new + t.unchanged + t.changed + t.rejected + t.skipped);
    const scored = await openScored(directory);
    try {
      const ledger = await scored.db.rows(
        "select scheme, unit_code, seq, kind, item, rule_id, subject, milli, because, file, row from ledger order by scheme, unit_code, seq"
      );
      await expect(`${JSON.stringify({tables, warnings, score: scored.result}, null, 2)}\n`).toMatchFileSnapshot(
        `../output/samples/${id}.json`
      );
      await expect(
        ledger
          .map(
            (row) =>
              `${Object.values(row)
                .map((v) => v ?? "")
                .join("\t")}\n`
          )
          .join("")
      ).toMatchFileSnapshot(`../output/samples/${id}.ledger.tsv`);
    } finally {
      scored.close();
    }
  });
});
