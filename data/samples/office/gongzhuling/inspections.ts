import type {Slot} from "../../kit/bulk.ts";
import {addDays, months} from "../../kit/day.ts";
import {type Enterprise, inspect, type Seat} from "../../kit/inspect.ts";
import type {Draft} from "../../kit/world.ts";
import {department, PLACES, park, town} from "./units.ts";

const TEAM: readonly Seat[] = [
  ["组长", "科长"],
  ["组员", "科员"],
  ["专家", "工程师"]
];

/** Places whose 2025 findings are told by hand, or that are not inspected then. */
const BY_HAND = [town(6), town(7), town(8), town(9), park(2)];
const NOT_IN_2025 = [town(10)];

/**
 * Every month five unannounced visits to five places, four enterprises less in 2025; in February 2025 only three.
 * Returns the slots by id.
 */
export function addGongzhulingInspections(w: Draft, enterprises: Map<string, readonly Enterprise[]>): Map<string, Slot> {
  const slots: Slot[] = [];
  const turns = new Map<string, number>();
  for (const [m, month] of months("2024-01", "2025-12").entries()) {
    const trips = month === "2025-02" ? 3 : 5;
    for (let k = 0; k < trips; k++) {
      const unit_code = PLACES[(m * 5 + k) % PLACES.length] as string;
      const in2025 = month >= "2025";
      if (in2025 && (NOT_IN_2025.includes(unit_code) || (unit_code === town(12) && month >= "2025-07"))) continue;
      const turn = turns.get(unit_code) ?? 0;
      turns.set(unit_code, turn + 1);
      const all = enterprises.get(unit_code) ?? [];
      const seen = in2025 ? [all[turn % 5]] : [all[(2 * turn) % 8], all[(2 * turn + 1) % 8], all[turn % 3]];
      slots.push(
        visitPlace(
          w,
          `GX-${month.slice(2).replace("-", "")}-${k + 1}`,
          unit_code,
          `${month}-${String(4 + k * 5).padStart(2, "0")}`,
          distinct(seen)
        )
      );
    }
  }
  for (const [i, start] of ["2024-06-26", "2025-06-26", "2025-09-26"].entries())
    slots.push(visitPlace(w, `GX-B${i + 1}`, department((i % 2) + 1), start, []));
  return new Map(slots.map((slot) => [slot.inspection_id, slot]));
}

function distinct(list: readonly (Enterprise | undefined)[]): Enterprise[] {
  return [...new Set(list.filter((e): e is Enterprise => e !== undefined))];
}

function visitPlace(w: Draft, id: string, unit_code: string, start: string, enterprises: readonly Enterprise[]): Slot {
  const byHand = start >= "2025" && BY_HAND.includes(unit_code);
  return inspect(w, {
    id,
    unit_code,
    kind: "暗访",
    level: "县级",
    start,
    end: start,
    team: TEAM,
    team_no: Number(id.at(-1)) % 2 === 0 ? "综合二组" : "综合一组",
    enterprises,
    clean: byHand ? enterprises.length : Math.max(0, enterprises.length - 2),
    report: 2,
    fed_back: 2,
    response: Number(id.at(-1)) % 2 === 0 ? 20 : null,
    weight: byHand ? 0 : 1,
    layer: unit_code > department(0) ? "部门" : "党委政府",
    more: {
      unannounced: id !== "GX-2403-2",
      approved_on: addDays(start, -3),
      notified_on: id === "GX-2506-2" ? addDays(start, -1) : null,
      announced_on: null,
      hotline_on: null,
      notice_approved_on: null,
      report_approved_on: null,
      organ_sent_on: null,
      published_on: null,
      // April's report waited for the last visit of the month.
      ...(id === "GX-2504-5" ? {reported_on: "2025-05-06"} : {})
    },
    visit: {
      trip_no: id,
      credentials_shown: id !== "GX-2508-1",
      record_signed: id !== "GX-2502-1",
      slip_no: id === "GX-2505-3" ? null : `DB${id.slice(3)}`,
      recorded: id === "GX-2507-2" ? null : true,
      checkers: "暗访人员甲、暗访人员乙"
    }
  });
}
