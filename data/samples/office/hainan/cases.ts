import type {Slot} from "../../kit/bulk.ts";
import {brokenCreditCode} from "../../kit/credit-code.ts";
import {event} from "../../kit/history.ts";
import {judge} from "../../kit/people.ts";
import {act, inPlace, majorInPlace, scoredYear, taleOf} from "../../kit/tale.ts";
import {add, type Draft} from "../../kit/world.ts";
import {county} from "./inspections.ts";

/** The cases of CASES.yaml, each named there by its id. */
export function addHainanCases(w: Draft, slots: Map<string, Slot>): void {
  findings(w, slots);
  accidents(w);
  appeals(w, slots);
  others(w);
  faults(w, slots);
}

function at(slots: Map<string, Slot>, id: string): Slot {
  return slots.get(id) as Slot;
}

function findings(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "HI", "巡查");
  const first = at(slots, "NX2501");
  const found_on = "2025-03-12";
  const due_on = "2025-05-31";
  tale(1, first, {item: "4", found_on, due_on}, ["方案", "2025-03-20"], ["完成", "2025-06-10"], ["销号", "2025-06-18"]);
  tale(2, first, inPlace(first, {item: "4", due_on: "2025-09-30"}), ["方案", "2025-03-25"]);
  tale(3, first, majorInPlace(first, {item: "4", due_on}), ["方案", "2025-03-20"], ["完成", "2025-05-20"], ["销号", "2025-05-28"]);
  act(w, "NC-03", "挂牌督办", county(1), "2025-03-18", {
    finding_id: "HI-0003",
    inspection_id: "NX2501",
    by_office: "椤海市安委会",
    document_no: "督〔2025〕3号"
  });
  tale(4, first, majorInPlace(first, {item: "4", due_on}), ["方案", "2025-03-20"], ["完成", "2025-07-10"]);
  tale(
    6,
    first,
    inPlace(first, {item: "4", fault: "属地监管", severity: "较大", due_on}),
    ["完成", "2025-05-06"],
    ["退回", "2025-05-09"],
    ["完成", "2025-05-30", {seq_no: 2}],
    ["销号", "2025-06-05"]
  );
  for (const n of [7, 8, 9])
    tale(n, first, inPlace(first, {item: "6", nature: "非法违法行为", due_on}), ["完成", "2025-05-12"], ["销号", "2025-05-20"]);
  act(w, "NC-07", "行业移交", county(1), "2025-03-24", {
    finding_id: "HI-0007",
    inspection_id: "NX2501",
    by_office: "省安委办",
    to_office: "市级主管部门"
  });
  act(w, "NC-08", "移送纪检监察", county(1), "2025-03-26", {
    finding_id: "HI-0008",
    inspection_id: "NX2501",
    by_office: "省安委办",
    to_office: "纪委监委"
  });
  const gone = `${county(1).slice(0, 4)}02`;
  tale(10, first, {item: "8", unit_code: gone, found_on, due_on}, ["完成", "2025-05-12"], ["销号", "2025-05-20"]);
  tale(11, first, {item: "10", found_on, due_on}, ["完成", "2025-05-12"]);
  tale(
    12,
    at(slots, "NX2302"),
    {item: "1", found_on: "2023-05-16", due_on: "2023-07-31"},
    ["完成", "2023-07-20"],
    ["销号", "2023-07-28"]
  );
  tale(13, first, {item: "5", found_on, due_on: "2026-02-15"}, ["方案", "2025-12-28"], ["完成", "2026-01-06"]);
  tale(
    14,
    at(slots, "NX2502"),
    {item: "7", found_on: "2025-04-15", due_on: "2025-06-30"},
    ["完成", "2025-06-20"],
    ["销号", "2025-06-27"]
  );
  for (const n of [15, 16, 17]) tale(n, first, inPlace(first, {item: "4", due_on: "2025-08-31"}));
  for (const [n, id] of [
    [31, "NX2506"],
    [41, "NX2507"]
  ] as const) {
    const twin = at(slots, id);
    tale(n, twin, {item: "3", severity: "较大", due_on: "2025-09-30"}, ["完成", "2025-09-18"], ["销号", "2025-09-25"]);
    tale(n + 1, twin, {item: "7", due_on: "2025-09-30"}, ["完成", "2025-09-21"], ["销号", "2025-09-25"]);
  }
}

