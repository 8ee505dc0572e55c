import {factOf} from "../contract/fact.ts";
import {tableNamed} from "../contract/index.ts";
import type {Word, Words} from "./number-words.ts";
import type {Grain, Rule, Scheme} from "./types.ts";

/** What a row of a grain is called, with its counting word. */
const NOUNS: Readonly<Record<Grain, {readonly noun: string; readonly each: string}>> = {
  finding: {noun: "问题", each: "条"},
  inspection: {noun: "巡查", each: "次"},
  visit: {noun: "受检点位", each: "家次"},
  accident: {noun: "事故", each: "起"},
  action: {noun: "督办措施", each: "项"},
  tip: {noun: "举报", each: "件"},
  unit: {noun: "被巡查单位", each: "个"},
  appraisal: {noun: "年度考核结果", each: "项"},
  response: {noun: "整改情况报告", each: "份"}
};

/** What the rows of a grain are called. @example nounOf("finding") // "问题" */
export function nounOf(over: Grain): string {
  return NOUNS[over].noun;
}

/** The counting word of a grain. @example eachOf("finding") // "条" */
export function eachOf(over: Grain): string {
  return NOUNS[over].each;
}

/**
 * The Chinese title of a fact view's column, short enough for a sentence.
 * @example columnTitle("finding", "days_overdue") // "逾期日历天数"
 */
export function columnTitle(over: Grain, name: string): string {
  const given = tableNamed(over).columns.find((c) => c.name === name);
  const doc = given?.header ?? factOf(over).columns.find((c) => c.name === name)?.doc ?? name;
  return doc.split(/[：；，（]/)[0] ?? doc;
}

/**
 * Which rows a rule looks at: by date, by inspection round, by its condition.
 * @example scopeWords(rule, scheme) // ["整改期限在计分期间内、符合", {sql: "days_overdue > 0"}, "的问题"]
 */
export function scopeWords(rule: Rule & {readonly over: Grain}, scheme: Pick<Scheme, "period">): Words {
  const when = whenWords(rule, scheme);
  const noun = nounOf(rule.over);
  if (!rule.where) return [when === "" ? noun : `${when}的${noun}`];
  return [when === "" ? "符合" : `${when}、符合`, {sql: rule.where.text}, `的${noun}`];
}

/** Grains whose rows belong to an inspection, and with it to a round. */
const OF_ROUND: readonly Grain[] = ["finding", "visit", "inspection"];

function whenWords({over, window, year_by}: Rule & {readonly over: Grain}, {period}: Pick<Scheme, "period">): string {
  if (window === "all") return factOf(over).year_by === null ? "" : "不限日期";
  if (year_by === null) return "";
  const date = columnTitle(over, year_by);
  if (typeof window === "object") return `${date}在统计截止日之前${window.months}个月内`;
  if (period === "round" && OF_ROUND.includes(over)) return over === "inspection" ? "本轮" : "本轮巡查";
  return `${date}在计分期间内`;
}

/** The period of a scheme in words. */
export function periodWords({period}: Pick<Scheme, "period">): string {
  switch (period) {
    case "year":
      return "考核年度：1月1日至12月31日；统计截止日在12月31日之前的，至统计截止日";
    case "cycle":
      return "巡查周期：考核年度12月31日所在的周期，自周期的第一天至最后一天；统计截止日在此之前的，至统计截止日";
    case "round":
      return "巡查轮次：问题、受检点位和巡查看属于本轮的；不属于任何一次巡查的，以及事故、举报等，看日期在考核年度内的";
  }
}

/** Words joined, texts beside texts made one. */
export function joinWords(...parts: readonly (Words | Word)[]): Words {
  const joined: Word[] = [];
  for (const word of parts.flat() as readonly Word[]) {
    const last = joined.at(-1);
    if (typeof word === "string" && typeof last === "string") joined[joined.length - 1] = last + word;
    else if (word !== "") joined.push(word);
  }
  return joined;
}
