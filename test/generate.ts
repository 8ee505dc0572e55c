import type {Rows} from "./facts.ts";

/** Numbers below 1 from a seed; the same seed gives the same numbers. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const day = (from: string, days: number) =>
  new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** An office's year at random: units, inspections, findings with histories, accidents, actions, tips, judgements, appeals. */
export function randomRows(seed: number, {units = 6, findings = 60} = {}): Rows {
  const next = random(seed);
  const int = (n: number) => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => list[int(list.length)] as T;
  const codes = Array.from({length: units}, (_, i) => `9901${String(i + 1).padStart(2, "0")}`);
  const unit = codes.map((unit_code, i) => ({
    unit_code,
    unit_name: `演示${i + 1}镇`,
    unit_kind: next() < 0.8 ? "镇街" : "部门",
    peer_group: pick(["甲组", "乙组", null]),
    exposure: pick([null, 0, 5, 40]),
    ...(next() < 0.1 ? {valid_to: "2025-07-01", successor_code: pick(codes)} : {})
  }));
  const firms = codes.map((parent_code, i) => ({
    unit_code: `9909${String(i + 1).padStart(2, "0")}`,
    unit_name: `演示企业${i + 1}`,
    unit_kind: "企业",
    parent_code
  }));
  const inspection = codes.flatMap((unit_code, i) =>
    next() < 0.15
      ? []
      : Array.from({length: 1 + int(2)}, (_, k) => {
          const started_on = day("2025-01-10", int(300));
          return {
            inspection_id: `X${i}-${k}`,
            unit_code,
            kind: pick(["全面", "全面", "专项"]),
            organiser_level: "县级",
            started_on,
            ended_on: next() < 0.1 ? null : day(started_on, 10),
            fed_back_on: day(started_on, 25),
            items: next() < 0.1 ? "1、2、6" : null,
            extended_from: next() < 0.05 ? "省" : null
          };
        })
  );
  const finding = Array.from({length: inspection.length === 0 ? 0 : findings}, (_, i) => {
    const {inspection_id, unit_code, started_on} = pick(inspection);
    const found_on = day(started_on, int(10));
    return {
      finding_id: `F${String(i).padStart(4, "0")}`,
      inspection_id,
      unit_code: next() < 0.3 ? pick(firms).unit_code : unit_code,
      layer: pick(["党委政府", "部门", "企业"]),
      item: pick(["1", "2", "3", "4", "5", "6", "6.1", "7", "8", "9", "10"]),
      severity: pick(["一般", "一般", "较大", "重大"]),
      description: `演示问题${i}`,
      found_on,
      due_on: pick([null, day(found_on, 30), day(found_on, 60)]),
      fix_now: pick([null, null, true]),
      fault: pick(["属地监管", "企业主体", null]),
      category: pick(["消防", "用电", null]),
      nature: pick(["管理问题", "事故隐患", null]),
      hazard_level: pick(["一般", "重大", null])
    };
  });
  const rectification = finding.flatMap(({finding_id, found_on}) => {
    const stages = pick([[], ["完成"], ["完成", "销号"], ["完成", "退回"], ["完成", "退回", "完成", "销号"], ["立行立改", "销号"]]);
    return stages.map((stage, k) => ({finding_id, stage, on_date: day(found_on, 5 + k * int(40)), seq_no: k + 1}));
  });
  const unique = new Map(rectification.map((r) => [`${r.finding_id} ${r.stage} ${r.on_date} ${r.seq_no}`, r]));
  const accident = Array.from({length: int(4)}, (_, i) => ({
    accident_id: `A${i}`,
    unit_code: pick(codes),
    occurred_on: day("2025-01-01", int(360)),
    accident_grade: pick(["一般", "较大", "重大"]),
    deaths: int(4),
    liable: pick([true, true, false]),
    concealed: next() < 0.1,
    concluded_on: pick([null, "2025-12-01"])
  }));
  const action = Array.from({length: int(6)}, (_, i) => ({
    action_id: `C${i}`,
    kind: pick(["约谈", "通报表扬", "挂牌督办"]),
    unit_code: pick(codes),
    taken_on: day("2025-02-01", int(300)),
    finding_id: finding.length > 0 && next() < 0.5 ? pick(finding).finding_id : null
  }));
  const tip = Array.from({length: int(6)}, (_, i) => ({
    tip_id: `T${i}`,
    unit_code: pick(codes),
    received_on: day("2025-02-01", int(300)),
    outcome: pick(["查实", "不实", null])
  }));
  const judgement = codes.flatMap((unit_code) =>
    ["R1-2", "R4-2"].flatMap((rule_id) =>
      next() < 0.2
        ? []
        : [
            {
              unit_code,
              year: 2025,
              rule_id,
              points: pick(["0", "1", "1.5", "2", "不涉及"]),
              reason: "演示理由",
              judged_by: "演示员",
              judged_on: "2025-12-20"
            }
          ]
    )
  );
  const appeal = finding.slice(0, int(5)).map(({finding_id, unit_code}, i) => ({
    appeal_id: `Y${i}`,
    subject_kind: "问题",
    subject_id: finding_id,
    unit_code,
    filed_on: "2025-12-01",
    decided_on: pick([null, "2025-12-15", "2026-01-08"]),
    decision: pick(["维持", "变更", "撤销"]),
    new_severity: pick([null, "一般", "重大"]),
    new_unit_code: pick([null, pick(codes)])
  }));
  return {
    unit: [...unit, ...firms],
    inspection,
    finding,
    rectification: [...unique.values()],
    accident,
    action,
    tip,
    judgement,
    appeal: appeal.map((a) => (a.decided_on === null ? {...a, decision: null} : a))
  };
}

/** Rows in another order, by a seed. */
export function shuffled(rows: Rows, seed: number): Rows {
  const next = random(seed);
  return Object.fromEntries(
    Object.entries(rows).map(([table, list]) => [
      table,
      list
        .map((row) => [next(), row] as const)
        .toSorted(([a], [b]) => a - b)
        .map(([, row]) => row)
    ])
  );
}
