import {readFileSync} from "node:fs";
import {readXlsx} from "hucre/xlsx";
import {describe, expect, it} from "vitest";
import {ruleBookWorkbook} from "../../src/export/rule-book.ts";
import {parseScheme} from "../../src/scheme/parse.ts";
import {ruleBook} from "../../src/scheme/rule-book.ts";
import {expression, regimeOf} from "../scheme/support.ts";

async function workbookOf(file: string): Promise<Uint8Array> {
  const text = readFileSync(file, "utf8");
  const regime = regimeOf(text);
  return ruleBookWorkbook(ruleBook(await parseScheme(text, file, {regime, expression}), regime));
}

describe("ruleBookWorkbook", () => {
  it("has a row a rule, the head beside them, and what the columns mean", async () => {
    const {sheets} = await readXlsx(await workbookOf("test/input/rule-book/every-measure.yaml"));
    expect(sheets.map((s) => s.name)).toEqual(["规则", "办法", "列名"]);
    const [rules, head, legend] = sheets.map((s) => s.rows);
    expect(rules?.map((row) => row[3])).toEqual([
      "规则",
      ...[
        "D1",
        "D2",
        "D3",
        "D4",
        "D5",
        "D6",
        "Q1",
        "Q2",
        "Q3",
        "P1",
        "P2",
        "S1",
        "S2",
        "S3",
        "S4",
        "Y1",
        "J1",
        "B1",
        "B2",
        "V1",
        "V2",
        "V3"
      ]
    ]);
    expect(rules?.[1]?.[5]).toBe("发现日期在计分期间内、符合〔severity = '重大'〕的问题，每条扣0.5分");
    expect(head?.find((row) => row[1] === "起评")?.[2]).toBe("各项从满分起，有问题就扣");
    expect(legend?.find((row) => row[2] === "days_overdue")?.[3]).toContain("逾期日历天数");
  });

  it("gives the same bytes for the same scheme", async () => {
    const [once, twice] = await Promise.all([1, 2].map(() => workbookOf("data/schemes/mudan-2023-town.yaml")));
    expect(Buffer.from(once ?? []).equals(Buffer.from(twice ?? []))).toBe(true);
  });

  it("holds texts only: what looks like a formula stays a text", async () => {
    const file = "test/input/rule-book/every-measure.yaml";
    const text = readFileSync(file, "utf8").replace("name: 评议, judge", 'name: "=1+1", judge');
    const regime = regimeOf(text);
    const book = ruleBook(await parseScheme(text, file, {regime, expression}), regime);
    const {sheets} = await readXlsx(await ruleBookWorkbook(book));
    expect(sheets[0]?.rows.find((row) => row[3] === "J1")?.[4]).toBe("=1+1");
  });
});
