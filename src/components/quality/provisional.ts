import {h, hashLink} from "../dom.js";
import {table} from "../table.js";
import type {SpaceFacts, UnitRow} from "../types.js";

/** Units whose score is 暂定, and what is missing: a 评议 not yet made, a schedule not yet published. */
export function provisionalTable(units: readonly UnitRow[], {id}: Pick<SpaceFacts, "id">): HTMLElement {
  const waiting = units.filter((u) => u.provisional && u.milli !== null);
  const section = table(
    waiting,
    [
      {
        label: "单位",
        value: (u) => u.unit_name,
        cell: (u) => h("a", {href: hashLink({unit: u.unit_code}, "./unit.html")}, u.unit_name),
        align: "nowrap"
      },
      {label: "暂定的原因", value: (u) => u.provisional_because}
    ],
    {
      file: `${id}-暂定`,
      title: waiting.length === 0 ? "没有暂定的得分" : `${waiting.length}个单位的得分为暂定`,
      sub: "评议或有关安排齐全以后，得分才算定下来",
      none: "每个得分所需的评议都已作出。",
      limit: 20,
      attributes: (u) => ({"data-provisional": u.unit_code})
    }
  );
  section.id = "provisional";
  return section;
}
