import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {writeXlsx} from "hucre/xlsx";
import {afterAll, describe, expect, it} from "vitest";
import {encodeGb18030} from "../../../data/samples/kit/gb18030.ts";
import {type Asked, readAsked} from "../../../src/export/organisation/asked.ts";
import {chosenRecipients} from "../../../src/export/organisation/recipient.ts";
import {type AskedPeriod, type KnownRelease, replyTo} from "../../../src/export/organisation/reply.ts";
import {type OfficialRow, tenuresOf} from "../../../src/export/organisation/tenure.ts";
import type {
  OfficialTenure,
  OrganisationData,
  OrganisationFinding,
  OrganisationUnit
} from "../../../src/export/organisation/types.ts";

const post = (
  person_id: string,
  person_name: string,
  from_on: string,
  to_on: string | null,
  rest: Partial<OfficialRow> = {}
): OfficialRow => ({
  ...{
    person_id,
    person_name,
    unit_code: "A",
    duty: "政府主要负责人",
    portfolio: null,
    post: "镇长",
    acting: null,
    appoint_doc: null
  },
  ...{from_on, to_on, ...rest}
});

/** A standing release of a year: people's tenures, their findings, and whether the unit was inspected. */
function release(
  year: number,
  rows: readonly OfficialRow[],
  findings: readonly Partial<OrganisationFinding>[] = [],
  covered = "已巡查"
): KnownRelease {
  const tenures = tenuresOf(rows, (code) => `${code}镇`);
  const period = {kind: "year", from: `${year}-01-01`, to: `${year}-12-31`, round_no: null};
  const inPeriod = tenures.filter((t) => t.from_on <= period.to && (t.to_on ?? "9999") >= period.from);
  const facts = findings.map((f) => ({finding_id: f.finding_id})) as unknown as OfficialTenure["findings"];
  const data = {
    ...{stamp: {as_of: period.to, release: {id: `x-${year}-r1`}}, period, findings, exemptions: [], notes: ["依据。", "口径。"]},
    units: [{unit_code: "A", covered}] as OrganisationUnit[],
    officials: inPeriod.map((t) => ({...t, doubts: [], findings: facts}))
  } as unknown as OrganisationData;
  return {
    data,
    tenures,
    codes: new Map([
      ["A镇", ["A"]],
      ["旧A乡", ["A"]]
    ])
  };
}

const ask = (one: Partial<Asked>): Asked => ({row: 2, person_id: null, name: null, unit: null, ...one});
const ALL: AskedPeriod = {from: null, until: null};
const P1 = post("P1", "张示一", "2022-05-01", "2025-06-30");

const answer = (asked: Asked, releases: readonly KnownRelease[], period = ALL) =>
  replyTo("函1", [asked], releases, period).persons[0];
const stretches = (...of: Parameters<typeof answer>) => answer(...of)?.without_record.map((w) => [w.from_on, w.to_on, w.because]);

