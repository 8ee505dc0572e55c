import {addDays} from "./day.ts";
import {breachedArticle, LESSER, majors} from "./hazards.ts";
import {type Fate, history, type Loop} from "./history.ts";
import {PHRASES, type Theme} from "./phrases.ts";
import {type Random, random} from "./random.ts";
import type {Row, Story} from "./world.ts";

/** An inspection that findings may come from. */
export interface Slot {
  readonly inspection_id: string;
  readonly unit_code: string;
  readonly from: string;
  readonly to: string;
  /** The day the unit was told: from it the dates of its own findings run. */
  readonly fed_back_on: string;
  /** Days by which enterprise findings are told: while the team is there. */
  readonly places: readonly {readonly visit_id: string; readonly unit_code: string; readonly visited_on: string}[];
  readonly weight: number;
  readonly layer: "党委政府" | "部门";
}

/** How the bulk of a sample's findings is made. */
export interface BulkPlan {
  readonly seed: string;
  readonly prefix: string;
  readonly as_of: string;
  readonly slots: readonly Slot[];
  /** Item, what it is about, how often. */
  readonly items: readonly (readonly [string, Theme, number])[];
  /** Items that enterprise hazards are written under. */
  readonly hazardItems: readonly string[];
  /** Share of findings in enterprises. */
  readonly enterprises: number;
  readonly source: "巡查" | "暗访";
  readonly loop: Loop;
  /** Days a unit, and an enterprise, is given. */
  readonly given: readonly [number, number];
  /** A measure that every major finding calls for, but for those it was forgotten at. */
  readonly major?: {
    readonly kind: string;
    readonly more: Row;
    readonly calls: (finding: Row) => boolean;
    readonly forgotten: readonly string[];
  };
}

/** The i-th finding of the bulk with its history. Same plan and i, same story. */
export function bulkStory(plan: BulkPlan, i: number): Story {
  const r = random(`${plan.seed}/finding/${i}`);
  const slot = r.weighed(plan.slots.map((s) => [s, s.weight] as const));
  const finding_id = `${plan.prefix}-${String(i + 101).padStart(4, "0")}`;
  const finding = r.chance(plan.enterprises) && slot.places.length > 0 ? inEnterprise(plan, slot, r) : atUnit(plan, slot, r);
  const row: Row = {finding_id, inspection_id: slot.inspection_id, ...finding};
  const due_on = (finding.due_on ?? finding.found_on) as string;
  const told = {finding_id, found_on: finding.found_on as string, due_on};
  const fate: Fate = finding.fix_now === true ? "at-once" : fateOf(due_on >= plan.as_of, r);
  const events = history(told, fate, plan.loop, plan.as_of, r);
  const listed = finding.hazard_level === "重大" && r.chance(0.9);
  const actions = [...(listed ? [listing(row, slot, r)] : []), ...measure(plan, row, slot)];
  return {finding: {...row, claimed_on_time: claim(fate)}, events, actions};
}

function measure({seed, major}: BulkPlan, finding: Row, {unit_code, inspection_id}: Slot): Row[] {
  const finding_id = finding.finding_id as string;
  if (!major?.calls(finding) || major.forgotten.includes(finding_id)) return [];
  const taken_on = addDays(finding.found_on as string, random(`${seed}/${major.kind}/${finding_id}`).int(1, 9));
  return [{action_id: `${finding_id}-Z`, kind: major.kind, unit_code, taken_on, finding_id, inspection_id, ...major.more}];
}

function claim(fate: Fate): boolean | null {
  return fate === "closed" || fate === "done" ? true : fate === "late" ? false : null;
}

function fateOf(running: boolean, r: Random): Fate {
  return running
    ? r.weighed<Fate>([
        ["going", 5],
        ["closed", 2],
        ["done", 2],
        ["open", 1]
      ])
    : r.weighed<Fate>([
        ["closed", 70],
        ["done", 11],
        ["late", 9],
        ["returned", 4],
        ["going", 3],
        ["open", 3]
      ]);
}

function atUnit(plan: BulkPlan, slot: Slot, r: Random): Row {
  const [item, theme] = r.weighed(plan.items.map(([no, about, weight]) => [[no, about] as const, weight] as const));
  const found_on = addDays(slot.from, r.int(0, Math.max(0, span(slot))));
  return {
    unit_code: slot.unit_code,
    layer: slot.layer,
    item,
    severity: r.weighed([
      ["一般", 80],
      ["较大", 17],
      ["重大", 3]
    ]),
    description: r.pick(PHRASES[theme]).replace("{n}", String(r.int(2, 9))),
    found_on,
    category: theme,
    nature: "管理问题",
    fault:
      slot.layer === "部门"
        ? "部门监管"
        : r.weighed([
            ["党委政府", 8],
            ["属地监管", 2]
          ]),
    source: r.chance(0.07) ? "交办" : plan.source,
    requirement: "明确责任人和完成时限，举一反三",
    arose_on: addDays(found_on, -r.int(20, 420)),
    handed_on: slot.fed_back_on,
    due_on: addDays(slot.fed_back_on, plan.given[0] - r.int(0, 10)),
    fix_now: false,
    owner: "分管负责人"
  };
}

function inEnterprise(plan: BulkPlan, slot: Slot, r: Random): Row {
  const place = r.pick(slot.places);
  const found_on = place.visited_on;
  const year = Number(found_on.slice(0, 4));
  const major = r.chance(0.035);
  const {industry, category, text, criterion} = r.pick(major ? majors(year) : LESSER);
  const fix_now = !major && r.chance(0.25);
  const dated = fix_now ? null : r.chance(0.97) ? addDays(found_on, plan.given[1] + r.int(-8, 12)) : null;
  const missing = r.chance(0.15) ? r.pick(["fund_wan", "plan", "measure"]) : null;
  return {
    unit_code: place.unit_code,
    layer: "企业",
    item: r.pick(plan.hazardItems),
    severity: major
      ? "重大"
      : r.weighed([
          ["一般", 85],
          ["较大", 15]
        ]),
    description: text,
    found_on,
    visit_id: place.visit_id,
    category,
    industry,
    nature: "事故隐患",
    hazard_level: major ? "重大" : "一般",
    criterion,
    violated: breachedArticle(category, year),
    fault: r.weighed([
      ["企业主体", 74],
      ["属地监管", 17],
      ["部门监管", 9]
    ]),
    source: plan.source,
    requirement: fix_now ? "立即整改" : "限期整改，整改期间采取防范措施",
    arose_on: r.chance(0.6) ? addDays(found_on, -r.int(5, 200)) : null,
    handed_on: slot.to,
    due_on: dated,
    fix_now,
    measure: missing === "measure" ? null : "制定整改方案，落实防范措施",
    owner: "企业安全负责人",
    fund_wan: missing === "fund_wan" ? null : r.int(1, 60) / 2,
    plan: missing === "plan" ? null : "已制定应急处置措施"
  };
}

function listing(finding: Row, slot: Slot, r: Random): Row {
  const taken_on = addDays(finding.found_on as string, r.int(2, 12));
  return {
    action_id: `${finding.finding_id}-G`,
    kind: "挂牌督办",
    unit_code: slot.unit_code,
    taken_on,
    finding_id: finding.finding_id,
    inspection_id: slot.inspection_id,
    by_office: "安委会",
    document_no: `督〔${taken_on.slice(0, 4)}〕${r.int(1, 99)}号`
  };
}

function span({from, to}: Slot): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
