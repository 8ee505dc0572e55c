import {creditCode} from "./credit-code.ts";
import type {Enterprise} from "./inspect.ts";
import {add, type Draft, type Row} from "./world.ts";

const TRADES: readonly (readonly [word: string, industry: string])[] = [
  ["化工", "危险化学品"],
  ["机械制造", "工贸"],
  ["建设工程", "建筑施工"],
  ["矿业", "矿山"],
  ["运输", "道路运输"],
  ["燃气", "燃气"],
  ["商贸", "消防"],
  ["木业", "粉尘涉爆"]
];

/** Adds units of one kind, in order; codes and names as given. */
export function addUnits(w: Draft, unit_kind: string, units: readonly (readonly [code: string, name: string, more?: Row])[]): void {
  for (const [i, [unit_code, unit_name, more = {}]] of units.entries())
    add(w, "unit", {unit_code, unit_name, unit_kind, sort_order: i + 1, ...more});
}

/**
 * Enterprises below a place.
 * Shape: `count` of them, the first `listed` added as units of kind 企业; code = the place's and two digits; the name says that
 * it is a demonstration.
 */
export function addEnterprises(w: Draft, parent_code: string, place: string, count: number, listed = count): Enterprise[] {
  return Array.from({length: count}, (_, i) => {
    const [word, industry] = TRADES[(Number(parent_code) + i) % TRADES.length] as (typeof TRADES)[number];
    const enterprise: Enterprise = {
      unit_code: `${parent_code}${String(i + 1).padStart(2, "0")}`,
      unit_name: `${place.replace(/(镇|街道|市|县|区|开发区)$/, "")}演示${word}${i + 1}厂`,
      parent_code,
      industry,
      credit_code: creditCode(parent_code.slice(0, 6), i + 1),
      listed: i < listed
    };
    const {unit_code, unit_name} = enterprise;
    if (enterprise.listed) add(w, "unit", {unit_code, unit_name, unit_kind: "企业", parent_code, sort_order: i + 1});
    return enterprise;
  });
}
