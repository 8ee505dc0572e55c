import {existsSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Block, OfficialDocument} from "../../../src/export/official/document.ts";
import {organisationData} from "../../../src/export/organisation/data.ts";
import {organisationLetter} from "../../../src/export/organisation/letter.ts";
import type {OrganisationData} from "../../../src/export/organisation/types.ts";
import {readHandouts} from "../../../src/release/handout.ts";
import {openScored} from "../../../src/warehouse/scored.ts";
import {run} from "../../cli/run.ts";
import type {Office} from "../../office.ts";
import {organisationOffice} from "./office.ts";

/** An official document as plain lines. */
function documentText({title, number, addressee, body, annexes, signature, date, note}: OfficialDocument): string {
  const block = (b: Block): string => {
    if (b.kind === "heading") return `${"#".repeat(b.level)} ${b.text}`;
    if (b.kind === "text") return b.text;
    if (b.kind !== "table") return b.kind;
    const rows = b.rows.length === 0 ? [b.empty] : b.rows.map((row) => row.map((c) => (c ?? "").replaceAll("\n", " ")).join(" | "));
    return [b.columns.map((c) => c.header).join(" | "), ...rows].join("\n");
  };
  const parts = annexes.map((a, i) => [`== 附件${i + 1} ${a.title}`, ...a.body.map(block)].join("\n"));
  return `${[number, title, addressee, ...body.map(block), signature, date, note, ...parts].join("\n\n")}\n`;
}

let office: Office;
let data: OrganisationData;
beforeAll(async () => {
  office = organisationOffice();
  await office.load();
  const scored = await openScored(office.directory);
  data = await organisationData(scored);
  scored.close();
});
afterAll(() => office.remove());

const exported = (...rest: readonly string[]) => run("export", "organisation", "-w", office.directory, ...rest);

describe("what the organisation department is told", () => {
  it("lists findings of the period and those not closed when it began, and no clue", () => {
    expect(data.findings.map((f) => f.finding_id)).toEqual(["F1", "F2", "OLD2", "TIP1", "F3"]);
    expect(data.findings.filter((f) => f.is_major).map((f) => f.finding_id)).toEqual(["F1"]);
  });

  it("tells of decisions in effect, not of clues, cases, discipline organs or what is not yet in effect", () => {
    expect(data.decisions.map((d) => d.action_id)).toEqual(["A8", "A1", "A5", "A10"]);
  });

  it("says of a finding that an objection is not decided yet", () => {
    expect(data.findings.filter((f) => f.is_disputed).map((f) => f.finding_id)).toEqual(["F3"]);
  });

  it("says the same of people when the scheme's points are other ones", async () => {
    const text = readFileSync("data/schemes/mudan-2023-town.yaml", "utf8");
    const dearer = text.replace(/deduct: [\d.]+/g, "deduct: 4");
    expect(dearer).not.toBe(text);
    const scored = await openScored(office.directory, {scheme: {text: dearer, file: "dearer.yaml"}});
    const other = await organisationData(scored);
    scored.close();
    expect(other.stamp.digest).not.toBe(data.stamp.digest);
    expect([other.officials, other.both_posts, other.vacancies]).toEqual([data.officials, data.both_posts, data.vacancies]);
  });

  it("says which decisions speak of 尽职免责, never what they say, and none that is pending", () => {
    expect(data.exemptions.map((e) => [e.source, e.id, e.decision, e.finding_id])).toEqual([
      ["异议复核", "Y1", "维持", "F2"],
      ["督办措施", "A10", "行政处罚", "F2"]
    ]);
    expect(JSON.stringify(data)).not.toMatch(/认定分管|条款不适用|责令作出检查|党内警告/);
  });

  it("keeps back descriptions, sources and everything of clues and cases", () => {
    const text = JSON.stringify({...data, notes: []});
    expect(text).not.toMatch(/描述F|CLUE1|举报|区纪委监委|移送纪检监察|立案|公安分局/);
  });

  it("leaves out who had left before any of the findings was there", () => {
    expect(data.officials.map((o) => o.person_id)).toEqual(["R1", "R2", "R3", "R4", "R5"]);
  });

  it("shows both sides of a handover, and who was acting", () => {
    const facts = (id: string) => data.officials.find((o) => o.person_id === id)?.findings.find((f) => f.finding_id === "F1");
    expect(facts("R2")).toMatchObject({
      arose: {state: "在任", days: 375, acting: false},
      due: {state: "在任", days: 456},
      closed: {state: "离任当日", days: 500},
      inherited: "否"
    });
    expect(facts("R3")).toMatchObject({
      found: {state: "任前", days: null},
      closed: {state: "到任当日", days: 0, acting: true},
      inherited: "是"
    });
  });
});

it("is written as a letter in the regime's own words", async () => {
  const scored = await openScored(office.directory);
  scored.close();
  const release = {
    ...{id: "office-2025-r1", approver: {name: "审定人", post: "区安委会主任", organ: "区安委会"}, on: "2026-01-15"},
    ...{meeting: "区安委会2026年第1次会议", document_no: null, supersedes: null, manifest: "0".repeat(64), fallen: null},
    waivers: [{what: "1件异议复核尚未决定", reason: "不影响等次"}]
  };
  const options = {number: "演安办函〔2026〕1号", date: "2026-01-16", contact: "某某 电话", recipients: ["区委组织部"]};
  const letter = organisationLetter({...data, stamp: {...data.stamp, release}}, scored, options);
  await expect(documentText(letter)).toMatchFileSnapshot("../../output/organisation/通报函.txt");
});

