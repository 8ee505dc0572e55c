import {card, h} from "../dom.js";
import {isoDay} from "../format.js";
import {meter} from "./meter.js";
import {currentUnits, progressOf, ruleOf, silence} from "./stretch.js";
import type {CoverageData, CoverageQuota} from "./types.js";

/** How far the cycle or round has come beside how much of its time is gone; without a rule the year, which asks nothing. */
export function progressCard(data: CoverageData): HTMLElement {
  const {units, quotas, space, book} = data;
  const progress = progressOf(units, space.as_of);
  if (!progress) return card("没有要巡查的单位", null, h("p", {class: "xh-none"}, "单位表里没有规定要巡查的单位。"));
  const {need, have, from, to, days, passed} = progress;
  const {inspection = "巡查"} = space.regime.words;
  const rule = currentUnits(units)[0]?.parameter ?? null;
  const share = (part: number, whole: number) => `${((part / whole) * 100).toFixed(1)}%`;
  const time = passed === days ? `${stretchWord(rule)}已满` : `${stretchWord(rule)}已过${share(passed, days)}`;
  return card(
    rule === null ? `${time}，已${inspection}${have}个单位` : `${time}，完成${share(have, need)}`,
    rule === null
      ? `${inspection}周期${silence(book)}，只列本年情况，不作为应完成的任务`
      : `${from}至${to}（${ruleOf(book, rule)?.clause ?? ""}）`,
    h(
      "div",
      {"data-progress": rule ?? "year", "data-need": need, "data-have": have},
      meter({
        label: "单位",
        value: have,
        full: need,
        text: `${have} / ${need}个`,
        isShort: rule !== null && have < need && passed === days
      }),
      meter({label: "时间", value: passed, full: days, text: `${passed} / ${days}天`}),
      ...quotas.filter((q) => q.parameter !== "month_quota").map((quota) => yearMeter(quota, data))
    )
  );
}

function stretchWord(rule: string | null): string {
  return rule === "cycle" ? "周期" : rule === "round" ? "规定月份" : "本年";
}

function yearMeter(
  {parameter, need, have, word, clause, reached_on, stretch_to}: CoverageQuota,
  {space, book}: CoverageData
): HTMLElement {
  const missing = need - have;
  const isOver = isoDay(stretch_to) <= space.as_of;
  const state =
    missing <= 0
      ? `${reached_on ? `${isoDay(reached_on)}达到` : "已达到"}`
      : isOver
        ? `少${missing}${word}`
        : `还差${missing}${word}`;
  return h(
    "div",
    {"data-quota": parameter, "data-need": need, "data-have": have},
    meter({
      label: parameter === "year_quota" ? "本年户数" : "本年单位",
      value: have,
      full: Math.max(need, have),
      need,
      text: `${have} / ${need}${word}`,
      isShort: missing > 0 && isOver
    }),
    h(
      "p",
      {class: "xh-sub"},
      `${ruleOf(book, parameter)?.title ?? ""}：至少${need}${word}（${clause}），${state}；竖线为应达到的数`
    )
  );
}
