import {h} from "../dom.js";
import {table} from "../table.js";
import type {RegimeBook} from "./book.js";

/** How the office reads what the document leaves open. */
export function interpretationTable({parameters}: RegimeBook, file: string): HTMLElement {
  const rows = parameters.flatMap((p) =>
    (p.interpretation ?? []).map((i, no) => ({...i, name: p.name, no, title: p.title, clause: p.clause ?? ""}))
  );
  const section = table(
    rows,
    [
      {
        label: "规定",
        value: (r) => r.title,
        cell: (r) => h("a", {href: `#parameter-${r.name}`}, r.title),
        align: "nowrap"
      },
      {label: "条款", value: (r) => r.clause},
      {label: "原文没有说清的", value: (r) => r.question},
      {label: "本单位的解释", value: (r) => r.answer},
      {label: "理由", value: (r) => r.basis},
      {label: "决定者", value: (r) => r.decided_by, align: "nowrap"}
    ],
    {
      stack: true,
      file: `${file}-解释`,
      title: `解释${rows.length}条`,
      sub: "原文没有说清、由使用单位自行决定的读法，可以在制度文件里更改",
      none: "没有解释。",
      attributes: (r) => ({id: r.no === 0 ? `reading-${r.name}` : null})
    }
  );
  section.id = "interpretations";
  return section;
}
