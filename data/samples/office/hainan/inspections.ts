import type {Slot} from "../../kit/bulk.ts";
import {type Enterprise, type InspectionSpec, inspect, type Seat} from "../../kit/inspect.ts";
import {officials, placePosts} from "../../kit/people.ts";
import {addEnterprises, addUnits} from "../../kit/unit.ts";
import type {Draft} from "../../kit/world.ts";

const COUNTIES = [
  "椤海市",
  "琼樾市",
  "椰汀市",
  "珊砚县",
  "槟澜县",
  "屿樾县",
  "澜崖市",
  "礁汀县",
  "霁海县",
  "苇沄县",
  "汐岱县",
  "槿澜县",
  "朔汀县"
];

const TEAM: readonly Seat[] = [
  ["组长", "副厅级"],
  ["副组长", "正处级"],
  ["组员", "副处级"],
  ["组员", "科员"],
  ["专家", "正高级工程师"]
];

type Plan = Pick<InspectionSpec, "id" | "unit_code" | "start" | "end"> & Partial<InspectionSpec>;

/** The code of the n-th city or county. */
export function county(n: number): string {
  return String(990000 + n * 100);
}

/** The cycle 2023 to 2025; the last year is assessed. `weight: 0`: findings told by hand. */
const PLANS: readonly Plan[] = [
  {id: "NX2301", unit_code: county(1), start: "2023-04-10", end: "2023-04-21"},
  {id: "NX2302", unit_code: county(2), start: "2023-05-15", end: "2023-05-26"},
  {id: "NX2303", unit_code: county(3), start: "2023-06-12", end: "2023-06-21", weight: 0.5},
  {id: "NX2304", unit_code: county(4), start: "2023-09-11", end: "2023-09-22"},
  {id: "NX2401", unit_code: county(5), start: "2024-03-18", end: "2024-03-29", weight: 0.5},
  {id: "NX2402", unit_code: county(6), start: "2024-04-15", end: "2024-04-26", weight: 0.5},
  {id: "NX2403", unit_code: county(7), start: "2024-06-17", end: "2024-06-28", weight: 0.5},
  {id: "NX2404", unit_code: county(8), start: "2024-09-09", end: "2024-09-20"},
  {id: "NX2405", unit_code: county(2), start: "2024-10-14", end: "2024-10-25"},
  {id: "NX2501", unit_code: county(1), start: "2025-03-10", end: "2025-03-21", weight: 1.4},
  {id: "NX2502", unit_code: county(3), start: "2025-04-14", end: "2025-04-25", weight: 1.4},
  {id: "NX2503", unit_code: county(5), start: "2025-05-12", end: "2025-05-23", weight: 1.4},
  {id: "NX2504", unit_code: county(6), start: "2025-05-26", end: "2025-06-06", weight: 0.8},
  {id: "NX2505", unit_code: county(7), start: "2025-06-16", end: "2025-06-27", weight: 0},
  {id: "NX2506", unit_code: county(9), start: "2025-07-07", end: "2025-07-18", weight: 0},
  {id: "NX2507", unit_code: county(10), start: "2025-07-07", end: "2025-07-18", weight: 0},
  {
    id: "NX2508",
    unit_code: county(11),
    start: "2025-09-08",
    end: "2025-09-19",
    weight: 0,
    report: null,
    more: {approved_on: "2025-09-08"}
  },
  {
    id: "NX2509",
    unit_code: county(3),
    start: "2025-10-20",
    end: "2025-10-24",
    weight: 0.6,
    more: {drawn: false, approved_on: "2025-10-22"}
  },
  {
    id: "NX2510",
    unit_code: county(12),
    start: "2025-12-22",
    end: "2026-01-09",
    weight: 0,
    report: null,
    fed_back: null,
    response: null,
    more: {ended_on: null, left_on: null, planned_to: "2026-01-09"}
  }
];

/** Adds cities and counties, two towns in each (one merged away), enterprises and the people in office. */
export function addHainanUnits(w: Draft): Map<string, Enterprise[]> {
  addUnits(
    w,
    "市县",
    COUNTIES.map((name, i) => [
      county(i + 1),
      name,
      {
        peer_group: name.endsWith("市") ? "市" : "县",
        exposure: 120 + i * 45,
        tile_col: (i % 4) + 1,
        tile_row: Math.floor(i / 4) + 1
      }
    ])
  );
  for (const [i, name] of COUNTIES.entries()) {
    const parent_code = county(i + 1);
    const stem = name.slice(0, 2);
    const town = (n: number) => `${parent_code.slice(0, 4)}0${n}`;
    const merged = i === 0 ? {valid_to: "2025-01-01", successor_code: town(1)} : {};
    addUnits(w, "镇街", [
      [town(1), `${stem}东镇`, {parent_code}],
      [town(2), `${stem}西镇`, {parent_code, ...merged}]
    ]);
    officials(w, parent_code, placePosts(name.endsWith("市") ? "市" : "县"), "2021-10-20", i % 4 === 0 ? "2025-04-01" : null);
  }
  return new Map(COUNTIES.map((name, i) => [county(i + 1), addEnterprises(w, `${county(i + 1).slice(0, 4)}01`, name, 6, 3)]));
}

/** Writes all inspections; returns them by id as slots for findings. */
export function addHainanInspections(w: Draft, enterprises: Map<string, readonly Enterprise[]>): Map<string, Slot> {
  const slots = PLANS.map((plan, i) =>
    inspect(w, {
      kind: "巡查",
      level: "省",
      team: TEAM,
      team_no: `第${(i % 3) + 1}组`,
      enterprises: enterprises.get(plan.unit_code),
      clean: plan.weight === 0 ? 6 : 2,
      ...plan,
      more: {drawn: true, ...plan.more}
    })
  );
  return new Map(slots.map((slot) => [slot.inspection_id, slot]));
}
