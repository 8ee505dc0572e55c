import {peersOf} from "./data.js";
import {h} from "./dom.js";
import {longDay, points} from "./format.js";
import {itemHeat} from "./item-heat.js";
import {ranking} from "./ranking.js";
import {keptBack} from "./secrecy.js";
import type {ItemRow, SpaceFacts, UnitRow} from "./types.js";

/** 得分: who scored what? */
export function scorePage({
  space,
  units,
  items
}: {
  space: SpaceFacts;
  units: readonly UnitRow[];
  items: readonly ItemRow[];
}): HTMLElement {
  const peers = peersOf(space, units);
  const page = h("div", {}, h("h1", {}, "得分"), sentence(space, units));
  for (const group of peers) page.append(ranking(group, {file: `${space.id}-得分`, as_of: space.as_of}));
  for (const scheme of space.schemes) {
    const members = peers.filter((p) => p.scheme === scheme).flatMap((p) => p.units);
    page.append(itemHeat(members, items, scheme, {file: `${space.id}-${scheme.id}`}));
  }
  if (space.secrecy?.until)
    page.append(
      h(
        "p",
        {class: "xh-small"},
        `名次为已反馈的单位之间的名次；未反馈的单位有没有${space.regime.words.inspection ?? "巡查"}过，${keptBack(space)}。`
      )
    );
  page.append(
    h(
      "p",
      {class: "xh-small"},
      `结果摘要 ${space.digest.slice(0, 16)}… · 运行编号 ${space.run.slice(0, 16)}… · 评议和异议复核计至 ${space.decisions_until} · 计分期间 ${space.period.from} 至 ${space.period.to}`
    )
  );
  return page;
}

function sentence(space: SpaceFacts, units: readonly UnitRow[]): HTMLElement {
  const parts = space.schemes.map((scheme) => {
    const scored = units
      .filter((u) => u.scheme === scheme.id && u.milli !== null)
      .toSorted((a, b) => (b.milli ?? 0) - (a.milli ?? 0));
    const kinds = scheme.applies_to.join("、");
    const [first] = scored;
    const last = scored.at(-1);
    if (!first || !last) return `${kinds}尚无单位计分`;
    const grades = scheme.grades.flatMap(({name}) => {
      const count = scored.filter((u) => u.grade === name).length;
      return count > 0 ? [`${name}${count}个`] : [];
    });
    const ends =
      first.milli === last.milli
        ? `均为${points(first.milli ?? 0)}分`
        : `最高${first.unit_name}${points(first.milli ?? 0)}分，最低${last.unit_name}${points(last.milli ?? 0)}分`;
    return `${kinds}${scored.length}个已计分（${grades.join("、")}），${ends}`;
  });
  const rest = units.filter((u) => u.milli === null).length;
  const provisional = units.filter((u) => u.provisional && u.milli !== null).length;
  return h(
    "p",
    {class: "xh-sentence"},
    `截至${longDay(space.as_of)}，${parts.join("；")}；${rest > 0 ? `${rest}个单位未计分` : "全部单位已计分"}${provisional > 0 ? `，${provisional}个为暂定` : ""}。`
  );
}
