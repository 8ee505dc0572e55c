import {execFileSync} from "node:child_process";
import {existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync} from "node:fs";
import {delimiter, dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {showCell} from "../../loaders/xlsx/cell.ts";
import {surveySheet} from "../../loaders/xlsx/sheet.ts";
import {openWorkbook} from "../../loaders/xlsx/workbook.ts";
import {assessmentBook} from "../../src/export/assessment/book.ts";
import {assessmentExport} from "../../src/export/assessment/data.ts";
import {assessmentFilling} from "../../src/export/assessment/template.ts";
import {fillTemplate} from "../../src/export/template/fill.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import {loadedSample} from "../samples/loaded.ts";
import {missing, Office} from "./office.ts";

const reason = missing() ?? withoutCalc();
if (reason !== null && process.env.CI === "true") throw new Error(reason);

/** LibreOffice without Calc opens no workbook. */
function withoutCalc(): string | null {
  const office = (process.env.PATH ?? "")
    .split(delimiter)
    .map((path) => join(path, "soffice"))
    .find((path) => existsSync(path));
  return office && existsSync(join(dirname(realpathSync(office)), "libsclo.so")) ? null : "LibreOffice Calc is not installed";
}

describe.skipIf(reason !== null)(`workbooks in LibreOffice${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  const office = new Office();
  let scoredUnits = 0;
  const made = (folder: string, name: string) => join(office.directory, folder, name);

  /** Opens workbooks in one start of LibreOffice and writes them in another format. */
  function convert(format: string, names: readonly string[]): void {
    const profile = `-env:UserInstallation=${pathToFileURL(made("profile", ""))}`;
    const out = ["--outdir", made(format, "")];
    execFileSync("soffice", [profile, "--headless", "--convert-to", format, ...out, ...names.map((name) => made("in", name))], {
      stdio: "pipe",
      timeout: 120_000
    });
  }

  beforeAll(async () => {
    const scored = await openScored(await loadedSample("mudan-2023"));
    const all = await assessmentExport(scored);
    mkdirSync(made("in", ""));
    writeFileSync(made("in", "book.xlsx"), await assessmentBook(scored, all));
    const template = readFileSync("test/input/template/考核办.xlsx");
    writeFileSync(
      made("in", "filled.xlsx"),
      fillTemplate("考核办.xlsx", template, assessmentFilling(all), {overwrite: false}).bytes
    );
    scoredUnits = all.schemes.flatMap(({units}) => units).filter(({milli}) => milli !== null).length;
    scored.close();
    convert("pdf", ["book.xlsx", "filled.xlsx"]);
    convert("xlsx", ["filled.xlsx"]);
  }, 300_000);
  afterAll(() => office.remove());

  const pages = (name: string) =>
    execFileSync("pdftotext", ["-layout", made("pdf", name), "-"], {encoding: "utf8"})
      .split("\f")
      .slice(0, -1);

  it("prints every page of the assessment workbook across, with title, mark, state and digest", () => {
    const all = pages("book.pdf");
    expect(all.length).toBeGreaterThan(20);
    for (const page of all) {
      const plain = page.replace(/\s+/g, "");
      for (const words of ["演示区安全生产委员会办公室2025年度", "【未审定】", "结果摘要", `共${all.length}页`])
        expect(plain).toContain(words);
    }
  });

  it("prints a unit's deductions on pages of their own, closed by its score and room to sign", () => {
    const plain = pages("book.pdf").map((page) => page.replace(/\s+/g, ""));
    const closed = plain.filter((page) => page.includes("扣分明细表") && page.includes("签字："));
    expect(closed.length).toBe(scoredUnits);
    for (const page of closed) expect(page.split("以上各行合计").length).toBe(2);
  });

  it("computes the formulas of a filled table anew, on its sheet and on another", () => {
    const book = openWorkbook(readFileSync(made("xlsx", "filled.xlsx")));
    const texts = book.sheets.map((sheet) =>
      surveySheet(book, sheet, 50).head.map((row) => Array.from(row.cells, (cell) => showCell(cell, book)))
    );
    expect(texts[0]?.[3]?.slice(3, 7)).toEqual(["25", "10", "9.49", "34.49"]);
    expect(texts[1]?.map((row) => row[1])).toEqual(["6", "4", "3", "8", "5", "7", "1", "2"]);
    expect(texts[2]?.[0]).toEqual(["未审定：本件由未经审定的结果生成，不得作为依据"]);
    expect(pages("filled.pdf")[0]).toContain("【未审定】");
  });
});
