import {strFromU8, unzipSync} from "fflate";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {assessmentBook} from "../../../src/export/assessment/book.ts";
import {assessmentExport} from "../../../src/export/assessment/data.ts";
import {assessmentCsv} from "../../../src/export/assessment/files.ts";
import type {AssessmentExport} from "../../../src/export/assessment/types.ts";
import {openScored, type Scored} from "../../../src/warehouse/scored.ts";
import {makeOffice} from "../../office.ts";

const finding = {
  inspection_id: "X1",
  unit_code: "990101",
  layer: "党委政府",
  item: "1",
  severity: "一般",
  found_on: "2025-03-05",
  nature: "管理问题"
};
const answer = {
  unit_code: "990101",
  year: "2025",
  rule_id: "R1-1",
  subject_kind: "问题",
  digest: "0".repeat(64),
  answered_on: "2025-12-20"
};
const office = makeOffice({
  unit: [{unit_code: "990101", unit_name: "=演示甲镇", unit_kind: "镇街"}],
  inspection: [
    {
      ...{inspection_id: "X1", unit_code: "990101", kind: "全面", organiser_level: "县级"},
      ...{started_on: "2025-03-01", ended_on: "2025-03-10"}
    }
  ],
  finding: [
    {...finding, finding_id: "F1", description: '=HYPERLINK("http://example.org","看")'},
    {...finding, finding_id: "F2", description: "没有部署"}
  ],
  confirmation: [
    {...answer, subject: "F1", answer: "异议", reason: "当日已部署，电话13812345678"},
    {...answer, subject: "F2", answer: "无异议", reason: ""}
  ]
});

describe("an export of an office whose units answered", () => {
  let scored: Scored;
  let all: AssessmentExport;
  beforeAll(async () => {
    await office.load();
    scored = await openScored(office.directory);
    all = await assessmentExport(scored);
  });
  afterAll(() => {
    scored.close();
    office.remove();
  });
  const row = (subject: string) => all.schemes[0]?.units[0]?.ledger.find((entry) => entry.subject === subject);

  it("shows beside each deduction what the unit said, and that nobody has decided", () => {
    expect(row("F1")?.opinion).toBe("异议（2025-12-20）：当日已部署，电话138****5678（对此前结果的答复）；复核未决定");
    expect(row("F2")?.opinion).toBe("无异议（2025-12-20）（对此前结果的答复）");
    expect(all.schemes[0]?.units[0]?.ledger.find((entry) => entry.kind === "基础")?.opinion).toBeNull();
  });

  it("never runs a text of the office as a formula", async () => {
    expect(row("F1")?.fact).toBe('=HYPERLINK("http://example.org","看")');
    const zip = unzipSync(await assessmentBook(scored, all));
    for (const [name, bytes] of Object.entries(zip))
      if (name.startsWith("xl/worksheets/")) expect(strFromU8(bytes)).not.toMatch(/<f[ >]/);
    const csv = new TextDecoder().decode(assessmentCsv(all, "明细"));
    expect(csv).toContain(`,"'=HYPERLINK(`);
    expect(csv).toContain(",'=演示甲镇,");
  });
});
