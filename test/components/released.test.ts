import {describe, expect, it} from "vitest";
import type {OrganisationFacts, UnitFacts} from "../../src/components/organisation/types.ts";
import {organisationSentence} from "../../src/components/organisation-page.ts";
import {type PublicationFacts, publicationSentence} from "../../src/components/publication-page.ts";
import {decisionText} from "../../src/components/quality/words.ts";
import {approvedText, type StampFacts} from "../../src/components/seal-card.ts";

const release = {
  ...{id: "x-2025-r1", on: "2026-01-20", meeting: "第1次会议", document_no: null, waivers: [], supersedes: null, manifest: "f"},
  approver: {name: "钱审定", post: "区安委会主任", organ: "区安委会"}
};
const stamp: StampFacts = {
  ...{authority: "甲", year: 2025, as_of: "2025-12-31", decisions_until: "2026-01-10", digest: "d", provisional: false, demo: true},
  release
};
const unit = (grade: string | null, vetoes: UnitFacts["vetoes"] = []): UnitFacts => ({
  ...{scheme: "s", unit_code: "1", unit_name: "甲镇", unit_kind: "镇街", peer_group: null, covered_because: null, rank: null},
  ...{covered: grade === null ? "未巡查" : "已巡查", grade, provisional: false, vetoes}
});
const schemes = [{grades: [{name: "好"}, {name: "差"}]}];
const facts = (units: readonly UnitFacts[]) => ({stamp, units, words: {unit: "巡查对象"}}) as unknown as OrganisationFacts;

describe("pages made from a release", () => {
  it("say which result they show, grades from the best down, vetoes by units", () => {
    const veto = [{name: "瞒报", effect: "得分不高于0"}];
    expect(organisationSentence(facts([unit("差", veto), unit("好"), unit("好"), unit(null)]), {schemes})).toBe(
      "审定结果 x-2025-r1（2026年1月20日审定）：截至2025年12月31日，4个巡查对象已巡查3个；等次好2个、差1个；1个单位被否决或降等。"
    );
  });

  it("say that nothing was graded rather than nothing", () => {
    expect(organisationSentence(facts([]), {schemes})).toContain("0个巡查对象已巡查0个；没有评出等次；没有单位被否决或降等");
  });

  it("count what was found and put right for the public", () => {
    const row = {...unit("好"), ended_on: null, provisional: false, findings: 1200, done: 3, major: 0};
    const told = {stamp, units: [row], words: {}, exposures: []} as unknown as PublicationFacts;
    expect(publicationSentence(told)).toContain("1个单位已巡查1个；发现问题1,200条，已整改3条");
    expect(publicationSentence({...told, units: [{...row, findings: 0, done: 0}]})).toContain("没有发现问题");
  });

  it("do not call approved what is not", () => {
    expect(approvedText({...stamp, release: null})).toBe("未审定");
  });
});

describe("a decision in a line", () => {
  it("says on whose authority a result was approved, and what it replaces", () => {
    const args = {
      release: "x-2025-r2",
      post: "区安委会主任",
      meeting: "第2次会议",
      supersedes: "x-2025-r1",
      waivers: [{}],
      reason: "更正"
    };
    expect(decisionText({args})).toBe("x-2025-r2，区安委会主任，第2次会议，取代x-2025-r1，豁免1项，理由：更正");
  });

  it("says how many rows another is about", () => {
    expect(decisionText({args: {source: "finding", marks: ["a"], reason: "重复"}})).toBe("finding，1行，理由：重复");
  });
});
