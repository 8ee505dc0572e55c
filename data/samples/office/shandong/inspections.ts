import type {Slot} from "../../kit/bulk.ts";
import {addDays} from "../../kit/day.ts";
import {type Enterprise, type InspectionSpec, inspect, type Seat} from "../../kit/inspect.ts";
import {officials, placePosts} from "../../kit/people.ts";
import {addEnterprises, addUnits} from "../../kit/unit.ts";
import {add, type Draft} from "../../kit/world.ts";

const CITIES = ["岱汐", "汐岱", "槿州", "砚州", "沄州", "汐州", "朔汀", "苇沄", "澜砚"];

const TEAM: readonly Seat[] = [
  ["组长", "厅级"],
  ["副组长", "正处级"],
  ["组员", "副处级"],
  ["组员", "副处级"],
  ["组员", "主任科员"],
  ["组员", "主任科员"],
  ["组员", "科员"],
  ["专家", "高级工程师"],
  ["专家", "高级工程师"]
];

type Plan = Pick<InspectionSpec, "id" | "unit_code" | "start" | "end" | "team_no"> & Partial<InspectionSpec>;

/** The code of the n-th city; the second one is the host of the summit. */
export function city(n: number): string {
  return String(990000 + n * 100);
}

/** A county of a city. */
export function county(n: number, m: number): string {
  return `${city(n).slice(0, 4)}0${m}`;
}

const [MARCH, MAY] = [
  {start: "2018-03-05", end: "2018-03-30"},
  {start: "2018-05-07", end: "2018-05-31"}
];

/** Four teams, four cities in March, four in May. `weight: 0`: findings told by hand. */
const PLANS: readonly Plan[] = [
  {...MARCH, id: "SX-01", team_no: "第一组", unit_code: city(1), weight: 1.3},
  {...MARCH, id: "SX-02", team_no: "第二组", unit_code: city(2), more: {recorded: null}},
  {...MARCH, id: "SX-03", team_no: "第三组", unit_code: city(3), response: 80},
  {...MARCH, id: "SX-04", team_no: "第四组", unit_code: city(4), report: 40, approved: 0, fed_back: 55},
  {...MAY, id: "SX-05", team_no: "第一组", unit_code: city(5), weight: 0, clean: 8, approved: 3},
  {
    ...MAY,
    id: "SX-06",
    team_no: "第二组",
    unit_code: city(6),
    weight: 0,
    clean: 8,
    response: null,
    report: null,
    more: {published_on: null}
  },
  {...MAY, id: "SX-07", team_no: "第三组", unit_code: city(7), weight: 0, clean: 8},
  {...MAY, id: "SX-08", team_no: "第四组", unit_code: city(8), weight: 0, clean: 8, more: {notice_approved_on: "2018-07-10"}}
];

/** Adds nine cities (the ninth is in no group), their counties, enterprises and the people in office. */
export function addShandongUnits(w: Draft): Map<string, Enterprise[]> {
  addUnits(
    w,
    "设区市",
    CITIES.map((name, i) => [
      city(i + 1),
      i === 1 ? `${name}市（峰会举办市）` : `${name}市`,
      {exposure: 3000 + i * 410, tile_col: (i % 3) + 1, tile_row: Math.floor(i / 3) + 1}
    ])
  );
  for (const [i, name] of CITIES.entries()) {
    const parent_code = city(i + 1);
    addUnits(w, "县区", [
      [county(i + 1, 1), `${name}东区`, {parent_code}],
      [county(i + 1, 2), `${name}西县`, {parent_code}]
    ]);
    officials(w, parent_code, placePosts("市"), "2016-12-20", i % 3 === 0 ? "2018-02-10" : null);
  }
  return new Map(
    CITIES.map((name, i) => [
      city(i + 1),
      [1, 2].flatMap((m) => addEnterprises(w, county(i + 1, m), `${name}${m === 1 ? "东" : "西"}区`, 4, 2))
    ])
  );
}

/** Writes all inspections; returns them by id as slots for findings. */
export function addShandongInspections(w: Draft, enterprises: Map<string, readonly Enterprise[]>): Map<string, Slot> {
  const slots = PLANS.map((plan, i) => {
    const all = enterprises.get(plan.unit_code) ?? [];
    const slot = inspect(w, {
      kind: "巡查",
      level: "省",
      // Eleven people: the second team may have twelve in the city the plan names, not in the next one.
      team: plan.team_no === "第二组" ? [...TEAM, ["组员", "科员"], ["组员", "科员"], ["组员", "科员"], ["组员", "科员"]] : TEAM,
      crew: {no: (i % 4) + 1, changes: []},
      report: 12,
      approved: -1,
      fed_back: 40,
      response: 50,
      clean: 3,
      // One county of the third city was not visited.
      enterprises: i === 2 ? all.slice(0, 4) : all,
      ...plan,
      more: {round_no: "1", ...plan.more}
    });
    if (plan.response !== null) again(w, slot, plan.response ?? 50);
    return slot;
  });
  return new Map(slots.map((slot) => [slot.inspection_id, slot]));
}

/** 后续情况定期报告: every three months after the first; the first two cities went on to a third, the fourth never began. */
function again(w: Draft, {inspection_id, unit_code, fed_back_on}: Slot, first: number): void {
  for (const seq_no of unit_code === city(4) ? [] : [city(1), city(2)].includes(unit_code) ? [2, 3] : [2]) {
    add(w, "response", {
      inspection_id,
      unit_code,
      kind: "定期",
      submitted_on: addDays(fed_back_on, first + 85 + 90 * (seq_no - 2)),
      seq_no,
      document_no: `整改〔2018〕${Number(inspection_id.slice(-2)) + 20}号`
    });
  }
}
