import fc from "fast-check";
import {beforeAll, describe, expect, it} from "vitest";
import type {Regime} from "../../src/regime/types.ts";
import {planOf} from "../../src/scheme/plan.ts";
import type {Scheme} from "../../src/scheme/types.ts";
import {type DiffEntry, type DiffSide, diffResults, onlyUnits, type Ruling, type UnitDiff} from "../../src/score/diff.ts";
import {points} from "../../src/score/score.ts";
import {KINDS, type LedgerEntry, type PlanRule, type ScoreResult, type UnitScore} from "../../src/score/types.ts";
import {rulingsOf} from "../../src/warehouse/kept-run.ts";
import {ledgerRows} from "../../src/warehouse/scored.ts";
import {openSchemes, type Rows, scoreRows, WHEN} from "../facts.ts";
import {randomRows} from "../generate.ts";
import {rounds} from "../rounds.ts";

type Row = Partial<LedgerEntry> & Pick<LedgerEntry, "kind" | "milli">;

const UNIT = "990101";
const NAMES = {R1: "问题逾期", R2: "管理缺失", R3: "举报查实", R4: "整改率", J: "评议项", V: "瞒报事故"};

/** A side with rows of one unit, whose score is their sum. */
function side(label: string, rows: readonly Row[] | null, more: {rulings?: Ruling[]; unit?: Partial<UnitScore>} = {}): DiffSide {
  const ledger = (rows ?? []).map((row, i) => entry(row, i));
  return sideOf(label, new Map(rows === null ? [] : [[UNIT, ledger]]), more);
}

function entry(row: Row, i: number, unit_code = UNIT): LedgerEntry {
  const blank = {
    item: null,
    rule_id: null,
    subject: null,
    because: null,
    breach: null,
    basis: null,
    batch: null,
    file: null,
    row: null
  };
  return {...blank, unit_code, seq: i + 1, ...row};
}

function sideOf(
  label: string,
  ledgers: ReadonlyMap<string, readonly LedgerEntry[]>,
  {rulings = [], unit = {}}: {rulings?: Ruling[]; unit?: Partial<UnitScore>} = {}
): DiffSide {
  const units = [...ledgers].map(([unit_code, rows]): UnitScore => {
    const milli = rows.length === 0 ? null : rows.reduce((sum, r) => sum + r.milli, 0);
    const score = milli === null ? null : points(milli);
    const covered = milli === null ? "未巡查" : "已巡查";
    const none = {peer_group: null, covered_because: null, provisional_because: [], vetoes: [], items: []};
    const shown = {unit_code, unit_name: `单位${unit_code}`, unit_kind: "镇街", grade: "好", rank: 1, provisional: false};
    return {...none, ...shown, covered, score, milli, ...unit};
  });
  const rules = Object.entries(NAMES).map(
    ([id, name]): PlanRule => ({id, item: "1", name, measure: "deduct", cap_milli: null, grade_at_most: null}) as PlanRule
  );
  return {
    label,
    result: {schemes: [{scheme: "s", name: "办法", units}]} as unknown as ScoreResult,
    plans: [{scheme: "s", start: "full", items: [], rules, caps: [], bonus_cap_milli: null, grades: []}],
    ledger: [...ledgers.values()].flat(),
    rulings
  };
}

const story = (from: DiffSide, to: DiffSide) => diffResults(from, to).units[0]?.story;
const full: Row = {kind: "基础", item: "1", milli: 100_000};
const late = (subject: string, milli = -500): Row => ({kind: "扣分", item: "1", rule_id: "R1", subject, milli});
const ruling = (decision: string, more: Partial<Ruling> = {}): Ruling => ({
  appeal_id: "Y1",
  subject_kind: "问题",
  subject_id: "F1",
  unit_code: UNIT,
  decision,
  moves: false,
  ...more
});

