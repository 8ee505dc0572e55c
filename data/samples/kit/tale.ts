import type {Slot} from "./bulk.ts";
import {event} from "./history.ts";
import {add, type Draft, type Row, tell} from "./world.ts";

/** An event as written in a tale: stage, day, the rest. */
export type Happening = readonly [stage: string, on: string, more?: Row];

/** Writes a finding by hand, one that CASES.yaml may name; returns its id. */
export type Tale = (n: number, slot: Slot, row: Row, ...events: Happening[]) => string;

/**
 * A writer of findings by hand. What a row does not say is the ordinary: 一般, 管理问题, found on the inspection's first day.
 * @example const tale = taleOf(w, "MD", "巡查"); tale(1, slot, {item: "6", due_on: "2025-04-20"}, ["完成", "2025-05-06"])
 */
export function taleOf(w: Draft, prefix: string, source: string): Tale {
  return (n, slot, row, ...events) => {
    const finding_id = `${prefix}-${String(n).padStart(4, "0")}`;
    tell(w, {
      finding: {
        finding_id,
        inspection_id: slot.inspection_id,
        unit_code: slot.unit_code,
        layer: slot.layer,
        item: "6",
        severity: "一般",
        description: "重点工作任务清单未见推进记录和办结依据",
        found_on: slot.from,
        nature: "管理问题",
        fault: slot.layer === "部门" ? "部门监管" : "党委政府",
        source,
        requirement: "明确责任人和完成时限",
        handed_on: slot.fed_back_on,
        owner: "分管负责人",
        ...row
      },
      events: events.map(([stage, on, more]) => event(finding_id, stage, on, more))
    });
    return finding_id;
  };
}

/** What makes a finding one of an enterprise: told while the team is there, charged to the enterprise unless said otherwise. */
export function inPlace(slot: Slot, more: Row = {}): Row {
  const [place] = slot.places;
  return {
    layer: "企业",
    description: "成品库房两具灭火器压力不足，未及时更换",
    nature: "事故隐患",
    hazard_level: "一般",
    fault: "企业主体",
    category: "消防",
    industry: "消防",
    handed_on: slot.to,
    ...(place ? {unit_code: place.unit_code, visit_id: place.visit_id, found_on: place.visited_on} : {}),
    measure: "制定整改方案，落实防范措施",
    fund_wan: 3.5,
    plan: "已制定应急处置措施",
    ...more
  };
}

/** A 重大 hazard of an enterprise. */
export function majorInPlace(slot: Slot, more: Row = {}): Row {
  return inPlace(slot, {
    severity: "重大",
    hazard_level: "重大",
    description: "涉及可燃和有毒有害气体泄漏的场所未按标准设置检测报警装置",
    category: "设备设施",
    industry: "危险化学品",
    criterion: "化工和危险化学品生产经营单位重大生产安全事故隐患判定标准（试行）",
    requirement: "限期整改，整改期间采取防范措施",
    ...more
  });
}

/** A measure taken. */
export function act(w: Draft, action_id: string, kind: string, unit_code: string, taken_on: string, more: Row = {}): void {
  add(w, "action", {action_id, kind, unit_code, taken_on, by_office: "安委会", ...more});
}

/** Points of the annual assessment's other items, for every unit of a year. */
export function scoredYear(
  w: Draft,
  units: readonly string[],
  year: number,
  items: readonly (readonly [string, string, number])[]
): void {
  for (const [i, unit_code] of units.entries()) {
    for (const [j, [item_code, item_name, full]] of items.entries())
      add(w, "appraisal", {unit_code, year, item_code, item_name, full, points: full - ((i * 7 + j * 5 + year) % 9) / 4});
  }
}
