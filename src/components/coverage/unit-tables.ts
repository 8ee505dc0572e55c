import {h, hashLink} from "../dom.js";
import {isoDay} from "../format.js";
import {type Column, table} from "../table.js";
import {shownState, stateWord} from "./state.js";
import {currentUnits, freeUnits, leftText, missedUnits, ruleOf, silence, waitingUnits} from "./stretch.js";
import type {CoverageData, CoverageUnit} from "./types.js";

/** A unit's name, leading to its page where it has one. */
export function unitName(code: string | null, name: string, paged: ReadonlySet<string>): HTMLElement | string {
  return code !== null && paged.has(code) ? h("a", {href: hashLink({unit: code}, "./unit.html")}, name) : name;
}

function nameColumn({paged}: CoverageData): Column<CoverageUnit> {
  return {label: "单位", value: (u) => u.unit_name, cell: (u) => unitName(u.unit_code, u.unit_name, paged), align: "nowrap"};
}

/** Who is next and by when: units not covered yet, those of past stretches first. */
export function nextTable(data: CoverageData): HTMLElement {
  const {units, space, book} = data;
  const {inspection = "巡查"} = space.regime.words;
  const rows = [...missedUnits(units), ...waitingUnits(units)];
  const isOwed = rows.some((u) => u.is_owed) || currentUnits(units).some((u) => u.is_owed);
  const state = (u: CoverageUnit) => stateWord(shownState(u, space.as_of), space.regime);
  const due: Column<CoverageUnit>[] = isOwed
    ? [
        {label: "须在何日前", value: (u) => isoDay(u.next_by), align: "nowrap"},
        {label: "还有", value: (u) => (u.next_by ? leftText(space.as_of, u.next_by) : ""), align: "nowrap"}
      ]
    : [];
  const first = rows.find((u) => u.state !== "巡查中");
  return table(
    rows,
    [
      {label: "次序", value: (u) => u.rank_next, cell: (u) => (u.rank_next === null ? "—" : String(u.rank_next)), align: "c"},
      nameColumn(data),
      {label: "状态", value: state, align: "nowrap"},
      ...due,
      {label: "计划", value: (u) => isoDay(u.planned_from) || (u.state === "巡查中" ? "" : "未安排"), align: "nowrap"},
      {label: `上次${inspection}结束`, value: (u) => isoDay(u.last_ended_on) || "无记录", align: "nowrap"},
      {label: "说明", value: (u) => remark(u, inspection)}
    ],
    {
      file: `${space.id}-下一个`,
      title:
        rows.length === 0 ? "没有等待的单位" : `还有${rows.length}个单位${first && isOwed ? `，下一个应是${first.unit_name}` : ""}`,
      sub: isOwed
        ? "次序：当年不再安排的在后，其余先看最后期限，再看上次结束的日期，最久的在前；天数为日历天"
        : `${inspection}周期${silence(book)}，没有最后期限；按上次结束的日期从远到近`,
      none: isOwed ? "规定的单位都已完成。" : `本年各单位都已${inspection}。`,
      limit: 20,
      attributes: (u) => ({"data-waiting": u.unit_code, "data-by": isoDay(u.next_by)})
    }
  );
}

function remark(unit: CoverageUnit, inspection: string): string {
  return [
    unit.is_current ? "" : `${isoDay(unit.stretch_from)}至${isoDay(unit.stretch_to)}的周期没有完成`,
    unit.state === "巡查中" ? `正在${inspection}` : "",
    unit.is_new ? `${isoDay(unit.came_on)}新设` : "",
    unit.state === "当年不再安排" ? (unit.exempt_because ?? "") : "",
    unit.state === "当年不再安排" && unit.is_owed ? `仍须在本周期内${inspection}` : ""
  ]
    .filter(Boolean)
    .join("；");
}

/** Units that need not be inspected again this year, and why; null where the document has no such rule. */
export function exemptTable(data: CoverageData): HTMLElement | null {
  const {units, space, book} = data;
  const rule = ruleOf(book, "exempt");
  if (!rule) return null;
  const {inspection = "巡查"} = space.regime.words;
  const rows = [...currentUnits(units), ...freeUnits(units)].filter((u) => u.exempt_because !== null);
  return table(
    rows,
    [
      nameColumn(data),
      {label: "原因", value: (u) => u.exempt_because},
      {label: "在先的巡查", value: (u) => u.exempt_id, align: "nowrap"},
      {label: "进驻日期", value: (u) => isoDay(u.exempt_on), align: "nowrap"},
      {
        label: "本年",
        value: (u) => (u.year_state === "已巡查" ? `其后仍${inspection}` : stateWord(u.year_state, space.regime)),
        align: "nowrap"
      },
      ...(rows.some((u) => u.is_owed)
        ? [
            {
              label: "本周期",
              value: (u: CoverageUnit) => (u.is_owed ? stateWord(shownState(u, space.as_of), space.regime) : silence(book)),
              align: "nowrap"
            } as const
          ]
        : [])
    ],
    {
      file: `${space.id}-当年不再安排`,
      title: `当年不再安排${rows.length}个`,
      sub: `${rule.clause}，${rule.modality}；${(rule.lines ?? []).join("；")}`,
      none: "本年没有因上级延伸或其他巡查在先而不再安排的单位。",
      limit: 20,
      attributes: (u) => ({"data-exempt": u.unit_code})
    }
  );
}

/** Units that came, were merged or went since the stretch began. */
export function changeTable(data: CoverageData): HTMLElement {
  const {units, space, paged} = data;
  const rows = units.filter((u) => u.is_current && (u.is_new || u.went_on !== null));
  return table(
    rows,
    [
      nameColumn(data),
      {label: "变动", value: (u) => (u.went_on === null ? "新设" : u.merged_into === null ? "撤销" : "并入"), align: "nowrap"},
      {label: "日期", value: (u) => isoDay(u.went_on ?? u.came_on), align: "nowrap"},
      {
        label: "承继单位",
        value: (u) => u.merged_name,
        cell: (u) => (u.merged_name === null ? "" : unitName(u.merged_into, u.merged_name, paged))
      },
      {label: "此前的巡查", value: (u) => (u.went_on === null ? "" : isoDay(u.covered_on) || "无"), align: "nowrap"},
      {
        label: "怎样计",
        value: (u) =>
          u.went_on === null
            ? u.is_owed
              ? `须在${isoDay(u.stretch_to)}前完成`
              : ""
            : u.merged_into === null
              ? "不再计"
              : "并入前的巡查算承继单位的"
      }
    ],
    {
      file: `${space.id}-单位变动`,
      title: rows.length === 0 ? "没有单位新设或撤并" : `新设、撤并的单位${rows.length}个`,
      sub: "撤并的单位不再列入应完成的数目",
      none: "所列期间没有单位新设、合并或撤销。",
      limit: 20,
      attributes: (u) => ({"data-change": u.unit_code})
    }
  );
}
