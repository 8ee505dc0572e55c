import {afterAll, beforeAll, expect, it} from "vitest";
import {dossier} from "../../../src/export/dossier/dossier.ts";
import {renderOfficial} from "../../../src/export/official/render.ts";
import {Fault} from "../../../src/fault.ts";
import {signedPoints} from "../../../src/score/signed.ts";
import {findingHistories, findingHistory} from "../../../src/warehouse/finding-history.ts";
import {openScored, type Scored} from "../../../src/warehouse/scored.ts";
import {loadedSample} from "../../samples/loaded.ts";
import {plainDocument, wholeText} from "../document/plain.ts";

let scored: Scored;
beforeAll(async () => {
  scored = await openScored(await loadedSample("mudan-2023"));
});
afterAll(() => scored.close());

it("keeps a card of a finding: fact, clause, deadline, events, cost, source", async () => {
  const doc = await dossier(scored, {finding: "MD-0002"});
  expect(doc.layout).toBe("archive");
  expect(doc.marks).toEqual(["内部资料"]);
  const text = wholeText(doc).replace(/[0-9a-f]{64}/g, "（摘要）");
  expect(text).not.toMatch(/undefined|null|NaN/);
  await expect(text).toMatchFileSnapshot("../../output/documents/mudan-2023-card.txt");
});

it("keeps a card for every finding of a unit behind a list, each beginning on a new page", async () => {
  const seen: string[] = [];
  const doc = await dossier(scored, {unit: "990101", progress: (done, of) => seen.push(`${done}/${of}`)});
  const pages = doc.body.filter((block) => block.kind === "break").length;
  const list = doc.body.find((block) => block.kind === "table");
  expect(pages).toBeGreaterThan(20);
  expect(list?.kind === "table" ? list.rows.length : 0).toBe(pages);
  expect(seen.at(-1)).toBe(`${pages}/${pages}`);
  // The list's points are those of the ledger.
  const rows = await scored.db.value<number>(
    "select sum(milli)::bigint from ledger where replace(subject, '@原', '') in (select finding_id from finding_asof) and rule_id in (select distinct rule_id from ledger where kind in ('扣分', '复核', '择高返还')) and unit_code = '990101' and subject like 'MD-%'"
  );
  expect(plainDocument(doc, 2)).toContain(`台账各行合计${signedPoints(Number(rows))}分`);
}, 60_000);

it("tells many histories as it tells each alone", async () => {
  const ids = ["MD-0002", "MD-0003", "MD-0026", "MD-0400"];
  const all = await findingHistories(scored.db, ids);
  for (const id of ids) expect(all.get(id)).toEqual(await findingHistory(scored.db, id));
});

it("answers what is not there with a sentence", async () => {
  for (const options of [{finding: "MD-9999"}, {unit: "999999"}]) await expect(dossier(scored, options)).rejects.toThrow(Fault);
  await expect(dossier(scored, {finding: "MD-9999"})).rejects.toThrow(/没有问题 MD-9999；/);
});

it("gives the same bytes when made again", async () => {
  const [one, two] = [await dossier(scored, {unit: "990107"}), await dossier(scored, {unit: "990107"})];
  expect(one).toEqual(two);
  expect(Buffer.from(await renderOfficial(one)).equals(Buffer.from(await renderOfficial(two)))).toBe(true);
});
