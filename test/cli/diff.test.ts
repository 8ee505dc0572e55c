import {existsSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Diff} from "../../src/score/diff.ts";
import type {Office} from "../office.ts";
import {run} from "./run.ts";
import {toldOffice} from "./told.ts";

let office: Office;
beforeAll(async () => {
  office = await toldOffice();
});
afterAll(() => office.remove());

const diff = (...args: string[]) => run("diff", ...args, "-w", office.directory);
const compared = async (...args: string[]): Promise<Diff> => {
  const {exit, stdout, stderr} = await diff(...args, "--json");
  expect([exit, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
};
const stories = ({units}: Diff) => Object.fromEntries(units.map((u) => [u.unit_code, u.story]));
const score = async (...args: string[]) => JSON.parse((await run("score", "-w", office.directory, "--json", ...args)).stdout);

describe("a comparison of two dates", () => {
  it("has the documented shape, and the scores of both days", async () => {
    const {from, to, units, sums} = await compared("--from", "2025-04-25");
    const [before, after] = [await score("--as-of", "2025-04-25"), await score()];
    expect(from).toMatchObject({label: "2025-04-25", as_of: "2025-04-25", run: before.run, digest: before.digest});
    expect(to).toMatchObject({label: "2025-12-31", run: after.run, schemes: ["mudan-2023-town"]});
    expect(units.map((u) => [u.from?.milli, u.to?.milli])).toEqual(
      after.schemes[0].units.map((u: {milli: number}, i: number) => [before.schemes[0].units[i].milli, u.milli])
    );
    expect(sums.added.milli + sums.removed.milli + sums.changed.milli + sums.caps.milli).toBe(sums.delta_milli);
  });

  it("tells each unit's story in a line, words where one side has no score", async () => {
    const changes = await compared("--from", "2025-03-15", "--to", "2025-05-31");
    const told = stories(changes);
    expect(changes.sums).toMatchObject({unscored: 2, one_sided: 1, neither: 1});
    expect(told["990101"]).toBe(
      "比2025-03-15少10.50分：9条问题逾期（−8.50），到期问题整改率变差（−6.00），封顶返还增加（+4.00）；等次由“好”变为“较好”"
    );
    expect(told["990102"]).toBe("2025-03-15：巡查中，没有得分；2025-05-31：已巡查，得99.00分");
    expect(told["990104"]).toBe("2025-03-15和2025-05-31都未巡查，没有得分");
  });

  it("shows one unit with all its lines, caps apart, and the sum", async () => {
    const {stdout} = await diff("--from", "2025-04-25", "--unit", "990101");
    expect(stdout).toContain("演示甲镇（990101）\n比2025-04-25");
    expect(stdout).toMatch(/封顶、折算 +封顶返还/);
    expect(stdout).toMatch(/合计[+−]\d+\.\d\d分。\n按巡查内容：/);
  });
});

describe("a workspace that counts decisions of the next year", () => {
  it("counts them on its own day however it is named, on no other day", async () => {
    const counting = await toldOffice({decisions_until: "2026-01-10"});
    const until = async (...args: string[]) => {
      const {stdout} = await run("score", "-w", counting.directory, "--json", ...args);
      return JSON.parse(stdout).decisions_until;
    };
    expect(await until()).toBe("2026-01-10");
    expect(await until("--as-of", "2025-12-31")).toBe("2026-01-10");
    expect(await until("--as-of", "2025-12-30")).toBe("2025-12-30");
    const {stdout} = await run("diff", "-w", counting.directory, "--from", "2025-12-31");
    counting.remove();
    expect(stdout).toContain("没有变化。");
  });
});

describe("a comparison of two moments", () => {
  it("says what later loads changed for the same day: decisions, a late finding, a corrected date", async () => {
    const changes = await compared("--from-known-at", "2025-08-01");
    expect(changes.from.label).toBe("数据截止2025-08-01 23:59:59");
    expect(changes.units.find((u) => u.unit_code === "990101")).toMatchObject({
      from: {milli: 87000},
      to: {milli: 88500},
      delta_milli: 1500
    });
    expect(stories(changes)).toMatchObject({
      "990101":
        "比数据截止2025-08-01 23:59:59多1.50分：1条异议复核撤销（+1.00），封顶返还增加（+1.00），1条区级决策部署落实不到位（−0.50），1条异议复核变更责任单位，改由他单位承担（+0.50），1条问题逾期（−0.50）",
      "990102": "比数据截止2025-08-01 23:59:59少0.50分：1条异议复核变更责任单位，改由本单位承担（−0.50）",
      "990103": "与数据截止2025-08-01 23:59:59相同"
    });
  });

  it("writes every moment by Beijing's clock", async () => {
    const {from} = await compared("--from-known-at", "2025-08-01T02:00:00Z");
    expect([from.label, from.known_at]).toEqual(["数据截止2025-08-01 10:00:00", "2025-08-01T10:00:00+08:00"]);
  });

  it("refuses a time that does not exist, and one before anything was loaded", async () => {
    for (const time of ["2099-01-01T24:61:00+08:00", "2025-02-30T00:00:00+08:00", "2025-02-30"])
      expect(await diff("--from-known-at", time)).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining(`时间“${time}”不存在`)
      });
    const {exit, stderr} = await diff("--from-known-at", "2020-01-01");
    expect([exit, stderr]).toEqual([
      2,
      expect.stringContaining("那时（2020-01-01 23:59:59）还没有装入数据；最早的一批装入于2025-07-01")
    ]);
  });

  it("gives the score of then: the same as when it was computed then", async () => {
    const then = await score("--known-at", "2025-08-01");
    const {from} = await compared("--from-known-at", "2025-08-01");
    expect([from.run, from.digest]).toEqual([then.run, then.digest]);
  });
});

