import {cpSync} from "node:fs";
import {join} from "node:path";
import {type Cells, makeOffice, type Office} from "../office.ts";

/** The moment of the first load, before 统计截止日, and of the second, after it. */
export const FIRST = "2025-07-01T09:00:00.000+08:00";
export const SECOND = "2026-01-08T09:00:00.000+08:00";

const unit = (unit_code: string, unit_name: string, unit_kind = "镇街") => ({unit_code, unit_name, unit_kind});

const inspection = (inspection_id: string, unit_code: string, started_on: string, ended_on: string) => ({
  inspection_id,
  unit_code,
  kind: "全面",
  organiser_level: "县级",
  started_on,
  ended_on
});

function finding(finding_id: string, inspection_id: string, unit_code: string, more: Record<string, string> = {}) {
  return {
    finding_id,
    inspection_id,
    unit_code,
    layer: "部门",
    item: "1",
    severity: "一般",
    description: "演示",
    found_on: "2025-03-03",
    due_on: "2025-04-30",
    category: "消防",
    source: "巡查",
    ...more
  };
}

const done = (finding_id: string, on_date: string, recorded_at = "") => ({finding_id, stage: "完成", on_date, recorded_at});

function appeal(appeal_id: string, subject_id: string, more: Record<string, string> = {}) {
  const none = {decided_on: "", decision: "", new_severity: "", new_unit_code: "", decided_by: "", document_no: ""};
  return {appeal_id, subject_kind: "问题", subject_id, unit_code: "990101", filed_on: "2025-12-01", ...none, ...more};
}

const decided = (decision: string, document_no: string, more: Record<string, string> = {}) => ({
  decided_on: "2025-12-20",
  decision,
  decided_by: "演示安委办",
  document_no,
  ...more
});

const EARLY: Record<string, Cells> = {
  unit: [
    unit("990101", "演示甲镇"),
    unit("990102", "演示乙镇"),
    unit("990103", "演示丙镇"),
    unit("990104", "演示丁镇"),
    unit("990901", "演示企业", "企业")
  ],
  inspection: [
    inspection("X1", "990101", "2025-03-01", "2025-03-10"),
    inspection("X2", "990102", "2025-03-11", "2025-03-20"),
    inspection("X3", "990103", "2025-02-01", "2025-02-10"),
    inspection("X4", "990103", "2025-05-01", "2025-05-10"),
    inspection("X5", "990104", "2024-05-01", "2024-05-10")
  ],
  finding: [
    finding("F1", "X1", "990101"),
    finding("F2", "X1", "990101", {severity: "较大"}),
    finding("F3", "X1", "990101", {item: "5"}),
    finding("F4", "X2", "990102", {found_on: "2025-03-13"}),
    finding("F6", "X1", "990901", {layer: "企业"}),
    finding("F7", "X3", "990103", {found_on: "2025-02-03"}),
    finding("F8", "X4", "990103", {found_on: "2025-05-03", due_on: "2026-03-01", layer: "企业"}),
    finding("F9", "X5", "990104", {found_on: "2024-05-03", due_on: "2024-06-01"}),
    // Seven late ones: R6-1 stops at five points.
    ...["G1", "G2", "G3", "G4", "G5", "G6", "G7"].map((id) => finding(id, "X1", "990101", {layer: "企业", item: "2"})),
    finding("H1", "X2", "990102", {item: "66"}),
    finding("H2", "X9", "990102")
  ],
  rectification: [
    done("F1", "2025-04-20"),
    done("F2", "2025-04-20"),
    done("F3", "2025-04-20"),
    done("F4", "2025-05-20", "2025-06-30"),
    done("F7", "2025-03-03")
  ],
  appeal: [appeal("Y0", "F4", {unit_code: "990102"})]
};

const LATER: Record<string, Cells> = {
  ...EARLY,
  finding: [
    ...(EARLY.finding ?? []).map((f) => (f.finding_id === "F1" ? {...f, due_on: "2025-04-15"} : f)),
    finding("F5", "X1", "990101", {found_on: "2025-03-05", item: "3", due_on: ""}),
    finding("FX", "X1", "990101", {found_on: "2026-01-02", due_on: ""})
  ],
  appeal: [
    appeal("Y0", "F4", {unit_code: "990102", ...decided("维持", "复〔2025〕4号")}),
    appeal("Y1", "F1", decided("维持", "复〔2025〕1号")),
    appeal("Y2", "F2", decided("撤销", "复〔2025〕2号")),
    appeal("Y3", "F3", decided("变更", "复〔2025〕3号", {new_unit_code: "990102"})),
    appeal("Y4", "F8", {unit_code: "990103"})
  ]
};

let told: Promise<Office> | null = null;

/**
 * An office whose data was loaded twice: in July, and again after the year had ended, with a correction, a finding that nobody had
 * entered, and decisions of 异议复核. Loaded once for all that ask in a process: each has a copy.
 * @param yaml lines of xunheng.yaml of which loading knows nothing
 */
export async function toldOffice(yaml: Readonly<Record<string, string>> = {}): Promise<Office> {
  told ??= tellOffice();
  const {directory} = await told;
  const office = makeOffice(LATER, yaml);
  cpSync(join(directory, ".xunheng"), join(office.directory, ".xunheng"), {recursive: true});
  return office;
}

async function tellOffice(): Promise<Office> {
  const office = makeOffice(EARLY);
  process.once("exit", () => office.remove());
  await office.load(FIRST);
  for (const [table, rows] of Object.entries(LATER)) office.write(table, rows);
  await office.load(SECOND);
  return office;
}
