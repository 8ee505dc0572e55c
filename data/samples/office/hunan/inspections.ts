import type {Slot} from "../../kit/bulk.ts";
import type {Crew} from "../../kit/crew.ts";
import {type Enterprise, type InspectionSpec, inspect, type Seat} from "../../kit/inspect.ts";
import type {Draft} from "../../kit/world.ts";
import {city, department} from "./units.ts";

const TEAM: readonly Seat[] = [
  ["组长", "副厅级"],
  ["副组长", "正处级"],
  ["组员", "副处级"],
  ["组员", "主任科员"],
  ["组员", "主任科员"],
  ["组员", "科员"],
  ["专家", "高级工程师"]
];

/** Four teams; half of the fourth one changes before HX2510. Of the third one two of six are left at HX2513. */
const CREWS: readonly Crew[] = [
  {
    no: 1,
    changes: [
      ["HX2511", 3],
      ["HX2515", 0]
    ]
  },
  {no: 2, changes: [["HX2512", 2]]},
  {no: 3, changes: [["HX2513", 0, 1, 2, 4]]},
  {no: 4, changes: [["HX2510", 1, 3, 4]]}
];

type Plan = Pick<InspectionSpec, "id" | "unit_code" | "start" | "end"> & Partial<InspectionSpec>;

const LAST_YEAR: readonly Plan[] = [
  {id: "HX2401", unit_code: city(2), start: "2024-03-04", end: "2024-03-15"},
  {id: "HX2402", unit_code: city(4), start: "2024-04-08", end: "2024-04-19"},
  {id: "HX2403", unit_code: city(8), start: "2024-05-13", end: "2024-05-24"},
  {id: "HX2404", unit_code: city(9), start: "2024-06-03", end: "2024-06-14", weight: 0.3},
  {id: "HX2405", unit_code: city(12), start: "2024-09-02", end: "2024-09-13"},
  {id: "HX2406", unit_code: city(1), kind: "机动", start: "2024-10-14", end: "2024-10-18"}
];

/** 2025, the year that is assessed. `weight: 0`: its findings are all told by hand. */
const THIS_YEAR: readonly Plan[] = [
  {id: "HX2501", unit_code: city(12), start: "2025-01-13", end: "2025-01-24", report: 13},
  {id: "HX2502", unit_code: city(1), start: "2025-03-03", end: "2025-03-21"},
  {id: "HX2503", unit_code: city(2), start: "2025-03-03", end: "2025-03-21"},
  {
    id: "HX2504",
    unit_code: city(3),
    start: "2025-04-07",
    end: "2025-04-25",
    response: 43,
    handling: false,
    more: {notified_on: "2025-04-07"}
  },
  {
    id: "HX2505",
    unit_code: city(4),
    level: "国务院",
    start: "2025-04-14",
    end: "2025-04-25",
    weight: 0,
    more: {extended_from: "国务院"}
  },
  {
    id: "HX2506",
    unit_code: city(5),
    start: "2025-05-12",
    end: "2025-05-30",
    weight: 0,
    clean: 8,
    more: {notified_on: "2025-05-11"}
  },
  {
    id: "HX2507",
    unit_code: city(6),
    start: "2025-05-12",
    end: "2025-05-30",
    weight: 0,
    clean: 8,
    more: {approved_on: "2025-05-12"}
  },
  {
    id: "HX2508",
    unit_code: city(7),
    start: "2025-06-03",
    end: "2025-06-20",
    weight: 0,
    clean: 8,
    more: {report_approved_on: "2025-07-10"}
  },
  {id: "HX2509", unit_code: city(9), start: "2025-06-09", end: "2025-06-27", weight: 0, clean: 8, report: 30, fed_back: 40},
  {id: "HX2510", unit_code: city(10), start: "2025-07-07", end: "2025-07-25", weight: 0, clean: 8, response: null},
  {id: "HX2511", unit_code: city(11), start: "2025-08-04", end: "2025-08-22", handling: false},
  {id: "HX2512", unit_code: department(1), start: "2025-09-01", end: "2025-09-12", weight: 0.4, more: {recorded: false}},
  {id: "HX2513", unit_code: city(2), kind: "机动", start: "2025-09-15", end: "2025-09-19"},
  {id: "HX2514", unit_code: department(2), start: "2025-10-13", end: "2025-10-24", weight: 0.4, report: null},
  {
    id: "HX2515",
    unit_code: department(11),
    kind: "机动",
    start: "2025-11-03",
    end: "2025-11-07",
    weight: 0.3,
    team: [["组长", "正处级"], ...TEAM.slice(1)],
    response: null,
    more: {fed_back_on: "2025-12-12", feedback_received_on: "2025-12-12", notice_approved_on: "2025-12-10"}
  },
  {
    id: "HX2516",
    unit_code: department(12),
    start: "2025-12-01",
    end: "2025-12-05",
    weight: 0,
    fed_back: null,
    response: null,
    more: {report_approved_on: null}
  },
  {
    id: "HX2517",
    unit_code: department(13),
    start: "2025-12-22",
    end: "2025-12-26",
    weight: 0,
    report: null,
    fed_back: null,
    response: null
  }
];

/** Writes all inspections; returns them by id as slots for findings. */
export function addHunanInspections(w: Draft, enterprises: Map<string, readonly Enterprise[]>): Map<string, Slot> {
  const slots = [...LAST_YEAR, ...THIS_YEAR].map((plan, i) =>
    inspect(w, {
      kind: "综合",
      level: "省",
      team: i % 7 === 3 ? TEAM.slice(0, 5) : TEAM,
      team_no: `第${(i % 4) + 1}组`,
      crew: CREWS[i % 4],
      report: 4,
      response: 25,
      clean: 4,
      layer: plan.unit_code >= "998000" ? "部门" : "党委政府",
      enterprises: enterprises.get(plan.unit_code),
      ...plan,
      ...(plan.unit_code >= "998000" ? {clean: 0} : {})
    })
  );
  return new Map(slots.map((slot) => [slot.inspection_id, slot]));
}
