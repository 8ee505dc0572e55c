import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {parse} from "yaml";
import {LOADERS} from "../../loaders/index.ts";
import type {LoaderEntry, Source} from "../../loaders/loader.ts";
import {matchHeader} from "../../src/contract/header.ts";
import {tableNamed} from "../../src/contract/index.ts";
import {rawSelect} from "../../src/contract/read-sql.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {parseWorkspace} from "../../src/workspace/workspace.ts";
import {contextOf, pick, sourceOf} from "../loaders/read.ts";

const page = readFileSync("src/guide/loader.md", "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}(?: run=false)?\\n(.*?)^\`\`\`$`, "gms"))].map(([, text = ""]) => text);
const [code = ""] = blocks("ts");
const [printed = ""] = blocks("text");
const yaml = blocks("yaml");

const directory = mkdtempSync(join(tmpdir(), "xunheng-guide-"));
afterAll(() => rmSync(directory, {recursive: true}));

describe("the guide's loader of one's own", () => {
  let entry: LoaderEntry;
  beforeAll(async () => {
    const at = (path: string) => pathToFileURL(resolve(path)).href;
    const placed = code.replaceAll('from "./', `from "${at("loaders")}/`).replaceAll('from "../src/', `from "${at("src")}/`);
    writeFileSync(join(directory, "fixed-width.ts"), placed);
    ({fixedWidth: entry} = await import(join(directory, "fixed-width.ts")));
  });

  /** Loads a text by the guide's own code, with the options of its example. */
  async function read(bytes: Uint8Array, options: Record<string, string> = {}) {
    const root = mkdtempSync(join(directory, "office-"));
    const scratch = join(root, "scratch");
    mkdirSync(scratch);
    writeFileSync(join(root, "导出-1.txt"), bytes);
    const example = (parse(yaml.at(-1) ?? "") as {sources: Record<string, string>[]}).sources[0] ?? {};
    const source: Source = sourceOf({
      name: "zg",
      table: example.table ?? "",
      path: example.path ?? "",
      options: {widths: example.widths ?? "", ...options}
    });
    const [part] = await entry.load(source, contextOf(root, scratch, source));
    if (!part) throw new Error("no part");
    const table = tableNamed(source.table);
    const db = await Database.open(":memory:");
    try {
      return {part, rows: await db.rows(rawSelect(part, matchHeader(part.header, table, source), table))};
    } finally {
      db.close();
    }
  }

  it("reads the text on the page, and keeps a line that is out of place as a fault", async () => {
    const {part, rows} = await read(gb18030(`${printed}F3  完成\n`));
    expect(part).toMatchObject({file: "导出-1.txt", header: ["问题编号", "整改环节", "日期"], first_row: 1});
    expect(pick(rows, "source_row", "finding_id", "stage", "on_date", "row_fault")).toEqual([
      [1, "F1", "完成", "2025-03-20", null],
      [2, "F2", "销号", "2025-04-01", null],
      [3, "F3  完成", null, null, "\t应有26个字节，实有8个；请核对是否错位"]
    ]);
  });

  it("refuses what it must", async () => {
    const refusal = (text: string, options = {}) => read(gb18030(text), options).catch((error) => [error.exit, error.message]);
    expect(await refusal(printed, {widths: "问题编号"})).toEqual([2, expect.stringContaining("widths不能识别")]);
    expect(await refusal(printed, {widths: "问题编号:8 整改环节:18"})).toEqual([2, expect.stringContaining("缺少必需的列：日期")]);
    expect(await refusal(`${printed}秘密★\n`)).toEqual([3, expect.stringMatching(/^导出-1\.txt:3: 有密级标志/)]);
  });
});

describe("the guide to database sources", () => {
  const head = "authority: 某安委办\nregime: mudan-2023\nschemes: [mudan-2023-town]\nyear: 2025\n";

  it("has sources that a workspace takes as they are written", () => {
    const sources = yaml.slice(0, -1).flatMap((text) => parseWorkspace(head + text, "xunheng.yaml", "/some/office").sources);
    expect(sources.map(({loader}) => loader)).toEqual(["parquet", "duckdb", "duckdb", "postgres"]);
    expect(sources.at(-1)?.options).toMatchObject({url: "$RECTIFY_URL", timeout: "30min"});
  });

  it("names every loader there is, and every option of those it is about", () => {
    const [names = ""] = blocks("js");
    for (const name of Object.keys(LOADERS)) expect(names).toContain(name);
    for (const loader of ["duckdb", "postgres"]) {
      for (const option of Object.keys(LOADERS[loader]?.options ?? {})) expect(page).toMatch(new RegExp(`\\b${option}\\b`));
    }
  });
});

/** The few characters of the examples in GB18030. */
function gb18030(text: string): Buffer {
  const codes: Record<string, string> = {完: "cdea", 成: "b3c9", 销: "cffa", 号: "bac5", 秘: "c3d8", 密: "c3dc", "★": "a1ef"};
  return Buffer.concat([...text].map((c) => (codes[c] ? Buffer.from(codes[c], "hex") : Buffer.from(c, "latin1"))));
}
