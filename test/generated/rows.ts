import type {Rows} from "../facts.ts";
import {type Dice, dayAfter, dice} from "./dice.ts";
import type {Land} from "./land.ts";
import {appealRows, judgementRows} from "./opinion-rows.ts";
import type {SchemeSpec} from "./scheme.ts";

export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Days that rows are dated by lie in these years; most in the last but one. */
const FIRST = "2024-01-05";

/**
 * Rows of every table that a score reads, from a seed: they pass all checks of the contract.
 * Shape: units with parents, successors and versions; inspections of several kinds, years and rounds; findings with
 * histories; visits, accidents, actions, tips, reports, appraisals; judgements of the scheme's rules and appeals of every kind.
 * @example generatedRows(7, landNamed("mudan-2023"), scheme)
 */
export function generatedRows(seed: number, land: Land, scheme: SchemeSpec): Rows {
  const d = dice(seed);
  const unit = unitRows(d, land, scheme.applies_to);
  const codes = [...new Set(unit.map((u) => u.unit_code as string))];
  const main = codes.filter((code) => unit.some((u) => u.unit_code === code && scheme.applies_to.includes(u.unit_kind as string)));
  const inspection = inspectionRows(d, land, main.length > 0 ? main : codes);
  const visit = few(d, 14, inspection.length).map((i) => visitRow(d, i, d.pick(inspection), d.pick(codes)));
  const finding = few(d, 70).map((i) => findingRow(d, i, {land, inspection, visit, codes}));
  const accident = few(d, 9).map((i) => accidentRow(d, i, d.pick(codes)));
  const action = few(d, 12).map((i) => actionRow(d, i, d.pick(codes), finding, inspection));
  const rows = {
    unit,
    inspection,
    visit,
    finding,
    rectification: finding.flatMap((f) => historyRows(d, f)),
    response: responseRows(d, inspection),
    accident,
    action,
    tip: few(d, 10).map((i) => tipRow(d, i, d.pick(codes), inspection)),
    appraisal: codes.flatMap((code) => appraisalRows(d, code)),
    judgement: judgementRows(d, codes, scheme),
    appeal: appealRows(d, {codes, finding, accident, inspection, scheme})
  };
  // Tables that an office never filled.
  const empty = d.chance(0.25)
    ? d.some(["visit", "rectification", "response", "accident", "action", "tip", "appraisal", "appeal"])
    : [];
  return Object.fromEntries(
    Object.entries(rows).map(([name, list]) => [name, empty.includes(name) && !refers(rows, name) ? [] : list])
  );
}

/** Whether rows of other tables name rows of this one. */
function refers({finding}: {finding: readonly Row[]}, name: string): boolean {
  return name === "visit" && finding.some((f) => f.visit_id !== null);
}

/** Numbers from 0 on: none, few or many; `from` 0 means there can be none at all. */
function few(d: Dice, most: number, from = 1): number[] {
  const count = from === 0 ? 0 : d.pick([0, d.int(4), d.int(most + 1), d.int(most + 1), most, most]);
  return Array.from({length: count}, (_, i) => i);
}

function unitRows(d: Dice, land: Land, applies_to: readonly string[]): Row[] {
  const many = d.chance(0.5) ? d.from(7, 13) : d.from(1, 5);
  const codes = d.times(many, (i) => `9901${String(i + 1).padStart(2, "0")}`);
  const firms = d.times(d.int(5), (i) => `9909${String(i + 1).padStart(2, "0")}`);
  const others = land.unit_kinds.filter((kind) => !applies_to.includes(kind));
  const one = d.pick(applies_to);
  const kind = () => (d.chance(0.85) ? one : d.chance(0.6) ? d.pick(applies_to) : d.pick([...others, one]));
  const plain = (unit_code: string, i: number): Row => ({
    unit_code,
    unit_name: `演示${i + 1}`,
    unit_kind: kind(),
    parent_code: i > 0 && d.chance(0.2) ? d.pick(codes.slice(0, i)) : null,
    successor_code: null,
    peer_group: d.pick(["甲组", "甲组", "乙组", null]),
    sort_order: d.maybe(0.3, () => d.int(5)),
    valid_from: d.chance(0.9) ? "0001-01-01" : d.pick(["2024-03-01", "2025-05-01", "2026-01-01"]),
    valid_to: null,
    exposure: d.pick([null, 0, 5, 7, 40, 3000])
  });
  const mains = codes.flatMap((code, i) => versions(d, plain(code, i), codes.slice(i + 1)));
  // An enterprise answers to a town, or to another enterprise that does.
  const below = firms.map((code, i) => ({
    ...plain(code, 100 + i),
    unit_kind: d.chance(0.85) ? "企业" : d.pick(others.length > 0 ? others : [one]),
    parent_code: d.chance(0.15) ? null : i > 0 && d.chance(0.3) ? d.pick(firms.slice(0, i)) : d.pick(codes),
    valid_from: "0001-01-01"
  }));
  return [...mains, ...below];
}

