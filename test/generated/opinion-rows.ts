import {type Dice, dayAfter} from "./dice.ts";
import type {Row} from "./rows.ts";
import type {SchemeSpec} from "./scheme.ts";

/** Judgements of the scheme's rules, of rules it does not have and of another year; some out of range. */
export function judgementRows(d: Dice, codes: readonly string[], {rules}: SchemeSpec): Row[] {
  const judged = rules.filter((r) => r.judge !== undefined).map((r) => r.id);
  const all = d.chance(0.1);
  return codes.flatMap((unit_code) =>
    [...judged, ...(d.chance(0.1) ? ["J-unknown"] : [])].flatMap((rule_id) =>
      d.chance(0.2)
        ? []
        : d.pick([[2025], [2025], [2025], [2024, 2025], [2024]]).map(
            (year): Row => ({
              unit_code,
              year,
              rule_id,
              points: all ? "不涉及" : d.pick(["0", "0.5", "1", "1.5", "2", "2.3456", "5", "99", "-1", "不涉及"]),
              reason: "演示理由",
              judged_by: "演示员",
              judged_on: d.pick(["2025-12-20", "2025-12-20", "2025-05-05", "2026-01-08", "2026-02-02"]),
              reviewed_by: d.pick(["复核员", null])
            })
          )
    )
  );
}

interface World {
  readonly codes: readonly string[];
  readonly finding: readonly Row[];
  readonly accident: readonly Row[];
  readonly inspection: readonly Row[];
  readonly scheme: SchemeSpec;
}

/** Appeals of every kind of subject and every decision, in time, too late and not yet; several of one subject. */
export function appealRows(d: Dice, {codes, finding, accident, inspection, scheme}: World): Row[] {
  const ids = (rows: readonly Row[], key: string) => rows.map((r) => [r[key], r.unit_code] as [string, string]);
  const judged = scheme.rules.filter((r) => r.judge !== undefined).map((r) => r.id);
  const vetoes = scheme.rules.filter((r) => r.veto !== undefined).map((r) => r.id);
  const of = (rules: readonly string[]) => rules.flatMap((id) => codes.map((code) => [id, code] as [string, string]));
  const subjects: readonly [string, readonly [string, string][]][] = [
    ["问题", ids(finding, "finding_id")],
    ["问题", ids(finding, "finding_id")],
    ["问题", ids(finding.slice(0, 5), "finding_id")],
    ["事故", ids(accident, "accident_id")],
    ["覆盖", ids(inspection, "inspection_id")],
    ["评议", of(judged)],
    ["否决", [...of(vetoes), ...ids(accident, "accident_id"), ...ids(finding.slice(0, 9), "finding_id")]]
  ];
  return d.times(d.pick([0, 2, 6, 14]), (i) => {
    const [subject_kind, list] = d.pick(subjects);
    const [subject_id, unit_code] = list.length === 0 || d.chance(0.03) ? ["无此对象", d.pick(codes)] : d.pick(list);
    const filed_on = d.pick(["2025-03-01", "2025-12-01", "2025-12-01", "2026-01-03"]);
    const decided_on = d.maybe(0.8, () => d.pick([dayAfter(filed_on, d.int(20)), "2026-01-08", "2026-02-01"]));
    return {
      appeal_id: `Y${String(i).padStart(2, "0")}`,
      subject_kind,
      subject_id,
      unit_code: d.chance(0.9) ? unit_code : d.pick(codes),
      filed_on,
      decided_on,
      decision: decided_on === null ? null : d.pick(["维持", "变更", "变更", "撤销", "撤销"]),
      new_severity: d.maybe(0.4, () => d.pick(["一般", "较大", "重大"])),
      new_unit_code: d.maybe(0.4, () => d.pick(codes)),
      new_points: d.maybe(0.6, () => d.pick([0, 0.5, 1, 1.25, 2, 99]))
    };
  });
}