function accidents(w: Draft): void {
  const concluded = {liable: true, concealed: false, concluded_by: "演示省人民政府", accident_type: "坍塌"};
  add(
    w,
    "accident",
    {
      ...concluded,
      accident_id: "NG-01",
      unit_code: county(6),
      occurred_on: "2025-01-17",
      accident_grade: "一般",
      deaths: 1,
      injuries: 1,
      loss_wan: 150,
      concealed: true,
      reported_at: "2025-01-22 10:00",
      concluded_on: "2025-07-08",
      document_no: "演政复〔2025〕9号"
    },
    {
      ...concluded,
      accident_id: "NG-02",
      unit_code: county(7),
      occurred_on: "2025-03-05",
      accident_grade: "重大",
      deaths: 10,
      injuries: 4,
      loss_wan: 3100,
      reported_at: "2025-03-05 15:30",
      concluded_on: "2025-10-20",
      document_no: "演政复〔2025〕14号"
    },
    {
      ...concluded,
      accident_id: "NG-03",
      unit_code: county(1),
      occurred_on: "2025-08-11",
      accident_grade: "一般",
      deaths: 1,
      injuries: 1,
      loss_wan: 66,
      reported_at: "2025-08-11 09:50",
      concluded_on: "2025-11-30",
      document_no: "演政复〔2025〕16号"
    }
  );
}

function appeals(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "HI", "巡查");
  const first = at(slots, "NX2501");
  tale(21, first, {item: "2", severity: "较大", found_on: "2025-03-13", due_on: "2025-05-31"}, ["完成", "2025-05-20"]);
  tale(22, first, {item: "7", severity: "重大", found_on: "2025-03-13", due_on: "2025-05-31"}, ["完成", "2025-05-22"]);
  const of = {
    subject_kind: "问题",
    unit_code: county(1),
    filed_on: "2025-11-03",
    accepted_on: "2025-11-05",
    decided_by: "省安委办"
  };
  add(
    w,
    "appeal",
    {
      ...of,
      appeal_id: "NY-01",
      subject_id: "HI-0021",
      decided_on: "2025-12-02",
      decision: "撤销",
      grounds: "执法案卷已补充提供",
      document_no: "复〔2025〕7号"
    },
    {
      ...of,
      appeal_id: "NY-02",
      subject_id: "HI-0022",
      decided_on: "2025-12-02",
      decision: "变更",
      new_severity: "较大",
      grounds: "投入已部分到位",
      document_no: "复〔2025〕8号"
    }
  );
}

function others(w: Draft): void {
  for (const [n, points] of [
    [1, 3.5],
    [3, 4],
    [6, 3],
    [7, 4],
    [9, 4.5],
    [10, 4.5],
    [11, 5]
  ] as const)
    judge(w, county(n), 2025, "N3-2", points, "2025-12-22");
  add(
    w,
    "tip",
    {
      tip_id: "NJ-01",
      inspection_id: "NX2501",
      unit_code: county(1),
      received_on: "2025-03-14",
      channel: "电话",
      outcome: "查实",
      closed_on: "2025-04-10"
    },
    {
      tip_id: "NJ-02",
      inspection_id: "NX2503",
      unit_code: county(5),
      received_on: "2025-05-14",
      channel: "来访",
      outcome: "不实",
      closed_on: "2025-06-03"
    }
  );
  act(w, "NC-11", "约谈", county(5), "2025-05-20", {inspection_id: "NX2503", by_office: "省安委办"});
  act(w, "NC-12", "通报表扬", county(3), "2025-11-18", {by_office: "省安委办", document_no: "演安委办〔2025〕40号"});
  const indicators = [
    ["HI-AQ-01", "事故控制", 40],
    ["HI-AQ-02", "责任落实", 30],
    ["HI-AQ-03", "基础工作", 20]
  ] as const;
  const counties = Array.from({length: 13}, (_, i) => county(i + 1));
  for (const year of [2023, 2024, 2025]) scoredYear(w, counties, year, indicators);
}

/** Rows the program must refuse or hold back. */
function faults(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "HI", "巡查");
  const slot = at(slots, "NX2503");
  const due_on = "2025-07-31";
  tale(91, slot, {due_on: "2025-02-30"});
  tale(92, slot, {due_on, item: "2"});
  tale(92, slot, {due_on, item: "3"});
  tale(93, slot, {due_on: "2025-04-30"});
  tale(94, slot, {due_on, item: "0"});
  tale(95, slot, {due_on, unit_code: "3.71702E+11"});
  tale(96, slot, {due_on, description: "举报事项核查\u0002未在规定期限内答复"});
  tale(97, slot, {due_on, unit_code: "999900"});
  tale(98, slot, {due_on}, ["方案", "2025-05-01"], ["完成", "2025-07-15"]);
  add(w, "rectification", event("HI-0999", "完成", "2025-06-01"));
  add(w, "inspection", {
    inspection_id: "NX2590",
    unit_code: county(8),
    kind: "专项",
    organiser_level: "省",
    started_on: "2025-11-10",
    ended_on: "2025-11-14"
  });
  tale(99, slot, {inspection_id: "NX2590", found_on: "2025-11-11", due_on: "2025-12-20"});
  add(w, "visit", {
    visit_id: "NX2503-D91",
    inspection_id: "NX2503",
    unit_code: county(5),
    place_name: "槟澜演示仓储厂",
    visited_on: "2025-05-13",
    credit_code: brokenCreditCode("990501", 91)
  });
}