describe("a comparison of schemes", () => {
  it("takes --against as the base, by id or file", async () => {
    const text = readFileSync(new URL("../../data/schemes/mudan-2023-town.yaml", import.meta.url), "utf8");
    const file = join(office.directory, "new.yaml");
    writeFileSync(file, text.replace("deduct: 1\n    cap: 5", "deduct: 1.5\n    cap: 6"));
    const told = stories(await compared("--scheme", file, "--against", "mudan-2023-town"));
    expect(told["990102"]).toBe("比办法mudan-2023-town少0.50分：1条问题逾期扣得更多（−0.50）");
    const other = stories(await compared("--against", file));
    expect(other["990102"]).toBe("比办法new多0.50分：1条问题逾期扣得更少（+0.50）");
  });
});

describe("a comparison of runs", () => {
  it("compares a run kept in a file with now, as if it had been scored again", async () => {
    const file = join(office.directory, "april.parquet");
    await run("score", "-w", office.directory, "--as-of", "2025-04-25", "--ledger", file);
    const kept = await compared("--from-run", file);
    expect(kept).toEqual(await compared("--from", "2025-04-25"));
    expect((await compared("--from-run", file, "--to-run", file)).sums).toMatchObject({delta_milli: 0, same: 3});
  });

  it("refuses a file that is no run, and one whose rows were changed", async () => {
    const csv = join(office.directory, "ledger.csv");
    await run("score", "-w", office.directory, "--ledger", csv);
    expect(await diff("--from-run", csv)).toMatchObject({exit: 2, stderr: expect.stringContaining("不是运行文件")});
    expect(await diff("--from-run", "nowhere.parquet")).toMatchObject({exit: 2, stderr: expect.stringContaining("没有这个文件")});
    const {Database} = await import("../../src/warehouse/duckdb.ts");
    const [file, changed] = [join(office.directory, "run.parquet"), join(office.directory, "changed.parquet")];
    await run("score", "-w", office.directory, "--ledger", file);
    const db = await Database.open();
    const about = await db.value<string>(
      `select decode(value) from parquet_kv_metadata('${file}') where decode(key) = 'xunheng_run'`
    );
    await db.run(
      `copy (select * replace (case when kind = '扣分' then milli + 500 else milli end as milli) from read_parquet('${file}')) to '${changed}' (format parquet, kv_metadata {xunheng_run: '${about?.replaceAll("'", "''")}'})`
    );
    db.close();
    expect(await diff("--from-run", changed)).toMatchObject({exit: 2, stderr: expect.stringContaining("与它记载的摘要不符")});
  });
});

