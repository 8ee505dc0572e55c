import type {Slot} from "../../kit/bulk.ts";
import {brokenCreditCode} from "../../kit/credit-code.ts";
import {event} from "../../kit/history.ts";
import {judge} from "../../kit/people.ts";
import {act, inPlace, majorInPlace, scoredYear, taleOf} from "../../kit/tale.ts";
import {add, type Draft} from "../../kit/world.ts";
import {city, county} from "./inspections.ts";

/** The cases of CASES.yaml, each named there by its id. */
export function addShandongCases(w: Draft, slots: Map<string, Slot>): void {
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
  const tale = taleOf(w, "SD", "巡查");
  const first = at(slots, "SX-01");
  const found_on = "2018-03-07";
  const due_on = "2018-07-15";
  tale(1, first, {item: "9", found_on, due_on}, ["清单", "2018-05-09"], ["完成", "2018-08-04"], ["销号", "2018-08-20"]);
  tale(2, first, inPlace(first, {item: "6", due_on: "2018-10-31", handed_on: "2018-04-02"}), ["清单", "2018-03-28"]);
  tale(3, first, majorInPlace(first, {item: "6", due_on}), ["清单", "2018-03-28"], ["完成", "2018-07-01"], ["销号", "2018-07-12"]);
  act(w, "SC-03", "曝光", city(1), "2018-03-21", {finding_id: "SD-0003", inspection_id: "SX-01", by_office: "省级主流媒体"});
  tale(4, first, majorInPlace(first, {item: "6", due_on}), ["清单", "2018-03-28"], ["完成", "2018-07-30"]);
  tale(6, first, {item: "2", found_on, due_on, arose_on: "2015-11-20"}, ["完成", "2018-07-01"], ["销号", "2018-07-10"]);
  tale(7, first, {item: "2", found_on, due_on, arose_on: "2016-01-01"}, ["完成", "2018-07-01"], ["销号", "2018-07-10"]);
  tale(8, at(slots, "SX-02"), {item: "8", severity: "较大", found_on, due_on}, ["完成", "2018-07-01"], ["销号", "2018-07-10"]);
  tale(9, first, {item: "8", found_on, due_on}, ["完成", "2018-07-01"], ["销号", "2018-07-10"]);
  tale(
    10,
    first,
    {item: "3", unit_code: county(1, 1), found_on, due_on},
    ["完成", "2018-07-10"],
    ["退回", "2018-07-13"],
    ["完成", "2018-07-25", {seq_no: 2}]
  );
  tale(
    15,
    first,
    inPlace(first, {item: "6", due_on: "2018-05-15"}),
    ["清单", "2018-03-28"],
    ["完成", "2018-05-10"],
    ["销号", "2018-05-14"]
  );
  tale(16, first, {item: "3", found_on, due_on}, ["清单", "2018-05-09"], ["完成", "2018-07-10"], ["销号", "2018-07-14"]);
  tale(17, first, {item: "4", found_on, due_on: "2019-01-31"}, ["清单", "2018-05-09"], ["完成", "2019-01-08"]);
  for (const [n, id] of [
    [31, "SX-07"],
    [41, "SX-08"]
  ] as const) {
    const twin = at(slots, id);
    tale(
      n,
      twin,
      {item: "2", severity: "较大", found_on: "2018-05-10", due_on: "2018-09-15"},
      ["完成", "2018-09-01"],
      ["销号", "2018-09-10"]
    );
    tale(n + 1, twin, {item: "4", found_on: "2018-05-10", due_on: "2018-09-15"}, ["完成", "2018-09-02"], ["销号", "2018-09-10"]);
  }
}

function accidents(w: Draft): void {
  const concluded = {liable: true, concealed: false, concluded_by: "演示省人民政府", accident_type: "爆炸"};
  add(
    w,
    "accident",
    {
      ...concluded,
      accident_id: "SG-01",
      unit_code: city(4),
      occurred_on: "2017-06-05",
      accident_grade: "较大",
      deaths: 5,
      injuries: 2,
      loss_wan: 980,
      concealed: true,
      reported_at: "2017-06-08 09:00",
      concluded_on: "2018-01-20",
      document_no: "演政字〔2018〕3号"
    },
    {
      ...concluded,
      accident_id: "SG-02",
      unit_code: city(6),
      occurred_on: "2016-09-12",
      accident_grade: "重大",
      deaths: 12,
      injuries: 5,
      loss_wan: 3600,
      reported_at: "2016-09-12 10:30",
      concluded_on: "2017-03-15",
      document_no: "演政字〔2017〕8号"
    },
    {
      ...concluded,
      accident_id: "SG-03",
      unit_code: city(1),
      occurred_on: "2017-11-30",
      accident_grade: "一般",
      deaths: 1,
      injuries: 0,
      loss_wan: 85,
      reported_at: "2017-11-30 18:00",
      concluded_on: "2018-02-26",
      document_no: "演政字〔2018〕6号"
    },
    {
      ...concluded,
      accident_id: "SG-04",
      unit_code: city(1),
      occurred_on: "2015-12-15",
      accident_grade: "较大",
      deaths: 3,
      injuries: 1,
      loss_wan: 400,
      reported_at: "2015-12-15 12:10",
      concluded_on: "2016-04-20",
      document_no: "演政字〔2016〕9号"
    }
  );
}

