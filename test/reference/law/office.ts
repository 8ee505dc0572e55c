import type {Regime} from "../../../src/regime/types.ts";
import type {Rows} from "../../facts.ts";
import {type Dice, dayAfter} from "../../generated/dice.ts";
import {Clock, type Length, type Published} from "./clock.ts";

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Days on which clocks stumble: ends of months, leap days, 调休 days worked, holidays, years without a schedule. */
const ODD = [
  "2024-01-31",
  "2024-02-29",
  "2024-08-31",
  "2024-12-31",
  "2025-01-26",
  "2025-01-28",
  "2025-01-31",
  "2025-02-08",
  "2025-02-28",
  "2025-04-27",
  "2025-05-31",
  "2025-08-30",
  "2025-10-01",
  "2025-10-11",
  "2025-11-30",
  "2025-12-30",
  "2025-12-31",
  "2026-02-14",
  "2026-10-31",
  "2026-12-18",
  "2026-12-31",
  "2027-01-29"
];

const ROLES = ["组长", "组长", "副组长", "组员", "组员", "专家"];
const STAGES = ["清单", "诊断", "处置", "移交督办", "方案", "立行立改", "完成", "完成", "验收", "退回", "延期", "销号"];
const ACTIONS = ["约谈", "约谈", "约谈", "挂牌督办", "书面报告", "行业移交", "移送纪检监察", "立案", "行政处罚", "曝光", "交办"];

/** A small office whose rows are dated around the last days that its regime sets: the day before, the day, the day after. */
export function lawOffice(d: Dice, regime: Regime, calendar: readonly Published[]): Rows {
  const near = dated(d, regime, new Clock(calendar));
  const unit = units(d, regime);
  const codes = [...new Set(unit.map((u) => String(u.unit_code)))];
  const inspection = d.times(d.from(1, 9), (i) => inspectionRow(d, regime, near, i, d.pick(codes)));
  const member = inspection.flatMap((i) => memberRows(d, i, regime));
  const visit = d.times(d.int(24), (i) => visitRow(d, i, d.pick(inspection), d.pick(codes)));
  const finding = d.times(d.int(36), (i) => findingRow(d, near, i, {of: d.pick(inspection), code: d.pick(codes), visit, regime}));
  const rectification = finding.flatMap((f) => eventRows(d, f));
  const response = inspection.flatMap((i) => responseRows(d, near, i, codes));
  const action = d.times(d.int(30), (i) => actionRow(d, near, i, {finding, inspection, codes}));
  const appeal = d.times(d.int(3), (i) => appealRow(d, i, {finding, inspection, codes}));
  return {unit, inspection, member, visit, finding, rectification, response, action, appeal};
}

interface Near {
  /** A day: odd or any. */
  day(): string;
  /** About the last day of a parameter's period from a day on, or some time after it; null now and then. */
  due(name: string, start: string): string | null;
  /** A day or the one before or after it, or null. */
  about(day: string): string | null;
}

function dated(d: Dice, regime: Regime, clock: Clock): Near {
  const about = (day: string) => d.pick([dayAfter(day, -1), day, dayAfter(day, 1), null]);
  return {
    day: () => (d.chance(0.4) ? d.pick(ODD) : dayAfter("2024-11-01", d.int(500))),
    about,
    due: (name, start) => {
      const value = (regime.parameters[name]?.values.at(-1)?.value ?? {}) as Partial<Length> & {every?: Length};
      const length = value.every ?? (value.length === undefined ? null : (value as Length));
      const due = length ? clock.last(start, length).due_on : null;
      return due !== null && d.chance(0.75) ? about(due) : d.maybe(0.7, () => dayAfter(start, d.int(70)));
    }
  };
}

