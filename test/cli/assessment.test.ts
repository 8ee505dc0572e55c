import {readFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {parse} from "yaml";
import type {UnitAssessment} from "../../src/score/assessment.ts";
import {type Cells, makeOffice, type Office} from "../office.ts";
import {run} from "./run.ts";

const offices: Office[] = [];
afterAll(() => {
  for (const office of offices) office.remove();
});

function open(tables: Readonly<Record<string, Cells>>, yaml: Readonly<Record<string, string>>): Office {
  const office = makeOffice(tables, yaml);
  offices.push(office);
  return office;
}

const TOWNS: Readonly<Record<string, Cells>> = {
  unit: [
    {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"},
    {unit_code: "990102", unit_name: "演示乙镇", unit_kind: "镇街"}
  ],
  inspection: [
    {
      ...{inspection_id: "X1", unit_code: "990101", kind: "全面", organiser_level: "县级"},
      ...{started_on: "2025-03-01", ended_on: "2025-03-10"}
    }
  ]
};

const cities: Readonly<Record<string, Cells>> = {
  unit: [{unit_code: "990100", unit_name: "甲市", unit_kind: "设区市"}],
  inspection: [
    {
      ...{inspection_id: "X1", unit_code: "990100", kind: "巡查", organiser_level: "省", round_no: "1"},
      ...{started_on: "2018-03-01", ended_on: "2018-03-30"}
    }
  ],
  appraisal: [
    {unit_code: "990100", year: 2018, item_code: "A-01", item_name: "事故指标", full: 20, points: "19.5"},
    {unit_code: "990100", year: 2018, item_code: "A-02", item_name: "责任制落实", full: 18, points: "16.25"}
  ]
};

describe("xunheng assessment", () => {
  let city: Office;
  beforeAll(async () => {
    const yaml = {regime: "shandong-2018", schemes: "[shandong-2018-city]", year: "2018", as_of: "2018-12-31", demo: "true"};
    city = open(cities, yaml);
    await city.load();
  });

  it("prints unit, indicator, points, force, clause and reason, and both sums", async () => {
    const {exit, stdout, stderr} = await run("assessment", "-w", city.directory);
    expect([exit, stderr]).toEqual([0, ""]);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("年度考核 2018年 · 统计截止日 2018-12-31 · 决定计至 2018-12-31 · 暂定 · 未审定 · 演示数据");
    const row = (start: RegExp) => lines.find((line) => start.test(line))?.split(/ {2,}/);
    expect(row(/^990100 {2}甲市 {2}A-02/)?.slice(2)).toEqual([
      ...["A-02 责任制落实", "18.00", "18.00", "替代", "方案四"],
      "巡查内容2得18.00分（满分18.00分），按满分18.00分折合18.00分；替代考核表的16.25分；得分暂定（属地监管工作评议（S3-2）尚未评议）"
    ]);
    expect(row(/^990100 {2}甲市 {2}A-06/)?.slice(2)).toContain("年度考核表里没有该单位A-06这一项，无从替代");
    expect(row(/^ +单位 +名称 +满分|^单位 +名称 +满分/)).toEqual(expect.arrayContaining(["不替代", "替代后"]));
    expect(row(/^990100 {2}甲市 {2}38\.00/)).toEqual(["990100", "甲市", "38.00", "35.75", "37.50"]);
    expect(stdout).toContain("指标 SD-AQ 安全生产，满分100.00；未巡查的单位：不评分");
    expect(stdout).toContain("· 规则S-REC“巡查发现问题整改”的分值也在替代A-09的内容9里，一事计了两次");
    expect(stdout).toMatch(/摘要 [0-9a-f]{64}\n运行 [0-9a-f]{64}\n$/);
  });

  it("prints one object with --json: points as decimal strings and milli-points as whole numbers", async () => {
    const {exit, stdout} = await run("assessment", "-w", city.directory, "--json");
    expect(exit).toBe(0);
    const json = JSON.parse(stdout);
    const scored = JSON.parse((await run("score", "-w", city.directory, "--json")).stdout);
    expect(json).toMatchObject({
      ...{regime: "shandong-2018", year: 2018, as_of: "2018-12-31", approved: false, demo: true, provisional: true},
      ...{run: scored.run, digest: scored.digest}
    });
    const [scheme] = json.schemes;
    expect(scheme).toMatchObject({
      scheme: "shandong-2018-city",
      indicator: {code: "SD-AQ", full: "100.00", full_milli: 100_000},
      uses: [
        {force: "替代", clause: "方案四", rule: null, full: null},
        {force: "纳入", clause: "方案五（一）", rule: "S-REC", full: "4.00"}
      ]
    });
    const [unit] = scheme.units as UnitAssessment[];
    expect(unit?.total).toMatchObject({full_milli: 38_000, without: "35.75", with: "37.50", with_milli: 37_500});
    for (const i of unit?.indicators ?? []) {
      expect(Number.isInteger(i.points_milli ?? 0)).toBe(true);
      expect(i.points ?? "0.00").toMatch(/^\d+\.\d{2}$/);
    }
  });

  it("shows one unit alone, and knows which are near to a mistyped code", async () => {
    const {stdout} = await run("assessment", "-w", city.directory, "--unit", "990100");
    expect(stdout).toContain("甲市");
    expect(await run("assessment", "-w", city.directory, "--unit", "99010")).toMatchObject({
      exit: 2,
      stdout: "",
      stderr: "年度考核里没有单位 99010；是否指 990100？\n"
    });
  });

  it("teaches what a scheme writes and what each force does", async () => {
    const {exit, stdout} = await run("assessment", "--help");
    expect(exit).toBe(0);
    for (const word of ["用法：", "assessment:", "参考  ", "依据  ", "纳入  ", "替代  ", "uninspected", "appraisal"])
      expect(stdout).toContain(word);
  });

  it("teaches by an example that passes when pasted", async () => {
    const {stdout} = await run("assessment", "--help");
    const example = /^ {2}assessment:\n(?: {4}.*\n)+/m.exec(stdout)?.[0].replaceAll(/^ {2}/gm, "");
    const scheme = readFileSync("data/schemes/hunan-2021-region.yaml", "utf8").split("\nassessment:")[0];
    const office = open({unit: []}, {});
    office.file("schemes/pasted.yaml", `${scheme}\n${example}`);
    const {exit, stderr} = await run("scheme", "check", join(office.directory, "schemes/pasted.yaml"));
    expect([exit, stderr]).toEqual([0, ""]);
  });

  it("has columns that describe prints", async () => {
    const {exit, stdout} = await run("describe", "assessment");
    expect(exit).toBe(0);
    for (const column of ["points_milli", "awaits_acceptance", "inspected_milli", "because"]) expect(stdout).toContain(column);
  });
});

describe("a scheme that says nothing of the assessment", () => {
  const silent = `${readFileSync("data/schemes/mudan-2023-town.yaml", "utf8").split("\nassessment:")[0]}\n`;

  it("is refused with a line to paste that works", async () => {
    const office = open(TOWNS, {schemes: "[mudan-2023-town]"});
    office.file("schemes/mudan-2023-town.yaml", silent);
    await office.load();
    const {exit, stdout, stderr} = await run("assessment", "-w", office.directory);
    expect([exit, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
    const example = /如 (assessment: .*)$/m.exec(stderr)?.[1] ?? "";
    expect(parse(example)).toMatchObject({assessment: {uses: [{what: "巡查情况", force: "参考"}]}});
    office.file("schemes/mudan-2023-town.yaml", `${silent}\n${example}\n`);
    expect(await run("assessment", "-w", office.directory)).toMatchObject({exit: 0, stdout: expect.stringContaining("仅供参考")});
  });

  it("is named beside one that says something", async () => {
    const office = open(TOWNS, {schemes: "[mudan-2023-town, mudan-2023-dept]"});
    office.file("schemes/mudan-2023-town.yaml", silent);
    await office.load();
    const {exit, stdout} = await run("assessment", "-w", office.directory);
    expect(exit).toBe(0);
    expect(stdout).toContain("· 牡丹区镇街安全生产巡查评分办法没有写 assessment，其单位未列");
    expect(await run("assessment", "-w", office.directory, "--unit", "990101")).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("年度考核里没有单位 990101（牡丹区镇街安全生产巡查评分办法没有写 assessment）")
    });
  });
});

describe("a regime without the power", () => {
  const regime = readFileSync("data/regimes/mudan-2023.yaml", "utf8");
  const town = `${readFileSync("data/schemes/mudan-2023-town.yaml", "utf8").split("\nassessment:")[0]}\n`;

  it("is refused with exit 3 and a sentence, before anything is read", async () => {
    const office = open(TOWNS, {});
    office.file(
      "regimes/mudan-2023.yaml",
      regime.replace(/^assessment:\n(?: .*\n)*/m, "").replace("{parameter: assessment}", "{parameter: items}")
    );
    office.file("schemes/mudan-2023-town.yaml", town);
    const {exit, stdout, stderr} = await run("assessment", "-w", office.directory);
    expect([exit, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(
      /^.+（mudan-2023）没有规定巡查结果用于年度考核；没有依据不能提供给考核；条款见 xunheng regime clauses\n$/
    );
  });

  it("is refused with exit 3 for kinds of units that no clause reaches", async () => {
    const office = open(TOWNS, {});
    office.file(
      "regimes/mudan-2023.yaml",
      regime.replace("force: 参考, unit_kinds: [镇街, 部门]", "force: 参考, unit_kinds: [部门]")
    );
    office.file("schemes/mudan-2023-town.yaml", town);
    await office.load();
    expect(await run("assessment", "-w", office.directory)).toMatchObject({
      exit: 3,
      stdout: "",
      stderr: "制度四（三）只及于部门，不及于镇街；没有依据不能提供给考核\n"
    });
  });
});
