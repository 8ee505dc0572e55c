import type {Slot} from "../../kit/bulk.ts";
import {brokenCreditCode} from "../../kit/credit-code.ts";
import {event} from "../../kit/history.ts";
import {judge} from "../../kit/people.ts";
import {act, inPlace, majorInPlace, scoredYear, taleOf} from "../../kit/tale.ts";
import {add, type Draft} from "../../kit/world.ts";
import {department, PLACES, park, town} from "./units.ts";

/** The cases of CASES.yaml, each named there by its id. */
export function addGongzhulingCases(w: Draft, slots: Map<string, Slot>): void {
  const of = (unit_code: string) => [...slots.values()].filter((s) => s.unit_code === unit_code && s.from >= "2025");
  findings(w, of);
  accidents(w);
  appeals(w, of);
  others(w, of);
  faults(w, of);
}

type Of = (unit_code: string) => Slot[];

function first(of: Of, unit_code: string): Slot {
  return of(unit_code)[0] as Slot;
}

function findings(w: Draft, of: Of): void {
  const tale = taleOf(w, "GZ", "暗访");
  const slot = first(of, town(1));
  const found_on = slot.from;
  const due_on = "2025-05-31";
  const own = {item: "5", fault: "属地监管"};
  tale(1, slot, {...own, found_on, due_on}, ["移交督办", "2025-03-20"], ["完成", "2025-06-20"], ["销号", "2025-06-27"]);
  tale(2, slot, inPlace(slot, {item: "5", due_on: "2025-11-30"}), ["移交督办", "2025-03-20"]);
  const major = {item: "3", due_on, fund_wan: null, plan: null};
  tale(
    3,
    slot,
    majorInPlace(slot, {...major, fund_wan: 12, plan: "专项应急预案"}),
    ["移交督办", "2025-03-20"],
    ["完成", "2025-05-20"],
    ["销号", "2025-05-28"]
  );
  act(w, "GC-03", "挂牌督办", town(1), "2025-03-25", {
    finding_id: "GZ-0003",
    inspection_id: slot.inspection_id,
    document_no: "督〔2025〕2号"
  });
  tale(4, slot, majorInPlace(slot, major), ["移交督办", "2025-03-20"], ["完成", "2025-06-10"]);
  tale(6, slot, inPlace(slot, {item: "1", nature: "非法违法行为", fault: "属地监管", due_on}), ["完成", "2025-05-20"]);
  act(w, "GC-06", "立案", town(1), "2025-04-01", {finding_id: "GZ-0006", inspection_id: slot.inspection_id, to_office: "执法科室"});
  tale(7, slot, inPlace(slot, {item: "2", severity: "较大", fault: "属地监管", due_on}), ["完成", "2025-05-20"]);
  tale(8, slot, inPlace(slot, {item: "6", fault: "属地监管", fix_now: true}), ["立行立改", found_on]);
  tale(9, slot, inPlace(slot, {item: "7", fault: "属地监管", due_on}), ["完成", "2025-05-20"], ["销号", "2025-05-26"]);
  tale(10, slot, {item: "10", due_on}, ["完成", "2025-05-22"], ["销号", "2025-05-26"]);
  tale(11, slot, {item: "11", source: "交办", due_on}, ["完成", "2025-06-09"]);
  tale(
    12,
    slot,
    {item: "11", source: "交办", inspection_id: null, found_on: "2025-04-02", due_on: "2025-06-30"},
    ["完成", "2025-06-20"],
    ["销号", "2025-06-26"]
  );
  tale(
    13,
    slot,
    majorInPlace(slot, {item: "3", source: "自报", due_on: "2025-08-31", fund_wan: 30, plan: "专项应急预案"}),
    ["完成", "2025-08-10"],
    ["销号", "2025-08-20"]
  );
  act(w, "GC-13", "挂牌督办", town(1), "2025-03-26", {
    finding_id: "GZ-0013",
    inspection_id: slot.inspection_id,
    document_no: "督〔2025〕3号"
  });
  tale(14, slot, {item: "9", found_on, due_on: "2026-01-20"}, ["移交督办", "2025-12-10"], ["完成", "2026-01-05"]);
  const merged = [...of(town(12)), ...of(town(11))];
  tale(15, merged[0] as Slot, {unit_code: town(12), item: "8", due_on}, ["完成", "2025-05-20"]);
  tale(16, merged.at(-1) as Slot, {unit_code: town(12), item: "8", due_on: "2025-12-20"}, ["完成", "2025-12-15"]);
  tale(17, first(of, department(2)), {item: "9", due_on: "2025-11-30"}, ["完成", "2025-11-20"]);
  tale(
    18,
    first(of, park(1)),
    inPlace(first(of, park(1)), {item: "5", fault: "属地监管", severity: "较大", due_on: "2025-08-31"}),
    ["完成", "2025-08-20"]
  );
  for (const [n, code] of [
    [31, town(6)],
    [41, town(7)]
  ] as const) {
    const twin = first(of, code);
    tale(n, twin, {item: "8", severity: "较大", due_on: "2025-09-30"}, ["完成", "2025-09-18"], ["销号", "2025-09-25"]);
    tale(n + 1, twin, {item: "4", due_on: "2025-09-30"}, ["完成", "2025-09-21"], ["销号", "2025-09-25"]);
  }
}

