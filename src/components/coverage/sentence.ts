import {isoDay, longDay} from "../format.js";
import {currentUnits, freeUnits, kindsOf, missedUnits, progressOf, silence} from "./stretch.js";
import type {CoverageData, CoverageQuota} from "./types.js";

/**
 * Who has been covered and who is next, in one sentence with numbers and the regime's own words.
 * @example coverageSentence(data) // "截至2025年12月31日，17个镇街在本周期……"
 */
export function coverageSentence(data: CoverageData): string {
  const {space} = data;
  const {secrecy} = space;
  if (secrecy)
    return `${secrecy.clause}规定不得泄露${secrecy.what.join("、")}：${space.regime.words.inspection ?? "巡查"}的安排、进度和次数只供办公室内部掌握，本页不列。`;
  const parts = [...unitParts(data), ...quotaParts(data), ...silentParts(data)];
  return `截至${longDay(space.as_of)}，${parts.length > 0 ? parts.join("；") : "没有要巡查的单位"}。`;
}

function unitParts(data: CoverageData): string[] {
  const {units, space} = data;
  const current = currentUnits(units);
  const progress = progressOf(units, space.as_of);
  const first = current[0];
  if (!first || !progress) return [];
  const {inspection = "巡查", unit = "单位"} = space.regime.words;
  const {need, have, under_way, from, to} = progress;
  if (first.parameter === null) {
    const states = ["巡查中", "当年不再安排", "未巡查"].flatMap((state) => {
      const count = current.filter((u) => u.state === state).length;
      return count > 0 ? [`${state.replace("巡查", inspection)}${count}个`] : [];
    });
    return [`${need}个${unit}本年已${inspection}${have}个${states.length > 0 ? `，${states.join("，")}` : ""}`];
  }
  const whole =
    first.parameter === "cycle"
      ? `${need}个${kindsOf(current).join("、")}在本周期（${longDay(from)}至${longDay(to)}）内已${inspection}${have}个`
      : `第${first.round_no}轮应${inspection}的${need}个${unit}已${inspection}${have}个`;
  const open = need - have;
  const doing = under_way === 0 ? "" : under_way === open ? `，正在${inspection}` : `（其中${under_way}个正在${inspection}）`;
  return [
    `${whole}${open === 0 ? "，全部完成" : ""}`,
    ...dueParts(data, open, doing),
    ...missedParts(data),
    ...countyParts(data),
    ...freeParts(data)
  ];
}

/** Units inspected of which the document does not say how often. */
function freeParts({units, space, book}: CoverageData): string[] {
  const free = freeUnits(units);
  const have = free.filter((u) => u.state === "已巡查").length;
  const {inspection = "巡查", unit = "单位"} = space.regime.words;
  if (free.length === 0) return [];
  if (currentUnits(units)[0]?.parameter === "round") return [`另有${free.length}个${unit}不在本轮之列`];
  return [`${free.length}个${kindsOf(free).join("、")}本年已${inspection}${have}个，周期${silence(book)}`];
}

/** Where there is no rule, it is said after all that there is. */
function silentParts({units, space, book}: CoverageData): string[] {
  const isSilent = currentUnits(units)[0]?.parameter === null;
  return isSilent ? [`${space.regime.words.inspection ?? "巡查"}周期${silence(book)}`] : [];
}

/** By when the others are due: the last day of the cycle, or those of the groups that are not through. */
function dueParts({units}: CoverageData, open: number, doing: string): string[] {
  if (open === 0) return [];
  const days = new Map<string, number>();
  for (const {next_by} of currentUnits(units)) if (next_by) days.set(isoDay(next_by), (days.get(isoDay(next_by)) ?? 0) + 1);
  const each = [...days].toSorted().map(([day, count]) => `${count}个须在${longDay(day)}前完成`);
  return [`${each.join("，")}${doing}`];
}

function missedParts({units, space}: CoverageData): string[] {
  const missed = missedUnits(units);
  return missed.length === 0 ? [] : [`以往周期还有${missed.length}个没有${space.regime.words.inspection ?? "巡查"}`];
}

function countyParts({rounds}: CoverageData): string[] {
  const sum = (key: "counties" | "counties_seen") => rounds.reduce((total, r) => total + (r[key] ?? 0), 0);
  const outside = rounds.filter((r) => r.in_month === false).length;
  return [
    ...(outside > 0 ? [`${outside}个没有在规定的月份进驻`] : []),
    ...(sum("counties") > 0 ? [`所属${sum("counties")}个县区覆盖${sum("counties_seen")}个`] : [])
  ];
}

function quotaParts({quotas, space}: CoverageData): string[] {
  const {inspection = "巡查"} = space.regime.words;
  const year = (q: CoverageQuota) =>
    q.parameter === "year_quota"
      ? `本年已检查${q.have}户，须不少于${q.need}户`
      : `本年已${inspection}${q.have}个，须不少于${q.need}个`;
  return [...monthParts(quotas, space.as_of), ...quotas.filter((q) => q.parameter !== "month_quota").map(year)];
}

/** Months that are over, and how far the running one is. */
function monthParts(quotas: readonly CoverageQuota[], as_of: string): string[] {
  const months = quotas.filter((q) => q.parameter === "month_quota");
  const over = months.filter((q) => isoDay(q.stretch_to) <= as_of);
  const running = months.find((q) => isoDay(q.stretch_to) > as_of);
  const reached = over.filter((q) => q.have >= q.need).length;
  const need = (list: readonly CoverageQuota[]) => [...new Set(list.map((q) => q.need))].join("、");
  return [
    ...(over.length > 0 ? [`本年已满的${over.length}个月中${reached}个月达到每月至少${need(over)}次`] : []),
    ...(running ? [`本月至今${running.have}次，须至少${running.need}次`] : [])
  ];
}
