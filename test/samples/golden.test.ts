import {describe, expect, it} from "vitest";
import {openScored} from "../../src/warehouse/scored.ts";
import {loadedSample, loadOfSample} from "./loaded.ts";

const SAMPLES = ["mudan-2023", "hunan-2021", "shandong-2018", "gongzhuling", "hainan-2016"];

/** From an office's files to the numbers: a reviewer reads the difference of these files. */
describe("a sample", () => {
  it.each(SAMPLES)("%s gives the balance, scores and ledger that were reviewed", async (id) => {
    const {tables, warnings} = await loadOfSample(id);
    for (const t of Object.values(tables)) expect(t.read).toBe(t.new + t.unchanged + t.changed + t.rejected + t.skipped);
    const scored = await openScored(await loadedSample(id));
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