function units(d: Dice, regime: Regime): Row[] {
  const plain = (unit_code: string, unit_kind: string, parent_code: string | null): Row => ({
    unit_code,
    unit_name: `演示${unit_code}`,
    unit_kind,
    parent_code,
    successor_code: null,
    valid_from: d.chance(0.85) ? "0001-01-01" : d.pick(["2025-03-01", "2025-07-01", "2026-01-01"]),
    valid_to: null
  });
  const kinds = [...regime.unit_kinds, regime.unit_kinds[0] ?? "镇街", regime.unit_kinds[0] ?? "镇街"];
  const mains = d.times(d.from(2, 5), (i) => plain(`99${i + 1}0`, d.pick(kinds), null));
  const counties = mains.flatMap((m) => d.times(d.int(3), (i) => plain(`${m.unit_code}-${i + 1}`, "县区", String(m.unit_code))));
  const below = counties.flatMap((c) =>
    d.times(d.int(2), (i) => plain(`${c.unit_code}-${i + 1}`, d.pick(["镇街", "企业"]), String(c.unit_code)))
  );
  return [...mains, ...counties, ...below].flatMap((u, n, all) => {
    if (n === 0) return [{...u, valid_from: "0001-01-01"}];
    if (u.valid_from !== "0001-01-01" || d.chance(0.75)) return [u];
    const valid_to = d.pick(["2025-02-01", "2025-06-01", "2025-12-31", "2026-01-01"]);
    const heir = d.pick(all.filter((other) => other !== u).map((other) => String(other.unit_code)));
    if (d.chance(0.6)) return [{...u, valid_to, successor_code: d.chance(0.85) ? heir : null}];
    return [
      {...u, valid_to},
      {...u, valid_from: valid_to, unit_kind: d.pick([...kinds, String(u.unit_kind)])}
    ];
  });
}

function inspectionRow(d: Dice, regime: Regime, near: Near, i: number, unit_code: string): Row {
  const started = near.day();
  const ended = d.chance(0.15) ? null : (near.due("site_time", started) ?? dayAfter(started, d.int(30)));
  const ended_on = ended !== null && ended < started ? started : ended;
  const started_on = d.chance(0.12) && ended_on === null ? null : started;
  const after = (day: string | null, name: string) => (day === null ? null : near.due(name, day));
  const reported_on = after(ended_on, "report");
  const approved = reported_on === null ? null : near.due("undated", reported_on);
  const fed_back_on = d.chance(0.3)
    ? approved && near.about(approved)
    : after(approved ?? ended_on, d.pick(["feedback", "undated"]));
  const any = ended_on ?? started;
  return {
    inspection_id: `X${i}`,
    unit_code,
    kind: d.pick([...Object.keys(regime.kinds), ...Object.keys(regime.kinds), "专项", "回头看"]),
    organiser_level: "县级",
    extended_from: d.maybe(0.15, () => d.pick(["国务院", "省", "市"])),
    round_no: d.pick(["1", "1", "2", null]),
    team_no: d.pick(["一组", "一组", "二组", null]),
    planned_from: d.maybe(0.7, () => dayAfter(started, d.int(40))),
    approved_on: near.about(started),
    notified_on: near.about(started),
    trained_on: near.about(started),
    announced_on: near.about(any),
    hotline_on: near.about(any),
    started_on,
    ended_on,
    left_on: near.about(any),
    reported_on,
    report_approved_on: d.chance(0.5) ? reported_on && near.about(reported_on) : approved,
    notice_approved_on: d.chance(0.5) ? fed_back_on && near.about(fed_back_on) : approved,
    fed_back_on,
    feedback_received_on: d.maybe(0.4, () => dayAfter(fed_back_on ?? any, d.int(5))),
    result_approved_on: d.maybe(0.6, () => dayAfter(any, d.int(40))),
    organ_sent_on: d.maybe(0.5, () => dayAfter(any, d.int(80))),
    published_on: d.chance(0.2) ? dayAfter(any, -1) : near.due("undated", any),
    archived_on: near.due("undated", any),
    unannounced: d.pick([true, true, false, null]),
    drawn: d.pick([true, false, null]),
    recorded: d.pick([true, false, null])
  };
}

