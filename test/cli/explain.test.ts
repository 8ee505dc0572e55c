import {readFileSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {FindingExplained} from "../../src/cli/explain-finding.ts";
import {parseRegime} from "../../src/regime/parse.ts";
import {type Cells, makeOffice, type Office} from "../office.ts";
import {run} from "./run.ts";
import {toldOffice} from "./told.ts";

let office: Office;
let demo: Office;
beforeAll(async () => {
  office = await toldOffice();
  demo = await toldOffice({demo: "true"});
});
afterAll(() => {
  office.remove();
  demo.remove();
});

const explain = (...args: string[]) => run("explain", ...args, "-w", office.directory);
const asked = new Map<string, Promise<FindingExplained>>();
/** Each question is asked once. */
const explained = (finding: string, ...args: string[]): Promise<FindingExplained> => {
  const key = JSON.stringify([finding, args]);
  const answer = asked.get(key) ?? ask(finding, args);
  asked.set(key, answer);
  return answer;
};

async function ask(finding: string, args: readonly string[]): Promise<FindingExplained> {
  const {exit, stdout, stderr} = await explain("--finding", finding, "--json", ...args);
  expect([exit, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

describe("explaining a unit", () => {
  it("filters by item and by rule, and adds up", async () => {
    const whole = JSON.parse((await explain("990101", "--json")).stdout);
    expect(whole).toMatchObject({unit_code: "990101", milli: 88500, as_of: "2025-12-31", demo: false});
    const six = JSON.parse((await explain("990101", "--item", "6", "--json")).stdout);
    expect(six.entries.every((e: {item: string}) => e.item === "6")).toBe(true);
    expect(six.milli).toBe(26000 - 5000 - 6000);
    const rule = JSON.parse((await explain("990101", "--rule", "R6-1", "--json")).stdout);
    expect(rule.milli).toBe(-5000);
    expect(rule.entries.at(-1)).toMatchObject({kind: "封顶返还", milli: 4000});
  });

  it("gives no sum to a unit without a score", async () => {
    expect(JSON.parse((await explain("990104", "--json")).stdout)).toMatchObject({milli: null, covered: "未巡查", entries: []});
    expect(JSON.parse((await explain("990101", "--json")).stdout)).toMatchObject({covered: "已巡查"});
    for (const form of [[], ["--markdown"]]) {
      const {stdout} = await explain("990104", ...form);
      expect(stdout).toContain("未巡查，没有得分");
      expect(stdout).not.toContain("合计");
    }
  });

  it("takes another scheme by id or file", async () => {
    expect((await explain("990101", "--scheme", "mudan-2023-town")).stdout).toBe((await explain("990101")).stdout);
    const {exit, stderr} = await explain("990101", "--scheme", "mudan-2023-dept");
    expect([exit, stderr]).toEqual([2, expect.stringContaining("没有被评分的单位 990101")]);
  });

  it("lists every unit a rule touches", async () => {
    const {units} = JSON.parse((await explain("--rule", "R6-1", "--json")).stdout);
    expect(units.map((u: {unit_code: string; milli: number}) => [u.unit_code, u.milli])).toEqual([
      ["990101", -5000],
      ["990102", -1000]
    ]);
    expect((await explain("--rule", "R6-1")).stdout).toContain("2个单位，合计 −6.00\n");
    expect((await explain("--rule", "R10-2")).stdout).toContain("没有单位因这条规则得失分。");
  });

  it("names the unit's state, what is pending, and the decisions in their rows", async () => {
    expect((await explain("990103")).stdout).toContain("1件异议复核尚未决定");
    const {stdout} = await explain("990101");
    expect(stdout).toContain("异议复核撤销（Y2，演示安委办，复〔2025〕2号，2025-12-20），撤去原扣分");
    expect((await explain("990102")).stdout).toContain("（按异议复核变更Y3，责任单位改为990102）");
  });

  it("prints a document that a clerk can paste, marked when it is a demonstration", async () => {
    const {stdout} = await explain("990102", "--markdown");
    for (const heading of ["# 演示乙镇（990102）得分说明\n", "## 各项得分\n", "## 记分台账\n", "## 依据\n"])
      expect(stdout).toContain(heading);
    expect(stdout).toContain("合计98.50分，即得分。");
    expect(stdout).toContain("- R6-1 问题逾期：评分办法第七条第一项，制度三（三）5");
    expect(stdout).not.toContain("演示数据");
    for (const form of [[], ["--markdown"]])
      expect((await run("explain", "990102", ...form, "-w", demo.directory)).stdout).toContain("演示数据");
    expect((await run("explain", "--finding", "F1", "--markdown", "-w", demo.directory)).stdout).toContain("演示数据");
  });

  it("is stable, word for word", async () => {
    const shown = async (...args: string[]) => (await explain(...args)).stdout;
    await expect(await shown("990102", "--markdown")).toMatchFileSnapshot("../output/cli/explain-unit.md");
    await expect(await shown("--finding", "F1", "--same-as")).toMatchFileSnapshot("../output/cli/explain-finding.txt");
    await expect(await shown("--finding", "F3", "--markdown")).toMatchFileSnapshot("../output/cli/explain-finding.md");
    await expect(await shown("--rule", "R5-1")).toMatchFileSnapshot("../output/cli/explain-rule.txt");
  });
});

describe("explaining a finding", () => {
  it("gives what it really cost: nothing beyond a cap, and why", async () => {
    const {units, reasons} = await explained("G1");
    expect(units).toMatchObject([{unit_code: "990101", milli: -1000, marginal_milli: 0}]);
    expect(reasons).toContain("与没有这个问题时同分：1条问题逾期（−1.00），封顶返还增加（+1.00）");
    const other = await explained("F4");
    expect(other.units).toMatchObject([{unit_code: "990102", milli: -1000, marginal_milli: 1000}]);
  });

  it.each([
    ["F2", "异议复核撤销（Y2，演示安委办，复〔2025〕2号，2025-12-20），不再计分，原扣分已撤去"],
    ["F7", "所属巡查X3之后同一单位又有巡查X4（2025-05-10结束），办法取最近一次巡查，本问题不计入"],
    ["F8", "评分办法针对问题逐条计分的13条规则，没有一条的条件成立"],
    ["F8", "不计入规则R6-5“到期问题整改率”：整改期限2026-03-01不在计分期间（2025-01-01至2025-12-31）之内"],
    ["F9", "计分单位演示丁镇（990104）未巡查，没有得分"],
    ["FX", "发现日期2026-01-02在统计截止日2025-12-31之后，还不计分"]
  ])("says why %s cost nothing: %s", async (finding, sentence) => {
    expect((await explained(finding)).reasons).toContain(sentence);
  });

  it("says in words that a finding cost nothing", async () => {
    expect((await explain("--finding", "F7")).stdout).toContain("没有扣分；没有F7，得分不变。");
  });

  it("moves the cost to the unit that 异议复核 made responsible", async () => {
    const {units} = await explained("F3");
    expect(units.map((u) => [u.unit_code, u.milli, u.marginal_milli])).toEqual([
      ["990101", 0, 0],
      ["990102", -500, 500]
    ]);
  });

  it("shows the history by date, with 维持 and its document, due date and source", async () => {
    const {history} = await explained("F1");
    expect(history.map((e) => [e.on_date, e.what, e.detail])).toEqual([
      ["2025-03-03", "发现", "一般问题，巡查X1：演示"],
      ["2025-04-15", "整改期限", "指定"],
      ["2025-04-20", "完成", null],
      ["2025-12-01", "申请异议复核", "Y1，单位990101"],
      ["2025-12-20", "异议复核维持", "Y1，演示安委办，复〔2025〕1号"],
      ["2026-01-08", "台账更正", "整改期限由“2025-04-30”改为“2025-04-15”"]
    ]);
  });

  it("marks what was entered late and what was loaded after 统计截止日, never the first load", async () => {
    const late = async (finding: string) => (await explained(finding)).history.filter((e) => e.late).map((e) => [e.what, e.late]);
    expect(await late("F5")).toEqual([["发现", "补录（统计截止日之后才装入）"]]);
    expect(await late("F4")).toEqual([
      ["完成", "迟登记（晚41天）"],
      ["异议复核维持", "补录（统计截止日之后才装入）"]
    ]);
    expect(await late("F7")).toEqual([]);
    const {history} = await explained("F5");
    expect(history[0]).toMatchObject({batch: "000008-finding", known_from: expect.stringContaining("2026-01-08 09:00")});
  });

  it("compares with the same kind elsewhere, and says which differ and why", async () => {
    const {same_as} = await explained("F4", "--same-as");
    expect(same_as).toMatchObject({severity: "一般", category: "消防", item: "1", rules: ["R1-1", "R6-1"]});
    expect(same_as?.rows.map((r) => [r.finding_id, r.rule_id, r.milli, r.returned_milli, r.differs])).toEqual([
      ["F1", "R1-1", -500, 500, null],
      ["F1", "R6-1", -1000, 0, null],
      ["F6", "R6-1", -1000, 0, null]
    ]);
    expect(same_as?.free).toEqual(["F7", "F8", "F9"]);
  });

  it.each([
    [["--finding", "H1"], "问题 H1 被退回，没有计入（巡查内容“66”不在制度mudan-2023之内（1至10）；请改成其中一项的编号）"],
    [["--finding", "H2"], "问题 H2 挂起，没有计入（巡查表中没有X9）"],
    [["--finding", "F0"], "没有问题 F0；是否指 F1？"],
    [["--rule", "R6-9"], "评分办法没有规则 R6-9；是否指 R6-1？"],
    [["990109"], "没有被评分的单位 990109；是否指 990101？"],
    [["990101", "--item", "11"], "评分办法没有巡查内容 11；可用：1、2"],
    [["--item", "6"], "没有说明要看什么"],
    [["--same-as"], "--same-as 后面没有问题编号"],
    [["990101", "--finding", "F1"], "单位编码和 --finding 只能写一个"],
    [["--finding", "F1", "--rule", "R6-1"], "--finding 不能与 --item、--rule 连用"],
    [["990101", "--json", "--markdown"], "--json 和 --markdown 只能写一个"]
  ])("answers %j with a sentence", async (args, sentence) => {
    const {exit, stderr, stdout} = await explain(...args);
    expect([exit, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
  });

  it("teaches by examples", async () => {
    const {stdout} = await run("explain", "--help");
    for (const example of ["--rule R6-1", "--same-as MD-0001", "--as-of 2025-06-30", "--markdown", "marginal_milli"])
      expect(stdout).toContain(example);
  });
});

describe("the past", () => {
  it("scores what was known at a moment between two loads as it was scored then", async () => {
    const {stdout} = await explain("990101", "--known-at", "2025-08-01", "--json");
    expect(JSON.parse(stdout)).toMatchObject({milli: 87000, known_at: "2025-08-01T23:59:59.999999+08:00"});
    const {exit, stderr} = await explain("--finding", "F5", "--known-at", "2025-08-01");
    expect([exit, stderr]).toEqual([2, expect.stringContaining("在2025-08-01 23:59:59以前装入的数据里没有问题 F5")]);
    expect((await explained("F1", "--known-at", "2025-08-01")).history.map((e) => e.what)).toEqual(["发现", "完成", "整改期限"]);
  });

  it("ignores on an earlier day what happened later", async () => {
    const {history, units} = await explained("F4", "--as-of", "2025-05-10");
    expect(history.map((e) => e.what)).toEqual(["发现", "整改期限"]);
    expect(units[0]?.entries.find((e) => e.rule_id === "R6-1")?.because).toContain("整改逾期10天");
  });
});

/** One town whose rules weigh, repeat and cap. */
const WEIGHED = `id: weighed
name: 演示办法
regime: mudan-2023
effective_from: 2024-01-01
applies_to: [镇街]
period: year
start: full
several_inspections: latest
uninspected: 不评分
grades: [{name: 好, from: 90}, {name: 差, from: 0}]
items: [{no: "1", full: 40}, {no: "6", full: 60}]
rules:
  - id: W
    item: "1"
    name: 加权
    over: finding
    where: item = '1'
    deduct: 1
    weight: {by: source, table: {交办: 2, 巡查: 1, 暗访: 1, 举报: 1, 自报: 1}}
    because: "问题{finding_id}"
  - id: E
    item: "6"
    name: 重复
    over: finding
    where: item = '6'
    deduct: 1
    escalate: {by: [category], factor: 2, at_most: 4}
    because: "问题{finding_id}"
`;

describe("the same kind, weighed and repeated", () => {
  let weighed: Office;
  beforeAll(async () => {
    const common = {
      inspection_id: "X1",
      unit_code: "990101",
      layer: "部门",
      severity: "一般",
      description: "演示",
      category: "消防"
    };
    const found = (finding_id: string, item: string, found_on: string, source = "巡查") => ({
      ...common,
      finding_id,
      item,
      found_on,
      source
    });
    const findings: Cells = [
      found("A1", "1", "2025-03-03"),
      found("A2", "1", "2025-03-03", "交办"),
      found("B1", "6", "2025-03-03"),
      found("B2", "6", "2025-03-04"),
      found("B3", "6", "2025-03-05")
    ];
    weighed = makeOffice(
      {
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
        finding: findings
      },
      {schemes: "[weighed]"}
    );
    weighed.file("schemes/weighed.yaml", WEIGHED);
    await weighed.load();
  });
  afterAll(() => weighed.remove());

  it("names the weight and the repeat that made the difference", async () => {
    const differs = async (finding: string) => {
      const {stdout} = await run("explain", "--same-as", finding, "-w", weighed.directory, "--json");
      return (JSON.parse(stdout) as FindingExplained).same_as?.rows.map((r) => [r.finding_id, r.differs]);
    };
    expect(await differs("A1")).toEqual([["A2", "分值−2.00，所问−1.00；问题来源（权重）：此处交办，所问巡查"]]);
    expect(await differs("B1")).toEqual([
      ["B2", "分值−2.00，所问−1.00；重复加重（同类第2次）"],
      ["B3", "分值−4.00，所问−1.00；重复加重（同类第3次或以上）"]
    ]);
  });

  it("names items as the regime does where the scheme does not", async () => {
    const {stdout} = await run("explain", "990101", "--markdown", "-w", weighed.directory);
    const {items} = parseRegime(readFileSync("data/regimes/mudan-2023.yaml", "utf8"), "mudan-2023.yaml");
    expect(stdout).toContain(items.find((i) => i.no === "6")?.title);
  });

  it("counts the repeats anew without the finding", async () => {
    const {stdout} = await run("explain", "--finding", "B1", "-w", weighed.directory, "--json");
    // 1 + 2 + 4 with it, 1 + 2 without: its own row is one point, it cost four.
    expect((JSON.parse(stdout) as FindingExplained).units).toMatchObject([{milli: -1000, marginal_milli: 4000}]);
    expect((JSON.parse(stdout) as FindingExplained).reasons).toEqual([
      "比没有这个问题时少4.00分：2条重复扣得更多（−3.00），1条重复（−1.00）"
    ]);
  });
});