describe("a unit's story", () => {
  it("gives the difference and its causes, greatest first", () => {
    const before = side("2025-11-30", [full, late("F1"), {kind: "扣分", rule_id: "R2", subject: "F9", milli: -300}]);
    const after = side("2025-12-31", [
      full,
      late("F1"),
      late("F2"),
      late("F3"),
      {kind: "扣分", rule_id: "R3", subject: "T1", milli: -400}
    ]);
    expect(story(before, after)).toBe(
      "比2025-11-30少1.10分：2条问题逾期（−1.00），1条举报查实（−0.40），1条管理缺失不再计（+0.30）"
    );
  });

  it("says that rows grew dearer or cheaper, and that a ratio got worse", () => {
    const rows = (a: number, b: number, ratio: number): Row[] => [
      full,
      late("F1", a),
      late("F2", b),
      {kind: "比率", rule_id: "R4", milli: ratio}
    ];
    expect(story(side("前", rows(-500, -900, -100)), side("后", rows(-800, -700, -200)))).toBe(
      "比前少0.20分：1条问题逾期扣得更多（−0.30），1条问题逾期扣得更少（+0.20），整改率变差（−0.10）"
    );
  });

  it("counts what 择高 gave back with the row it was given back for", () => {
    const before = [full, {kind: "扣分", rule_id: "R2", subject: "F1", milli: -500} as Row];
    const after = [...before, late("F1", -1000), {kind: "择高返还", rule_id: "R2", subject: "F1", milli: 500} as Row];
    expect(story(side("前", before), side("后", after))).toBe("比前少0.50分：1条问题逾期（−0.50）");
  });

  it("names 异议复核 when a decision came to count", () => {
    const struck: Row[] = [
      {kind: "扣分", rule_id: "R1", subject: "F1@原", milli: -500},
      {kind: "复核", rule_id: "R1", subject: "F1@原", milli: 500}
    ];
    const before = side("前", [full, late("F1")]);
    expect(story(before, side("后", [full, ...struck], {rulings: [ruling("撤销")]}))).toBe(
      "比前多0.50分：1条异议复核撤销（+0.50）"
    );
    expect(story(before, side("后", [full, late("F1", -200), ...struck], {rulings: [ruling("变更")]}))).toBe(
      "比前多0.30分：1条异议复核变更（+0.30）"
    );
    expect(story(side("后", [full, ...struck], {rulings: [ruling("撤销")]}), before)).toBe(
      "比后少0.50分：1条异议复核撤销未计入（−0.50）"
    );
  });

  it("tells the unit that gives from the one that takes when the responsible unit is changed", () => {
    const moved = {rulings: [ruling("变更", {moves: true})]};
    expect(story(side("前", [full, late("F1")]), side("后", [full], moved))).toBe(
      "比前多0.50分：1条异议复核变更责任单位，改由他单位承担（+0.50）"
    );
    expect(story(side("前", [full]), side("后", [full, late("F1")], moved))).toBe(
      "比前少0.50分：1条异议复核变更责任单位，改由本单位承担（−0.50）"
    );
  });

  it("puts caps, scaling and rounding apart and sums up what is left", () => {
    const many = ["R1", "R2", "R3", "R4", "V"].map(
      (rule_id, i): Row => ({kind: "扣分", rule_id, subject: `F${i}`, milli: -1000 + 100 * i})
    );
    const told = story(
      side("前", [full]),
      side("后", [
        full,
        ...many,
        {kind: "封顶返还", rule_id: "R1", milli: 50},
        {kind: "折算", milli: 30},
        {kind: "取整", milli: -4}
      ])
    );
    expect(told).toBe(
      "比前少3.924分：1条问题逾期（−1.00），1条管理缺失（−0.90），1条举报查实（−0.80），1条整改率（−0.70），其他3项（−0.524）"
    );
    expect(
      story(side("前", [full]), side("后", [full, {kind: "封顶返还", rule_id: "R1", milli: 50}, {kind: "取整", milli: -4}]))
    ).toBe("比前多0.046分：封顶返还增加（+0.05），取整（−0.004）");
  });

  it("says when causes cancel out, nothing changed, the grade fell, or the score is no longer provisional", () => {
    expect(story(side("前", [full, late("F1")]), side("后", [full, late("F2")]))).toBe(
      "与前同分：1条问题逾期（−0.50），1条问题逾期不再计（+0.50）"
    );
    expect(story(side("前", [full, late("F1")]), side("后", [full, {kind: "评议", rule_id: "J", milli: -500}]))).toBe(
      "与前同分：1条问题逾期不再计（+0.50），评议项计入（−0.50）"
    );
    expect(story(side("前", [full]), side("后", [full]))).toBe("与前相同");
    expect(story(side("前", [full], {unit: {provisional: true}}), side("后", [full], {unit: {grade: "差"}}))).toBe(
      "与前相同；等次由“好”变为“差”；不再是暂定"
    );
  });

  it("uses words where a side has no score or no such unit", () => {
    expect(story(side("前", []), side("后", [full]))).toBe("前：未巡查，没有得分；后：已巡查，得100.00分");
    expect(story(side("前", []), side("后", []))).toBe("前和后都未巡查，没有得分");
    expect(story(side("前", null), side("后", [full]))).toBe("前：不在名单里；后：已巡查，得100.00分");
    expect(diffResults(side("前", [full]), side("后", [])).units[0]?.delta_milli).toBeNull();
  });
});

/** What must hold of every unit. */
function reconciles(unit: UnitDiff): void {
  const rows: DiffEntry[] = [...unit.added, ...unit.removed, ...unit.changed, ...unit.caps];
  const sum = rows.reduce((total, e) => total + e.delta_milli, 0);
  expect(sum).toBe(unit.delta_milli ?? (unit.to?.milli ?? 0) - (unit.from?.milli ?? 0));
  for (const {item, delta_milli} of unit.items)
    expect(rows.filter((e) => e.item === item).reduce((total, e) => total + e.delta_milli, 0)).toBe(delta_milli);
  if (unit.delta_milli !== null) expect(toldSum(unit.story)).toBe(unit.delta_milli === 0 ? 0 : unit.delta_milli);
}