describe("export organisation", () => {
  it("is refused while nothing is approved, and writes nothing", async () => {
    const to = join(office.directory, "报组织部");
    const said = await exported("--to", to, "--by", "甲");
    expect([said.exit, said.stderr]).toEqual([3, expect.stringContaining("未审定")]);
    expect(existsSync(to)).toBe(false);
    const asked = await exported("--to", to, "--by", "甲", "--request", "组函1号", "--persons", "名单.csv");
    expect(asked.exit).toBe(2);
  });

  it("writes letter, workbook and data once approved, the same bytes each time, and logs who holds them", async () => {
    const asked = ["approve", "-w", office.directory, "--by", "审定人", "--post", "区安委会主任", "--on", "2026-01-05", "--json"];
    const dry = JSON.parse((await run(...asked, "--dry-run")).stdout) as {obstacles: readonly {kind: string}[]};
    const waivers = [...new Set(dry.obstacles.map((o) => o.kind))].flatMap((what) => ["--waive", `${what}=测试`]);
    expect((await run(...asked, ...waivers)).exit).toBe(0);
    const [one, two] = ["一", "二"].map((name) => join(office.directory, name)) as [string, string];
    for (const to of [one, two]) expect(await exported("--to", to, "--by", "甲")).toMatchObject({exit: 0, stderr: ""});
    const names = ["manifest.json", "organisation.json", "organisation.schema.json", "组织部参考.xlsx", "通报函.docx"];
    expect(readdirSync(one).sort()).toEqual(names);
    for (const name of names) expect(readFileSync(join(one, name)).equals(readFileSync(join(two, name)))).toBe(true);
    const held = readHandouts(office.space());
    expect(held.map(({what, to, by}) => [what, to, by])).toEqual([
      ["organisation", ["区委组织部"], "甲"],
      ["organisation", ["区委组织部"], "甲"]
    ]);
  });

  it("goes to nobody whom the regime does not name, and to nobody unattributed", async () => {
    const to = join(office.directory, "三");
    const foreign = await exported("--to", to, "--by", "甲", "--recipient", "区委巡察办");
    expect([foreign.exit, foreign.stderr]).toEqual([3, expect.stringContaining("四（三）规定通报：区委组织部")]);
    expect((await exported("--to", to)).exit).toBe(2);
    expect((await exported("--to", to, "--by", "甲", "--draft")).exit).toBe(3);
    expect(existsSync(to)).toBe(false);
  });

  it("answers an enquiry for the people named, guesses at no namesake, says what no result covers, and logs it", async () => {
    const list = join(office.directory, "名单.csv");
    writeFileSync(
      list,
      "序号,人员编号,姓名,单位\n1,R2,,\n2,,王示三,演示甲镇\n3,,查示无,演示甲镇\n4,R1,张示二,\n5,,赵 示五,990102\n"
    );
    const to = join(office.directory, "复函");
    const said = await exported(
      "--to",
      to,
      "--by",
      "乙",
      "--request",
      "组函〔2026〕3号",
      "--persons",
      list,
      "--from",
      "2024-06-01"
    );
    expect([said.exit, said.stderr]).toEqual([0, ""]);
    const reply = JSON.parse(readFileSync(join(to, "reply.json"), "utf8"));
    expect(reply.persons.map((p: {found: string}) => p.found)).toEqual(["已找到", "同名", "查无此人", "编号与姓名不符", "已找到"]);
    expect(reply.persons[0].without_record).toEqual([
      {because: "没有审定结果", unit_name: "演示甲镇", duty: "政府主要负责人", from_on: "2024-06-01", to_on: "2024-12-31"}
    ]);
    expect(reply.persons[0].records[0].tenures[0].findings.map((f: {finding_id: string}) => f.finding_id)).toEqual([
      ...["F1", "F2", "OLD2", "TIP1"]
    ]);
    expect(reply.persons[1].candidates.map((c: {person_id: string}) => c.person_id)).toEqual(["R3", "R4"]);
    expect(JSON.stringify(reply.persons)).not.toMatch(/score|rank|grade/);
    expect(readHandouts(office.space()).at(-1)).toMatchObject({what: "organisation-reply", request: "组函〔2026〕3号", by: "乙"});
  });

  it("names every row of a list that says too little", async () => {
    const list = join(office.directory, "坏名单.csv");
    writeFileSync(list, "人员编号,姓名,单位\n,张示一,\n110101199001011234,,\n");
    const said = await exported("--to", join(office.directory, "四"), "--by", "乙", "--request", "x", "--persons", list);
    expect(said.exit).toBe(2);
    expect(said.stderr.trim().split("\n")).toEqual([
      "坏名单.csv:2: 没有人员编号，姓名和单位也不全；请填人员编号，或同时填姓名和单位",
      "坏名单.csv:3: 人员编号是身份证件号码；请改用本单位的人员编号，或写姓名和单位"
    ]);
  });
});