/** A unit as it is, as it was until it changed, or until another took its place. */
function versions(d: Dice, unit: Row, later: readonly string[]): Row[] {
  if (unit.valid_from !== "0001-01-01" || d.chance(0.7)) return [unit];
  const valid_to = d.pick(["2024-07-01", "2025-04-01", "2025-07-01", "2025-12-31", "2026-01-01"]);
  if (d.chance(0.5)) return [{...unit, valid_to, successor_code: d.chance(0.85) && later.length > 0 ? d.pick(later) : null}];
  const now = {...unit, peer_group: d.pick(["甲组", "乙组", null]), exposure: d.pick([null, 3, 9])};
  const begins = d.chance(0.8) ? valid_to : dayAfter(valid_to, 30);
  return [
    {...unit, valid_to},
    {...now, valid_from: begins}
  ];
}

function inspectionRows(d: Dice, land: Land, codes: readonly string[]): Row[] {
  const counting = land.rules.counts.filter((kind) => land.kinds.includes(kind));
  return codes.flatMap((unit_code, i) =>
    d.times(d.pick([0, 1, 1, 1, 1, 1, 1, 2, 2, 3]), (k): Row => {
      const started_on = d.chance(0.18)
        ? dayAfter(FIRST, d.int(340))
        : dayAfter("2025-01-05", d.pick([d.int(150), d.int(300), d.int(380), 100]));
      const ended_on = d.chance(0.12) ? null : dayAfter(started_on, d.pick([0, 10, 30]));
      const fed_back_on = ended_on === null ? null : d.maybe(0.8, () => dayAfter(ended_on, d.int(30)));
      return {
        inspection_id: `X${i}-${k}`,
        unit_code,
        kind: d.chance(0.85) ? d.pick(counting) : d.pick(land.kinds),
        organiser_level: d.pick(["县级", "市", "省"]),
        extended_from: d.maybe(0.1, () => d.pick(["国务院", "省", "市"])),
        round_no: d.pick(["1", "1", "1", "2", "2", null]),
        items: d.maybe(0.2, () => d.some([...land.items.slice(0, 8), "6.1"], 1).join("、")),
        planned_from: d.maybe(0.3, () => dayAfter(started_on, -3)),
        planned_to: null,
        started_on: ended_on === null && d.chance(0.3) ? null : started_on,
        ended_on,
        reported_on: ended_on === null ? null : d.maybe(0.5, () => dayAfter(ended_on, d.int(40))),
        fed_back_on,
        feedback_received_on: fed_back_on === null ? null : d.maybe(0.4, () => dayAfter(fed_back_on, d.int(9))),
        unannounced: d.pick([true, false, null]),
        previous_id: null
      };
    })
  );
}

function visitRow(d: Dice, i: number, {inspection_id, unit_code, started_on, planned_from}: Row, other: string): Row {
  return {
    visit_id: `D${String(i).padStart(3, "0")}`,
    inspection_id: inspection_id as string,
    unit_code: d.chance(0.8) ? (unit_code as string) : other,
    place_name: "演示点位",
    visited_on: dayAfter(String(started_on ?? planned_from ?? "2025-03-01"), d.int(20)),
    trip_no: d.pick(["T1", "T2", null]),
    place_kind: d.pick(["工厂", "商场", null]),
    record_signed: d.pick([true, false, null]),
    signer_role: d.pick(["主要负责人", "其他", null])
  };
}

