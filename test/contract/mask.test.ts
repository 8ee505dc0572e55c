import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {TABLES, tableNamed} from "../../src/contract/index.ts";
import {countMaskedSql, freeText, maskNumbers, maskSql} from "../../src/contract/mask.ts";
import {quotedString} from "../../src/sql.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {rounds} from "../rounds.ts";

const CASES: readonly [string, string][] = [
  ["请联系13812345678", "请联系138****5678"],
  ["13812345678,13912345678，15012345678", "138****5678,139****5678，150****5678"],
  ["张三（138-1234-5678）", "张三（138-****-5678）"],
  ["电话 138 1234 5678。", "电话 138 **** 5678。"],
  ["+8613812345678", "+86138****5678"],
  ["+86 138 1234 5678", "+86 138 **** 5678"],
  ["手机１３８１２３４５６７８", "手机１３８****５６７８"],
  ["身份证371702199003071234", "身份证3717************34"],
  ["身份证37170219900307123X、37170219851231001x", "身份证3717************3X、3717************1x"],
  ["身份证371702 19900307 123X", "身份证3717** ******** **3X"],
  ["老证370102800101123", "老证3701*********23"],
  ["WX13812345678", "WX138****5678"]
];

const KEPT = [
  "12345678901",
  "138123456789",
  "座机0530-5123456",
  "91370100MA3C000001",
  "913717020000000000",
  "371702199013071234",
  "菏区政办字〔2023〕18号，整改期限2025-03-01至2025-04-01",
  "20250301",
  "资金 1380 万元，第1234页 5678",
  ""
];

let db: Database;

beforeAll(async () => {
  db = await Database.open();
});

afterAll(() => db.close());

const inSql = async (text: string) => db.value<string>(`select ${maskSql(quotedString(text))}`);

describe("masking of numbers", () => {
  it.each(CASES)("masks %s", async (text, masked) => {
    expect(maskNumbers(text)).toBe(masked);
    expect(await inSql(text)).toBe(masked);
    expect([...masked]).toHaveLength([...text].length);
  });

  it.each(KEPT)("leaves “%s” alone", async (text) => {
    expect(maskNumbers(text)).toBe(text);
    expect(await inSql(text)).toBe(text);
  });

  it("says the same in SQL as in TypeScript, and masks what is masked no further", async () => {
    const piece = fc.oneof(
      fc.constantFrom(...CASES.map(([text]) => text), ...KEPT, ",", " ", "-", "1", "9", "１"),
      fc.string({maxLength: 6, unit: fc.constantFrom(..."0123456789Xx -+电")})
    );
    const texts = fc.array(piece, {maxLength: 5}).map((pieces) => pieces.join(""));
    await fc.assert(
      fc.asyncProperty(fc.array(texts, {minLength: 40, maxLength: 40}), async (all) => {
        const rows = await db.rows<{text: string; masked: string}>(
          `select text, ${maskSql("text")} as masked from (values ${all.map((t) => `(${quotedString(t)})`).join(", ")}) as v(text)`
        );
        for (const {text, masked} of rows) {
          expect(masked).toBe(maskNumbers(text));
          expect(maskNumbers(masked)).toBe(masked);
        }
      }),
      {numRuns: rounds(25)}
    );
  });

  it("counts cells of free text, and only these", async () => {
    const finding = tableNamed("finding");
    const cells: Readonly<Record<string, string>> = {
      description: "13812345678和13912345678",
      owner: "李四15012345678",
      finding_id: "13812345678"
    };
    const row = finding.columns.map((c) => `${quotedString(cells[c.name] ?? "")} as "${c.name}"`).join(", ");
    expect(await db.value(String(countMaskedSql(finding, `(select 'ok' as status, ${row})`)))).toBe(2);
    expect(await db.value(String(countMaskedSql(finding, `(select 'rejected' as status, ${row})`)))).toBe(0);
    expect(countMaskedSql(tableNamed("tip"), "tip")).toBe(null);
  });

  it("is done where people write freely, and not to names, references and numbers", () => {
    const columns = Object.fromEntries(
      TABLES.map((t) => [t.name, freeText(t).map((c) => c.name)]).filter(([, names]) => names?.length)
    );
    expect(columns).toEqual({
      member: ["rank"],
      visit: ["place_name", "place_kind", "checkers"],
      finding: ["description", "category", "industry", "criterion", "violated", "requirement", "measure", "owner", "plan"],
      rectification: ["approved_by", "evidence", "handler"],
      action: ["by_office", "to_office", "result"],
      accident: ["concluded_by"],
      judgement: ["reason", "judged_by", "reviewed_by", "evidence"],
      official: ["post", "portfolio"],
      appeal: ["decided_by", "grounds"],
      confirmation: ["reason", "answered_by"]
    });
  });
});
