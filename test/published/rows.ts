import type {Rows} from "../facts.ts";

type Row = Rows[string][number];

/** The columns every finding has; the rest is said where it matters. */
function finding(finding_id: string, unit_code: string, more: Row = {}): Row {
  return {
    finding_id,
    inspection_id: `I-${unit_code}`,
    unit_code,
    layer: "企业",
    item: "1",
    severity: "一般",
    description: "现场检查发现",
    found_on: "2025-05-20",
    ...more
  };
}

function inspection(unit_code: string, more: Row = {}): Row {
  return {
    inspection_id: `I-${unit_code}`,
    unit_code,
    kind: "全面",
    organiser_level: "县级",
    started_on: "2025-05-19",
    ended_on: "2025-05-20",
    ...more
  };
}

// ELMERI ------------------------------------------------------------------------------------------------------------------

/** One round of observations: so many correct, so many not correct, so many marks of "no observation". */
interface Round {
  readonly unit: string;
  readonly inspection: string;
  readonly on: string;
  readonly correct: number;
  readonly wrong: number;
  readonly unobserved: number;
}

const ROUNDS: readonly Round[] = [
  {unit: "W01", inspection: "I-W01", on: "2025-05-20", correct: 97, wrong: 3, unobserved: 0},
  {unit: "W02", inspection: "I-W02", on: "2025-05-20", correct: 90, wrong: 10, unobserved: 7},
  {unit: "W03", inspection: "I-W03", on: "2025-05-20", correct: 75, wrong: 25, unobserved: 0},
  {unit: "W04", inspection: "I-W04", on: "2025-05-20", correct: 89, wrong: 30, unobserved: 0},
  {unit: "W05", inspection: "I-W05", on: "2025-05-20", correct: 2, wrong: 1, unobserved: 40},
  {unit: "W06", inspection: "I-W06", on: "2025-05-20", correct: 101, wrong: 11, unobserved: 0},
  {unit: "W07", inspection: "I-W07", on: "2025-05-20", correct: 97, wrong: 3, unobserved: 12},
  {unit: "W08", inspection: "I-W08a", on: "2025-03-14", correct: 50, wrong: 50, unobserved: 0},
  {unit: "W08", inspection: "I-W08b", on: "2025-10-17", correct: 96, wrong: 4, unobserved: 0},
  {unit: "W09", inspection: "I-W09", on: "2025-05-20", correct: 0, wrong: 0, unobserved: 5},
  {unit: "W10", inspection: "I-W10", on: "2025-12-30", correct: 8, wrong: 0, unobserved: 0},
  {unit: "W11", inspection: "I-W11", on: "2025-05-20", correct: 0, wrong: 4, unobserved: 0},
  {unit: "W12", inspection: "I-W12", on: "2025-05-20", correct: 9, wrong: 1, unobserved: 0}
];

function observations(round: Round): {visits: Row[]; findings: Row[]} {
  const total = round.correct + round.wrong + round.unobserved;
  const ids = Array.from({length: total}, (_, i) => `${round.inspection}-${String(i + 1).padStart(3, "0")}`);
  return {
    visits: ids.map((visit_id, i) => ({
      visit_id,
      inspection_id: round.inspection,
      unit_code: round.unit,
      place_name: `工位${i + 1}`,
      visited_on: round.on,
      place_kind: i < round.correct + round.wrong ? "机械安全" : "未观察"
    })),
    findings: ids
      .slice(round.correct, round.correct + round.wrong)
      .map((visit_id) => finding(`F-${visit_id}`, round.unit, {inspection_id: round.inspection, visit_id, found_on: round.on}))
  };
}

const observed = ROUNDS.map(observations);

