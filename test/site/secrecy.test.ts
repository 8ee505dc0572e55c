import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {parseRegime} from "../../src/regime/parse.ts";
import {outsideView} from "../../src/regime/secrecy.ts";
import {visibleColumns} from "../../src/site/audience.ts";
import {martZip} from "../../src/site/mart.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import {findDefinition} from "../../src/workspace/workspace.ts";
import {makeOffice, type Office} from "../office.ts";
import {type Mark, type Planting, readZip, tellingScheme} from "./canary.ts";
import {plant} from "./planted.ts";

const AS_OF = "2025-12-31";

/** Loading, scoring and both audiences' marts, on a busy machine. */
const SLOW = 180_000;

/** Marts by the table whose columns they carry. */
const MARTS: Readonly<Record<string, readonly string[]>> = {
  inspection: ["inspection"],
  finding: ["finding", "finding-text"],
  rectification: ["event"],
  action: ["action"],
  tip: ["tip"],
  response: ["response"],
  accident: ["accident"]
};

const regimeNamed = (id: string) => {
  const {text, file} = findDefinition("regimes", id, ".");
  return parseRegime(text, file);
};

interface Built {
  readonly marks: readonly Mark[];
  readonly leadership: ReturnType<typeof readZip>;
  readonly analyst: ReturnType<typeof readZip>;
}

const offices: Office[] = [];
afterAll(() => {
  for (const office of offices) office.remove();
});

const builds = new Map<string, Promise<Built>>();

/** The marts of an office, made once for all tests. */
function buildOf(regime: "gongzhuling" | "mudan-2023", fedBack: string, kinds = ["镇街"]): Promise<Built> {
  const [kind, source] = regime === "gongzhuling" ? ["暗访", "暗访"] : ["全面", "巡查"];
  const key = `${regime} ${fedBack} ${kinds}`;
  const found = builds.get(key) ?? build(regime, plant(kind as string, source as string, fedBack), kinds);
  builds.set(key, found);
  return found;
}

async function build(regime: string, planting: Planting, kinds: readonly string[]): Promise<Built> {
  const office = makeOffice(planting.tables, {regime, schemes: "[telling]", as_of: AS_OF});
  offices.push(office);
  office.file("schemes/telling.yaml", tellingScheme(regime, kinds));
  const {tables} = await office.load();
  const lost = Object.entries(tables).filter(([, t]) => t.rejected + t.held > 0);
  if (lost.length > 0) throw new Error(`rows of the test are not taken: ${JSON.stringify(lost)}`);
  const scored = await openScored(office.directory);
  try {
    const analyst = readZip(await martZip(scored, "analyst"));
    return {marks: planting.marks, analyst, leadership: readZip(await martZip(scored, "leadership"))};
  } finally {
    scored.close();
  }
}

/** Columns of the contract that leadership may not see, with their table. */
function hiddenMarks({marks}: Built, regime: string): Mark[] {
  const visible = visibleColumns(regimeNamed(regime), "leadership", AS_OF);
  const shown = new Set(marks.filter((m) => visible(m.table, m.column)).map((m) => m.value));
  return marks.filter((m) => !visible(m.table, m.column) && !shown.has(m.value));
}

const places = (marks: readonly Mark[]) => [...new Set(marks.map((m) => `${m.table}.${m.column} of ${m.of}`))];

