import type {Slot} from "../../kit/bulk.ts";
import {event} from "../../kit/history.ts";
import {judge} from "../../kit/people.ts";
import {act, inPlace, majorInPlace, scoredYear, taleOf} from "../../kit/tale.ts";
import {add, type Draft} from "../../kit/world.ts";
import {department, town} from "./units.ts";

/** The cases of CASES.yaml, each named there by its id. */
export function addMudanCases(w: Draft, slots: Map<string, Slot>): void {
  findings(w, slots);
  vetoes(w, slots);
  appeals(w, slots);
  judgements(w);
  others(w);
  faults(w, slots);
}

function at(slots: Map<string, Slot>, id: string): Slot {
  return slots.get(id) as Slot;
}

function findings(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "MD", "巡查");
  const first = at(slots, "X25-03");
  tale(
    1,
    first,
    {found_on: "2025-03-05", due_on: "2025-04-20"},
    ["方案", "2025-03-12"],
    ["完成", "2025-05-06"],
    ["销号", "2025-05-12"]
  );
  tale(2, first, {item: "5", found_on: "2025-03-06", due_on: "2025-11-30"}, ["方案", "2025-03-20"]);
  tale(
    3,
    first,
    majorInPlace(first, {due_on: "2025-06-30"}),
    ["方案", "2025-03-10"],
    ["完成", "2025-06-20"],
    ["销号", "2025-06-28"]
  );
  act(w, "MD-0003-G", "挂牌督办", town(1), "2025-03-18", {
    finding_id: "MD-0003",
    inspection_id: "X25-03",
    document_no: "督〔2025〕1号"
  });
  tale(4, first, majorInPlace(first, {due_on: "2025-06-30"}), ["方案", "2025-03-10"], ["完成", "2025-07-10"]);
  tale(
    6,
    first,
    {item: "4", found_on: "2025-03-06", due_on: "2025-04-20"},
    ["完成", "2025-04-01"],
    ["退回", "2025-04-03"],
    ["完成", "2025-04-25", {seq_no: 2}]
  );
  tale(7, first, inPlace(first, {found_on: "2025-03-07", fix_now: true, requirement: "立即整改"}), ["立行立改", "2025-03-07"]);
  tale(8, first, {item: "7", found_on: "2025-03-10"}, ["方案", "2025-04-10"]);
  const merged = at(slots, "X25-14");
  tale(9, merged, {item: "3", found_on: "2025-08-05", due_on: "2026-01-15"}, ["方案", "2025-12-20"], ["完成", "2026-01-08"]);
  const extension = {new_due_on: "2025-06-30", applied_on: "2025-05-18", approved_by: "区安委办主任", document_no: "延〔2025〕2号"};
  tale(
    10,
    first,
    {item: "8", found_on: "2025-03-11", due_on: "2025-05-31"},
    ["延期", "2025-05-20", extension],
    ["完成", "2025-06-15"]
  );
  const pending = at(slots, "X25-05");
  for (let n = 11; n <= 17; n++) tale(n, pending, inPlace(pending, {due_on: "2025-05-31"}));
  tale(18, pending, majorInPlace(pending, {due_on: "2025-11-01"}));
  act(w, "MD-0018-G", "挂牌督办", town(3), "2025-04-02", {
    finding_id: "MD-0018",
    inspection_id: "X25-05",
    document_no: "督〔2025〕2号"
  });
  tale(
    23,
    at(slots, "X24-05"),
    {unit_code: town(10), item: "3", found_on: "2024-05-21", due_on: "2024-07-31"},
    ["完成", "2024-07-20"],
    ["销号", "2024-07-29"]
  );
  tale(
    24,
    merged,
    {unit_code: town(10), item: "3", found_on: "2025-08-06", due_on: "2025-10-31"},
    ["完成", "2025-10-20"],
    ["销号", "2025-10-29"]
  );
  tale(26, first, {item: "10", found_on: "2025-03-12", due_on: "2025-05-31", nature: "问题线索"}, ["完成", "2025-05-20"]);
  act(w, "CS-0026", "移送纪检监察", town(1), "2025-03-25", {
    finding_id: "MD-0026",
    inspection_id: "X25-03",
    to_office: "区纪委监委"
  });
  tale(27, first, inPlace(first, {due_on: "2025-05-10", nature: "非法违法行为"}), ["完成", "2025-05-08"], ["销号", "2025-05-15"]);
  for (const id of ["X25-08", "X25-09"]) {
    const twin = at(slots, id);
    const n = id === "X25-08" ? 31 : 41;
    tale(n, twin, {item: "3", due_on: "2025-07-31"}, ["完成", "2025-07-18"], ["销号", "2025-07-25"]);
    tale(n + 1, twin, {item: "4", severity: "较大", due_on: "2025-07-31"}, ["完成", "2025-07-21"], ["销号", "2025-07-25"]);
  }
  tale(50, at(slots, "X25-17"), {item: "3", source: "交办", due_on: "2025-11-10"}, ["完成", "2025-11-05"], ["销号", "2025-11-08"]);
}