interface World {
  readonly land: Land;
  readonly inspection: readonly Row[];
  readonly visit: readonly Row[];
  readonly codes: readonly string[];
}

function findingRow(d: Dice, i: number, {land, inspection, visit, codes}: World): Row {
  const told = inspection.length === 0 || d.chance(0.1);
  const of = told ? null : d.pick(inspection);
  const found_on = told
    ? dayAfter(d.pick([FIRST, "2025-01-01", "2025-01-01"]), d.int(400))
    : dayAfter(String(of?.started_on ?? "2025-02-01"), d.pick([0, 0, 3, d.int(30)]));
  const due_on = d.maybe(0.7, () => dayAfter(found_on, d.pick([0, 15, 30, 60, 180, 400])));
  return {
    finding_id: `F${String(i).padStart(4, "0")}`,
    inspection_id: told ? null : (of?.inspection_id as string),
    unit_code: told || d.chance(0.3) ? d.pick(codes) : (of?.unit_code as string),
    layer: d.pick(["党委政府", "部门", "企业"]),
    item: d.pick([...land.items.slice(0, 6), "6", "6.1", "6.1", "6.1.2", "2.1"]),
    severity: d.pick(["一般", "一般", "较大", "重大"]),
    description: `演示问题${i}`,
    found_on,
    visit_id: visit.length > 0 ? d.maybe(0.3, () => d.pick(visit).visit_id as string) : null,
    category: d.pick(["消防", "消防", "用电", "危化", null]),
    industry: d.pick(["化工", "建筑", null]),
    nature: d.pick(["管理问题", "事故隐患", "问题线索", null]),
    hazard_level: d.pick(["一般", "重大", null]),
    fault: d.pick(["属地监管", "企业主体", null]),
    source: told ? d.pick(["举报", "交办"]) : d.pick(["巡查", "暗访", "交办", null]),
    arose_on: d.maybe(0.2, () => dayAfter(found_on, -d.int(300))),
    handed_on: d.maybe(0.4, () => dayAfter(found_on, d.int(20))),
    due_on,
    fix_now: d.pick([null, null, false, true]),
    measure: d.maybe(0.4, () => "停产"),
    owner: d.maybe(0.4, () => "演示员"),
    fund_wan: d.maybe(0.4, () => d.pick([0, 0.5, 12.345678, 99_999.999999])),
    plan: d.maybe(0.4, () => "有"),
    claimed_on_time: d.pick([true, false, null]),
    lead_code: d.maybe(0.1, () => d.pick(codes))
  };
}

const HISTORIES: readonly (readonly string[])[] = [
  [],
  [],
  ["清单"],
  ["完成"],
  ["清单", "方案", "完成", "验收", "销号"],
  ["完成", "销号"],
  ["立行立改", "销号"],
  ["完成", "退回"],
  ["完成", "退回", "完成", "销号"],
  ["完成", "销号", "退回", "立行立改"],
  ["延期", "完成"],
  ["方案", "延期", "延期", "延期", "完成", "销号"],
  ["转入长期整改"],
  ["退回", "完成"]
];

