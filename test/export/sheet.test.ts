import {strFromU8, unzipSync} from "fflate";
import {describe, expect, it} from "vitest";
import {type SheetTable, tableBook} from "../../src/export/sheet.ts";
import type {Stamp} from "../../src/release/stamp.ts";

const STAMP: Stamp = {
  ...{authority: "演示安委办", regime: "演示制度", year: 2025, as_of: "2025-12-31", decisions_until: "2026-01-10"},
  ...{known_at: "2026-01-11T00:00:00+08:00", run: "r".repeat(64), digest: "d".repeat(64)},
  ...{provisional: false, demo: true, release: null}
};

const TABLE: SheetTable = {
  name: "汇总表",
  title: "某区&某市 2025年汇总表",
  columns: [
    {header: "单位", width: 12},
    {header: "得分", width: 10, kind: "points"},
    {header: "名次", width: 8, kind: "count"}
  ],
  rows: [
    ["=1+1", 98.82, 1],
    ["坏字符\u0001\ud800和😀", 0.1, 2],
    ["合计", null, null]
  ],
  strong: new Set([2]),
  empty: "没有单位。"
};

async function parts(tables: readonly SheetTable[]): Promise<(name: string) => string> {
  const zip = unzipSync(await tableBook(tables, "汇总", STAMP));
  return (name) => strFromU8(zip[name] ?? new Uint8Array());
}

describe("tableBook", () => {
  it("gives the same bytes for the same tables", async () => {
    expect(await tableBook([TABLE], "汇总", STAMP)).toEqual(await tableBook([TABLE], "汇总", STAMP));
  });

  it("keeps a text that looks like a formula a text, and shows what XML cannot hold", async () => {
    const part = await parts([TABLE]);
    expect(part("xl/worksheets/sheet1.xml")).not.toContain("<f>");
    expect(part("xl/sharedStrings.xml")).toContain("=1+1");
    expect(part("xl/sharedStrings.xml")).toContain("坏字符��和😀");
  });

  it("is ready for the printer: A4 across, header repeated, marks and digest on every page", async () => {
    const part = await parts([TABLE]);
    const sheet = part("xl/worksheets/sheet1.xml");
    expect(sheet).toMatch(/<pageSetup[^>]*paperSize="9"[^>]*orientation="landscape"/);
    expect(part("xl/workbook.xml")).toContain("$1:$3");
    expect(sheet).toContain("未审定 演示数据");
    expect(sheet).toContain(`结果摘要 ${"d".repeat(16)}`);
    expect(part("xl/sharedStrings.xml")).toContain("【未审定】【演示数据】");
    expect(part("xl/sharedStrings.xml")).toContain(`结果摘要 ${"d".repeat(64)}`);
  });

  it("says in a sentence that there are no rows", async () => {
    const part = await parts([{...TABLE, rows: []}]);
    expect(part("xl/sharedStrings.xml")).toContain("没有单位。");
    expect(part("xl/worksheets/sheet1.xml")).not.toContain("<autoFilter");
  });
});