describe("an answer to an enquiry", () => {
  it("names the stretches of a tenure, to the day, for which no result stands", () => {
    expect(stretches(ask({person_id: "P1"}), [release(2025, [P1]), release(2023, [P1])])).toEqual([
      ["2022-05-01", "2022-12-31", "没有审定结果"],
      ["2024-01-01", "2024-12-31", "没有审定结果"]
    ]);
  });

  it("keeps to the period asked about, both days included", () => {
    const releases = [release(2025, [P1])];
    expect(stretches(ask({person_id: "P1"}), releases, {from: "2024-12-31", until: "2025-03-31"})).toEqual([
      ["2024-12-31", "2024-12-31", "没有审定结果"]
    ]);
    expect(stretches(ask({person_id: "P1"}), releases, {from: "2025-01-01", until: null})).toEqual([]);
    expect(answer(ask({person_id: "P1"}), releases, {from: "2025-07-01", until: null})).toMatchObject({tenures: [], records: []});
  });

  it("says nothing of days after the last 统计截止日", () => {
    const stays = post("P2", "李示二", "2025-06-30", null);
    expect(stretches(ask({person_id: "P2"}), [release(2024, [stays])])).toEqual([]);
    expect(stretches(ask({person_id: "P2"}), [release(2025, [stays])])).toEqual([]);
  });

  it("does not take a result in which the unit was not inspected for a record", () => {
    expect(stretches(ask({person_id: "P1"}), [release(2025, [P1], [], "未巡查")], {from: "2024-12-01", until: null})).toEqual([
      ["2024-12-01", "2024-12-31", "没有审定结果"],
      ["2025-01-01", "2025-06-30", "未巡查"]
    ]);
  });

  it("holds each year's findings against the period, and leaves out those closed before or found after it", () => {
    const findings = [
      {finding_id: "F1", found_on: "2025-02-01", closed_on: "2025-03-01", arose_on: null},
      {finding_id: "F2", found_on: "2025-05-01", closed_on: null, arose_on: null},
      {finding_id: "F3", found_on: "2025-05-02", closed_on: null, arose_on: "2025-03-31"}
    ];
    const reply = answer(ask({person_id: "P1"}), [release(2025, [P1], findings)], {from: "2025-03-02", until: "2025-04-30"});
    expect(reply?.records.map((r) => [r.release, r.tenures.flatMap((t) => t.findings.map((f) => f.finding_id))])).toEqual([
      ["x-2025-r1", ["F3"]]
    ]);
  });

  it("finds somebody by name and any name the unit had, and takes no namesake for him", () => {
    const same = post("P9", "张示一", "2020-01-01", "2021-01-01");
    const releases = [release(2025, [P1])];
    expect(answer(ask({name: "张示一", unit: "旧A乡"}), releases)).toMatchObject({found: "已找到", person_id: "P1"});
    expect(answer(ask({name: "张示一", unit: "B镇"}), releases)).toMatchObject({found: "查无此人", candidates: []});
    const two = answer(ask({name: "张示一", unit: "A"}), [release(2025, [P1, same])]);
    expect([two?.found, two?.person_id, two?.candidates.map((c) => c.person_id), two?.records]).toEqual([
      "同名",
      null,
      ["P1", "P9"],
      []
    ]);
  });

  it("says that number and name do not go together, and says no more of the person", () => {
    const reply = answer(ask({person_id: "P1", name: "李示二"}), [release(2025, [P1])]);
    expect(reply).toMatchObject({
      found: "编号与姓名不符",
      person_id: null,
      tenures: [],
      records: [],
      candidates: [{person_id: "P1"}]
    });
  });

  it("takes tenures from the newest result that knows the person", () => {
    const before = post("P1", "张示一", "2022-05-01", null);
    expect(answer(ask({person_id: "P1"}), [release(2025, [P1]), release(2024, [before])])?.tenures.map((t) => t.to_on)).toEqual([
      "2025-06-30"
    ]);
  });
});

const directory = mkdtempSync(join(tmpdir(), "xunheng-asked-"));
afterAll(() => rmSync(directory, {recursive: true, force: true}));

const file = (name: string, bytes: string | Uint8Array) => {
  writeFileSync(join(directory, name), bytes);
  return join(directory, name);
};

describe("the list of an enquiry", () => {
  it("is read below titles, with blank rows passed over and blanks in names dropped", async () => {
    const rows = [["函询名单"], ["序号", "姓 名", "单位名称"], ["1", "赵 示五", "演示乙镇"], [], ["2", "钱示六", "演示甲镇"]];
    const bytes = await writeXlsx({sheets: [{name: "名单", rows}]});
    expect(readAsked(file("名单.xlsx", bytes))).toEqual([
      {row: 3, person_id: null, name: "赵示五", unit: "演示乙镇"},
      {row: 5, person_id: null, name: "钱示六", unit: "演示甲镇"}
    ]);
  });

  it("may be GB18030", () => {
    expect(readAsked(file("旧.csv", encodeGb18030("姓名,单位\n赵示五,演示乙镇\n")))).toEqual([
      {row: 2, person_id: null, name: "赵示五", unit: "演示乙镇"}
    ]);
  });

  it.each([
    ["密.csv", "秘密★1年\n姓名,单位\n赵示五,演示乙镇\n", 3, "密级标志"],
    ["空.csv", "姓名,单位\n,\n", 2, "名单里没有人"],
    ["头.csv", "甲,乙\n1,2\n", 2, "没有找到表头"],
    ["名单.txt", "姓名,单位\n", 2, "不会读“.txt”的名单"]
  ])("is refused with a sentence: %s", (name, text, exit, what) => {
    expect(() => readAsked(file(name, text))).toThrow(expect.objectContaining({exit, message: expect.stringContaining(what)}));
  });
});

it("goes to those whom the regime names, in its order", () => {
  const power = {verb: "抄报", recipients: ["省委组织部", "省委巡视办"], clause: "四（二）5"};
  expect(chosenRecipients(power, [])).toEqual(["省委组织部", "省委巡视办"]);
  expect(chosenRecipients(power, ["省委巡视办", "省委巡视办"])).toEqual(["省委巡视办"]);
  expect(() => chosenRecipients(power, ["省委组织部", "省文明办"])).toThrow(
    "制度没有规定把结果送省文明办；四（二）5规定抄报：省委组织部、省委巡视办"
  );
});