describe.each([
  {regime: "gongzhuling", when: "before the feedback", fedBack: "", secret: true},
  {regime: "gongzhuling", when: "after the feedback", fedBack: "2025-09-24", secret: true},
  {regime: "mudan-2023", when: "without secrecy", fedBack: "", secret: false}
] as const)("marts of an office under $regime, $when", ({regime, fedBack, secret}) => {
  let built: Built;
  beforeAll(async () => {
    built = await buildOf(regime, fedBack);
  }, SLOW);

  test("hold for analysts what is planted in the columns that others may not see", () => {
    const {analyst} = built;
    const carried = hiddenMarks(built, regime).filter((m) =>
      MARTS[m.table]?.some((mart) => analyst.columns.get(mart)?.includes(m.column))
    );
    expect(new Set(carried.map((m) => m.table)).size).toBeGreaterThanOrEqual(secret ? 4 : 3);
    expect(places(carried.filter((m) => !analyst.holds(m)))).toEqual([]);
  });

  test("hold for leadership nothing that is planted in a column it may not see", () => {
    const {leadership} = built;
    const marks = hiddenMarks(built, regime);
    expect(marks.length).toBeGreaterThan(50);
    expect(places(marks.filter((m) => leadership.holds(m)))).toEqual([]);
  });

  test("have for leadership no column that it may not see", () => {
    const visible = visibleColumns(regimeNamed(regime), "leadership", AS_OF);
    const shown = Object.entries(MARTS).flatMap(([table, marts]) =>
      marts.flatMap((mart) => (built.leadership.columns.get(mart) ?? []).map((column) => [table, column] as const))
    );
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter(([table, column]) => !visible(table, column))).toEqual([]);
  });

  test("hold for leadership neither clues nor cases", () => {
    // A day of the year may be the last day of something else.
    const clues = built.marks.filter((m) => m.of === "clue" && !m.value.startsWith("2025-"));
    expect(clues.length).toBeGreaterThan(10);
    expect(places(clues.filter((m) => built.leadership.holds(m)))).toEqual([]);
  });

  test("show leadership scores that still add up", () => {
    const units = built.leadership.rows("unit");
    expect(units.some((u) => u.milli !== null)).toBe(true);
    for (const unit of units) {
      const sum = built.leadership.rows("ledger").reduce((s, e) => (e.unit_code === unit.unit_code ? s + Number(e.milli) : s), 0);
      expect(sum).toBe(unit.milli ?? 0);
    }
  });
});

