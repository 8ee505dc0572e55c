import {h, hashLink} from "../dom.js";
import {silenceText} from "../regime/book.js";
import {keptBack} from "../secrecy.js";
import {table} from "../table.js";
import {countOf, type Duty, dutiesOf, silentDuties} from "./duty.js";
import type {OwedState, RectifyView} from "./types.js";

/** Columns of the table: what is counted together, and under which name it is listed. */
const COUNTS: readonly {readonly label: string; readonly name: string; readonly states: readonly OwedState[]}[] = [
  {label: "应办", name: "all", states: ["按时", "迟办", "逾期", "未到期", "未定", "不明"]},
  {label: "按时办", name: "按时", states: ["按时"]},
  {label: "迟办", name: "迟办", states: ["迟办"]},
  {label: "逾期未办", name: "逾期", states: ["逾期"]},
  {label: "未到期", name: "未到期", states: ["未到期"]},
  {label: "未定、不明", name: "未定", states: ["未定", "不明"]}
];

/** States that a name of the address stands for. */
export function statesNamed(name: string): readonly OwedState[] {
  return COUNTS.find((c) => c.name === name)?.states ?? [];
}

/** What is owed and not done, in a sentence; where the regime keeps it back, only what may be told is counted. */
export function dutySentence(view: RectifyView): string {
  const rows = dutiesOf(view).flatMap((d) => d.rows);
  const kept = keptBack(view.space);
  const counted = `应办${rows.length}项，逾期未办${countOf(rows, "逾期")}项`;
  if (kept) return rows.length === 0 ? `督办、报告和公布${kept}` : `督办、报告和公布中可以公开的，${counted}`;
  return rows.length === 0 ? "没有应办的督办、报告和公布事项" : `督办、报告和公布${counted}`;
}

/** What is owed besides putting right, and whether it happened: each number opens its list. */
export function dutyCard(view: RectifyView): HTMLElement {
  const duties = dutiesOf(view);
  const {space, state} = view;
  const number = (duty: Duty, name: string, states: readonly OwedState[]) => {
    if (duty.uncounted !== null) return "";
    const count = countOf(duty.rows, ...states);
    if (count === 0) return name === "all" ? "0" : "";
    const href = hashLink({...state, list: `owed.${duty.parameter}.${duty.kind}.${name}`});
    return h("a", {href, class: name === "逾期" ? "xh-loss" : null}, String(count));
  };
  const section = table(
    duties,
    [
      {
        label: "事项",
        value: (d) => d.about,
        cell: (d) =>
          h("span", {class: "xh-duty"}, h("b", {}, d.about), d.uncounted === null ? null : h("small", {}, `　${d.uncounted}`))
      },
      {label: "条款", value: (d) => d.rule.clause},
      {label: "约束", value: (d) => d.rule.modality, align: "nowrap"},
      {label: "由谁", value: (d) => d.rows[0]?.by ?? "", align: "nowrap"},
      ...COUNTS.map(({label, name, states}) => ({
        label,
        value: (d: Duty) => (d.uncounted === null ? countOf(d.rows, ...states) : null),
        cell: (d: Duty) => number(d, name, states),
        align: "r" as const
      }))
    ],
    {
      file: `${space.id}-应办与已办`,
      title: dutySentence(view),
      none: "本文件没有这类要求。",
      sub: `${space.period.to.slice(0, 4)}年内到期的，和到${space.as_of}还没有办的；文件没有写明时限的，按本单位的解释计（见制度页）；点数字看名单`,
      attributes: (d) => ({
        "data-duty": `${d.parameter}.${d.kind}`,
        "data-owed": d.uncounted === null ? d.rows.length : null,
        "data-late": d.uncounted === null ? countOf(d.rows, "逾期") : null
      })
    }
  );
  const silent = silentDuties(view);
  if (silent.length > 0)
    section.append(
      h("p", {class: "xh-small", "data-silent": silent.join("|")}, `${silenceText(view.book)}：${silent.join("；")}。`)
    );
  return section;
}
