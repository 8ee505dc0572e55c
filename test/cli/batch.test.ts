import {rmSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openScored} from "../../src/warehouse/scored.ts";
import {openWarehouse} from "../../src/warehouse/warehouse.ts";
import {appendDecision, readDecisions} from "../../src/workspace/decision.ts";
import {withLock} from "../../src/workspace/lock.ts";
import {makeOffice, type Office} from "../office.ts";
import {type Ran, run} from "./run.ts";

const finding = (finding_id: string, rest: Record<string, string> = {}) => ({
  finding_id,
  inspection_id: "X1",
  unit_code: "990101",
  layer: "部门",
  item: "6",
  severity: "一般",
  description: "演示问题",
  found_on: "2025-03-03",
  due_on: "2025-04-03",
  ...rest
});

let office: Office;
/** Digests after the first load, after the second, and after the withdrawal was accepted. */
const digests: string[] = [];

beforeAll(async () => {
  office = makeOffice({
    unit: [{unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"}],
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
    finding: [finding("F1"), finding("F2"), finding("F3")],
    rectification: [{finding_id: "F3", stage: "完成", on_date: "2025-03-20"}]
  });
  await office.load("2026-01-04T09:00:00.000+08:00");
  digests.push(await digest());
  office.write("finding", [
    finding("F1", {severity: "重大", description: "请联系13812345678"}),
    finding("F2", {found_on: "2025-02-30"}),
    finding("F4")
  ]);
  await office.load("2026-01-04T10:00:00.000+08:00");
  digests.push(await digest());
});
afterAll(() => office.remove());

async function digest(known_at?: string): Promise<string> {
  const scored = await openScored(office.directory, {known_at});
  scored.close();
  return scored.result.digest;
}

const cli = (...args: readonly string[]): Promise<Ran> => run(...args, "-w", office.directory);
const by = ["--by", "张三", "--reason", "演示用"] as const;
const decisions = () => readDecisions(office.space().state.decisions).decisions;

describe("batch", () => {
  it("lists batches, which count, and which is the last word of its source", async () => {
    const {exit, stdout} = await cli("batch", "list", "--source", "finding", "--json");
    expect(exit).toBe(0);
    expect(JSON.parse(stdout).batches).toMatchObject([
      {id: "000003-finding", n: 3, table: "finding", mode: "snapshot", state: "有效", current: false, read: 3, new: 3},
      {
        id: "000007-finding",
        n: 7,
        state: "有效",
        current: true,
        read: 3,
        new: 1,
        changed: 1,
        rejected: 1,
        files: [{file: "finding.csv"}]
      }
    ]);
    expect((await cli("batch", "list")).stdout).toMatch(/000007-finding +finding +快照 +2026-01-04 10:00 +有效（最新）/);
  });

  it("shows what a batch changed, in numbers", async () => {
    const {stdout} = await cli("batch", "show", "7");
    expect(stdout).toContain("批次 000007-finding：来源 finding，表 finding，快照，2026-01-04 10:00:00装入");
    expect(stdout).toContain("与 000003-finding 相比：1行新出现，1行改变，1行不见了，1行退回，0行不变");
    expect(JSON.parse((await cli("batch", "show", "000007-finding", "--json")).stdout)).toMatchObject({
      against: ["000003-finding"],
      diff: {added: 1, changed: 1, missing: 1, rejected: 1, unchanged: 0},
      current: true,
      revoked: null
    });
  });

  it("tells the differences of two batches by row and column, with numbers of persons masked", async () => {
    expect((await cli("batch", "diff", "7")).stdout).toBe(`与 000003-finding 相比：1行改变，1行不见了，1行新出现，1行退回，0行不变

改变：
  F1：严重程度“一般”→“重大”，问题描述“演示问题”→“请联系138****5678”（finding.csv:2）

不见了：
  F3（原为 000003-finding finding.csv:4）

新出现：
  F4（finding.csv:4）

退回：
  finding.csv:3 F2（以前有效，仍按以前的内容计入）：发现日期“2025-02-30”不是存在的日期；请核对原件，按2025-03-01的样子填写
`);
    const json = JSON.parse((await cli("batch", "diff", "3", "--against", "7", "--json")).stdout);
    expect(json).toMatchObject({batch: "000003-finding", against: ["000007-finding"], counts: {added: 2, missing: 1, changed: 1}});
    expect(json.changed[0].columns[0]).toEqual({column: "severity", header: "严重程度", before: "重大", after: "一般"});
    expect(json.rejected).toEqual([]);
  });

  it("says what is wrong with a wrong use", async () => {
    const said = async (...args: string[]) => {
      const {exit, stderr} = await cli(...args);
      expect(exit).toBe(2);
      return stderr;
    };
    expect(await said("batch")).toBe("请给出命令；用 xunheng batch --help 看有哪些\n");
    expect(await said("batch", "shw", "7")).toContain("是否指 show？");
    expect(await said("batch", "list", "--source", "findin")).toBe("没有来源 findin；是否指 finding？\n");
    expect(await said("batch", "show", "99")).toBe("没有批次 99；用 xunheng batch list 看有哪些\n");
    expect(await said("batch", "show", "000007-findin")).toBe("没有批次 000007-findin；是否指 000007-finding？\n");
    expect(await said("batch", "diff", "7", "--against", "1")).toContain("000001-unit 是表 unit 的，不能比较");
    expect(await said("batch", "revoke", "7")).toBe("没有写明 --by；请写上谁作出这个决定，如 --by 张三\n");
    expect(await said("batch", "revoke", "7", "--by", "张三", "--reason", " ")).toContain("没有写明 --reason；请写上理由");
    expect(await said("batch", "revoke", "7", ...by, "--wait", "一会儿")).toContain("--wait “一会儿”不是秒数");
    expect(await said("accept-withdrawals", ...by)).toContain("没有写明来源");
    expect(await said("accept-withdrawals", "unit", ...by)).toBe("来源 unit 没有撤走的行；没有什么要接受；用 --list 看全部来源\n");
    expect(await said("waive", "第3行", ...by)).toContain("“第3行”既不是更正标记，也不是 文件:行");
    expect(await said("waive", "finding.csv:2", ...by)).toContain("finding.csv:2 不是退回或挂起的行");
    expect(await said("waive", "0123456789abcdef", ...by)).toContain("没有退回或挂起的行带更正标记");
    expect(decisions()).toEqual([]);
  });

  it("teaches with an example and says what happens afterwards", async () => {
    for (const command of [
      ["batch", "list"],
      ["batch", "show"],
      ["batch", "diff"],
      ["batch", "revoke"],
      ["accept-withdrawals"],
      ["waive"]
    ])
      expect((await run(...command, "--help")).stdout).toMatch(/例：xunheng /);
  });
});

describe("decisions about the history of loads", () => {
  it("refuse while another command writes, and readers keep the state before it", async () => {
    const {state} = office.space();
    await withLock(state.lock, "load", async () => {
      expect(await cli("batch", "revoke", "7", ...by)).toMatchObject({
        exit: 4,
        stderr: expect.stringContaining("：xunheng load）")
      });
      // The other command has written its decision and is still building the warehouse.
      appendDecision(state.decisions, {
        at: "2026-01-04T11:00:00.000+08:00",
        kind: "waive",
        by: "演示员",
        args: {source: "finding", marks: ["0".repeat(32)]}
      });
      const db = await openWarehouse(office.space());
      expect(await db.value("select count(*) from batch where not revoked")).toBe(8);
      db.close();
    });
    rmSync(state.decisions);
    rmSync(state.decisions.replace("jsonl", "end"));
  });

  it("say what would happen, and write nothing, when asked for a dry run", async () => {
    const {exit, stdout} = await cli("accept-withdrawals", "finding", ...by, "--dry-run");
    expect(exit).toBe(0);
    expect(stdout).toContain("F3：不再计入（原为 000003-finding finding.csv:4）");
    expect(stdout).toContain("整改：挂起0行 → 1行");
    expect(stdout).toContain("以上只是预演（--dry-run），没有写任何决定。");
    expect(decisions()).toEqual([]);
  });

  it("let withdrawn rows go, once", async () => {
    expect(await cli("accept-withdrawals", "--list")).toMatchObject({
      exit: 1,
      stdout: expect.stringContaining(
        "来源 finding：1行在 000007-finding 里不见了，仍然计入\n  F3（原为 000003-finding finding.csv:4）"
      )
    });
    const {exit, stdout} = await cli("accept-withdrawals", "finding", ...by);
    expect(exit).toBe(0);
    expect(stdout).toContain("已记录第1条决定：接受撤走，张三，2026-01-05 09:00:00，理由：演示用。");
    expect(decisions()).toMatchObject([
      {kind: "accept-withdrawals", args: {source: "finding", batch_n: 7, keys: 1, reason: "演示用"}}
    ]);
    digests.push(await digest());
    expect(digests[2]).not.toBe(digests[1]);
    expect(await digest("2026-01-04T23:00:00+08:00")).toBe(digests[1]);
    expect(await cli("accept-withdrawals", "--list")).toMatchObject({exit: 0, stdout: "没有撤走的行。\n"});
  });

  it("waive a row without changing a score", async () => {
    expect(await cli("waive", "finding.csv:3", ...by)).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining("放弃更正1行（不影响得分）")
    });
    expect(await digest()).toBe(digests[2]);
    const {exit, stdout} = await cli("rejects", "--json");
    expect(exit).toBe(1);
    expect(JSON.parse(stdout).rows).toMatchObject([{table: "rectification"}]);
    expect((await cli("waive", "finding.csv:3", ...by)).stderr).toContain("finding.csv:3 已经放弃");
  });

  it("revoke a batch as if it had never been loaded, once", async () => {
    const {exit, stdout} = await cli("batch", "revoke", "7", ...by);
    expect(exit).toBe(0);
    expect(stdout).toContain("撤销批次 000007-finding（来源 finding，快照，2026-01-04 10:00装入）：");
    expect(stdout).toContain("1行不再计入，1行的内容改变，1行重新计入：");
    expect(stdout).toContain("F1：严重程度“重大”→“一般”");
    expect(stdout).toContain("（今后以 000003-finding finding.csv:2 为准）");
    expect(await digest()).toBe(digests[0]);
    expect(await cli("batch", "revoke", "7", ...by)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("批次 000007-finding 已经由张三于2026-01-05 09:00撤销")
    });
    expect((await cli("batch", "show", "7")).stdout).toContain("状态：已撤销（张三，2026-01-05 09:00，理由：演示用）");
    expect((await cli("batch", "list", "--source", "finding")).stdout).toMatch(
      /000003-finding.*有效（最新）[\s\S]*000007-finding.*已撤销/
    );
  });
});
