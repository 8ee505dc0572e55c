import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {STAGES} from "../../src/contract/index.ts";
import {CaseBench, type CheckCase} from "../law-cases.ts";
import {rounds} from "../rounds.ts";

type Row = CheckCase["rows"][string][number];
type Asked = Pick<CheckCase, "rows" | "as_of" | "without" | "parameters">;

interface Standing {
  readonly finding_id: string;
  readonly stage_no: number;
  readonly stage: string | null;
  readonly waits_since: string | null;
  readonly skipped: string | null;
  readonly reversed: string | null;
  readonly returned_on: string | null;
  readonly times_returned: number;
}

let bench: CaseBench;
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(() => bench.db.close());

/** Where each finding stands, and the days it reached each stage. */
async function loopOf(regime: string, asked: Asked): Promise<{standing: Standing[]; events: Record<string, [number, string][]>}> {
  await bench.build({regime, ...asked});
  const standing = await bench.db.rows<Standing>(
    "select finding_id, stage_no, stage, cast(waits_since as varchar) as waits_since, skipped, reversed, cast(returned_on as varchar) as returned_on, times_returned from loop_finding order by finding_id"
  );
  const rows = await bench.db.rows<{finding_id: string; stage_no: number; on_date: string}>(
    "select finding_id, stage_no, cast(on_date as varchar) as on_date from loop_event order by finding_id, stage_no"
  );
  const events: Record<string, [number, string][]> = {};
  for (const {finding_id, stage_no, on_date} of rows) events[finding_id] = [...(events[finding_id] ?? []), [stage_no, on_date]];
  return {standing, events};
}

/** Events of the first finding, a stage and a day each. */
function happened(...events: readonly (readonly [string, string])[]): Row[] {
  return events.map(([stage, on_date], i) => ({stage, on_date, seq_no: i + 1}));
}

const HUNAN = [
  ["清单", "2025-03-03"],
  ["诊断", "2025-03-04"],
  ["处置", "2025-03-05"],
  ["移交督办", "2025-03-06"],
  ["销号", "2025-03-20"]
] as const;
const finding = [{found_on: "2025-03-03"}];