/** Twelve workplaces; W10's round has not ended, W12's one bad place has two findings. */
export const ELMERI: Rows = {
  unit: [...new Set(ROUNDS.map(({unit}) => unit))].map((unit_code) => ({
    unit_code,
    unit_name: `现场${unit_code}`,
    unit_kind: "单位"
  })),
  inspection: ROUNDS.map(({unit, inspection: inspection_id, on}) =>
    inspection(unit, {inspection_id, started_on: on, ended_on: unit === "W10" ? null : on})
  ),
  visit: observed.flatMap(({visits}) => visits),
  finding: [...observed.flatMap(({findings}) => findings), finding("F-I-W12-010-2", "W12", {visit_id: "I-W12-010"})]
};

// SMS Crash Indicator -----------------------------------------------------------------------------------------------------

const TOW = {deaths: 0, injuries: 0};
const HURT = {deaths: 0, injuries: 1};
const FATAL = {deaths: 1, injuries: 0};
const LEAK = {accident_type: "道路运输，危险品泄漏"};

/** `exposure` in thousandths of average power units × utilization factor. */
interface Carrier {
  readonly code: string;
  readonly group: string;
  readonly exposure: number | null;
  readonly crashes: readonly Row[];
}

/** n carriers of two tow-aways in the past six months, 2 × 3 × 1 = 6; fewer power units, higher measure: number k is k-th lowest. */
function ladder(prefix: string, group: string, n: number): Carrier[] {
  return Array.from({length: n}, (_, k) => ({
    code: `${prefix}${String(k + 1).padStart(2, "0")}`,
    group,
    exposure: 1000 * (n - k),
    crashes: [
      {occurred_on: "2025-08-01", ...TOW},
      {occurred_on: "2025-09-01", ...TOW}
    ]
  }));
}

const A = "牵引车2至3起";
const CARRIERS: readonly Carrier[] = [
  {
    code: "A1",
    group: A,
    exposure: 10_000,
    crashes: [
      {occurred_on: "2025-11-01", ...TOW},
      {occurred_on: "2025-06-26", ...HURT}
    ]
  },
  {
    code: "A2",
    group: A,
    exposure: 10_000,
    crashes: [
      {occurred_on: "2025-06-25", ...HURT},
      {occurred_on: "2024-12-26", ...TOW}
    ]
  },
  {
    code: "A3",
    group: A,
    exposure: 10_000,
    crashes: [
      {occurred_on: "2024-12-25", ...FATAL},
      {occurred_on: "2023-12-27", ...TOW, ...LEAK}
    ]
  },
  {
    code: "A4",
    group: A,
    exposure: 20_000,
    crashes: [
      {occurred_on: "2025-12-26", ...FATAL, ...LEAK},
      {occurred_on: "2025-08-15", ...TOW},
      {occurred_on: "2025-03-03", ...TOW}
    ]
  },
  {
    code: "A5",
    group: A,
    exposure: 10_000,
    crashes: [
      {occurred_on: "2025-09-09", ...TOW},
      {occurred_on: "2025-10-10", ...TOW}
    ]
  },
  {
    code: "A6",
    group: A,
    exposure: 15_000,
    crashes: [
      {occurred_on: "2025-01-15", ...TOW},
      {occurred_on: "2024-06-01", ...TOW}
    ]
  },
  {
    code: "A7",
    group: A,
    exposure: 10_000,
    crashes: [
      {occurred_on: "2025-07-07", ...FATAL},
      {occurred_on: "2023-12-26", ...FATAL}
    ]
  },
  {
    code: "A8",
    group: A,
    exposure: null,
    crashes: [
      {occurred_on: "2025-07-07", ...FATAL},
      {occurred_on: "2025-07-08", ...FATAL}
    ]
  },
  ...ladder("B", "单体车2起", 5),
  ...ladder("C", "牵引车4至6起", 21),
  ...ladder("D", "单体车3至4起", 7)
];