/** What became of a finding; events of one day happen in the contract's order of stages, then by number. */
function historyRows(d: Dice, {finding_id, found_on, due_on}: Row): Row[] {
  let on_date = found_on as string;
  let due = String(due_on ?? dayAfter(on_date, 30));
  const seen = new Set<string>();
  return d.pick(HISTORIES).flatMap((stage): Row[] => {
    on_date = dayAfter(on_date, d.pick([0, 0, 5, 20, 45, 200]));
    const seq_no = d.pick([1, 1, 1, 2, 3]);
    const key = `${stage} ${on_date} ${seq_no}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const asked = stage === "延期";
    const new_due_on = asked ? dayAfter(due, d.pick([-5, 10, 30])) : null;
    const event = {
      finding_id: finding_id as string,
      stage,
      on_date,
      seq_no,
      new_due_on: asked && d.chance(0.1) ? null : new_due_on,
      applied_on: asked ? d.maybe(0.9, () => d.pick([on_date, dayAfter(due, -1), due, dayAfter(due, 1)])) : null,
      approved_by: asked ? d.maybe(0.9, () => "安委办") : null,
      document_no: asked ? d.maybe(0.9, () => "延〔2025〕1号") : null,
      recorded_at: d.maybe(0.2, () => `${dayAfter(on_date, d.pick([0, 30, 31, 90]))} 10:00:00`)
    };
    if (new_due_on !== null) due = new_due_on;
    return [event];
  });
}

function responseRows(d: Dice, inspection: readonly Row[]): Row[] {
  return inspection.flatMap(({inspection_id, unit_code, fed_back_on}) =>
    d.times(
      fed_back_on === null ? 0 : d.int(3),
      (k): Row => ({
        inspection_id: inspection_id as string,
        unit_code: unit_code as string,
        kind: k === 0 ? "首次" : "定期",
        submitted_on: dayAfter(String(fed_back_on), 10 + k * 30 + d.int(60)),
        seq_no: k + 1,
        document_no: d.maybe(0.5, () => "报〔2025〕1号"),
        has_handling: d.pick([true, false, null])
      })
    )
  );
}

function accidentRow(d: Dice, i: number, unit_code: string): Row {
  const occurred_on = dayAfter(d.pick([FIRST, "2025-01-01", "2025-01-01"]), d.int(420));
  return {
    accident_id: `A${i}`,
    unit_code,
    occurred_on,
    accident_grade: d.pick(["一般", "较大", "重大", "特别重大"]),
    accident_type: d.pick(["火灾", null]),
    deaths: d.pick([null, 0, 1, 3, 30]),
    injuries: d.pick([null, 0, 2]),
    loss_wan: d.pick([null, 0, 0.5, 1200.25, 99_999_999.999999]),
    liable: d.pick([true, true, false, null]),
    concealed: d.pick([true, false, null]),
    concluded_on: d.maybe(0.7, () => dayAfter(occurred_on, d.int(300))),
    concluded_by: d.maybe(0.5, () => "区政府"),
    document_no: d.maybe(0.5, () => "批〔2025〕1号")
  };
}

function actionRow(d: Dice, i: number, unit_code: string, finding: readonly Row[], inspection: readonly Row[]): Row {
  const taken_on = dayAfter(d.pick([FIRST, "2025-01-01"]), d.int(420));
  return {
    action_id: `C${String(i).padStart(2, "0")}`,
    kind: d.pick(["约谈", "挂牌督办", "行业移交", "移送纪检监察", "通报表扬", "通报表扬", "行政处罚"]),
    unit_code,
    taken_on,
    finding_id: finding.length > 0 ? d.maybe(0.6, () => d.pick(finding).finding_id as string) : null,
    inspection_id: inspection.length > 0 ? d.maybe(0.3, () => d.pick(inspection).inspection_id as string) : null,
    by_office: d.pick(["安委办", null]),
    closed_on: d.maybe(0.5, () => dayAfter(taken_on, d.int(200))),
    result: d.pick(["已落实", null])
  };
}

function tipRow(d: Dice, i: number, unit_code: string, inspection: readonly Row[]): Row {
  const received_on = dayAfter(d.pick([FIRST, "2025-01-01"]), d.int(400));
  return {
    tip_id: `T${i}`,
    inspection_id: inspection.length > 0 ? d.maybe(0.3, () => d.pick(inspection).inspection_id as string) : null,
    unit_code,
    received_on,
    channel: d.pick(["电话", "来信", null]),
    outcome: d.pick(["查实", "查实", "不实", "核查中", null]),
    closed_on: d.maybe(0.5, () => dayAfter(received_on, d.int(100)))
  };
}

function appraisalRows(d: Dice, unit_code: string): Row[] {
  if (d.chance(0.5)) return [];
  return [2024, 2025].flatMap((year) =>
    d.some(["A-01", "A-02"]).map((item_code): Row => {
      const full = d.pick([5, 10, 33.5]);
      return {unit_code, year, item_code, item_name: "演示考核项", full, points: d.pick([0, 1.25, full])};
    })
  );
}
