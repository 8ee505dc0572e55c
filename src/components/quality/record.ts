import {h, hashLink} from "../dom.js";
import {table} from "../table.js";
import type {BatchQuality, QualityFacts} from "./types.js";
import {batchState, decisionText, decisionWord, minute, some} from "./words.js";

/** Every load there was, newest first; one opens its files and what was said of them (`#batch=000012-finding`). */
export function batchTable({batches}: QualityFacts, state: Readonly<Record<string, string>>, file: string): HTMLElement {
  const opened = (b: BatchQuality) => b.id === state.batch;
  const count = (label: string, of: (b: BatchQuality) => number) => ({
    ...{label, value: of, align: "r" as const},
    cell: (b: BatchQuality) => some(of(b))
  });
  const section = table(
    batches.rows,
    [
      {
        label: "批次",
        value: (b) => b.id,
        cell: (b) =>
          h(
            "a",
            {href: opened(b) ? "#batches" : hashLink({batch: b.id}), "aria-expanded": String(opened(b))},
            `${opened(b) ? "▾" : "▸"}${b.id}`
          ),
        align: "nowrap"
      },
      {label: "表", value: (b) => b.title, align: "nowrap"},
      {label: "装入时间", value: (b) => minute(b.at), align: "nowrap"},
      {
        label: "状态",
        value: batchState,
        cell: (b) => h("span", {class: b.current ? null : "xh-quiet"}, batchState(b)),
        align: "nowrap"
      },
      count("读入", (b) => b.read),
      count("新增", (b) => b.new),
      count("未变", (b) => b.unchanged),
      count("变更", (b) => b.changed),
      count("退回", (b) => b.rejected),
      count("跳过", (b) => b.skipped)
    ],
    {
      file: `${file}-批次`,
      title: `装入过${batches.total}个批次，原文永久保存`,
      sub: "一次装入，每个来源成一个批次；点开看它的文件和说明",
      none: "还没有装入过。",
      limit: 30,
      attributes: (b) => ({"data-batch": b.id, "aria-current": opened(b) ? "true" : null}),
      detail: (b) => (opened(b) ? detail(b) : null)
    }
  );
  section.id = "batches";
  return section;
}

function detail({files, notes}: BatchQuality): HTMLElement {
  const list = (lines: readonly string[]) => h("ul", {class: "xh-small"}, ...lines.map((line) => h("li", {}, line)));
  return h(
    "div",
    {},
    h("p", {class: "xh-small"}, "文件"),
    list(files),
    ...(notes.length > 0 ? [h("p", {class: "xh-small"}, "说明"), list(notes)] : [])
  );
}

/** What the office decided about its record; nothing undoes a decision, a later one stands beside it. */
export function decisionTable({decisions}: QualityFacts, file: string): HTMLElement {
  const section = table(
    decisions.toReversed(),
    [
      {label: "序", value: (d) => d.n, align: "r"},
      {label: "时间", value: (d) => minute(d.at), align: "nowrap"},
      {label: "决定", value: decisionWord, align: "nowrap"},
      {label: "内容", value: decisionText},
      {label: "决定人", value: (d) => d.by, align: "nowrap"}
    ],
    {
      file: `${file}-决定`,
      title: decisions.length === 0 ? "没有对数据作过决定" : `对数据作过${decisions.length}项决定`,
      none: "撤销批次、接受撤走、不再更正等决定记在这里。",
      limit: 20,
      attributes: (d) => ({"data-decision": d.n})
    }
  );
  section.id = "decisions";
  return section;
}