/** Forty-one carriers in four groups. */
export const SMS: Rows = {
  unit: CARRIERS.map(({code, group, exposure}) => ({
    unit_code: code,
    unit_name: `承运人${code}`,
    unit_kind: "企业",
    peer_group: group,
    exposure
  })),
  inspection: CARRIERS.map(({code}) => inspection(code)),
  accident: CARRIERS.flatMap(({code, crashes}) =>
    crashes.map((crash, i) => ({
      accident_id: `${code}-${i + 1}`,
      unit_code: code,
      accident_grade: "一般",
      accident_type: "道路运输",
      ...crash
    }))
  )
};

// JGJ 59-2011 -------------------------------------------------------------------------------------------------------------

/** Points of J1 … J10 in this order; null: not yet judged; 不涉及: the site has no such thing. */
type Sheet = readonly (number | "不涉及" | null)[];

const SHEETS: Readonly<Record<string, Sheet>> = {
  S01: [10, 15, 10, 10, 10, 6, 10, 10, 10, 5],
  S02: [9, 12, 8, 8.5, 8, 6, 7.5, 8, 8, 4.5],
  S03: [9, 12, 8, 8.49, 8, 2.5, 7.5, 8, 8, 4.5],
  S04: [7, 10.5, 7, 7, 7, 3, 7, 7, 7, 3.5],
  S05: [7, 10.5, 7, 7, 7, 3, 7, 7, 7, 3.49],
  S06: [9, 13, 8, null, 8, 5, 9, 8, 8, "不涉及"],
  S07: [8, 12, null, null, null, null, 8, null, null, 4],
  S08: [9, 15, 10, 10, 10, 6, 10, 10, 10, 5],
  S09: [10, 10, 10, 10, 10, 6, null, 10, 10, 5],
  S10: [10, 15, 10, 10, 10, 6, 0, 10, 10, 5],
  S11: [10, 15, 10, 10, 10, 6, 0, 10, 10, 5],
  S12: [10, 15, 10, 10, 10, 6, 10, 10, 10, 5]
};

/** What the team looked at, where it is not everything: S06 has no excavation, S07 has only just begun. */
const SEEN: Readonly<Record<string, string>> = {S06: "1、2、3、5、6、7、8、9、10", S07: "1、2、7、10"};

const BREACHES: readonly (readonly [unit: string, item: string, category: string])[] = [
  ["S02", "6.1", "未佩戴安全帽"],
  ["S02", "6.1", "未佩戴安全帽"],
  ["S02", "6.1", "未佩戴安全帽"],
  ["S02", "6.3", "未按规定系挂安全带"],
  ["S02", "6.4", "无临边防护"],
  ["S02", "6.4", "临边防护构造强度不符合规范"],
  ["S02", "6.5", "孔洞未采取防护措施"],
  ["S02", "6.5", "孔洞未采取防护措施"],
  ["S08", "1", "未建立安全生产责任制"],
  ["S08", "1", "未建立安全检查制度"],
  ["S10", "7", "分项检查评分表得零分"]
];

/** Twelve building sites; S12 was not inspected this year. */
export const JGJ59: Rows = {
  unit: Object.keys(SHEETS).map((unit_code) => ({unit_code, unit_name: `工地${unit_code}`, unit_kind: "单位"})),
  inspection: Object.keys(SHEETS)
    .filter((unit) => unit !== "S12")
    .map((unit) => inspection(unit, {items: SEEN[unit] ?? null})),
  finding: BREACHES.map(([unit, item, category], i) => finding(`G-${String(i + 1).padStart(2, "0")}`, unit, {item, category})),
  judgement: Object.entries(SHEETS).flatMap(([unit_code, sheet]) =>
    sheet.flatMap((points, i) =>
      points === null
        ? []
        : [
            {
              unit_code,
              year: 2025,
              rule_id: `J${i + 1}`,
              points: String(points),
              reason: "分项检查评分表",
              judged_by: "检查组",
              reviewed_by: "项目经理",
              judged_on: "2025-06-01"
            }
          ]
    )
  )
};
