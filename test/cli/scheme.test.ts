import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {BASE} from "../scheme/support.ts";
import {run} from "./run.ts";

const directory = mkdtempSync(join(tmpdir(), "xunheng-scheme-"));
afterAll(() => rmSync(directory, {recursive: true}));

/** A file in a directory of its own; schemes find their regimes among the program's. */
function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const CASES = `year: 2025
rows:
  unit: [{unit_code: 990101, unit_name: 甲镇（样例）, unit_kind: 镇街}]
  inspection: [{inspection_id: X1, unit_code: 990101, kind: 全面, organiser_level: 县级, started_on: 2025-05-06, ended_on: 2025-05-16}]
  finding: [{finding_id: F1, inspection_id: X1, unit_code: 990101, layer: 部门, item: "6", severity: 较大, description: 样例, found_on: 2025-05-08}]
cases:
  - name: 发现一条较大问题扣1分
    expect: {units: {990101: {score: 99}}}
`;

describe("xunheng scheme check", () => {
  it("says what it found in the cases beside the scheme", async () => {
    const scheme = file("good.yaml", BASE);
    expect((await run("scheme", "check", scheme)).stdout).toContain("2项、7条规则、没有用例，可以使用。");
    file("good.cases.yaml", CASES);
    expect((await run("scheme", "check", scheme)).stdout).toContain("2项、7条规则、1个用例，可以使用。");
    file("good.cases.yaml", CASES.replace("score: 99", "scroe: 99"));
    const {exit, stderr} = await run("scheme", "check", scheme);
    expect(exit).toBe(2);
    expect(stderr).toContain("good.cases.yaml:8:31: 没有字段 scroe；是否指 score？");
  });

  it("gives every complaint as JSON when asked to, also when the scheme cannot be used", async () => {
    const scheme = file("bad.yaml", BASE.replace("days_overdue > 0", "days_overdu > 0").replace("deduct: 0.5", "deduct: -1"));
    const {exit, stdout, stderr} = await run("scheme", "check", scheme, "--json");
    expect(exit).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      errors: [
        {
          file: scheme,
          line: 31,
          column: 12,
          what: "finding_fact 没有列 days_overdu",
          advice: "是否指 days_overdue？可用列见 xunheng describe finding_fact"
        },
        {file: scheme, line: 32, column: 13, what: "分值-1是负数", advice: "请写正数；扣分还是加分由规则的种类决定"}
      ],
      warnings: []
    });
    expect(stderr.trim().split("\n")).toHaveLength(2);
    const good = await run("scheme", "check", file("fine.yaml", BASE), "--json");
    expect(JSON.parse(good.stdout)).toMatchObject({scheme: "bad", rules: 7, cases: null, errors: []});
  });
});

describe("xunheng scheme show", () => {
  it("prints the rule book, writes it where told, and refuses other endings", async () => {
    const scheme = file("show.yaml", BASE);
    const printed = await run("scheme", "show", scheme);
    expect(printed.stdout).toMatch(/^# 测试用评分办法\n/);
    const [page, sheet] = [join(directory, "办法.md"), join(directory, "办法.xlsx")];
    expect((await run("scheme", "show", scheme, "--to", page)).stdout).toContain("7条规则");
    expect(readFileSync(page, "utf8")).toBe(printed.stdout);
    expect((await run("scheme", "show", scheme, "--to", sheet)).exit).toBe(0);
    expect(existsSync(sheet)).toBe(true);
    expect(await run("scheme", "show", scheme, "--to", "办法.docx")).toMatchObject({
      exit: 2,
      stderr: "办法.docx: 不会写“.docx”文件；请用 .md、.xlsx\n"
    });
    expect((await run("scheme", "show", scheme, "--to", join(directory, "没有", "办法.md"))).exit).toBe(2);
    expect(JSON.parse((await run("scheme", "show", scheme, "--json")).stdout).items).toHaveLength(2);
  });
});

describe("xunheng scheme test", () => {
  it("ends with 0 when every case comes out, with 1 and the ledger when one does not", async () => {
    const scheme = file("tested.yaml", BASE);
    const missing = await run("scheme", "test", scheme);
    expect(missing).toMatchObject({exit: 2});
    expect(missing.stderr).toContain("tested.cases.yaml: 没有这个用例文件；请在办法旁边写一个，或用 --cases 指出");
    file("tested.cases.yaml", CASES);
    expect(await run("scheme", "test", scheme)).toMatchObject({
      exit: 0,
      stdout: "通过  发现一条较大问题扣1分\n1个用例，1个通过，0个不符。\n"
    });
    const other = file("other.yaml", CASES.replace("score: 99", "score: 98.5"));
    const failed = await run("scheme", "test", scheme, "--cases", other);
    expect(failed.exit).toBe(1);
    expect(failed.stdout).toContain(
      `不符  发现一条较大问题扣1分（${other}:7）\n  第8行 单位 990101 得分：应为 98.5，实为 99\n  单位 990101 的记分台账\n`
    );
    expect(failed.stdout).toMatch(/ {3}3 {2}扣分 +6 +R2 +F1 +-1 +发现问题F1\n/);
    const json = await run("scheme", "test", scheme, "--cases", other, "--json");
    expect(json.exit).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      scheme: "bad",
      passed: 0,
      failed: 1,
      cases: [
        {
          name: "发现一条较大问题扣1分",
          line: 7,
          passed: false,
          differences: [{line: 8, unit_code: "990101", what: "得分", expected: "98.5", actual: "99"}]
        }
      ]
    });
  });
});

describe("xunheng scheme schema", () => {
  it("prints what lies beside the schemes", async () => {
    expect((await run("scheme", "schema")).stdout).toBe(readFileSync("data/schemes/scheme.schema.json", "utf8"));
  });
});