describe("an office whose regime keeps its visits secret", () => {
  const found: Record<string, Built> = {};
  beforeAll(async () => {
    found.before = await buildOf("gongzhuling", "");
    found.after = await buildOf("gongzhuling", "2025-09-24");
  }, SLOW);
  const of = (name: "before" | "after") => found[name] as Built;
  const about = (built: Built, inspection: string) => built.marks.filter((m) => m.of === inspection);
  const unitOf = ({leadership}: Built, code: string) => leadership.rows("unit").find((u) => u.unit_code === code);

  test("tells leadership nothing at all about an inspection before it is fed back", () => {
    expect(about(of("before"), "B").length).toBeGreaterThan(60);
    expect(places(about(of("before"), "B").filter((m) => of("before").leadership.holds(m)))).toEqual([]);
    expect(
      of("before")
        .leadership.rows("finding")
        .filter((f) => f.scored_unit === "T02")
    ).toEqual([]);
    expect(
      of("before")
        .leadership.rows("inspection")
        .filter((i) => i.scored_unit === "T02")
    ).toEqual([]);
  });

  test("tells leadership nothing of this year about a unit of which one inspection is not fed back", () => {
    expect(places(about(of("before"), "B0").filter((m) => of("before").leadership.holds(m)))).toEqual([]);
    expect(of("after").leadership.holds({value: "2026-01-22"})).toBe(true);
    const owed = (built: Built) => built.leadership.rows("todo").some((o) => o.unit_code === "T02");
    expect([owed(of("before")), owed(of("after"))]).toEqual([false, true]);
  });

  test("tells leadership nothing about an inspection that is only planned", () => {
    for (const built of [of("before"), of("after")])
      expect(places(about(built, "C").filter((m) => built.leadership.holds(m)))).toEqual([]);
  });

  test("shows a unit that was visited and not fed back just as one that was never visited or is planned", () => {
    const {unit_code: _, unit_name: __, ...never} = unitOf(of("before"), "T04") ?? {};
    expect(never).toMatchObject({covered: "未反馈", milli: null, grade: null, rank: null, provisional: false, vetoes: "[]"});
    for (const code of ["T02", "T03"]) {
      const {unit_code, unit_name, ...shown} = unitOf(of("before"), code) ?? {};
      expect(shown).toEqual(never);
    }
    expect(
      of("before")
        .leadership.rows("item")
        .filter((i) => i.unit_code !== "T01")
    ).toEqual([]);
    expect(
      of("before")
        .analyst.rows("unit")
        .find((u) => u.unit_code === "T02")?.covered
    ).toBe("已巡查");
  });

  test("shows the score after the feedback, which is the office's own", () => {
    for (const code of ["T01", "T02"]) {
      const own = of("after")
        .analyst.rows("unit")
        .find((u) => u.unit_code === code);
      expect(unitOf(of("after"), code)).toMatchObject({covered: "已巡查", milli: own?.milli, grade: own?.grade, rank: own?.rank});
    }
  });

  test("ranks units among those that are fed back, so that no gap tells of another", () => {
    expect(unitOf(of("before"), "T01")?.rank).toBe(1);
  });

  test("hides the six secrets of 第九条（二） by what its file says", () => {
    const {hides} = outsideView(regimeNamed("gongzhuling"), AS_OF);
    const secrets = ["visit.place_name", "visit.credit_code", "visit.visited_on", "visit.trip_no", "visit.checkers", "member.rank"];
    const times = [
      "inspection.planned_from",
      "inspection.started_on",
      "inspection.ended_on",
      "inspection.team_no",
      "finding.found_on"
    ];
    const derived = [
      "finding.inspection_ended_on",
      "finding.age_days",
      "inspection.age_days",
      "visit.age_days",
      "finding.round_no"
    ];
    for (const name of [...secrets, ...times, ...derived, "finding.description", "response.response_no"]) {
      const [table = "", column = ""] = name.split(".");
      expect(hides(table, column), name).toBe(true);
    }
    expect(["due_on", "done_on", "severity", "finding_id"].filter((column) => hides("finding", column))).toEqual([]);
  });

  test("names no enterprise to leadership, in a code, a list of units or a text", () => {
    const {leadership, analyst} = of("after");
    expect(leadership.holds({value: "zz-unit-"})).toBe(false);
    expect(leadership.holds({value: "zz-name-of-enterprise"})).toBe(false);
    expect(analyst.holds({value: "zz-unit-A"}) && analyst.holds({value: "zz-name-of-enterprise-A"})).toBe(true);
  });

  test("shows leadership days after the feedback, and none up to it", () => {
    const findings = of("after")
      .leadership.rows("finding")
      .filter((f) => f.scored_unit === "T01");
    const days = findings.map((f) =>
      [f.due_source, f.due_on, f.done_on].map((v) => (v instanceof Date ? v.toISOString().slice(0, 10) : v))
    );
    expect(days.toSorted()).toEqual([
      ["指定", "2025-10-11", null],
      ["指定", "2025-10-11", "2025-10-13"],
      ["立即", null, null]
    ]);
    const inside = of("after").marks.filter((m) => /^2025-/.test(m.value) && ["A", "B"].includes(m.of));
    expect(places(inside.filter((m) => of("after").leadership.holds(m)))).toEqual([]);
  });

  test("writes the rule's name where a sentence would tell, and the sentence where it does not", () => {
    const {leadership} = of("after");
    const said = (rule: string) => [
      ...new Set(
        leadership
          .rows("ledger")
          .filter((e) => e.rule_id === rule)
          .map((e) => e.because)
      )
    ];
    expect(said("T0")).toEqual(["查finding"]);
    expect(said("J1")).toEqual(["评议一项"]);
    expect(said("S1").some((because) => /^问题zz-finding-finding_id-\d+（一般）$/.test(String(because)))).toBe(true);
    expect(said("D1").toSorted()[0]).toMatch(/^(整改经过|问题zz-finding-finding_id-\d+于不详整改，期限2025-10-11，逾期81天)$/);
    expect(said("D1")).toContain("整改经过");
  });

  test("tells the pages that something is kept back, and by which clause", () => {
    expect(of("after").leadership.json("space.json").secrecy).toMatchObject({clause: "第九条（二）", until: true});
    expect(of("after").analyst.json("space.json").secrecy).toBe(null);
  });
});

test("an enterprise that is scored itself is shown to analysts alone", {timeout: SLOW}, async () => {
  const built = await buildOf("gongzhuling", "2025-09-24", ["镇街", "企业"]);
  for (const {value} of [{value: "zz-unit-A"}, {value: "zz-name-of-enterprise-A"}])
    expect([built.analyst.holds({value}), built.leadership.holds({value})]).toEqual([true, false]);
});

test("without secrecy leadership reads who judged nowhere, and still reads why", {timeout: SLOW}, async () => {
  const built = await buildOf("mudan-2023", "");
  const [row] = built.leadership.rows("ledger").filter((e) => e.kind === "评议");
  expect(row?.because).toMatch(/^zz-judgement-reason-\d+（评议2\.00分，\d{4}-\d{2}-\d{2}）$/);
});
