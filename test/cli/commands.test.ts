import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {makeOffice, type Office} from "../office.ts";
import {run} from "./run.ts";

let office: Office;
beforeAll(async () => {
  office = makeOffice({
    unit: [
      {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"},
      {unit_code: "990102", unit_name: "演示乙镇", unit_kind: "镇街"}
    ],
    inspection: [
      {
        inspection_id: "X1",
        unit_code: "990101",
        kind: "全面",
        organiser_level: "县级",
        started_on: "2025-03-01",
        ended_on: "2025-03-10"
      }
    ],
    finding: [
      {
        finding_id: "F1",
        inspection_id: "X1",
        unit_code: "990101",
        layer: "部门",
        item: "6",
        severity: "一般",
        description: "演示",
        found_on: "2025-03-03",
        due_on: "2025-04-03"
      },
      {
        finding_id: "F2",
        inspection_id: "X1",
        unit_code: "990101",
        layer: "部门",
        item: "66",
        severity: "一般",
        description: "演示",
        found_on: "2025-03-03",
        due_on: "2025-04-03"
      }
    ]
  });
});
afterAll(() => office.remove());

describe("the program", () => {
  it("teaches when asked for help, in Chinese", async () => {
    const {exit, stdout} = await run("--help");
    expect(exit).toBe(0);
    for (const word of ["用法：", "选项：", "命令：", "load", "score", "explain", "rejects", "退出码"])
      expect(stdout).toContain(word);
  });

  it.each([
    ["load"],
    ["score"],
    ["explain"],
    ["diff"],
    ["rejects"],
    ["describe"],
    ["clock"],
    ["scheme", "check"],
    ["regime", "check"],
    ["site"]
  ])("has help for %s %s", async (...command) => {
    const {exit, stdout} = await run(...command, "--help");
    expect(exit).toBe(0);
    expect(stdout).toMatch(/用法：/);
  });

  it.each([
    [["scor"], 2, "没有命令 scor；是否指 score？"],
    [["score", "--as-off", "2025-01-01"], 2, "没有选项 --as-off；是否指 --as-of？"],
    [["score", "--as-of"], 2, "选项 --as-of <date> 后面要有值；用 --help 看用法"],
    [["describe", "finding_fat"], 2, "没有表或视图 finding_fat；是否指 finding_fact？"],
    [["scheme", "check", "mudan-2023-twon"], 2, "没有评分办法 mudan-2023-twon；是否指 mudan-2023-town？"],
    [["regime", "check", "mudan-2032"], 2, "没有制度 mudan-2032；是否指 mudan-2023？"]
  ])("answers %j with exit %i and a sentence", async (args, exit, sentence) => {
    const ran = await run(...args);
    expect(ran.exit).toBe(exit);
    expect(ran.stderr.trim().split("\n").at(-1)).toContain(sentence);
    expect(ran.stdout).toBe("");
  });

  it("says where a workspace is missing", async () => {
    const {exit, stderr} = await run("score", "-w", join(office.directory, "nowhere"));
    expect(exit).toBe(2);
    expect(stderr).toMatch(/nowhere\/xunheng\.yaml: 没有这个文件；/);
  });

  it("says in a sentence what the system would not let it read", async () => {
    const odd = join(mkdtempSync(join(tmpdir(), "xunheng-odd-")), "odd");
    mkdirSync(join(odd, "xunheng.yaml"), {recursive: true});
    const {exit, stderr} = await run("score", "-w", odd);
    rmSync(join(odd, ".."), {recursive: true});
    expect(exit).toBe(2);
    expect(stderr).toContain("是目录，不是文件");
    expect(stderr).not.toContain("内部错误");
  });

  it("says to load first", async () => {
    const empty = join(mkdtempSync(join(tmpdir(), "xunheng-empty-")), "empty");
    mkdirSync(empty);
    writeFileSync(
      join(empty, "xunheng.yaml"),
      "authority: 演示\nregime: mudan-2023\nschemes: [mudan-2023-town]\nyear: 2025\nsources: []\n"
    );
    const {exit, stderr} = await run("score", "-w", empty);
    const rejects = await run("rejects", "-w", empty);
    rmSync(join(empty, ".."), {recursive: true});
    expect([rejects.exit, rejects.stdout]).toEqual([0, expect.stringContaining("还没有装入过数据")]);
    expect([exit, stderr]).toEqual([2, "工作区 empty 还没有数据；先用 xunheng load 装入\n"]);
  });

  it("gathers every complaint about a workspace with its place", async () => {
    const bad = join(mkdtempSync(join(tmpdir(), "xunheng-bad-")), "bad");
    mkdirSync(bad);
    const text =
      "authority: 演示\nregmie: mudan-2023\nschemes: []\nyear: 2025\nas_of: 2025-02-30\nsources:\n  - {table: findng, loader: csv}\n";
    writeFileSync(join(bad, "xunheng.yaml"), text);
    const {exit, stderr} = await run("load", "-w", bad);
    rmSync(join(bad, ".."), {recursive: true});
    expect(exit).toBe(2);
    const lines = stderr
      .trim()
      .split("\n")
      .map((l) => l.replace(/^.*xunheng\.yaml:/, ""));
    expect(lines.join("\n")).toMatch(/2:1: 没有字段 regmie；是否指 regime？/);
    expect(lines.join("\n")).toMatch(/5:8: .*日期不存在/);
  });
});

describe("scheme check", () => {
  const scheme = readFileSync(new URL("../../data/schemes/mudan-2023-town.yaml", import.meta.url), "utf8");
  const checked = async (from: string, to: string) => {
    const file = join(office.directory, "scheme.yaml");
    writeFileSync(file, scheme.replace(from, to));
    const {exit, stderr} = await run("scheme", "check", file);
    return {exit, stderr: stderr.replaceAll(file, "scheme.yaml")};
  };

  it("accepts the scheme as it is, and prints how large it is", async () => {
    expect(await run("scheme", "check", "mudan-2023-town")).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining("10项、23条规则")
    });
  });

  it("places a mistyped column and names the right one", async () => {
    const {exit, stderr} = await checked("days_overdue > 0 and severity <> '重大'", "days_overdu > 0");
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^scheme\.yaml:\d+:\d+: finding_fact 没有列 days_overdu；是否指 days_overdue？/);
  });

  it("refuses an expression that reads a file", async () => {
    const {exit, stderr} = await checked("days_overdue > 0 and severity <> '重大'", "read_text('/etc/passwd') is not null");
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^scheme\.yaml:\d+:\d+: .*read_text/);
  });
});