function memberRows(d: Dice, {inspection_id, started_on, ended_on}: Row, regime: Regime): Row[] {
  const rank = (regime.parameters.leader_rank?.values.at(-1)?.value ?? {}) as {
    leader?: {ranks?: string[]};
    deputy?: {ranks?: string[]};
  };
  const ranks = [...(rank.leader?.ranks ?? []), ...(rank.deputy?.ranks ?? []), "科员", null];
  const start = String(started_on ?? "2025-03-03");
  const end = String(ended_on ?? dayAfter(start, 20));
  return d.times(d.pick([0, 2, 3, 4, 5, 6]), (i): Row => {
    const from_on = d.maybe(0.3, () => d.pick([dayAfter(start, -1), start, dayAfter(start, 1)]));
    const to_on = d.maybe(0.3, () => d.pick([dayAfter(end, -1), end, dayAfter(end, 1), start]));
    return {
      inspection_id: String(inspection_id),
      member_id: `P${d.chance(0.8) ? i : i + 10}`,
      role: i < 2 && d.chance(0.7) ? (ROLES[i * 2] as string) : d.pick(ROLES),
      rank: d.pick(ranks),
      in_service: d.pick([true, true, false, null]),
      from_on,
      to_on: from_on !== null && to_on !== null && to_on < from_on ? null : to_on,
      leave_approved: d.pick([true, false, null]),
      recusal_declared_on: d.pick([dayAfter(start, -1), start, start, dayAfter(start, 1), null]),
      recusal_result: d.pick(["无须", "已回避", null])
    };
  });
}

function visitRow(d: Dice, i: number, {inspection_id, unit_code, started_on}: Row, other: string): Row {
  return {
    visit_id: `D${i}`,
    inspection_id: String(inspection_id),
    unit_code: d.chance(0.5) ? String(unit_code) : other,
    place_name: d.pick(["甲厂", "乙厂", "丙厂", "丁店"]),
    visited_on: dayAfter(String(started_on ?? "2025-02-01"), d.int(10)),
    trip_no: d.pick(["T1", "T2", "T3", null, null]),
    credit_code: d.pick(["91370000000000001A", "91370000000000002B", null]),
    credentials_shown: d.pick([true, false, null]),
    record_no: d.pick(["1", "2", null]),
    record_signed: d.pick([true, true, false, null]),
    signer_role: d.pick(["主要负责人", "现场负责人", "其他", null]),
    slip_no: d.pick(["1", null]),
    recorded: d.pick([true, false, null])
  };
}

interface Around {
  readonly of: Row;
  readonly code: string;
  readonly visit: readonly Row[];
  readonly regime: Regime;
}

function findingRow(d: Dice, near: Near, i: number, {of, code, visit, regime}: Around): Row {
  const told = d.chance(0.1);
  const found_on = dayAfter(String(of.started_on ?? "2025-02-01"), d.pick([0, 1, d.int(20)]));
  const due_on = d.maybe(0.6, () => dayAfter(found_on, d.pick([0, 15, 30, 60])));
  const places = visit.filter((v) => v.inspection_id === of.inspection_id);
  const categories = ["cooperate", "must_rectify"].flatMap(
    (name) => (regime.parameters[name]?.values.at(-1)?.value as {categories?: string[]} | undefined)?.categories ?? []
  );
  return {
    finding_id: `F${String(i).padStart(2, "0")}`,
    inspection_id: told ? null : String(of.inspection_id),
    unit_code: d.chance(0.5) ? String(of.unit_code) : code,
    layer: d.pick(["党委政府", "部门", "企业", "企业"]),
    item: "1",
    severity: d.pick(["一般", "较大", "重大"]),
    description: "演示问题",
    found_on,
    visit_id: !told && places.length > 0 ? d.maybe(0.6, () => String(d.pick(places).visit_id)) : null,
    category: d.pick(["消防", null, ...categories]),
    nature: d.pick(["管理问题", "事故隐患", "非法违法行为", "问题线索", null]),
    hazard_level: d.pick(["一般", "重大", null]),
    source: told ? "举报" : "巡查",
    handed_on: d.chance(0.3) && of.left_on !== null ? near.about(String(of.left_on)) : near.due("undated", found_on),
    due_on,
    fix_now: d.pick([true, false, null]),
    measure: d.pick(["停产", "停产", null]),
    owner: d.pick(["某", "某", "某", null]),
    fund_wan: d.pick([0, 1.5, 2, null]),
    plan: d.pick(["有", "有", null])
  };
}

