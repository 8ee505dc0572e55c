import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {z} from "zod";
import {assessmentBook} from "../../../src/export/assessment/book.ts";
import {assessmentExport} from "../../../src/export/assessment/data.ts";
import {assessmentCsv, assessmentJson, assessmentParquet, schemaJson} from "../../../src/export/assessment/files.ts";
import {assessmentShape} from "../../../src/export/assessment/schema.ts";
import {flatTable} from "../../../src/export/assessment/tables.ts";
import type {AssessmentExport} from "../../../src/export/assessment/types.ts";
import {openScored, type Scored} from "../../../src/warehouse/scored.ts";
import {loadedSample} from "../../samples/loaded.ts";

/** Each sample is scored and exported once for all tests. */
const made = new Map<string, Promise<{scored: Scored; all: AssessmentExport}>>();

function exported(id: string) {
  const one = made.get(id) ?? open(id);
  made.set(id, one);
  return one;
}

async function open(id: string) {
  const scored = await openScored(await loadedSample(id));
  return {scored, all: await assessmentExport(scored)};
}

afterAll(async () => {
  for (const one of made.values()) (await one).scored.close();
});

/** 参考, 纳入 with secrets, 替代; the soak looks at all. */
const SAMPLES = [
  "gongzhuling",
  "mudan-2023",
  "shandong-2018",
  ...(process.env.XUNHENG_ROUNDS ? ["hainan-2016", "hunan-2021"] : [])
];

describe.each(SAMPLES)("the assessment export of %s", (id) => {
  let scored: Scored;
  let all: AssessmentExport;
  beforeAll(async () => {
    ({scored, all} = await exported(id));
  });
  const units = () => all.schemes.flatMap((scheme) => scheme.units);

  it("is as its JSON Schema says, and the schema describes every key", () => {
    // The printed schema, not the one in memory, is what the assessment office has.
    const printed = z.fromJSONSchema(JSON.parse(schemaJson()));
    const json = JSON.parse(new TextDecoder().decode(assessmentJson(all)));
    expect(printed.safeParse(json).error?.issues).toBeUndefined();
    expect(assessmentShape.safeParse(json).error?.issues).toBeUndefined();
    expect(printed.safeParse({...json, more: 1}).success).toBe(false);
  });

  it("gives rows that add up to each score", () => {
    expect(units().length).toBeGreaterThan(0);
    for (const {milli, ledger} of units()) expect(ledger.reduce((sum, row) => sum + row.milli, 0)).toBe(milli ?? 0);
  });

  it("is marked 未审定 and 演示数据, in every row of a table that travels alone", () => {
    expect(all.marks).toEqual(expect.arrayContaining(["未审定", "演示数据"]));
    for (const name of ["汇总", "指标", "明细"] as const) {
      const {columns, rows} = flatTable(all, name);
      const [marks, digest] = ["标记", "结果摘要"].map((header) => columns.findIndex((column) => column.header === header));
      for (const row of rows) expect([row[marks ?? 0], row[digest ?? 0]]).toEqual([all.marks.join("，"), scored.result.digest]);
    }
  });

  it("names no clue, case or transfer", async () => {
    const closed = await scored.db.list("select subject from closed_subject");
    const text = new TextDecoder().decode(assessmentJson(all));
    for (const subject of closed) expect(text).not.toContain(subject);
  });
});

describe("the assessment export", () => {
  it("is the same bytes when made again", async () => {
    const {scored, all} = await exported("shandong-2018");
    const make = async (all: AssessmentExport) => {
      return [await assessmentBook(scored, all), await assessmentParquet(scored, all, "明细"), assessmentCsv(all, "汇总")];
    };
    const [first, second] = [await make(all), await make(await assessmentExport(scored))];
    for (const [i, bytes] of first.entries()) expect(Buffer.from(bytes).equals(second[i] as Uint8Array)).toBe(true);
  });

  it("is what a clerk opens: the table of indicators as CSV", async () => {
    const {all} = await exported("shandong-2018");
    const csv = new TextDecoder().decode(assessmentCsv(all, "指标"));
    await expect(csv).toMatchFileSnapshot("../../output/export/assessment/shandong-2018.csv");
  });

  it("holds the same sums in Parquet, in thousandths, and names its result in the file", async () => {
    const {all, scored} = await exported("shandong-2018");
    const directory = mkdtempSync(join(tmpdir(), "xunheng-parquet-"));
    const file = join(directory, "明细.parquet");
    writeFileSync(file, await assessmentParquet(scored, all, "明细"));
    const sums = await scored.db.rows<{unit_code: string; milli: number}>(
      `select unit_code, sum(milli)::bigint as milli from '${file}' group by all order by all`
    );
    const stamp = await scored.db.value<string>(
      `select decode(value) from parquet_kv_metadata('${file}') where decode(key) = 'xunheng_stamp'`
    );
    rmSync(directory, {recursive: true});
    const units = all.schemes.flatMap((scheme) => scheme.units).filter(({ledger}) => ledger.length > 0);
    expect(sums).toEqual(
      units.map(({unit_code, milli}) => ({unit_code, milli})).toSorted((a, b) => (a.unit_code < b.unit_code ? -1 : 1))
    );
    expect(JSON.parse(stamp ?? "")).toEqual(all.stamp);
  });

  it("shows both values where the inspection's points take the place of the assessment's own", async () => {
    const {all} = await exported("shandong-2018");
    const replaced = all.schemes[0]?.units[0]?.indicators.find((i) => i.code === "A-02");
    expect(replaced).toMatchObject({
      force: "替代",
      own: "16.00",
      inspected: "18.00",
      points: "18.00",
      clause: "方案四",
      counts: true
    });
  });

  it("names the release when it is made from one", async () => {
    const {scored} = await exported("shandong-2018");
    const approver = {name: "王某某", post: "省政府安委会主任", organ: "省政府安委会"};
    const head = {id: "x-2018-r1", approver, on: "2019-01-20", meeting: null, document_no: null, waivers: [], supersedes: null};
    const all = await assessmentExport({...scored, released: {...head, manifest: "a".repeat(64), fallen: null}});
    expect(all.marks).not.toContain("未审定");
    expect(all.stamp.release?.id).toBe("x-2018-r1");
    expect(flatTable(all, "指标").rows[0]).toContain("x-2018-r1");
    expect(assessmentShape.safeParse(JSON.parse(new TextDecoder().decode(assessmentJson(all)))).success).toBe(true);
  });
});

it("keeps back what the regime keeps secret, and units that no clause reaches", async () => {
  const {all} = await exported("gongzhuling");
  const [scheme] = all.schemes;
  expect(all.kept_back?.clause).toBe("第九条（二）");
  expect(scheme?.not_reached.map(({unit_kind}) => unit_kind)).toEqual(["园区"]);
  const untold = scheme?.units.filter((unit) => unit.covered === "未反馈") ?? [];
  expect(untold.length).toBeGreaterThan(0);
  for (const {score, ledger, indicators, total} of untold) {
    expect([score, ledger, total]).toEqual([null, [], null]);
    for (const {points, because} of indicators)
      expect([points, because]).toEqual([null, "尚未反馈，按第九条（二）不对外提供；反馈后请重新导出"]);
  }
});
