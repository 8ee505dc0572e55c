import {z} from "zod";
import {clock, day, flagColumn, inspectionKinds, known, levels, text, texts, unitKinds, yes} from "../vocabulary.ts";

/** Who is inspected, how, how often. */
export const SCOPE = {
  targets: known("巡查对象", "直接巡查哪些类别的单位；who 是文件的说法", {unit_kinds: unitKinds, who: texts}),
  extend_to: known("延伸对象", "可以（或要）延伸、抽查到哪些类别的单位", {unit_kinds: unitKinds, who: texts}),
  county_coverage: known("县级全覆盖", "一次巡查须覆盖被巡查单位所属的全部县区", {unit_kinds: unitKinds, all: yes}),
  inspection_kinds: known("巡查方式", "文件规定的巡查方式，用契约的名称；文件自己的名称在顶层 kinds", {
    kinds: inspectionKinds.min(1)
  }),
  return_visit: known("回头看", "什么情况下再查一次，须经什么手续", {
    kinds: inspectionKinds.min(1),
    when: text,
    approval: text.optional()
  }),
  unannounced: known("不预先通知", "到场之前不得让对方知道；flag 是记录这件事的列", {flag: flagColumn, how: texts.optional()}),
  cycle: known("巡查周期", "每隔几年把规定的单位巡查一遍；counts 是算作覆盖的巡查方式，缺省为全部", {
    years: z.int().min(1).max(20),
    start: day,
    counts: inspectionKinds.min(1).optional(),
    extended_counts: z.boolean().optional(),
    unit_kinds: unitKinds.optional()
  }),
  yearly_share: known("每年巡查一部分", "周期内每年至少巡查几个单位", {at_least: z.int().min(1), unit_kinds: unitKinds}),
  round: known("轮次", "一轮之内分几批、各查哪些单位；counts 是算作覆盖的巡查方式", {
    round_no: text,
    year: z.int().min(1900).max(2999),
    counts: inspectionKinds.min(1).optional(),
    groups: z
      .array(
        z.strictObject({
          month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, {error: "月份应写成2018-03的样子；请改正"}),
          units: texts
        })
      )
      .min(1)
  }),
  month_quota: known("每月次数", "每月至少进行几次", {trips: z.int().min(1)}),
  year_quota: known("每年户数", "每年至少检查多少户生产经营单位", {places: z.int().min(1)}),
  key_periods: known("重点时段加密", "重要时期、重点时段增加频次", {more: yes}),
  exempt: known("当年不再安排", "哪些巡查之后、当年不再安排哪些方式的巡查", {
    by_extended: levels,
    by_kind: inspectionKinds,
    bars: inspectionKinds.min(1),
    same_year_earlier: z.boolean(),
    unit_kinds: unitKinds.optional()
  }),
  look_back: known("回溯起点", "巡查内容从哪一天起的事情", {from: day}),
  site_time: known("驻地时间", "在一个单位巡查多长时间；longer 是可以延长的情形", {
    ...clock,
    longer: z.strictObject({when: text, approval: text}).optional()
  })
} as const;
