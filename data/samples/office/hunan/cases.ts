import type {Slot} from "../../kit/bulk.ts";
import {brokenCreditCode} from "../../kit/credit-code.ts";
import {addDays} from "../../kit/day.ts";
import {event} from "../../kit/history.ts";
import {judge} from "../../kit/people.ts";
import {act, inPlace, majorInPlace, scoredYear, taleOf} from "../../kit/tale.ts";
import {add, type Draft} from "../../kit/world.ts";
import {city, department} from "./units.ts";

/** The cases of CASES.yaml, each named there by its id. */
export function addHunanCases(w: Draft, slots: Map<string, Slot>): void {
  findings(w, slots);
  accidents(w);
  appeals(w, slots);
  judgements(w);
  others(w);
  faults(w, slots);
}

function at(slots: Map<string, Slot>, id: string): Slot {
  return slots.get(id) as Slot;
}

function findings(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "HN", "巡查");
  const first = at(slots, "HX2502");
  const found_on = "2025-03-05";
  const loop = [
    ["清单", "2025-03-06"],
    ["诊断", "2025-03-08"],
    ["处置", "2025-03-10"],
    ["移交督办", "2025-03-12"]
  ] as const;
  tale(1, first, {item: "5", found_on, due_on: "2025-05-15"}, ...loop, ["完成", "2025-06-04"], ["销号", "2025-06-12"]);
  tale(2, first, inPlace(first, {item: "5", due_on: "2025-10-31"}), ["清单", "2025-03-06"], ["诊断", "2025-03-08"]);
  tale(3, first, majorInPlace(first, {item: "5", due_on: "2025-06-30"}), ...loop, ["完成", "2025-06-20"], ["销号", "2025-06-28"]);
  act(w, "HC-03", "曝光", city(1), "2025-03-19", {finding_id: "HN-0003", inspection_id: "HX2502", by_office: "演示省安委办"});
  tale(4, first, majorInPlace(first, {item: "5", due_on: "2025-06-30", fault: "属地监管"}), ...loop, ["完成", "2025-06-25"]);
  const granted = {new_due_on: "2025-06-30", applied_on: "2025-05-20", approved_by: "省安委办主任", document_no: "延〔2025〕6号"};
  tale(6, first, {item: "4", found_on, due_on: "2025-05-31"}, ["延期", "2025-05-26", granted], ["完成", "2025-06-25"]);
  tale(
    7,
    first,
    {item: "4", found_on, due_on: "2025-05-31"},
    ["延期", "2025-06-06", {...granted, applied_on: "2025-06-05"}],
    ["完成", "2025-06-25"]
  );
  tale(
    8,
    first,
    {item: "6", found_on, due_on: "2025-05-31"},
    ["延期", "2025-05-26", granted],
    [
      "延期",
      "2025-06-28",
      {...granted, seq_no: 2, applied_on: "2025-06-26", new_due_on: "2025-07-31", document_no: "延〔2025〕9号"}
    ],
    ["完成", "2025-07-10"]
  );
  tale(
    9,
    first,
    {item: "6", found_on, due_on: "2025-05-31"},
    ["延期", "2025-05-26", {...granted, approved_by: null}],
    ["完成", "2025-06-25"]
  );
  tale(
    10,
    first,
    {item: "7", found_on, due_on: "2025-06-30"},
    ["移交督办", "2025-03-07"],
    ["清单", "2025-03-12"],
    ["完成", "2025-06-20"],
    ["销号", "2025-06-26"]
  );
  tale(
    12,
    at(slots, "HX2511"),
    {
      inspection_id: null,
      unit_code: city(11),
      item: "8",
      source: "举报",
      severity: "较大",
      found_on: "2025-09-10",
      due_on: "2025-11-10"
    },
    ["完成", "2025-11-03"]
  );
  tale(
    13,
    at(slots, "HX2503"),
    {item: "9", found_on, due_on: "2025-05-31"},
    ...loop,
    ["完成", "2025-05-20"],
    ["销号", "2025-05-28"]
  );
  const county = `${city(11).slice(0, 4)}02`;
  tale(14, at(slots, "HX2511"), {unit_code: county, item: "3", found_on: "2025-08-06", due_on: "2025-10-31"}, [
    "完成",
    "2025-10-20"
  ]);
  for (const [n, id] of [
    [31, "HX2507"],
    [41, "HX2508"]
  ] as const) {
    const twin = at(slots, id);
    const steps = ["清单", "诊断", "处置", "移交督办"].map((stage, i) => [stage, addDays(twin.from, 2 * i + 1)] as const);
    tale(n, twin, {item: "2", severity: "较大", due_on: "2025-09-30"}, ...steps, ["完成", "2025-09-18"], ["销号", "2025-09-25"]);
    tale(n + 1, twin, {item: "6", due_on: "2025-09-30"}, ...steps, ["完成", "2025-09-21"], ["销号", "2025-09-25"]);
  }
  tale(51, at(slots, "HX2512"), {item: "5", due_on: "2025-11-30"}, ["完成", "2025-11-20"]);
}

