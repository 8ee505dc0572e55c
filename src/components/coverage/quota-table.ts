import {h} from "../dom.js";
import {isoDay} from "../format.js";
import {table} from "../table.js";
import {track} from "./meter.js";
import {ruleOf} from "./stretch.js";
import type {CoverageData, CoverageQuota} from "./types.js";

/** Each month's number against the number needed; null where the document asks for none. */
export function monthTable({quotas, space, book}: CoverageData): HTMLElement | null {
  const months = quotas.filter((q) => q.parameter === "month_quota");
  const rule = ruleOf(book, "month_quota");
  if (!rule || months.length === 0) return null;
  const full = Math.max(...months.flatMap((q) => [q.need, q.have]));
  const short = months.filter((q) => q.have < q.need && isOver(q, space.as_of));
  const readings = (rule.interpretation ?? []).map((i) => i.answer);
  const periods = ruleOf(book, "key_periods");
  return table(
    months,
    [
      {label: "月份", value: (q) => isoDay(q.stretch_from).slice(0, 7), align: "nowrap"},
      {label: "次数", value: (q) => q.have, align: "r"},
      {label: "至少", value: (q) => q.need, align: "r"},
      {
        label: "与至少的次数（竖线）相比",
        value: (q) => quotaState(q, space.as_of),
        cell: (q) =>
          h(
            "span",
            {class: "xh-trackcell"},
            track({value: q.have, full, need: q.need, isShort: q.have < q.need && isOver(q, space.as_of)}),
            h("span", {}, quotaState(q, space.as_of))
          )
      }
    ],
    {
      file: `${space.id}-每月次数`,
      title:
        short.length === 0 ? `每月至少${months[0]?.need}次，各月都已达到` : `${short.length}个月没有达到至少${short[0]?.need}次`,
      sub: [
        `${rule.clause}，${rule.word ? `原文“${rule.word}”` : rule.modality}`,
        ...readings,
        ...(periods ? [`重点时段应增加频次（${periods.clause}），文件未写增加多少，只作提示`] : [])
      ].join("；"),
      attributes: (q) => ({"data-month": isoDay(q.stretch_from).slice(0, 7), "data-have": q.have, "data-need": q.need})
    }
  );
}

/** What came of a month: 19日达到, 少1次, 还差1次 while it lasts. */
export function quotaState(quota: CoverageQuota, as_of: string): string {
  const {need, have, word, reached_on} = quota;
  if (have >= need) return reached_on ? `${reached_on.getUTCDate()}日达到` : "达到";
  return `${isOver(quota, as_of) ? "少" : "还差"}${need - have}${word}`;
}

function isOver({stretch_to}: CoverageQuota, as_of: string): boolean {
  return isoDay(stretch_to) <= as_of;
}
