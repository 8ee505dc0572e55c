import {readFileSync} from "node:fs";
import {globSync} from "tinyglobby";
import {describe, expect, it} from "vitest";
import {Fault} from "../../src/fault.ts";
import type {Regime} from "../../src/regime/types.ts";
import {parseScheme} from "../../src/scheme/parse.ts";
import {expression, regimeOf} from "./support.ts";

const read = (text: string, regime: Regime = regimeOf(text), file = "scheme.yaml") => parseScheme(text, file, {regime, expression});
const shipped = (id: string) => readFileSync(`data/schemes/${id}.yaml`, "utf8");

async function refusal(text: string, regime?: Regime, file?: string): Promise<Fault> {
  const error = await read(text, regime, file).then(
    () => null,
    (reason: unknown) => reason
  );
  expect(error).toBeInstanceOf(Fault);
  return error as Fault;
}

const files = globSync("test/input/bad/assessment-*.yaml").toSorted();

describe("a scheme that misuses the annual assessment", () => {
  it("has a file for every kind of fault", () => expect(files.length).toBeGreaterThan(30));

  it.each(files)("is refused with place and advice: %s", async (file) => {
    const {exit, message} = await refusal(readFileSync(file, "utf8"), undefined, file);
    expect(exit).toBe(2);
    for (const line of message.split("\n")) expect(line).toMatch(/^test\/input\/bad\/[a-z-]+\.yaml:\d+:\d+: [^；]+；.+$/);
    await expect(`${message}\n`).toMatchFileSnapshot(`../../${file.replace("input", "output").replace(/yaml$/, "txt")}`);
  });

  it("is refused when the regime says nothing of an assessment", async () => {
    const text = shipped("mudan-2023-town");
    const {message} = await refusal(text, {...regimeOf(text), assessment: []});
    expect(message).toMatch(/^scheme\.yaml:\d+:1: 制度 mudan-2023 没有规定用于年度考核；请删去 assessment$/);
  });

  it("may use a result more weakly than its regime allows, never more strongly", async () => {
    const text = shipped("hainan-2016-county");
    const used = (force: string) => text.replace("force: 依据", `force: ${force}`);
    expect((await read(used("参考"))).assessment?.uses[0]).toMatchObject({force: "参考", clause: "一（四）"});
    expect((await refusal(used("纳入"))).message).toContain("纳入强于制度规定的依据（一（四））");
  });

  it("may not reach a kind by a weaker clause of the same name", async () => {
    const text = shipped("hainan-2016-county");
    const regime = regimeOf(text);
    const [clause] = regime.assessment;
    if (!clause) throw new Error("the regime has a clause");
    const two = {...regime, assessment: [{...clause, force: "纳入" as const, unit_kinds: ["镇街"], clause: "甲"}, clause]};
    const {message} = await refusal(text.replace("force: 依据", "force: 纳入"), two);
    expect(message).toContain("巡查结果不及于市县；制度只规定了镇街；请在这一项写 unit_kinds");
  });
});

describe("the uses of a scheme", () => {
  it("are data: clause, kinds, replaced items, and what a rule can lose", async () => {
    expect((await read(shipped("shandong-2018-city"))).assessment).toEqual({
      indicator: {code: "SD-AQ", name: "安全生产", full_milli: 100_000},
      uses: [
        {
          what: "巡查内容与年度考核细则重复的部分",
          force: "替代",
          clause: "方案四",
          unit_kinds: ["设区市"],
          map: [
            {code: "A-02", item: "2"},
            {code: "A-06", item: "6"},
            {code: "A-09", item: "9"}
          ],
          rule: null,
          full_milli: null
        },
        {
          what: "巡查发现问题整改情况",
          force: "纳入",
          clause: "方案五（一）",
          unit_kinds: ["设区市"],
          map: [],
          rule: {id: "S-REC", name: "巡查发现问题整改", most_milli: 4000},
          full_milli: 4000
        }
      ]
    });
  });

  it("claim the whole indicator unless they say less, for the kinds of the scheme unless they say fewer", async () => {
    expect((await read(shipped("hunan-2021-region"))).assessment?.uses[0]).toMatchObject({
      full_milli: 15_000,
      unit_kinds: ["市州"]
    });
    expect((await read(shipped("gongzhuling-town"))).assessment?.uses[0]).toMatchObject({full_milli: 20_000, unit_kinds: ["镇街"]});
  });

  it.each([
    ["R1", 5000, "its cap"],
    ["R2", 10_000, "the cap of its group"],
    ["R3", 10_000, "the points of a ratio"],
    ["R4", 5000, "the worst band"],
    ["R5", 5000, "the range of a judgement"]
  ])("measure rule %s against %i, %s", async (rule, most_milli) => {
    const text = readFileSync("test/input/scheme-base.yaml", "utf8").replace(
      "force: 参考}",
      `force: 参考, rule: ${rule}, full: 4}`
    );
    expect((await read(text)).assessment?.uses[0]?.rule).toMatchObject({id: rule, most_milli});
  });

  it("measure a rule without any cap against its item, and a fixed single charge against itself", async () => {
    const base = readFileSync("test/input/scheme-base.yaml", "utf8").replace("force: 参考}", "force: 参考, rule: R1, full: 4}");
    const free = base.replace("    cap: 5\n", "").replace("rules: [R1, R2]", "rules: [R2]");
    expect((await read(free)).assessment?.uses[0]?.rule).toMatchObject({most_milli: 60_000});
    const once = free.replace(
      '    deduct: 0.5\n    highest_of: finding_id\n    because: "问题{finding_id}整改逾期{days_overdue}天"',
      "    deduct: 0.5\n    once: true"
    );
    expect((await read(once)).assessment?.uses[0]?.rule).toMatchObject({most_milli: 500});
  });

  it("may be several for one kind when each takes other points", async () => {
    const text = readFileSync("test/input/scheme-base.yaml", "utf8").replace(
      "{what: 巡查情况, force: 参考}",
      "{what: 巡查情况, force: 参考, rule: R3, full: 6}\n    - {what: 巡查情况, force: 参考, rule: R4, full: 4}"
    );
    expect((await read(text)).assessment?.uses).toHaveLength(2);
  });
});
