import {isoDay} from "../format.js";
import {table} from "../table.js";
import {ruleOf} from "./stretch.js";
import type {CoverageCounty, CoverageData, CoverageRound} from "./types.js";
import {unitName} from "./unit-tables.js";

/** The groups of a round with the units that the document names; null where it knows no round. */
export function roundTable({rounds, space, book, paged}: CoverageData): HTMLElement | null {
  const rule = ruleOf(book, "round");
  if (!rule || rounds.length === 0) return null;
  const hasCounties = rounds.some((r) => r.counties !== null);
  const late = rounds.filter((r) => r.in_month === false).length;
  const open = rounds.filter((r) => r.in_month === null).length;
  const months = new Set(rounds.map((r) => r.month)).size;
  const {inspection = "巡查"} = space.regime.words;
  return table(
    rounds,
    [
      {label: "月份", value: (r) => r.month, align: "nowrap"},
      {label: "文件所列", value: (r) => r.unit_name, align: "nowrap"},
      {
        label: "单位",
        value: (r) => r.held_name ?? r.unit_code ?? "没有写明是哪个单位",
        cell: (r) => unitName(r.unit_code, r.held_name ?? r.unit_code ?? "没有写明是哪个单位", paged),
        align: "nowrap"
      },
      {label: inspection, value: (r) => r.inspection_id ?? "", align: "nowrap"},
      {label: "进驻", value: (r) => isoDay(r.started_on), align: "nowrap"},
      {label: "结束", value: (r) => isoDay(r.ended_on), align: "nowrap"},
      {label: "在规定月份", value: (r) => (r.in_month === null ? "未进驻" : r.in_month ? "是" : "否"), align: "nowrap"},
      ...(hasCounties
        ? [
            {
              label: "县区",
              value: (r: CoverageRound) => (r.counties === null ? "" : `${r.counties_seen} / ${r.counties}`),
              align: "r"
            } as const,
            {label: "没有到的县区", value: (r: CoverageRound) => r.counties_missing ?? ""}
          ]
        : [])
    ],
    {
      file: `${space.id}-轮次`,
      title: `分${months}批${rounds.length}个单位${late + open === 0 ? "，都在规定的月份进驻" : `，${[late > 0 ? `${late}个不在规定的月份` : "", open > 0 ? `${open}个没有进驻` : ""].filter(Boolean).join("，")}`}`,
      sub: [`${rule.clause}`, ...(rule.interpretation ?? []).map((i) => `${i.question}${i.answer}`)].join("；"),
      attributes: (r) => ({"data-round": r.unit_name, "data-seen": r.counties_seen, "data-counties": r.counties})
    }
  );
}

/** The counties that each inspection has to cover; null where the document does not ask for them. */
export function countyTable({counties, space, book}: CoverageData): HTMLElement | null {
  const rule = ruleOf(book, "county_coverage");
  if (!rule) return null;
  const seen = counties.filter((c) => c.is_seen).length;
  const optional = (label: string, value: (c: CoverageCounty) => number | undefined) =>
    counties.some((c) => value(c) !== undefined) ? [{label, value, align: "r"} as const] : [];
  return table(
    counties.toSorted((a, b) => Number(a.is_seen) - Number(b.is_seen)),
    [
      {label: "被巡查单位", value: (c) => c.unit_name, align: "nowrap"},
      {label: "县区", value: (c) => c.county_name ?? c.county_code, align: "nowrap"},
      {label: "是否覆盖", value: (c) => (c.is_seen ? "是" : "否"), align: "nowrap"},
      ...optional("受检点位", (c) => c.visits),
      ...optional("问题", (c) => c.findings),
      ...(counties.some((c) => c.inspection_id !== undefined)
        ? [{label: "巡查编号", value: (c: CoverageCounty) => c.inspection_id ?? "", align: "nowrap"} as const]
        : [])
    ],
    {
      file: `${space.id}-县区覆盖`,
      title: `${counties.length}个县区覆盖${seen}个`,
      sub: `${rule.clause}：${(rule.lines ?? []).join("；")}；该次巡查在县区或其下有受检点位或问题即为覆盖`,
      none: "没有应覆盖的县区。",
      limit: 20,
      attributes: (c) => ({"data-county": c.county_code})
    }
  );
}
