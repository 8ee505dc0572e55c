import {unzipSync} from "fflate";
import {readXlsx} from "hucre/xlsx";
import {describe, expect, it} from "vitest";
import {demandPower, organisationData} from "../../../src/export/organisation/data.ts";
import {organisationFiles} from "../../../src/export/organisation/files.ts";
import {replyTo} from "../../../src/export/organisation/reply.ts";
import {knownRelease, replyFiles} from "../../../src/export/organisation/reply-files.ts";
import {replySchema} from "../../../src/export/organisation/reply-schema.ts";
import {organisationSchema} from "../../../src/export/organisation/schema.ts";
import type {ExportFile} from "../../../src/export/write.ts";
import type {ReleaseHead} from "../../../src/release/stamp.ts";
import {openRules, openScored} from "../../../src/warehouse/scored.ts";
import {openWorkspace} from "../../../src/workspace/workspace.ts";
import {rounds} from "../../rounds.ts";
import {loadedSample} from "../../samples/loaded.ts";

/** Words that would be a score, rank, grade, count or sum of a person, in keys and in headers. */
const KEY = /score|rank|grade|milli|points|count|sum|total|level|weight|index|average|ratio|percent/i;
const HEADER =
  /得分|评分|分值|扣分|加分|等次|等级|评级|位次|名次|排名|排序|计数|合计|小计|总计|次数|个数|条数|件数|数量|比例|占比|平均/;

/** Keys of every object at or below one that names a person. */
function personKeys(value: unknown, isPerson = false): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => personKeys(one, isPerson));
  if (typeof value !== "object" || value === null) return [];
  const inside = isPerson || "person_id" in value || "person_name" in value;
  return Object.entries(value).flatMap(([key, below]) => [...(inside ? [key] : []), ...personKeys(below, inside)]);
}

/** Numbers below an object that names a person, with their keys: only days since taking office, and the row of a list. */
function personNumbers(value: unknown, key = "", isPerson = false): string[] {
  if (typeof value === "number") return isPerson ? [key] : [];
  if (Array.isArray(value)) return value.flatMap((one) => personNumbers(one, key, isPerson));
  if (typeof value !== "object" || value === null) return [];
  const inside = isPerson || "person_id" in value || "person_name" in value;
  return Object.entries(value).flatMap(([name, below]) => personNumbers(below, name, inside));
}

const jsonOf = (files: readonly ExportFile[], path: string) =>
  JSON.parse(new TextDecoder().decode(files.find((f) => f.path === path)?.bytes));

/** Headers of the sheets that have a column with people. */
async function personHeaders(files: readonly ExportFile[]): Promise<string[]> {
  const books = files.filter((f) => f.path.endsWith(".xlsx"));
  const sheets = (await Promise.all(books.map((b) => readXlsx(b.bytes)))).flatMap((b) => b.sheets);
  return sheets.flatMap(({rows}) => {
    const header = rows.find((cells) => cells.some((c) => /姓名|人员编号|党委主要负责人/.test(String(c))) && cells.length > 1);
    return (header ?? []).map(String);
  });
}

/** First rows of the tables of letters that have a column with people. */
function letterHeaders(files: readonly ExportFile[]): string[] {
  return files
    .filter((f) => f.path.endsWith(".docx"))
    .flatMap(({bytes}) => {
      const xml = new TextDecoder().decode(unzipSync(bytes)["word/document.xml"]);
      const heads = [...xml.matchAll(/<w:tbl>.*?<w:tr[ >](.*?)<\/w:tr>/gs)].map(([, row = ""]) =>
        [...row.matchAll(/<w:tc>(.*?)<\/w:tc>/gs)].map(([, cell = ""]) => cell.replace(/<[^>]*>/g, ""))
      );
      return heads.filter((head) => head.includes("姓名")).flat();
    });
}

const HEAD: ReleaseHead = {
  ...{id: "sample-2025-r1", approver: {name: "审定人", post: "主任", organ: "安委会"}, on: "2026-01-15", meeting: null},
  ...{document_no: null, waivers: [], supersedes: null, manifest: "0".repeat(64), fallen: null}
};

/** All three in the long run; the first has every kind of duty. */
const SAMPLES = rounds(1) > 1 ? ["mudan-2023", "hunan-2021", "hainan-2016"] : ["mudan-2023"];

describe.each(SAMPLES)("what leaves about people of %s", (id) => {
  it("is no score, rank, grade, count or sum, in any file", async () => {
    const scored = {...(await openScored(await loadedSample(id))), released: HEAD};
    const data = await organisationData(scored);
    const known = await knownRelease(scored);
    scored.close();
    expect(data.officials.length).toBeGreaterThan(20);
    expect(organisationSchema.parse(data)).toEqual(data);
    const recipients = [...data.power.recipients];
    const letter = {number: null, date: null, contact: null, recipients};
    const asked = [...new Set(data.officials.slice(0, 6).map((o) => o.person_id))];
    const reply = replyTo(
      "组函1号",
      asked.map((person_id, i) => ({row: i + 2, person_id, name: null, unit: null})),
      [known],
      {
        ...{from: null, until: null}
      }
    );
    expect(replySchema.parse(reply)).toEqual(reply);
    const files = [
      ...(await organisationFiles(data, scored, letter)),
      ...(await replyFiles(reply, {number: null, date: null, contact: null, recipient: recipients[0] ?? ""}))
    ];
    const everything = [jsonOf(files, "organisation.json"), jsonOf(files, "reply.json")];
    const keys = new Set(everything.flatMap((json) => personKeys(json)));
    expect([...keys].filter((key) => KEY.test(key))).toEqual([]);
    expect([...new Set(everything.flatMap((json) => personNumbers(json)))].sort()).toEqual(["days", "row"]);
    const headers = [...(await personHeaders(files)), ...letterHeaders(files)];
    expect(headers.filter((h) => h === "姓名").length).toBeGreaterThan(5);
    expect(headers.filter((header) => HEADER.test(header))).toEqual([]);
  });
});

it("names nobody where the clause reaches units alone", async () => {
  const scored = await openScored(await loadedSample("shandong-2018"));
  const data = await organisationData(scored);
  const names = await scored.db.list("select distinct person_name from official");
  const files = await organisationFiles(data, scored, {number: null, date: null, contact: null, recipients: data.power.recipients});
  scored.close();
  expect(names.length).toBeGreaterThan(10);
  expect([data.officials, data.both_posts, data.vacancies]).toEqual([[], [], []]);
  const text = files.map(({bytes}) => (bytes[0] === 0x50 ? zipText(bytes) : new TextDecoder().decode(bytes))).join("\n");
  expect(names.filter((name) => text.includes(name))).toEqual([]);
  expect(data.notes).toContain("本制度的条款只及于单位，不列人员。");
});

function zipText(bytes: Uint8Array): string {
  return Object.values(unzipSync(bytes))
    .map((part) => new TextDecoder().decode(part).replace(/<[^>]*>/g, ""))
    .join("\n");
}

it("is refused where the regime gives no such power", async () => {
  const {regime} = await openRules(openWorkspace("data/samples/gongzhuling"));
  expect(() => demandPower({regime})).toThrow(expect.objectContaining({exit: 3, message: expect.stringContaining("制度没有规定")}));
});