function accidents(w: Draft): void {
  const concluded = {liable: true, concealed: false, concluded_by: "演示省人民政府", accident_type: "中毒窒息"};
  add(
    w,
    "accident",
    {
      ...concluded,
      accident_id: "HG-01",
      unit_code: city(9),
      occurred_on: "2025-03-02",
      accident_grade: "一般",
      deaths: 2,
      injuries: 0,
      loss_wan: 180,
      concealed: true,
      reported_at: "2025-03-06 09:00",
      concluded_on: "2025-08-20",
      document_no: "演政复〔2025〕11号"
    },
    {
      ...concluded,
      accident_id: "HG-02",
      unit_code: city(10),
      occurred_on: "2025-02-18",
      accident_grade: "重大",
      deaths: 11,
      injuries: 3,
      loss_wan: 2400,
      reported_at: "2025-02-18 14:20",
      concluded_on: "2025-10-09",
      document_no: "演政复〔2025〕15号"
    },
    {
      ...concluded,
      accident_id: "HG-03",
      unit_code: city(1),
      occurred_on: "2025-05-21",
      accident_grade: "一般",
      deaths: 1,
      injuries: 2,
      loss_wan: 120,
      reported_at: "2025-05-21 17:10",
      concluded_on: "2025-09-12",
      document_no: "演政复〔2025〕13号"
    },
    {
      ...concluded,
      accident_id: "HG-04",
      unit_code: city(12),
      occurred_on: "2025-06-30",
      accident_grade: "一般",
      deaths: 1,
      injuries: 0,
      loss_wan: 90,
      reported_at: "2025-06-30 20:00",
      concluded_on: "2025-11-28",
      document_no: "演政复〔2025〕17号"
    },
    {
      ...concluded,
      accident_id: "HG-05",
      unit_code: city(11),
      occurred_on: "2025-11-16",
      accident_grade: "重大",
      deaths: 10,
      injuries: 1,
      loss_wan: 1900,
      reported_at: "2025-11-16 08:15",
      concluded_by: null
    }
  );
}

function appeals(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "HN", "巡查");
  const first = at(slots, "HX2502");
  tale(21, first, {item: "1", severity: "较大", found_on: "2025-03-06", due_on: "2025-05-31"}, ["完成", "2025-05-20"]);
  tale(22, first, {item: "3", severity: "重大", found_on: "2025-03-06", due_on: "2025-05-31"}, ["完成", "2025-05-22"]);
  const of = {filed_on: "2025-12-01", accepted_on: "2025-12-03", decided_by: "演示省安委办"};
  const change = {decision: "变更", grounds: "评议时漏看佐证", decided_on: "2026-01-06"};
  add(
    w,
    "appeal",
    {
      ...of,
      appeal_id: "HY-01",
      subject_kind: "问题",
      subject_id: "HN-0021",
      unit_code: city(1),
      decided_on: "2025-12-19",
      decision: "撤销",
      grounds: "所列文件已印发",
      document_no: "复〔2025〕21号"
    },
    {
      ...of,
      appeal_id: "HY-02",
      subject_kind: "问题",
      subject_id: "HN-0022",
      unit_code: city(1),
      decided_on: "2025-12-19",
      decision: "变更",
      new_severity: "较大",
      grounds: "影响范围有限",
      document_no: "复〔2025〕22号"
    },
    {
      ...of,
      appeal_id: "HY-03",
      subject_kind: "事故",
      subject_id: "HG-04",
      unit_code: city(12),
      decided_on: "2025-12-25",
      decision: "撤销",
      grounds: "经核定为自然灾害引发",
      document_no: "复〔2025〕25号"
    },
    {
      ...of,
      ...change,
      appeal_id: "HY-04",
      subject_kind: "评议",
      subject_id: "H2-2",
      unit_code: city(2),
      new_points: 4.5,
      document_no: "复〔2026〕1号"
    },
    {
      ...of,
      ...change,
      appeal_id: "HY-05",
      subject_kind: "评议",
      subject_id: "H2-2",
      unit_code: city(12),
      new_points: 4,
      decided_on: "2026-01-07",
      document_no: "复〔2026〕2号"
    }
  );
}