function appeals(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "SD", "巡查");
  const first = at(slots, "SX-01");
  tale(21, first, {item: "1", severity: "较大", found_on: "2018-03-08", due_on: "2018-07-15"}, ["完成", "2018-07-02"]);
  tale(22, first, {item: "7", severity: "重大", found_on: "2018-03-08", due_on: "2018-07-15"}, ["完成", "2018-07-02"]);
  const of = {
    subject_kind: "问题",
    unit_code: city(1),
    filed_on: "2018-09-10",
    accepted_on: "2018-09-12",
    decided_by: "省安委会办公室"
  };
  add(
    w,
    "appeal",
    {
      ...of,
      appeal_id: "SY-01",
      subject_id: "SD-0021",
      decided_on: "2018-10-15",
      decision: "撤销",
      grounds: "部署文件已补充提供",
      document_no: "复〔2018〕1号"
    },
    {
      ...of,
      appeal_id: "SY-02",
      subject_id: "SD-0022",
      decided_on: "2018-10-15",
      decision: "变更",
      new_severity: "一般",
      grounds: "已有处置方案",
      document_no: "复〔2018〕2号"
    }
  );
}

function others(w: Draft): void {
  for (const [n, points] of [
    [1, 4],
    [2, 5],
    [4, 4.5],
    [5, 6],
    [6, 3.5],
    [7, 5],
    [8, 5]
  ] as const)
    judge(w, city(n), 2018, "S3-2", points, "2018-12-20");
  add(
    w,
    "tip",
    {
      tip_id: "SJ-01",
      inspection_id: "SX-01",
      unit_code: city(1),
      received_on: "2018-03-09",
      channel: "电话",
      outcome: "查实",
      closed_on: "2018-04-02"
    },
    {
      tip_id: "SJ-02",
      inspection_id: "SX-02",
      unit_code: city(2),
      received_on: "2018-03-12",
      channel: "邮箱",
      outcome: "不实",
      closed_on: "2018-04-08"
    },
    {
      tip_id: "SJ-03",
      inspection_id: "SX-03",
      unit_code: city(3),
      received_on: "2018-03-15",
      channel: "来信",
      outcome: "查实",
      closed_on: "2018-04-20"
    }
  );
  act(w, "SC-11", "曝光", city(3), "2018-03-22", {inspection_id: "SX-03", by_office: "当地主流媒体"});
  act(w, "SC-12", "曝光", city(3), "2018-03-26", {inspection_id: "SX-03", by_office: "当地主流媒体"});
  act(w, "SC-13", "通报表扬", city(2), "2018-06-11", {by_office: "省安委会办公室", document_no: "演安办〔2018〕17号"});
  act(w, "SC-14", "书面报告", city(1), "2018-03-20", {inspection_id: "SX-01", finding_id: "SD-0004", to_office: "省政府安委会"});
  const indicators = [
    ["A-01", "事故指标", 20],
    ["A-02", "责任制落实", 18],
    ["A-06", "执法检查", 14],
    ["A-09", "双重预防", 16]
  ] as const;
  scoredYear(
    w,
    Array.from({length: 9}, (_, i) => city(i + 1)),
    2018,
    indicators
  );
}

/** Rows the program must refuse or hold back. */
function faults(w: Draft, slots: Map<string, Slot>): void {
  const tale = taleOf(w, "SD", "巡查");
  const slot = at(slots, "SX-02");
  const due_on = "2018-07-15";
  tale(91, slot, {due_on: "2018-02-29"});
  tale(92, slot, {due_on, description: "城市安全风险评估未开展"});
  tale(92, slot, {due_on, description: "老旧管网改造计划未完成"});
  tale(93, slot, {found_on: "2018-03-20", due_on: "2018-03-02"});
  tale(94, slot, {due_on, item: "13"});
  tale(95, slot, {due_on, unit_code: "3.71702E+11"});
  tale(96, slot, {due_on, unit_code: "999999"});
  tale(97, slot, {due_on}, ["清单", "2018-02-27"], ["完成", "2018-07-01"]);
  add(w, "rectification", event("SD-0999", "完成", "2018-06-01"));
  add(w, "inspection", {
    inspection_id: "SX-90",
    unit_code: city(9),
    kind: "专项",
    organiser_level: "省",
    round_no: "1",
    started_on: "2018-09-03",
    ended_on: "2018-09-07"
  });
  tale(98, slot, {inspection_id: "SX-90", due_on});
  add(w, "visit", {
    visit_id: "SX-02-D91",
    inspection_id: "SX-02",
    unit_code: county(2, 1),
    place_name: "汐岱演示仓储厂",
    visited_on: "2018-03-13",
    credit_code: brokenCreditCode("990201", 91)
  });
}