function vetoes(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "MD", "巡查");
  tale(
    28,
    at(slots, "X25-11"),
    {item: "9", severity: "较大", due_on: "2025-09-30"},
    ["完成", "2025-09-12"],
    ["销号", "2025-09-20"]
  );
  tale(29, at(slots, "X25-12"), {item: "5", due_on: "2025-08-31"}, ["完成", "2025-08-20"], ["销号", "2025-08-28"]);
  const concluded = {liable: true, concealed: false, concluded_by: "演示区人民政府", accident_type: "高处坠落"};
  add(
    w,
    "accident",
    {
      ...concluded,
      accident_id: "SG-01",
      unit_code: town(12),
      occurred_on: "2025-02-11",
      accident_grade: "较大",
      deaths: 3,
      injuries: 1,
      loss_wan: 420.5,
      concealed: true,
      reported_at: "2025-02-13 08:30",
      concluded_on: "2025-06-30",
      document_no: "演政复〔2025〕3号"
    },
    {
      ...concluded,
      accident_id: "SG-02",
      unit_code: town(12),
      occurred_on: "2025-04-19",
      accident_grade: "一般",
      deaths: 1,
      injuries: 0,
      loss_wan: 96,
      reported_at: "2025-04-19 16:05",
      concluded_on: "2025-07-15",
      document_no: "演政复〔2025〕5号"
    },
    {
      ...concluded,
      accident_id: "SG-03",
      unit_code: town(13),
      occurred_on: "2025-05-07",
      accident_grade: "较大",
      deaths: 4,
      injuries: 2,
      loss_wan: 610,
      reported_at: "2025-05-07 11:40",
      concluded_on: "2025-09-10",
      document_no: "演政复〔2025〕8号"
    },
    {
      ...concluded,
      accident_id: "SG-04",
      unit_code: department(2),
      occurred_on: "2025-03-29",
      accident_grade: "一般",
      deaths: 1,
      injuries: 1,
      loss_wan: 88,
      reported_at: "2025-03-29 10:20",
      concluded_on: "2025-06-12",
      document_no: "演政复〔2025〕4号"
    },
    {
      ...concluded,
      accident_id: "SG-05",
      unit_code: town(9),
      occurred_on: "2024-08-08",
      accident_grade: "一般",
      deaths: 1,
      injuries: 0,
      loss_wan: 75,
      reported_at: "2024-08-08 18:00",
      concluded_on: "2024-11-20",
      document_no: "演政复〔2024〕6号"
    },
    {
      ...concluded,
      accident_id: "SG-06",
      unit_code: department(3),
      occurred_on: "2025-01-09",
      accident_grade: "重大",
      deaths: 10,
      injuries: 6,
      loss_wan: 1500,
      reported_at: "2025-01-09 13:00",
      concluded_on: "2025-08-15",
      document_no: "演政复〔2025〕7号"
    },
    {
      ...concluded,
      accident_id: "SG-07",
      unit_code: department(2),
      occurred_on: "2025-07-16",
      accident_grade: "一般",
      deaths: 1,
      injuries: 0,
      loss_wan: 60,
      concealed: true,
      reported_at: "2025-07-21 09:00",
      concluded_on: "2025-11-05",
      document_no: "演政复〔2025〕9号"
    }
  );
}

function appeals(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "MD", "巡查");
  const first = at(slots, "X25-03");
  tale(21, first, {item: "5", severity: "较大", found_on: "2025-03-07", due_on: "2025-05-31"}, ["完成", "2025-05-20"]);
  tale(22, first, {item: "4", severity: "重大", found_on: "2025-03-07", due_on: "2025-05-31"}, ["完成", "2025-05-22"]);
  tale(19, first, {item: "2", severity: "较大", found_on: "2025-03-13", due_on: "2025-05-31"}, ["完成", "2025-05-22"]);
  const of = {
    subject_kind: "问题",
    unit_code: town(1),
    filed_on: "2025-12-08",
    accepted_on: "2025-12-10",
    decided_by: "区安委会办公室"
  };
  add(
    w,
    "appeal",
    {
      ...of,
      appeal_id: "YY-01",
      subject_id: "MD-0021",
      decided_on: "2026-01-08",
      decision: "撤销",
      grounds: "所列情形不属于本单位职责",
      document_no: "复〔2026〕1号"
    },
    {
      ...of,
      appeal_id: "YY-02",
      subject_id: "MD-0022",
      decided_on: "2025-12-20",
      decision: "变更",
      new_severity: "一般",
      grounds: "已有部署，仅记录不全",
      document_no: "复〔2025〕2号"
    },
    {
      ...of,
      appeal_id: "YY-03",
      subject_id: "MD-0019",
      decided_on: "2026-01-15",
      decision: "撤销",
      grounds: "决定晚于评分截止",
      document_no: "复〔2026〕3号"
    },
    {
      ...of,
      appeal_id: "YY-04",
      subject_id: "MD-0002",
      filed_on: "2025-12-29",
      accepted_on: "2025-12-31",
      decided_by: null,
      grounds: "称已整改，佐证待核"
    },
    {
      ...of,
      appeal_id: "YY-05",
      subject_id: "MD-0004",
      decided_on: "2025-12-22",
      decision: "维持",
      grounds: "整改时间以验收记录为准",
      document_no: "复〔2025〕4号"
    }
  );
}

