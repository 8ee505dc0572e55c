import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {loadedSample} from "../samples/loaded.ts";
import {run as command} from "./run.ts";

let place = "";
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "xunheng-export-"));
});
afterAll(() => rmSync(place, {recursive: true, force: true}));

const run = (...args: readonly string[]) => command("export", "assessment", ...args);

describe("xunheng export assessment", () => {
  it("prints the JSON Schema without a workspace", async () => {
    const {exit, stdout} = await run("--schema");
    expect([exit, JSON.parse(stdout).title]).toEqual([0, "巡衡：供年度考核的结果"]);
  });

  it("says what is wrong before it computes anything", async () => {
    expect(await run()).toMatchObject({exit: 2, stderr: "没有写 --to；请写明写到哪个文件或目录\n"});
    expect(await run("--to", "x.csv", "--table", "总表")).toMatchObject({exit: 2, stderr: "没有表 总表；可用：汇总、指标、明细\n"});
  });

  it("writes a package: every file named with its hash, the result with its stamp", async () => {
    const to = join(place, "考核");
    const {exit, stdout} = await run("--to", to, "--json", "-w", await loadedSample("mudan-2023"));
    const {what, files, stamp} = JSON.parse(stdout);
    expect([exit, what, stamp.release]).toEqual([0, "assessment", null]);
    expect(files.map((file: {path: string}) => file.path)).toEqual([
      ...[
        "assessment.json",
        "assessment.schema.json",
        "指标.csv",
        "指标.parquet",
        "明细.csv",
        "明细.parquet",
        "汇总.csv",
        "汇总.parquet"
      ],
      ...["考核.xlsx", "manifest.json"]
    ]);
    const manifest = JSON.parse(readFileSync(join(to, "manifest.json"), "utf8"));
    expect([manifest.kind, manifest.release, manifest.digest]).toEqual(["assessment", null, stamp.digest]);
  });

  it("fills the office's own table, and ends with 1 when something was left to a person", async () => {
    const to = join(place, "已填.xlsx");
    const space = await loadedSample("mudan-2023");
    const {exit, stdout} = await run("--template", "test/input/template/考核办.xlsx", "--to", to, "-w", space);
    expect(exit).toBe(1);
    expect(stdout).toContain("工作表“考核评分表”：填了4格");
    expect(stdout).toContain("考核评分表!F8 990115 AQ-03：已填“7.5”，与8.57不同，没有改；要改请加 --overwrite");
    expect(stdout).toContain("AQ-03 安全生产巡查：制度规定为参考，不计入考核得分，请勿列入合计");
  });
});
