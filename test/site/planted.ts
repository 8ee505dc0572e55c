import {Planting} from "./canary.ts";

/**
 * An office that inspected 甲镇 (fed back in September) and 乙镇 (fed back only if said), plans to inspect 丙镇 and found a clue.
 * Marks: every text, number and day of every row; `of` is A, B, C for what belongs to one of the three inspections.
 */
export function plant(kind: string, source: string, fedBack: string): Planting {
  const p = new Planting();
  const unit = (code: string, name: string, unit_kind: string, parent = "") =>
    p.row("unit", "unit", {
      ...{unit_code: code, unit_name: name, unit_kind, parent_code: parent, managed_by: "", successor_code: "", peer_group: ""},
      ...{sort_order: "1", valid_from: "", valid_to: "", exposure: "10", tile_col: "", tile_row: ""}
    });
  for (const [code, name] of Object.entries({T01: "甲镇", T02: "乙镇", T03: "丙镇", T04: "丁镇"})) unit(code, name, "镇街");
  unit("zz-unit-A", "zz-name-of-enterprise-A", "企业", "T01");
  unit("zz-unit-B", "zz-name-of-enterprise-B", "企业", "T02");
  const common = {kind, organiser_level: "市", extended_from: "", items: "", previous_id: ""};
  const inspection = (of: string, unit_code: string, told: string) =>
    p.row("inspection", of, {...common, unit_code, fed_back_on: told, feedback_received_on: told}).inspection_id as string;
  const a = inspection("A", "T01", p.mark("inspection", "fed_back_on", "2025-09-03", "A"));
  const b = inspection("B", "T02", fedBack === "" ? "" : p.mark("inspection", "fed_back_on", fedBack, "B"));
  const blank = Object.fromEntries(
    ["approved_on", "notified_on", "trained_on", "announced_on", "hotline_on", "started_on", "ended_on", "left_on"]
      .concat(["reported_on", "report_approved_on", "notice_approved_on", "fed_back_on", "feedback_received_on"])
      .concat(["result_approved_on", "organ_sent_on", "published_on", "archived_on"])
      .map((name) => [name, ""])
  );
  p.row("inspection", "C", {...common, ...blank, unit_code: "T03", planned_from: "2026-01-13", planned_to: "2026-01-16"});
  p.mark("inspection", "planned_from", "2026-01-13", "C");
  p.mark("inspection", "planned_to", "2026-01-16", "C");
  for (const [of, inspection_id, town] of [
    ["A", a, "T01"],
    ["B", b, "T02"]
  ] as const) {
    p.row("member", of, {inspection_id, employer_code: "", leave_approved: "", recusal_result: ""});
    const {visit_id = "", place_name = "", checkers = ""} = p.row("visit", of, {inspection_id, unit_code: town});
    const place = {inspection_id, visit_id, layer: "企业", source, lead_code: "", supervisor_code: "", nature: "事故隐患"};
    const enterprise = p.mark("finding", "unit_code", `zz-unit-${of}`, of);
    p.mark("unit", "unit_name", `zz-name-of-enterprise-${of}`, of);
    const later = {due_on: "2025-10-11", fix_now: "否"};
    const naming = {violated: `规程（${place_name}）`, category: `zz-name-of-enterprise-${of}的类别`};
    const {finding_id = ""} = p.row("finding", of, {...place, ...later, unit_code: enterprise});
    p.row("finding", of, {...place, ...later, ...naming, unit_code: town});
    const {finding_id: fixed = "", found_on = ""} = p.row("finding", of, {...place, unit_code: town, due_on: "", fix_now: "是"});
    const said: Record<string, string> = kind === "暗访" ? {by_office: `由${checkers}办理`} : {};
    p.row("rectification", of, {finding_id, new_due_on: "", seq_no: "1"});
    p.row("rectification", of, {finding_id, stage: "完成", on_date: "2025-10-13", new_due_on: "", seq_no: "2"});
    p.row("rectification", of, {finding_id: fixed, stage: "立行立改", on_date: found_on, new_due_on: "", seq_no: "1"});
    p.row("response", of, {inspection_id, unit_code: town, seq_no: "1"});
    p.row("action", of, {
      kind: "挂牌督办",
      unit_code: enterprise,
      finding_id,
      inspection_id: "",
      to_office: place_name,
      ...said
    });
    p.row("action", of, {kind: "约谈", unit_code: town, finding_id: "", inspection_id});
    p.row("tip", of, {inspection_id, unit_code: town});
    p.row("judgement", of, {unit_code: town, year: "2025", rule_id: "J1", points: "2"});
  }
  // An earlier inspection of 乙镇, fed back long ago, and what is still open of it.
  const told = p.mark("inspection", "fed_back_on", "2025-09-10", "B0");
  const {inspection_id: earlier = ""} = p.row("inspection", "B0", {
    ...common,
    unit_code: "T02",
    fed_back_on: told,
    feedback_received_on: told
  });
  p.row("finding", "B0", {
    ...{inspection_id: earlier, visit_id: "", unit_code: "T02", layer: "党委政府", source, lead_code: "", supervisor_code: ""},
    ...{nature: "管理问题", due_on: p.mark("finding", "due_on", "2026-01-22", "B0"), fix_now: "否"}
  });
  const clue = p.row("finding", "clue", {
    ...{inspection_id: a, visit_id: "", unit_code: "T01", layer: "部门", source, lead_code: "", supervisor_code: ""},
    ...{nature: "问题线索", due_on: "2025-10-11", category: "zz-category-of-clue"}
  });
  p.row("action", "clue", {kind: "立案", unit_code: "T01", finding_id: clue.finding_id as string, inspection_id: ""});
  p.row("action", "clue", {kind: "移送纪检监察", unit_code: "T01", finding_id: "", inspection_id: a});
  p.row("appeal", "A", {
    ...{subject_kind: "问题", subject_id: clue.finding_id as string, unit_code: "T01", decision: "变更", new_severity: "较大"},
    ...{new_unit_code: "", new_points: ""}
  });
  p.row("accident", "accident", {unit_code: "T01", deaths: "0", injuries: "0", concealed: "否"});
  p.row("official", "official", {unit_code: "T01"});
  return p;
}
