import {h, hashLink} from "../dom.js";
import {dutiesOf} from "./duty.js";
import {statesNamed} from "./duty-card.js";
import {funnelsOf, type Step} from "./funnel.js";
import {caseTable, owedTable} from "./lists.js";
import type {Case, RectifyView} from "./types.js";

/** What lists of findings are called in the address, and in words. */
const STEP_LISTS: Readonly<
  Record<string, {readonly words: (stage: string) => string; readonly of: (step: Step) => readonly Case[]}>
> = {
  reached: {words: (stage) => `到达“${stage}”的`, of: (step) => step.reached},
  waiting: {words: (stage) => `停在“${stage}”之后的`, of: (step) => step.waiting},
  skipped: {words: (stage) => `跳过“${stage}”的`, of: (step) => step.skipped},
  reversed: {words: (stage) => `“${stage}”提前于前面环节的`, of: (step) => step.reversed}
};

/** The list that the address asks for (`list=waiting.3`, `list=five.资金`, `list=owed.summon.约谈.逾期`); null without one. */
export function selection(view: RectifyView): HTMLElement | null {
  const {list} = view.state;
  if (!list) return null;
  const [kind = "", ...rest] = list.split(".");
  const shown = kind === "owed" ? owedList(view, rest) : findingList(view, kind, rest.join("."));
  const close = h("a", {href: hashLink({...view.state, list: null}), class: "xh-noprint"}, "收起名单");
  const section = h(
    "div",
    {"data-list": list},
    shown ?? h("p", {class: "xh-warn"}, `没有名为 ${list} 的名单。`),
    h("p", {}, close)
  );
  return section;
}

function owedList(view: RectifyView, [parameter, kind, name = ""]: readonly string[]): HTMLElement | null {
  const duty = dutiesOf(view).find((d) => d.parameter === parameter && d.kind === kind);
  if (!duty) return null;
  const states = statesNamed(name);
  const rows = duty.rows.filter((o) => states.includes(o.state));
  return owedTable(
    rows,
    view,
    `${duty.about}${name === "all" ? "" : `，${name === "逾期" ? "逾期未办" : name}`}：${rows.length}项`
  );
}

function findingList(view: RectifyView, kind: string, of: string): HTMLElement | null {
  const {space} = view;
  const {finding = "问题"} = space.regime.words;
  const found = casesNamed(view, kind, of);
  if (!found) return null;
  const {words, cases} = found;
  return caseTable(cases, view, {
    title: `${words}${finding}${cases.length}条`,
    sub: `统计截止日${space.as_of}；停留天数为到达所在环节以来的日历天`,
    file: `${space.id}-${words}`,
    limit: 100
  });
}

function casesNamed(view: RectifyView, kind: string, of: string): {words: string; cases: readonly Case[]} | null {
  const {cases, loop, space} = view;
  const funnels = funnelsOf(loop, cases, space.as_of);
  const listed = STEP_LISTS[kind];
  if (listed) {
    const steps = funnels.flatMap((f) => f.steps.filter((s) => String(s.stage_no) === of));
    const [first] = steps;
    return first ? {words: listed.words(first.stage), cases: steps.flatMap((s) => listed.of(s))} : null;
  }
  if (kind === "nowhere") return {words: "没有任何环节记录的", cases: funnels.flatMap((f) => f.nowhere?.waiting ?? [])};
  if (kind === "returned") return {words: "曾被退回的", cases: cases.filter((c) => (c.standing?.times_returned ?? 0) > 0)};
  if (kind === "five") {
    const words = of === "不明" ? "五落实无从判断的" : of === "" ? "五落实不全的" : `五落实缺${of}的`;
    return {words, cases: cases.filter((c) => lacksOf(c, of))};
  }
  return null;
}

/** Whether a finding lacks one of 五落实; any of them for a blank name. */
export function lacksOf({standing}: Case, name: string): boolean {
  const five = standing?.five ?? null;
  if (five === null) return false;
  if (name === "") return five !== "齐全" && five !== "不明";
  return five.split("、").includes(name);
}