describe("hunan's six stages", () => {
  it("are passed one after the other", async () => {
    const {standing, events} = await loopOf("hunan-2021", {rows: {finding, rectification: happened(...HUNAN)}});
    expect(standing).toMatchObject([{stage_no: 6, stage: "整改销号", waits_since: null, skipped: null, reversed: null}]);
    expect(events.F1?.map(([no]) => no)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("wait where they stand, since the day they came there", async () => {
    const {standing} = await loopOf("hunan-2021", {rows: {finding, rectification: happened(...HUNAN.slice(0, 2))}});
    expect(standing).toMatchObject([{stage_no: 3, stage: "诊断分析", waits_since: "2025-03-04"}]);
  });

  it("begin with the finding itself", async () => {
    const {standing} = await loopOf("hunan-2021", {rows: {finding}});
    expect(standing).toMatchObject([{stage_no: 1, stage: "发现问题", waits_since: "2025-03-03", skipped: null}]);
  });

  it("name those that were skipped", async () => {
    const {standing} = await loopOf("hunan-2021", {
      rows: {finding, rectification: happened(["清单", "2025-03-03"], ["移交督办", "2025-03-07"])}
    });
    expect(standing).toMatchObject([{stage_no: 5, skipped: "诊断分析、分类处置", reversed: null}]);
  });

  it("name those that came before their time", async () => {
    const {standing} = await loopOf("hunan-2021", {
      rows: {finding, rectification: happened(["诊断", "2025-03-03"], ["清单", "2025-03-04"])}
    });
    expect(standing).toMatchObject([{stage_no: 3, skipped: null, reversed: "诊断分析早于建立清单"}]);
  });

  it("are open again when sent back, until they are closed anew", async () => {
    const sent = [...HUNAN, ["退回", "2025-04-01"]] as const;
    const back = await loopOf("hunan-2021", {rows: {finding, rectification: happened(...sent)}});
    expect(back.standing).toMatchObject([
      {stage_no: 5, stage: "移交督办", waits_since: "2025-04-01", returned_on: "2025-04-01", times_returned: 1, skipped: null}
    ]);
    const again = await loopOf("hunan-2021", {rows: {finding, rectification: happened(...sent, ["销号", "2025-04-20"])}});
    expect(again.standing).toMatchObject([{stage_no: 6, waits_since: null, returned_on: null, times_returned: 1}]);
    expect(again.events.F1?.at(-1)).toEqual([6, "2025-04-20"]);
  });

  it("are sent back by a 退回 of the same day, which comes after the stages", async () => {
    const rectification = happened(...HUNAN.slice(0, 4), ["完成", "2025-03-20"], ["退回", "2025-03-20"]);
    const {standing} = await loopOf("hunan-2021", {rows: {finding, rectification}});
    expect(standing).toMatchObject([{stage_no: 5, returned_on: "2025-03-20", waits_since: "2025-03-20"}]);
  });

  it("do not bind what an inspection from above found", async () => {
    const {standing} = await loopOf("hunan-2021", {
      rows: {inspection: [{started_on: "2025-03-03", ended_on: "2025-03-07", extended_from: "国务院"}], finding}
    });
    expect(standing).toEqual([]);
  });

  it("do not bind what was found before the document was", async () => {
    const {standing} = await loopOf("hunan-2021", {
      rows: {
        inspection: [{started_on: "2021-08-01", ended_on: "2021-08-10"}],
        finding: [{found_on: "2021-08-03"}, {found_on: "2021-08-04"}]
      }
    });
    expect(standing.map((s) => s.finding_id)).toEqual(["F2"]);
  });
});

describe("gongzhuling's three stages", () => {
  const visit = (more: Row) => [{visited_on: "2025-03-04", ...more}];
  const rows = (place: Row, action: Row[] = []) => ({
    visit: visit(place),
    finding: [{found_on: "2025-03-04", visit_id: "V1"}],
    action: action.map((a) => ({finding_id: "F1", ...a}))
  });

  it("are the signed record, the slip and the hand-over", async () => {
    const {standing, events} = await loopOf("gongzhuling", {
      rows: rows({record_signed: true, slip_no: "D1"}, [{kind: "行业移交", taken_on: "2025-03-10"}])
    });
    expect(standing).toMatchObject([{stage_no: 3, waits_since: null, skipped: null, reversed: null}]);
    expect(events.F1).toEqual([
      [1, "2025-03-04"],
      [2, "2025-03-04"],
      [3, "2025-03-10"]
    ]);
  });

  it("end with whatever shows the hand-over first", async () => {
    const {standing, events} = await loopOf("gongzhuling", {
      rows: {
        ...rows({record_signed: true, slip_no: "D1"}, [{kind: "行业移交", taken_on: "2025-03-10"}]),
        rectification: happened(["移交督办", "2025-03-06"])
      }
    });
    expect(standing).toMatchObject([{stage_no: 3, waits_since: null, skipped: null}]);
    expect(events.F1?.at(-1)).toEqual([3, "2025-03-06"]);
  });

  it("end with a case filed as well", async () => {
    const {standing} = await loopOf("gongzhuling", {
      rows: rows({record_signed: true, slip_no: "D1"}, [{kind: "立案", taken_on: "2025-03-10"}])
    });
    expect(standing).toMatchObject([{stage_no: 3, waits_since: null}]);
  });

  it("skip a slip that was not written, or a record refused", async () => {
    const action = [{kind: "行业移交", taken_on: "2025-03-10"}];
    const noSlip = await loopOf("gongzhuling", {rows: rows({record_signed: true}, action)});
    expect(noSlip.standing).toMatchObject([{stage_no: 3, skipped: "填写督办单"}]);
    const unsigned = await loopOf("gongzhuling", {rows: rows({record_signed: false, slip_no: "D1"}, action)});
    expect(unsigned.standing).toMatchObject([{stage_no: 3, skipped: "记录表签字"}]);
  });

  it("say nothing of a signature that was left blank, nor of a finding of no place", async () => {
    const action = [{kind: "行业移交", taken_on: "2025-03-10"}];
    const blank = await loopOf("gongzhuling", {rows: rows({slip_no: "D1"}, action)});
    expect(blank.standing).toMatchObject([{stage_no: 3, skipped: null}]);
    const nowhere = await loopOf("gongzhuling", {
      rows: {finding, action: [{finding_id: "F1", kind: "行业移交", taken_on: "2025-03-10"}]}
    });
    expect(nowhere.standing).toMatchObject([{stage_no: 3, skipped: null}]);
  });
});

describe("shandong's four stages", () => {
  const inspection = [{started_on: "2018-03-05", ended_on: "2018-03-30", fed_back_on: "2018-04-10"}];
  const rows = (...events: (readonly [string, string])[]) => ({
    inspection,
    finding: [{found_on: "2018-03-10"}],
    rectification: happened(...events)
  });
  const as_of = "2018-12-31";

  it("wait after the feedback until the finding is put right", async () => {
    const {standing} = await loopOf("shandong-2018", {rows: rows(), as_of});
    expect(standing).toMatchObject([{stage_no: 2, stage: "反馈", waits_since: "2018-04-10"}]);
  });

  it("end with the last that anything records", async () => {
    const {standing} = await loopOf("shandong-2018", {rows: rows(["完成", "2018-05-10"]), as_of});
    expect(standing).toMatchObject([{stage_no: 3, stage: "整改并报告", waits_since: null}]);
    expect(await bench.db.rows("select stage, recorded_by from loop_stage order by stage_no")).toEqual([
      {stage: "建立问题清单", recorded_by: "问题“发现日期”"},
      {stage: "反馈", recorded_by: "巡查“反馈日期”"},
      {stage: "整改并报告", recorded_by: "整改记录“完成”"},
      {stage: "跟踪督办", recorded_by: null}
    ]);
  });

  it("blame nobody for what was put right before the feedback to the whole city", async () => {
    const {standing} = await loopOf("shandong-2018", {rows: rows(["立行立改", "2018-03-10"]), as_of});
    expect(standing).toMatchObject([{stage_no: 3, skipped: null, reversed: null}]);
  });
});

describe("mudan's two stages", () => {
  const rows = (...events: (readonly [string, string])[]) => ({
    finding,
    rectification: happened(...events),
    response: [{kind: "首次", submitted_on: "2025-05-01"}]
  });

  it("count the unit's report for findings that are put right", async () => {
    const {standing} = await loopOf("mudan-2023", {rows: rows(["销号", "2025-04-01"])});
    expect(standing).toMatchObject([{stage_no: 2, stage: "报送整改和查处情况", waits_since: null}]);
  });

  it("do not count it for others", async () => {
    const {standing} = await loopOf("mudan-2023", {rows: rows()});
    expect(standing).toMatchObject([{stage_no: 0, stage: null, waits_since: "2025-03-03", skipped: null}]);
    const back = await loopOf("mudan-2023", {rows: rows(["完成", "2025-04-01"], ["退回", "2025-06-01"])});
    expect(back.standing).toMatchObject([{stage_no: 0, waits_since: "2025-06-01"}]);
  });

  it("are not recorded by files without the column", async () => {
    const {standing} = await loopOf("mudan-2023", {rows: rows(["完成", "2025-04-01"]), without: ["response.submitted_on"]});
    expect(standing).toMatchObject([{stage_no: 1, waits_since: null}]);
  });
});

describe("a document that lists no stages", () => {
  it("has no loop", async () => {
    const {standing} = await loopOf("hainan-2016", {rows: {finding, rectification: happened(["完成", "2025-04-01"])}});
    expect(standing).toEqual([]);
    expect(Number(await bench.db.value("select count(*) from loop_stage"))).toBe(0);
  });
});

describe("any history", () => {
  const STAGE_OF = ["清单", "诊断", "处置", "移交督办", "销号"];
  const FINISHING = ["立行立改", "完成", "验收", "销号"];
  interface Event {
    readonly stage: string;
    readonly day: number;
  }
  const history = fc.array(fc.record({stage: fc.constantFrom(...STAGES), day: fc.integer({min: 3, max: 28})}), {maxLength: 8});
  const dayOf = (day: number) => `2025-03-${String(day).padStart(2, "0")}`;
  const orderOf = (e: Event, i: number) => e.day * 10_000 + STAGES.indexOf(e.stage as (typeof STAGES)[number]) * 100 + i;

  /** The same by looking at one event after the other. */
  function byHand(events: readonly Event[]) {
    let last = -1;
    for (const [i, e] of events.entries()) if (e.stage === "退回") last = Math.max(last, orderOf(e, i));
    const counting: (number | null)[] = STAGE_OF.map(() => null);
    const ever: (number | null)[] = STAGE_OF.map(() => null);
    for (const [i, e] of events.entries()) {
      const at = STAGE_OF.indexOf(e.stage);
      if (at < 0) continue;
      ever[at] = Math.min(ever[at] ?? 99, e.day);
      if (!FINISHING.includes(e.stage) || orderOf(e, i) > last) counting[at] = Math.min(counting[at] ?? 99, e.day);
    }
    const reached = counting.findLastIndex((day) => day !== null);
    const furthest = ever.findLastIndex((day) => day !== null);
    const skipped = ever.filter((day, n) => day === null && n < furthest).length;
    const isReversed = ever.some((day, n) => ever.slice(n + 1).some((later) => day !== null && later !== null && day > later));
    return {
      stage_no: reached + 2,
      days: counting.flatMap((day, n) => (day === null ? [] : [[n + 2, dayOf(day)]])),
      skipped,
      isReversed
    };
  }

  /** Several histories, each of a finding of its own. */
  function rowsOf(histories: readonly (readonly Event[])[]) {
    return {
      finding: histories.map((_, i) => ({finding_id: `H${String(i).padStart(3, "0")}`, found_on: "2025-03-03"})),
      rectification: histories.flatMap((events, i) =>
        events.map(({stage, day}, k) => ({finding_id: `H${String(i).padStart(3, "0")}`, stage, on_date: dayOf(day), seq_no: k + 1}))
      )
    };
  }

  it("stands where a walk through its events ends", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(history, {minLength: 60, maxLength: 60}), async (histories) => {
        const {standing, events} = await loopOf("hunan-2021", {rows: rowsOf(histories)});
        for (const [i, own] of histories.entries()) {
          const expected = byHand(own);
          const {finding_id = "", stage_no, skipped, reversed} = standing[i] ?? {};
          expect({
            stage_no,
            days: (events[finding_id] ?? []).slice(1),
            skipped: skipped ? skipped.split("、").length : 0,
            isReversed: Boolean(reversed)
          }).toEqual(expected);
        }
      }),
      {numRuns: rounds(2)}
    );
  });

  it("never goes back when something other than 退回 is added", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(history, history), {minLength: 60, maxLength: 60}), async (pairs) => {
        const more = pairs.map(([events, added]) => [...events, ...added.filter((e) => e.stage !== "退回")]);
        const before = await loopOf("hunan-2021", {rows: rowsOf(pairs.map(([events]) => events))});
        const after = await loopOf("hunan-2021", {rows: rowsOf(more)});
        for (const [i, {stage_no}] of before.standing.entries())
          expect(after.standing[i]?.stage_no).toBeGreaterThanOrEqual(stage_no);
      }),
      {numRuns: rounds(1)}
    );
  });
});