/** Points of every city inspected in the year; one is not given yet. */
function judgements(w: Draft): void {
  for (const [n, points] of [
    [1, 3],
    [2, 3.5],
    [5, 5],
    [6, 4],
    [7, 4],
    [9, 3],
    [10, 3],
    [11, 3.5],
    [12, 2.5]
  ] as const)
    judge(w, city(n), 2025, "H2-2", points, "2025-12-26");
}

function others(w: Draft): void {
  add(
    w,
    "tip",
    {
      tip_id: "HJ-01",
      inspection_id: "HX2502",
      unit_code: city(1),
      received_on: "2025-03-10",
      channel: "电话",
      outcome: "查实",
      closed_on: "2025-04-02"
    },
    {
      tip_id: "HJ-02",
      inspection_id: "HX2502",
      unit_code: city(1),
      received_on: "2025-03-11",
      channel: "来信",
      outcome: "不实",
      closed_on: "2025-04-08"
    },
    {
      tip_id: "HJ-03",
      inspection_id: "HX2511",
      unit_code: city(11),
      received_on: "2025-08-12",
      channel: "邮箱",
      outcome: "查实",
      closed_on: "2025-09-01"
    },
    {tip_id: "HJ-04", inspection_id: null, unit_code: city(3), received_on: "2025-12-28", channel: "来访", outcome: "核查中"}
  );
  act(w, "HC-11", "约谈", city(3), "2025-04-16", {
    inspection_id: "HX2504",
    by_office: "演示省安委办",
    result: "已书面报告落实情况",
    closed_on: "2025-05-09"
  });
  act(w, "HC-12", "通报表扬", city(6), "2025-10-20", {by_office: "演示省安委办", document_no: "演安委办〔2025〕31号"});
  act(w, "HC-13", "通报表扬", city(7), "2025-10-20", {by_office: "演示省安委办", document_no: "演安委办〔2025〕31号"});
  act(w, "HC-14", "行业移交", city(1), "2025-03-24", {
    finding_id: "HN-0010",
    inspection_id: "HX2502",
    by_office: "演示省安委办",
    to_office: "省级主管部门"
  });
  act(w, "HC-15", "约谈", department(12), "2025-12-04", {inspection_id: "HX2516", by_office: "演示省安委办"});
  const indicators = [
    ["HN-AQ-01", "安全责任落实", 30],
    ["HN-AQ-02", "事故控制", 25],
    ["HN-AQ-03", "基础建设", 20]
  ] as const;
  const cities = Array.from({length: 12}, (_, i) => city(i + 1));
  for (const year of [2024, 2025]) scoredYear(w, cities, year, indicators);
}

/** Rows the program must refuse or hold back. */
function faults(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "HN", "巡查");
  const slot = at(slots, "HX2511");
  const due_on = "2025-10-31";
  tale(91, slot, {due_on: "2025-02-30"});
  tale(92, slot, {due_on, unit_code: "3.71702E+11"});
  tale(93, slot, {due_on, description: "年度执法计划\u0007未经批准即实施"});
  tale(94, slot, {due_on, item: "12.1"});
  tale(95, slot, {due_on, unit_code: "999999"});
  tale(96, slot, {due_on}, ["清单", "2025-08-01"], ["完成", "2025-10-20"]);
  add(w, "rectification", event("HN-0999", "清单", "2025-08-10"));
  add(w, "visit", {
    visit_id: "HX2511-D91",
    inspection_id: "HX2511",
    unit_code: city(11),
    place_name: "霁州演示仓储厂",
    visited_on: "2025-08-08",
    credit_code: brokenCreditCode("991101", 91)
  });
  add(w, "inspection", {
    inspection_id: "HX2590",
    unit_code: department(2),
    kind: "全面",
    organiser_level: "省",
    started_on: "2025-11-10",
    ended_on: "2025-11-14"
  });
  tale(97, slot, {inspection_id: "HX2590", due_on});
}