function eventRows(d: Dice, {finding_id, found_on, due_on}: Row): Row[] {
  const due = String(due_on ?? dayAfter(String(found_on), 30));
  const seen = new Set<string>();
  return d
    .times(d.pick([0, 0, 1, 2, 4, 6]), (): Row | null => {
      const stage = d.pick(STAGES);
      const wanted = d.pick([found_on as string, dayAfter(due, -1), due, dayAfter(due, 1), dayAfter(String(found_on), d.int(60))]);
      const on_date = [wanted, String(found_on)].sort()[1] as string;
      const seq_no = d.pick([1, 1, 2]);
      if (seen.has(`${stage}${on_date}${seq_no}`)) return null;
      seen.add(`${stage}${on_date}${seq_no}`);
      const asked = stage === "延期";
      return {
        finding_id: String(finding_id),
        stage,
        on_date,
        seq_no,
        new_due_on: asked ? dayAfter(due, d.pick([-5, 10, 30])) : null,
        applied_on: asked ? d.pick([dayAfter(due, -1), due, dayAfter(due, 1), null]) : null,
        approved_by: asked ? d.pick(["安委办", null]) : null,
        document_no: asked ? "延1号" : null
      };
    })
    .filter((row) => row !== null);
}

function responseRows(d: Dice, near: Near, i: Row, codes: readonly string[]): Row[] {
  const received = String(i.feedback_received_on ?? i.fed_back_on ?? dayAfter(String(i.started_on ?? "2025-02-01"), 60));
  let at = received;
  return d.times(d.pick([0, 1, 1, 2, 3]), (k): Row => {
    at = near.due(k === 0 ? "rectify_report" : "periodic_report", at) ?? dayAfter(at, d.int(60));
    return {
      inspection_id: String(i.inspection_id),
      unit_code: d.chance(0.85) ? String(i.unit_code) : d.pick(codes),
      kind: d.chance(0.8) === (k === 0) ? "首次" : "定期",
      submitted_on: at,
      seq_no: k + 1,
      document_no: null,
      has_handling: d.pick([true, false, null])
    };
  });
}

interface Things {
  readonly finding: readonly Row[];
  readonly inspection: readonly Row[];
  readonly codes: readonly string[];
}

function actionRow(d: Dice, near: Near, i: number, {finding, inspection, codes}: Things): Row {
  const about = finding.length > 0 ? d.pick(finding) : null;
  const named = about !== null && d.chance(0.6);
  const base = String(about?.found_on ?? "2025-05-01");
  const due = String(about?.due_on ?? dayAfter(base, 30));
  const taken_on = d.pick([near.due("undated", base), dayAfter(due, -1), due, dayAfter(due, 1), near.due("undated", due)]) ?? base;
  return {
    action_id: `C${String(i).padStart(2, "0")}`,
    kind: d.pick(ACTIONS),
    unit_code: about !== null && d.chance(0.7) ? String(about.unit_code) : d.pick(codes),
    taken_on,
    finding_id: named ? String(about.finding_id) : null,
    inspection_id: d.chance(0.5) ? String(about?.inspection_id ?? d.pick(inspection).inspection_id) : null,
    closed_on: d.chance(0.3) ? null : near.due("undated", taken_on),
    result: d.pick(["已落实", null])
  };
}

function appealRow(d: Dice, i: number, {finding, inspection, codes}: Things): Row {
  const wide = finding.length === 0 || d.chance(0.4);
  const filed_on = dayAfter("2025-03-01", d.int(300));
  const decided_on = d.maybe(0.8, () => dayAfter(filed_on, d.int(60)));
  return {
    appeal_id: `Y${i}`,
    subject_kind: wide ? "覆盖" : "问题",
    subject_id: String(wide ? d.pick(inspection).inspection_id : d.pick(finding).finding_id),
    unit_code: d.pick(codes),
    filed_on,
    decided_on,
    decision: decided_on === null ? null : d.pick(["维持", "变更", "撤销"]),
    new_severity: d.pick(["一般", "重大", null]),
    new_unit_code: d.maybe(0.7, () => d.pick(codes))
  };
}
