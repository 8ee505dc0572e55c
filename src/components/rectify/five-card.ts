import {track} from "../coverage/meter.js";
import {h, hashLink} from "../dom.js";
import {silenceText} from "../regime/book.js";
import {table} from "../table.js";
import {lacksOf} from "./selection.js";
import type {RectifyView} from "./types.js";

const FIVE = ["措施", "责任", "资金", "时限", "预案"] as const;

/** 五落实: how often which of the five is missing, where the document asks for them. */
export function fiveCard(view: RectifyView): HTMLElement {
  const {book, cases, space, state} = view;
  const rule = book.parameters.find((p) => p.name === "five_in_place");
  const {finding = "问题"} = space.regime.words;
  if (!rule || rule.silent)
    return h("p", {class: "xh-small", "data-five": "silent"}, `五落实（措施、责任、资金、时限、预案）：${silenceText(book)}。`);
  const asked = cases.filter((c) => c.standing?.five);
  const judged = asked.filter((c) => !lacksOf(c, "不明"));
  const lacking = asked.filter((c) => lacksOf(c, ""));
  const rows = FIVE.map((name) => ({name, count: asked.filter((c) => lacksOf(c, name)).length}));
  const section = table(
    rows,
    [
      {label: "五落实", value: (r) => r.name, align: "nowrap"},
      {
        label: "缺的条数",
        value: (r) => r.count,
        cell: (r) =>
          h(
            "span",
            {class: "xh-trackcell"},
            track({value: r.count, full: judged.length, isShort: true}),
            r.count === 0 ? "0" : h("a", {href: hashLink({...state, list: `five.${r.name}`})}, `${r.count}条`)
          )
      },
      {
        label: "占限时整改的",
        value: (r) => (judged.length === 0 ? null : Math.round((r.count / judged.length) * 1000) / 10),
        cell: (r) => (judged.length === 0 ? "—" : `${((r.count / judged.length) * 100).toFixed(1)}%`),
        align: "r"
      }
    ],
    {
      file: `${space.id}-五落实`,
      title:
        judged.length === 0
          ? `没有要求五落实的${finding}`
          : `限时整改的企业${finding}${judged.length}条，${lacking.length === 0 ? "五落实都齐全" : `${lacking.length}条五落实不全`}`,
      sub: `${rule.clause ?? ""}；企业层面、没有立即整改的；缺两项的各计一次${asked.length > judged.length ? `；另有${asked.length - judged.length}条没写是否立即整改、也没有期限，无从判断` : ""}`,
      attributes: (r) => ({"data-five": r.name, "data-missing": r.count})
    }
  );
  return section;
}
