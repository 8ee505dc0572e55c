import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {strFromU8, strToU8, unzipSync, zipSync} from "fflate";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {columnLetters, surveySheet} from "../../loaders/xlsx/sheet.ts";
import {openWorkbook} from "../../loaders/xlsx/workbook.ts";
import {TABLES} from "../../src/contract/index.ts";
import {shapeRegime} from "../../src/contract/shape.ts";
import {TEMPLATE_WORDS} from "../../src/contract/template-word.ts";
import {parseRegime} from "../../src/regime/parse.ts";
import type {Regime} from "../../src/regime/types.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {judgeSource} from "../../src/workspace/stage.ts";
import {templateBook} from "../../src/workspace/template/book.ts";
import {templateColumns} from "../../src/workspace/template/column.ts";
import {findDefinition, openWorkspace} from "../../src/workspace/workspace.ts";
import {run} from "./run.ts";

const base = mkdtempSync(join(tmpdir(), "xunheng-init-"));
let db: Database;
beforeAll(async () => {
  db = await Database.open();
});
afterAll(() => {
  db.close();
  rmSync(base, {recursive: true});
});

const REGIMES = ["gongzhuling", "hainan-2016", "hunan-2021", "mudan-2023", "shandong-2018"];

function regimeNamed(id: string): Regime {
  const {text, file} = findDefinition("regimes", id, null);
  return parseRegime(text, file);
}

/** Types the examples into the first row to fill of every sheet, dates as a spreadsheet program keeps them. */
function filled(book: Uint8Array, regime: Regime): Uint8Array {
  const parts = unzipSync(book);
  for (const [i, table] of TABLES.entries()) {
    const part = `xl/worksheets/sheet${i + 2}.xml`;
    const cells = templateColumns(table, regime).map(({column, example}, c) => {
      const at = `${columnLetters(c)}5`;
      const day = column.type === "date" ? (Date.parse(example) - Date.UTC(1899, 11, 30)) / 86_400_000 : Number.NaN;
      if (example === "") return "";
      return day > 0 ? `<c r="${at}"><v>${day}</v></c>` : `<c r="${at}" t="inlineStr"><is><t>${example}</t></is></c>`;
    });
    const xml = strFromU8(parts[part] as Uint8Array).replace(/<row r="5".*?<\/row>/s, `<row r="5">${cells.join("")}</row>`);
    parts[part] = strToU8(xml);
  }
  return zipSync(parts, {level: 1});
}

