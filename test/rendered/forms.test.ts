import {execFileSync} from "node:child_process";
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {CONFIRM_SOURCE, confirmBooks} from "../../src/export/confirm.ts";
import {FINDING_SOURCE, findingBooks} from "../../src/export/finding-book.ts";
import {listRejects} from "../../src/warehouse/reject.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import type {LoadResult} from "../../src/workspace/load.ts";
import {filled, textOf} from "../export/form-cells.ts";
import {makeOffice, type Office as Unit} from "../office.ts";
import {missing, Office} from "./office.ts";

const why = process.env.CI === "true" ? null : missing();

const finding = (finding_id: string) => ({
  ...{finding_id, inspection_id: "X1", unit_code: "990101", layer: "部门", item: "6", severity: "一般"},
  ...{description: "没有整改台账", found_on: "2025-03-04", due_on: "2025-05-01"}
});

/** What a unit sends back has gone through a spreadsheet program, which writes everything anew. */
describe.skipIf(why !== null)(`forms that LibreOffice has saved${why === null ? "" : ` (skipped: ${why})`}`, () => {
  const programs = new Office();
  let office: Unit;
  let loaded: LoadResult;
  const saved: Record<string, Uint8Array> = {};

  beforeAll(async () => {
    office = makeOffice({
      unit: [{unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"}],
      inspection: [
        {
          ...{inspection_id: "X1", unit_code: "990101", kind: "全面", organiser_level: "县级"},
          ...{started_on: "2025-03-03", ended_on: "2025-03-14"}
        }
      ],
      finding: [finding("W1"), finding("W2")]
    });
    await office.load();
    const scored = await openScored(office.directory);
    const [confirm, reports] = [(await confirmBooks(scored)).files[0], (await findingBooks(scored)).files[0]];
    scored.close();
    const [sent, back] = [join(programs.directory, "sent"), join(office.directory, "回执")];
    for (const directory of [sent, back]) mkdirSync(directory);
    const books: Record<string, Uint8Array> = {
      [confirm?.path ?? ""]: filled(confirm, "单位编码", [
        ...([
          [0, "单位意见", "无异议"],
          [0, "日期", "2025-12-30"]
        ] as const),
        ...([
          [1, "单位意见", "异议"],
          [1, "日期", "2025-12-31"],
          [1, "理由", "已经整改"]
        ] as const)
      ]),
      [reports?.path ?? ""]: filled(reports, "问题编号", [
        ...([
          [0, "整改环节", "完成"],
          [0, "日期", "2025-12-20"],
          [0, "佐证", "照片3张"]
        ] as const),
        ...([[2, "整改环节", "方案"]] as const)
      ])
    };
    for (const [name, bytes] of Object.entries(books)) writeFileSync(join(sent, name), bytes);
    const profile = `-env:UserInstallation=${pathToFileURL(join(programs.directory, "profile"))}`;
    const files = Object.keys(books).map((name) => join(sent, name));
    execFileSync("soffice", [profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", back, ...files], {
      stdio: "pipe",
      timeout: 120_000
    });
    for (const name of Object.keys(books)) saved[name] = readFileSync(join(back, name));
    office.file(
      "xunheng.yaml",
      `${readFileSync(join(office.directory, "xunheng.yaml"), "utf8")}${CONFIRM_SOURCE}\n${FINDING_SOURCE}\n`
    );
    loaded = await office.load("2026-01-08T09:00:00.000+08:00");
  }, 240_000);
  afterAll(() => {
    office?.remove();
    programs.remove();
  });

  it("are read as they were filled in, and nothing locked counts as changed", async () => {
    expect(loaded.failures).toEqual([]);
    expect(loaded.tables.confirmation).toMatchObject({read: 2, new: 2, rejected: 0, held: 0});
    expect(loaded.tables.rectification).toMatchObject({read: 2, new: 1, rejected: 1});
    expect(loaded.warnings.filter(({kind}) => kind === "改动")).toEqual([]);
    expect((await listRejects(office.space())).map(({reason}) => reason)).toEqual(["日期为空"]);
  });

  it("keep their locks and drop-downs", () => {
    for (const [path, bytes] of Object.entries(saved)) {
      const text = textOf({path, bytes});
      expect(text).toMatch(/<sheetProtection[^>]*sheet="(true|1)"/);
      expect(text).toMatch(/<dataValidation [^>]*type="list"/);
    }
  });
});