describe("a run file that was tampered with", () => {
  const copied = async (name: string, change: (about: string) => string, select = "*") => {
    const {Database} = await import("../../src/warehouse/duckdb.ts");
    const [file, changed] = [join(office.directory, "whole.parquet"), join(office.directory, `${name}.parquet`)];
    if (!existsSync(file)) await run("score", "-w", office.directory, "--ledger", file);
    const db = await Database.open();
    const about = await db.value<string>(
      `select decode(value) from parquet_kv_metadata('${file}') where decode(key) = 'xunheng_run'`
    );
    const text = change(about ?? "").replaceAll("'", "''");
    await db.run(
      `copy (select ${select} from read_parquet('${file}')) to '${changed}' (format parquet, kv_metadata {xunheng_run: '${text}'})`
    );
    db.close();
    return diff("--from-run", changed);
  };

  it("is accepted as long as nothing was changed", async () => {
    expect(await copied("same", (about) => about)).toMatchObject({exit: 0, stderr: ""});
  });

  it.each<[string, (about: string) => string]>([
    ["thousandths", (about) => about.replace('"milli":88500', '"milli":98500')],
    ["text", (about) => about.replace('"score":"88.50"', '"score":"98.50"')],
    ["score-where-none", (about) => about.replace('"score":null,"milli":null', '"score":"0.00","milli":0')],
    ["unit", (about) => about.replace('"unit_code":"990101"', '"unit_code":"990199"')]
  ])("is refused when its %s does not follow from the rows", async (name, change) => {
    const changed = (about: string) => {
      expect(change(about)).not.toBe(about);
      return change(about);
    };
    expect(await copied(name, changed)).toMatchObject({exit: 2, stderr: expect.stringContaining("写出以后被改动过")});
  });

  it.each([
    ["no-column", (about: string) => about, "* exclude (because)"],
    ["text-for-number", (about: string) => about, "* replace (milli::varchar as milli)"],
    ["no-result", () => "{}", "*"],
    ["nothing", () => "null", "*"]
  ])("is no run file with %s", async (name, change, select) => {
    expect(await copied(name, change, select)).toMatchObject({exit: 2, stderr: expect.stringContaining("不是运行文件")});
  });
});

describe("the command", () => {
  it("prints tables and documents that stay as they were reviewed", async () => {
    const shown = async (...args: string[]) => (await diff(...args)).stdout;
    await expect(await shown("--from-known-at", "2025-08-01")).toMatchFileSnapshot("../output/cli/diff.txt");
    await expect(await shown("--from-known-at", "2025-08-01", "--unit", "990101", "--markdown")).toMatchFileSnapshot(
      "../output/cli/diff-unit.md"
    );
  });

  it.each([
    [[], "没有说明与什么比；例如 xunheng diff --from 2025-11-30"],
    [["--from", "2025-02-30"], "日期“2025-02-30”不存在"],
    [["--from-run", "a.parquet", "--from", "2025-01-01"], "--from-run 的运行已经定了日期和办法"],
    [["--from", "2025-04-25", "--unit", "990109"], "两边都没有单位 990109；是否指 990101？"],
    [["--scheme", "mudan-2023-twon"], "没有评分办法 mudan-2023-twon；是否指 mudan-2023-town？"],
    [["--from", "2025-04-25", "--json", "--markdown"], "--json 和 --markdown 只能写一个"]
  ])("answers %j with a sentence", async (args, sentence) => {
    const {exit, stderr, stdout} = await diff(...args);
    expect([exit, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
  });

  it("teaches by examples", async () => {
    const {stdout} = await run("diff", "--help");
    for (const example of ["diff --from 2025-11-30", "--from-known-at", "--scheme 新办法.yaml --against", "--ledger 一月.parquet"])
      expect(stdout).toContain(example);
  });
});
