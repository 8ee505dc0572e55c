import type {Slot} from "../../kit/bulk.ts";
import type {Crew} from "../../kit/crew.ts";
import {type Enterprise, type InspectionSpec, inspect, type Seat} from "../../kit/inspect.ts";
import type {Draft} from "../../kit/world.ts";
import {body, department, town} from "./units.ts";

const TEAM: readonly Seat[] = [
  ["组长", "正科级"],
  ["副组长", "副科级"],
  ["组员", "科员"],
  ["组员", "科员"],
  ["专家", "高级工程师"]
];

/**
 * Three teams; one or two people change now and then, half of the first one before X25-16. Of the third one only one person is left
 * at X25-18.
 */
const CREWS: readonly Crew[] = [
  {
    no: 1,
    changes: [
      ["X25-13", 3],
      ["X25-16", 0, 2]
    ]
  },
  {no: 2, changes: [["X25-11", 1]]},
  {
    no: 3,
    changes: [
      ["X25-12", 2],
      ["X25-18", 0, 1, 3]
    ]
  }
];

type Plan = Pick<InspectionSpec, "id" | "unit_code" | "start" | "end"> & Partial<InspectionSpec>;

/** 2024: half of the towns. */
const LAST_YEAR: readonly Plan[] = [
  {id: "X24-01", unit_code: town(3), start: "2024-03-11", end: "2024-03-15"},
  {id: "X24-02", unit_code: town(4), start: "2024-04-08", end: "2024-04-12"},
  {id: "X24-03", unit_code: town(6), start: "2024-04-15", end: "2024-04-19"},
  {id: "X24-04", unit_code: town(9), start: "2024-05-13", end: "2024-05-17"},
  {id: "X24-05", unit_code: town(10), start: "2024-05-20", end: "2024-05-24"},
  {id: "X24-06", unit_code: town(12), start: "2024-06-17", end: "2024-06-21"},
  {id: "X24-07", unit_code: town(15), start: "2024-07-08", end: "2024-07-12"},
  {id: "X24-08", unit_code: department(1), start: "2024-09-02", end: "2024-09-06"},
  {id: "X24-09", unit_code: department(5), start: "2024-09-09", end: "2024-09-13"}
];

/** 2025, the year that is assessed. `weight: 0`: its findings are all told by hand. */
const THIS_YEAR: readonly Plan[] = [
  {id: "X25-01", unit_code: department(1), start: "2025-01-13", end: "2025-01-24", report: 19},
  {id: "X25-02", unit_code: town(6), kind: "专项", start: "2025-02-17", end: "2025-02-21"},
  {id: "X25-03", unit_code: town(1), start: "2025-03-03", end: "2025-03-14"},
  {id: "X25-04", unit_code: town(2), start: "2025-03-17", end: "2025-03-21", more: {notified_on: "2025-03-16"}},
  {id: "X25-05", unit_code: town(3), start: "2025-03-24", end: "2025-03-28", weight: 0},
  {
    id: "X25-06",
    unit_code: town(5),
    start: "2025-04-07",
    end: "2025-04-11",
    weight: 0,
    more: {approved_on: "2025-04-07", trained_on: "2025-04-07"}
  },
  {id: "X25-07", unit_code: town(4), level: "市", start: "2025-04-14", end: "2025-04-18", weight: 0, more: {extended_from: "市"}},
  {id: "X25-08", unit_code: town(7), start: "2025-05-12", end: "2025-05-16", weight: 0, more: {organ_sent_on: "2025-06-12"}},
  {id: "X25-09", unit_code: town(8), start: "2025-05-19", end: "2025-05-23", weight: 0, more: {organ_sent_on: "2025-06-24"}},
  {id: "X25-10", unit_code: town(15), start: "2025-05-26", end: "2025-05-30"},
  {id: "X25-11", unit_code: town(12), start: "2025-06-09", end: "2025-06-13", weight: 0, response: null, report: 40, fed_back: 48},
  {id: "X25-12", unit_code: town(13), start: "2025-06-16", end: "2025-06-20", weight: 0, report: null, more: {archived_on: null}},
  {
    id: "X25-13",
    unit_code: town(16),
    start: "2025-07-07",
    end: "2025-07-11",
    seats: {0: {to_on: "2025-07-10", leave_approved: true}}
  },
  {
    id: "X25-14",
    unit_code: town(11),
    start: "2025-08-04",
    end: "2025-08-15",
    response: 71,
    seats: {0: {recusal_declared_on: "2025-08-04"}}
  },
  {
    id: "X25-15",
    unit_code: town(17),
    start: "2025-08-18",
    end: "2025-08-22",
    seats: {2: {recusal_declared_on: null, recusal_result: null}}
  },
  {
    id: "X25-16",
    unit_code: town(18),
    start: "2025-09-01",
    end: "2025-09-05",
    seats: {3: {to_on: "2025-09-03", leave_approved: false}}
  },
  {id: "X25-17", unit_code: department(2), start: "2025-09-08", end: "2025-09-12", seats: {3: {to_on: "2025-09-10"}}},
  {id: "X25-18", unit_code: department(3), start: "2025-09-15", end: "2025-09-19"},
  {id: "X25-19", unit_code: department(6), start: "2025-09-22", end: "2025-09-26", weight: 0},
  {id: "X25-20", unit_code: town(2), start: "2025-10-13", end: "2025-10-17"},
  {
    id: "X25-21",
    unit_code: department(4),
    level: "国务院",
    start: "2025-10-20",
    end: "2025-10-24",
    weight: 0,
    more: {extended_from: "国务院"}
  },
  {
    id: "X25-22",
    unit_code: town(14),
    start: "2025-12-22",
    end: "2026-01-04",
    weight: 0,
    report: null,
    fed_back: null,
    response: null,
    more: {ended_on: null, left_on: null}
  },
  {
    id: "X25-23",
    unit_code: body(1),
    start: "2025-11-10",
    end: "2025-11-14",
    team: TEAM,
    weight: 0,
    report: 10,
    fed_back: 11,
    response: null,
    more: {organ_sent_on: null}
  },
  {
    id: "X25-24",
    unit_code: body(2),
    start: "2025-12-15",
    end: "2025-12-19",
    weight: 0,
    report: null,
    fed_back: null,
    response: null
  }
];

/** Writes all inspections; returns them by id as slots for findings. */
export function addMudanInspections(w: Draft, enterprises: Map<string, readonly Enterprise[]>): Map<string, Slot> {
  const slots = [...LAST_YEAR, ...THIS_YEAR].map((plan, i) => {
    const ofDepartment = plan.unit_code >= "990200";
    return inspect(w, {
      kind: "全面",
      level: "县级",
      team: i % 9 === 4 ? TEAM.slice(0, 3) : TEAM,
      team_no: `第${(i % 3) + 1}组`,
      crew: CREWS[i % 3],
      layer: ofDepartment ? "部门" : "党委政府",
      weight: ofDepartment ? 0.6 : 1,
      enterprises: ofDepartment ? [] : enterprises.get(plan.unit_code),
      ...plan
    });
  });
  return new Map(slots.map((slot) => [slot.inspection_id, slot]));
}