function accidents(w: Draft): void {
  const concluded = {liable: true, concealed: false, concluded_by: "演示市人民政府", accident_type: "机械伤害"};
  add(
    w,
    "accident",
    {
      ...concluded,
      accident_id: "GG-01",
      unit_code: town(9),
      occurred_on: "2025-04-03",
      accident_grade: "一般",
      deaths: 1,
      injuries: 0,
      loss_wan: 110,
      concealed: true,
      reported_at: "2025-04-09 08:00",
      concluded_on: "2025-08-01",
      document_no: "演政复〔2025〕6号"
    },
    {
      ...concluded,
      accident_id: "GG-02",
      unit_code: park(2),
      occurred_on: "2025-02-26",
      accident_grade: "较大",
      deaths: 3,
      injuries: 2,
      loss_wan: 700,
      reported_at: "2025-02-26 13:10",
      concluded_on: "2025-07-18",
      document_no: "演政复〔2025〕5号"
    },
    {
      ...concluded,
      accident_id: "GG-03",
      unit_code: town(2),
      occurred_on: "2025-10-12",
      accident_grade: "一般",
      deaths: 1,
      injuries: 1,
      loss_wan: 95,
      reported_at: "2025-10-12 19:00",
      concluded_on: "2025-12-26",
      document_no: "演政复〔2025〕11号"
    }
  );
}

function appeals(w: Draft, of: Of): void {
  const tale = taleOf(w, "GZ", "暗访");
  const slot = first(of, town(1));
  tale(21, slot, {item: "9", severity: "较大", due_on: "2025-05-31"}, ["完成", "2025-05-20"]);
  tale(22, slot, {item: "4", severity: "重大", due_on: "2025-05-31"}, ["完成", "2025-05-22"]);
  const by = {
    subject_kind: "问题",
    unit_code: town(1),
    filed_on: "2025-10-09",
    accepted_on: "2025-10-10",
    decided_by: "市安委会办公室"
  };
  add(
    w,
    "appeal",
    {
      ...by,
      appeal_id: "GY-01",
      subject_id: "GZ-0021",
      decided_on: "2025-11-05",
      decision: "撤销",
      grounds: "不在职责范围",
      document_no: "复〔2025〕1号"
    },
    {
      ...by,
      appeal_id: "GY-02",
      subject_id: "GZ-0022",
      decided_on: "2025-11-05",
      decision: "变更",
      new_severity: "一般",
      grounds: "已组织警示教育",
      document_no: "复〔2025〕2号"
    }
  );
}

function others(w: Draft, of: Of): void {
  for (const [i, code] of PLACES.entries()) {
    if ([town(2), town(10), town(12)].includes(code)) continue;
    const points = code === town(8) ? 3 : code === town(6) || code === town(7) ? 2 : 1.5 + (i % 3) / 2;
    judge(w, code, 2025, "G8-2", points, "2025-12-23");
  }
  const tip = {channel: "电话", inspection_id: null};
  add(
    w,
    "tip",
    {...tip, tip_id: "GJ-01", unit_code: town(1), received_on: "2025-05-06", outcome: "查实", closed_on: "2025-05-30"},
    {...tip, tip_id: "GJ-02", unit_code: town(3), received_on: "2025-06-18", outcome: "查实", closed_on: "2025-07-10"},
    {...tip, tip_id: "GJ-03", unit_code: town(3), received_on: "2025-08-02", outcome: "不实", closed_on: "2025-08-20"}
  );
  act(w, "GC-11", "约谈", town(3), "2025-07-21", {inspection_id: first(of, town(3)).inspection_id, by_office: "市安委会办公室"});
  act(w, "GC-12", "移送纪检监察", department(2), "2025-11-02", {
    finding_id: "GZ-0017",
    by_office: "市安委会办公室",
    to_office: "纪检监察部门"
  });
  const indicators = [
    ["GZL-AQ-01", "目标责任", 40],
    ["GZL-AQ-03", "宣传培训", 20]
  ] as const;
  for (const year of [2024, 2025]) scoredYear(w, PLACES, year, indicators);
}

/** Rows the program must refuse or hold back. */
function faults(w: Draft, of: Of): void {
  const tale = taleOf(w, "GZ", "暗访");
  const slot = first(of, town(3));
  const due_on = "2025-08-31";
  tale(91, slot, {due_on: "2025-02-30"});
  tale(92, slot, {due_on, item: "8"});
  tale(92, slot, {due_on, item: "9"});
  tale(93, slot, {due_on: "2024-12-31"});
  tale(94, slot, {due_on, item: "12"});
  tale(95, slot, {due_on, unit_code: "990499"});
  tale(96, slot, {due_on: "25.8.31"});
  tale(97, slot, {due_on}, ["移交督办", "2024-12-30"], ["完成", "2025-08-12"]);
  add(w, "rectification", event("GZ-0999", "完成", "2025-06-01"));
  add(w, "inspection", {
    inspection_id: "GX-9001",
    unit_code: town(3),
    kind: "专项",
    organiser_level: "县级",
    started_on: "2025-11-28",
    ended_on: "2025-11-28"
  });
  tale(98, slot, {inspection_id: "GX-9001", due_on});
  add(w, "visit", {
    visit_id: `${slot.inspection_id}-D91`,
    inspection_id: slot.inspection_id,
    unit_code: town(3),
    place_name: "稷原演示仓储厂",
    visited_on: slot.from,
    credit_code: brokenCreditCode("990403", 91)
  });
}