describe("a workspace of one town", () => {
  it("loads with exit 1 because a row was rejected, and prints the balance as JSON", async () => {
    const {exit, stdout, stderr} = await run("load", "-w", office.directory, "--json");
    expect(exit).toBe(1);
    expect(stderr).toBe("");
    const {tables, batches} = JSON.parse(stdout);
    expect(Object.keys(batches)).toEqual(["unit", "inspection", "finding"]);
    for (const t of Object.values<Record<string, number>>(tables))
      expect(t.read).toBe((t.new ?? 0) + (t.unchanged ?? 0) + (t.changed ?? 0) + (t.rejected ?? 0) + (t.skipped ?? 0));
  });

  it("lists the rejected row with place, value and reason", async () => {
    const {exit, stdout} = await run("rejects", "-w", office.directory, "--json");
    expect(exit).toBe(1);
    expect(JSON.parse(stdout).rows).toEqual([
      {
        source: "finding",
        table: "finding",
        file: "finding.csv",
        sheet: null,
        row: 3,
        column: "巡查内容",
        value: "66",
        reason: "巡查内容“66”不在制度mudan-2023之内（1至10）",
        advice: "请改成其中一项的编号",
        cause: null,
        mark: expect.stringMatching(/^[0-9a-f]{32}$/),
        state: null
      }
    ]);
  });

  it("scores as JSON of the documented shape", async () => {
    const {exit, stdout, stderr} = await run("score", "-w", office.directory, "--json");
    expect([exit, stderr]).toEqual([0, ""]);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({regime: "mudan-2023", as_of: "2025-12-31", decisions_until: "2025-12-31", provisional: true});
    expect(result.run).toMatch(/^[0-9a-f]{64}$/);
    expect(result.digest).toMatch(/^[0-9a-f]{64}$/);
    const [one, two] = result.schemes[0].units;
    expect(Object.keys(one)).toEqual(
      expect.arrayContaining([
        "unit_code",
        "unit_name",
        "unit_kind",
        "peer_group",
        "covered",
        "score",
        "milli",
        "grade",
        "rank",
        "provisional",
        "vetoes",
        "items"
      ])
    );
    expect(one).toMatchObject({covered: "已巡查", rank: 1, provisional: true});
    expect(two).toMatchObject({covered: "未巡查", score: null, milli: null, grade: null, rank: null});
  });

  it("explains the score by rows that add up to it", async () => {
    const score = JSON.parse((await run("score", "-w", office.directory, "--json")).stdout).schemes[0].units[0];
    const {entries, milli} = JSON.parse((await run("explain", "990101", "-w", office.directory, "--json")).stdout);
    expect(milli).toBe(score.milli);
    expect(entries.reduce((sum: number, e: {milli: number}) => sum + e.milli, 0)).toBe(score.milli);
    expect(Object.keys(entries[0])).toEqual([
      "unit_code",
      "seq",
      "kind",
      "item",
      "rule_id",
      "subject",
      "milli",
      "because",
      "breach",
      "basis",
      "batch",
      "file",
      "row"
    ]);
  });

  it("explains a finding, and refuses an unknown one", async () => {
    const found = JSON.parse((await run("explain", "--finding", "F1", "-w", office.directory, "--json")).stdout);
    expect(found.units[0].entries.length).toBeGreaterThan(0);
    expect(await run("explain", "--finding", "F9", "-w", office.directory)).toMatchObject({
      exit: 2,
      stderr: "没有问题 F9；是否指 F1？退回或挂起的行见 xunheng rejects\n"
    });
    expect(await run("explain", "990109", "-w", office.directory)).toMatchObject({exit: 2});
  });

  it("writes the ledger as Parquet, Arrow, a workbook and a CSV that spreadsheets open", async () => {
    const csv = join(office.directory, "ledger.csv");
    expect(await run("score", "-w", office.directory, "--ledger", csv)).toMatchObject({exit: 0});
    const lines = readFileSync(csv, "utf8").split("\n");
    expect(lines[0]).toBe("\ufeffscheme,unit_code,seq,kind,item,rule_id,subject,milli,because,breach,basis,batch,file,row");
    for (const kind of ["parquet", "arrow", "xlsx"]) {
      const file = join(office.directory, `ledger.${kind}`);
      expect(await run("score", "-w", office.directory, "--ledger", file)).toMatchObject({exit: 0});
      expect(statSync(file).size).toBeGreaterThan(500);
    }
    expect(await run("score", "-w", office.directory, "--ledger", join(office.directory, "ledger.doc"))).toMatchObject({exit: 2});
  });

  it("writes a script of the score and says what it wrote", async () => {
    const sql = join(office.directory, "again.sql");
    const {exit, stderr} = await run("score", "-w", office.directory, "--sql", sql, "--json");
    const folder = join(office.directory, "again-facts");
    const files = readdirSync(folder, {recursive: true}).filter((name) => String(name).endsWith(".parquet"));
    expect([exit, stderr]).toEqual([0, `已写出复算脚本 ${sql}，事实在 ${folder}/（${files.length}个文件）\n`]);
  });

  it("takes another scheme by file or id", async () => {
    const shown = await run("score", "-w", office.directory);
    expect(await run("score", "-w", office.directory, "--scheme", "mudan-2023-town")).toEqual(shown);
    expect(await run("score", "-w", office.directory, "--scheme", "data/schemes/mudan-2023-town.yaml")).toEqual(shown);
    for (const [name, sentence] of [
      ["mudan-2023-twon", "没有评分办法 mudan-2023-twon；是否指 mudan-2023-town？"],
      ["nowhere.yaml", "读不到这个评分办法文件"]
    ] as const)
      expect(await run("score", "-w", office.directory, "--scheme", name)).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining(sentence)
      });
  });

  it("names the peer groups that ranks are within, where there are any", async () => {
    expect((await run("score", "-w", office.directory)).stdout).not.toContain("考核分组");
    const unit = {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街", peer_group: "山区组"};
    const grouped = makeOffice({unit: [unit]});
    await grouped.load();
    const {stdout} = await run("score", "-w", grouped.directory);
    grouped.remove();
    expect(stdout).toMatch(/等次 +考核分组 +名次/);
    expect(stdout).toMatch(/990101 .*山区组/);
  });

  it.each([
    [["--as-of", "2025-02-30"], "--as-of 的日期“2025-02-30”不存在"],
    [["--as-of", "2024-06-30"], "统计截止日2024-06-30早于2025年1月1日"],
    [["--year", "1e3"], "--year “1e3”不是年度"],
    [["-w", "elsewhere"], "-w 写了几次"],
    [["--known-at", "yesterday"], "--known-at 的时间“yesterday”不明确"]
  ])("refuses %j", async (args, sentence) => {
    const {exit, stderr} = await run("score", "-w", office.directory, ...args);
    expect(exit).toBe(2);
    expect(stderr).toContain(sentence);
  });

  it("gives the same digest in other time zones, locales and with other thread counts of the machine", async () => {
    const {execFileSync} = await import("node:child_process");
    const bin = join(import.meta.dirname, "../../src/cli/bin.js");
    const digest = (env: Record<string, string>) =>
      JSON.parse(
        execFileSync(process.execPath, [bin, "score", "-w", office.directory, "--json"], {
          env: {...process.env, ...env},
          encoding: "utf8"
        })
      );
    const [one, two] = [digest({TZ: "Asia/Shanghai", LANG: "C"}), digest({TZ: "America/New_York", LANG: "zh_CN.UTF-8"})];
    expect(two).toEqual(one);
  });
});