/** Points of every town and department inspected in the year; one is not given yet. */
function judgements(w: Draft): void {
  const given: readonly (readonly [number, number, number])[] = [
    [1, 1.5, 3],
    [2, 1.5, 3.5],
    [3, 2, -1],
    [5, 2, 4],
    [7, 1.5, 3.5],
    [8, 1.5, 3.5],
    [11, 1, 3],
    [12, 1, 2],
    [13, 2, 4],
    [15, 2, 3],
    [16, 1.5, 3.5],
    [17, 1, 3.5],
    [18, 2, 3]
  ];
  for (const [n, studied, duty] of given) {
    judge(w, town(n), 2025, "R1-2", studied, "2025-12-24");
    if (duty >= 0) judge(w, town(n), 2025, "R4-2", duty, "2026-01-06");
  }
  for (const n of [1, 2, 3, 6]) {
    judge(w, department(n), 2025, "D1-1", n === 6 ? 4 : 3, "2025-12-25");
    judge(w, department(n), 2025, "D4-1", n === 6 ? 5 : 4, "2025-12-25");
    judge(w, department(n), 2025, "D5-1", n === 6 ? 4 : 3.5, "2025-12-25");
  }
}

function others(w: Draft): void {
  const tip = (tip_id: string, unit_code: string, received_on: string, outcome: string | null, closed_on: string | null) =>
    add(w, "tip", {
      tip_id,
      inspection_id: unit_code === town(1) ? "X25-03" : null,
      unit_code,
      received_on,
      channel: "电话",
      outcome,
      closed_on
    });
  tip("JB-01", town(1), "2025-03-08", "查实", "2025-03-28");
  tip("JB-02", town(1), "2025-03-09", "不实", "2025-03-30");
  tip("JB-03", town(2), "2025-10-14", "查实", "2025-11-03");
  tip("JB-04", town(16), "2025-12-26", "核查中", null);
  act(w, "CS-0101", "约谈", town(2), "2025-06-18", {inspection_id: "X25-04", result: "已报告整改安排", closed_on: "2025-07-02"});
  act(w, "CS-0102", "约谈", town(2), "2025-11-26", {inspection_id: "X25-20"});
  act(w, "CS-0103", "通报表扬", town(2), "2025-09-09", {document_no: "演安〔2025〕12号"});
  act(w, "CS-0104", "通报表扬", department(1), "2025-09-09", {document_no: "演安〔2025〕12号"});
  act(w, "CS-0105", "约谈", town(3), "2025-12-09", {inspection_id: "X25-05"});
  act(w, "CS-0106", "约谈", department(2), "2025-12-11", {inspection_id: "X25-17"});
  act(w, "CS-0107", "约谈", department(3), "2025-12-11", {inspection_id: "X25-18"});
  const reported = {by_office: "巡查组", to_office: "区安委会办公室"};
  act(w, "CS-0108", "书面报告", town(1), "2025-03-06", {...reported, inspection_id: "X25-03", finding_id: "MD-0003"});
  act(w, "CS-0109", "书面报告", town(3), "2025-03-27", {...reported, inspection_id: "X25-05", finding_id: "MD-0018"});
  const indicators = [
    ["AQ-01", "安全生产责任", 30],
    ["AQ-02", "隐患治理", 30],
    ["AQ-04", "宣传教育", 20]
  ] as const;
  const units = Array.from({length: 18}, (_, i) => town(i + 1)).filter((code) => code !== town(10));
  for (const year of [2024, 2025]) scoredYear(w, [...units, ...[1, 2, 3, 4, 5, 6].map(department)], year, indicators);
}

/** Rows the program must refuse or hold back. */
function faults(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "MD", "巡查");
  const slot = at(slots, "X25-13");
  const due_on = "2025-09-30";
  tale(91, slot, {due_on: "2025-02-30"});
  tale(92, slot, {due_on, description: "年度执法计划未经批准即实施"});
  tale(92, slot, {due_on, description: "执法装备配备不足，执法记录仪未使用"});
  tale(93, slot, {found_on: "2025-07-08", due_on: "2025-06-08"});
  tale(94, slot, {due_on, item: "11"});
  tale(95, slot, {due_on, unit_code: "990199"});
  tale(96, slot, {due_on, found_on: "2025-07-09"}, ["方案", "2025-07-01"], ["完成", "2025-08-20"]);
  add(w, "rectification", event("MD-0999", "完成", "2025-08-01"));
  add(w, "inspection", {
    inspection_id: "X25-90",
    unit_code: town(16),
    kind: "暗访",
    organiser_level: "县级",
    started_on: "2025-10-09",
    ended_on: "2025-10-09"
  });
  tale(97, slot, {inspection_id: "X25-90", due_on});
}