/** What the causes of a story add up to, in milli-points. */
function toldSum(text: string): number {
  const told = [...text.matchAll(/（([+−])(\d+)\.(\d{2,3})）/g)];
  return told.reduce(
    (sum, [, sign, whole, rest]) => sum + (sign === "+" ? 1 : -1) * (Number(whole) * 1000 + Number((rest ?? "").padEnd(3, "0"))),
    0
  );
}

const row = fc.record({
  unit: fc.constantFrom("990101", "990102", "990103"),
  kind: fc.constantFrom(...KINDS),
  item: fc.constantFrom("1", "2", null),
  rule_id: fc.constantFrom("R1", "R2", "R3", null),
  subject: fc.constantFrom("F1", "F2", "F1@原", null),
  milli: fc.integer({min: -5000, max: 5000})
});
const rulings = fc.array(
  fc.record({
    appeal_id: fc.constantFrom("Y1", "Y2"),
    subject_kind: fc.constantFrom("问题", "评议", "否决", "事故", "覆盖"),
    subject_id: fc.constantFrom("F1", "F2", "R1"),
    unit_code: fc.constantFrom("990101", "990102"),
    decision: fc.constantFrom("变更", "撤销"),
    moves: fc.boolean()
  }),
  {maxLength: 3}
);

function randomSide(label: string, rows: readonly (Row & {unit: string})[], decided: Ruling[]): DiffSide {
  const ledgers = new Map<string, Map<string, LedgerEntry>>();
  for (const [i, {unit, ...rest}] of rows.entries()) {
    const mine = ledgers.get(unit) ?? new Map();
    mine.set(JSON.stringify([rest.kind, rest.item, rest.rule_id, rest.subject]), entry(rest, i, unit));
    ledgers.set(unit, mine);
  }
  return sideOf(label, new Map([...ledgers].map(([unit, mine]) => [unit, [...mine.values()]])), {rulings: decided});
}

describe("a comparison of any two ledgers", () => {
  it("adds up to the difference of the scores, by unit, by item, in words and over all", () =>
    fc.assert(
      fc.property(fc.array(row, {maxLength: 40}), fc.array(row, {maxLength: 40}), rulings, rulings, (a, b, ya, yb) => {
        const diff = diffResults(randomSide("前", a, ya), randomSide("后", b, yb));
        for (const unit of diff.units) reconciles(unit);
        const {added, removed, changed, caps, delta_milli} = diff.sums;
        expect(added.milli + removed.milli + changed.milli + caps.milli).toBe(delta_milli);
        const one = onlyUnits(diff, ["990101"]);
        expect(one.sums.delta_milli).toBe(one.units.reduce((sum, u) => sum + (u.delta_milli ?? 0), 0));
      }),
      {numRuns: rounds(300)}
    ));

  it("is the opposite the other way round", () =>
    fc.assert(
      fc.property(fc.array(row, {maxLength: 40}), fc.array(row, {maxLength: 40}), (a, b) => {
        const [one, two] = [randomSide("前", a, []), randomSide("后", b, [])];
        const deltas = (from: DiffSide, to: DiffSide) =>
          new Map(diffResults(from, to).units.map((u) => [u.unit_code, u.delta_milli]));
        const back = deltas(two, one);
        for (const [unit, delta] of deltas(one, two)) expect(back.get(unit)).toBe(delta === null ? null : 0 - delta);
      }),
      {numRuns: rounds(100)}
    ));
});

describe("a comparison of scored years", () => {
  let rules: {regime: Regime; schemes: Scheme[]};
  beforeAll(async () => {
    rules = await openSchemes("mudan-2023", "mudan-2023-town", "mudan-2023-dept");
  });

  const scored = (label: string, rows: Rows, as_of: string): Promise<DiffSide> =>
    scoreRows(
      rows,
      rules,
      async (db, result) => ({
        label,
        result,
        plans: rules.schemes.map(planOf),
        ledger: await ledgerRows(db),
        rulings: await rulingsOf(db)
      }),
      {when: {...WHEN, as_of, decisions_until: as_of}}
    );

  it("adds up between any two days, item by item to the difference of the items' scores", () =>
    fc.assert(
      fc.asyncProperty(fc.integer({min: 1, max: 1_000_000}), async (seed) => {
        const rows = randomRows(seed);
        const [from, to] = [await scored("2025-09-30", rows, "2025-09-30"), await scored("2025-12-31", rows, "2025-12-31")];
        for (const unit of diffResults(from, to).units) {
          reconciles(unit);
          if (unit.delta_milli === null) continue;
          const items = (s: DiffSide) =>
            s.result.schemes.flatMap((x) => x.units).find((u) => u.unit_code === unit.unit_code)?.items ?? [];
          const milli = (score: string | null | undefined) => Math.round(Number(score ?? 0) * 1000);
          for (const {item, score} of items(to)) {
            const was = items(from).find((i) => i.item === item)?.score;
            expect([item, unit.items.find((i) => i.item === item)?.delta_milli ?? 0]).toEqual([item, milli(score) - milli(was)]);
          }
        }
      }),
      {numRuns: rounds(2)}
    ));
});