describe("init", () => {
  it.each(REGIMES)("gives %s a workbook whose rows need no mapping once it is filled in", async (id) => {
    const directory = join(base, id);
    const made = await run("init", directory, "--regime", id, "--year", "2025", "--json");
    expect([made.exit, made.stderr]).toEqual([0, ""]);
    const {written, schemes} = JSON.parse(made.stdout);
    expect([written, schemes.length > 0]).toEqual([["xunheng.yaml", "台账.xlsx"], true]);
    const book = join(directory, "台账.xlsx");
    const regime = regimeNamed(id);
    writeFileSync(book, filled(readFileSync(book), regime));
    const space = openWorkspace(directory);
    // Only these read the regime's words; one regime's whole workbook is loaded below.
    for (const source of space.sources.filter(({table}) => ["unit", "inspection", "finding"].includes(table))) {
      const {table} = source;
      const {headers} = await judgeSource(space, source, db, join(directory, table), {at: "", regime: shapeRegime(regime)});
      const rows = await db.rows("select status, faults from verdict");
      expect({table, headers, rows}).toMatchObject({
        table,
        headers: [{unknown: [], missing: []}],
        rows: [{status: "ok", faults: null}]
      });
    }
  });

  it("loads with nothing rejected, held or to be said", async () => {
    const {exit, stdout, stderr} = await run("load", "-w", join(base, "gongzhuling"), "--json");
    const {tables, notes, warnings} = JSON.parse(stdout);
    expect([exit, stderr, notes, warnings]).toEqual([0, "", [], []]);
    const one = {read: 1, new: 1, unchanged: 0, changed: 0, rejected: 0, skipped: 0, held: 0, withdrawn: 0, later: 0};
    expect(tables).toMatchObject(Object.fromEntries(TABLES.map(({name}) => [name, one])));
  });

  it("makes the same workbook every time", async () => {
    const again = await templateBook(regimeNamed("hunan-2021"));
    expect(Buffer.compare(again, await templateBook(regimeNamed("hunan-2021")))).toBe(0);
  });

  it("makes codes text down the whole column, and offers the regime's own words", async () => {
    const parts = unzipSync(await templateBook(regimeNamed("gongzhuling")));
    const sheet = (table: string) =>
      strFromU8(parts[`xl/worksheets/sheet${TABLES.findIndex((t) => t.name === table) + 2}.xml`] as Uint8Array);
    const styles = strFromU8(parts["xl/styles.xml"] as Uint8Array);
    const text = /numFmtId="(\d+)" formatCode="@"/.exec(styles)?.[1];
    const formats = [...(/<cellXfs.*<\/cellXfs>/s.exec(styles)?.[0] ?? "").matchAll(/<xf [^>]*numFmtId="(\d+)"/g)].map(
      ([, id]) => id
    );
    const columns = [...sheet("finding").matchAll(/<col min="\d+"[^>]*style="(\d+)"/g)];
    expect(columns).toHaveLength(TABLES.find((t) => t.name === "finding")?.columns.length ?? 0);
    expect([text, formats[Number(columns[0]?.[1])]]).toEqual([expect.any(String), text]);
    const lists = (table: string) => [...sheet(table).matchAll(/<formula1>([^<]*)<\/formula1>/g)].map(([, list]) => list);
    expect(lists("inspection")).toContain('"巡视（暗访）"');
    expect(lists("finding")).toContain('"1,2,3,4,5,6,7,8,9,10,11"');
    expect(lists("finding")).toContain("OFFSET('单位'!$A$5,0,0,MAX(1,COUNTA('单位'!$A$5:$A$20000)),1)");
  });

  it("has words for every column, and a sheet for every table", async () => {
    for (const {name, columns} of TABLES)
      expect(Object.keys(TEMPLATE_WORDS[name]?.columns ?? {})).toEqual(columns.map((column) => column.name));
    const book = openWorkbook(Buffer.from(await templateBook(regimeNamed("mudan-2023"))));
    expect(book.sheets.map(({name}) => name)).toEqual(["说明", ...TABLES.map(({title}) => title), "栏目一览"]);
    const [, unit] = book.sheets;
    expect(unit && surveySheet(book, unit, 9).head.map((row) => row.number)).toEqual([1, 2, 3, 4, 5]);
  });

  it("adds what is missing to a workspace and never writes over what is there", async () => {
    const directory = join(base, "again");
    await run("init", directory, "--regime", "mudan-2023", "--authority", "演示安委办");
    const config = readFileSync(join(directory, "xunheng.yaml"), "utf8");
    expect(config).toContain("authority: 演示安委办\n");
    expect(await run("init", directory, "--regime", "mudan-2023")).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("已经是工作区，文件都在")
    });
    rmSync(join(directory, "台账.xlsx"));
    expect(await run("init", directory, "--regime", "hunan-2021")).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("请用 --regime mudan-2023")
    });
    const {exit, stdout} = await run("init", directory, "--regime", "mudan-2023", "--json");
    expect([exit, JSON.parse(stdout)]).toMatchObject([0, {written: ["台账.xlsx"], kept: ["xunheng.yaml"], todo: []}]);
    expect(readFileSync(join(directory, "xunheng.yaml"), "utf8")).toBe(config);
  });

  it.each([
    [["Linhe_1", "--regime", "mudan-2023"], "目录名“Linhe_1”不能作工作区的编号；只能用小写字母、数字和-，如 linhe-1"],
    [["new", "--regime", "mudan-2032"], "没有制度 mudan-2032；是否指 mudan-2023？"],
    [["new", "--regime", "mudan-2023", "--year", "25"], "--year “25”不是年度"],
    [["new"], "少了选项 --regime"],
    [["full", "--regime", "mudan-2023"], "目录不是空的（有 问题.xlsx），没有写入任何东西"]
  ])("refuses %j with a sentence and writes nothing", async ([directory = "", ...rest], sentence) => {
    mkdirSync(join(base, "full"), {recursive: true});
    writeFileSync(join(base, "full", "问题.xlsx"), "");
    const {exit, stderr} = await run("init", join(base, directory), ...rest);
    expect(exit).toBe(2);
    expect(stderr).toContain(sentence);
    expect(existsSync(join(base, directory, "xunheng.yaml"))).toBe(false);
  });
});
