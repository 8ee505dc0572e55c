import {h, hashLink} from "../dom.js";
import {table} from "../table.js";
import type {Doubt, Listed, QualityFacts, RejectRow} from "./types.js";
import {placeText} from "./words.js";

type State = Readonly<Record<string, string>>;

/** What waits for a clerk: rejected and held rows, each with its place, its fault and what to do; one kind or one table at a time. */
export function workTable({rejects}: QualityFacts, state: State, file: string): HTMLElement {
  const of = {退回: rejects.rows.filter((r) => r.cause === null), 挂起: rejects.rows.filter((r) => r.cause !== null)};
  const chosen = rejects.rows.filter((r) => (!state.kind || kindOf(r) === state.kind) && (!state.table || r.title === state.table));
  const section = table(
    chosen,
    [
      {
        label: "处理",
        value: kindOf,
        cell: (r) => h("span", {class: r.cause === null ? "xh-tag xh-tag-veto" : "xh-tag"}, kindOf(r))
      },
      {label: "表", value: (r) => r.title, align: "nowrap"},
      {label: "位置", value: placeText},
      {label: "列", value: (r) => r.column},
      {label: "值", value: (r) => r.value},
      {label: "原因", value: (r) => r.cause ?? r.reason},
      {label: "怎么办", value: (r) => r.advice ?? ""}
    ],
    {
      stack: true,
      file: `${file}-待更正`,
      title:
        rejects.total === 0 ? "没有退回或挂起的行" : `${rejects.total}行等人更正：退回${of.退回.length}，挂起${of.挂起.length}`,
      sub: `退回的行自己有错，挂起的行在等别的表；都不计入得分。用 xunheng rejects --xlsx 导出更正表，改好后用 xunheng corrections 装回${cut(rejects)}`,
      none: rejects.total === 0 ? "每一行都已计入。" : "没有这样的行。",
      limit: 50,
      attributes: (r) => ({"data-reject": `${r.file}:${r.row}`})
    }
  );
  section.id = "work";
  section.dataset.total = String(rejects.total);
  if (rejects.total > 0) section.querySelector(".xh-head")?.after(filters(rejects.rows, state));
  return section;
}

function kindOf({cause}: RejectRow): string {
  return cause === null ? "退回" : "挂起";
}

function filters(rows: readonly RejectRow[], state: State): HTMLElement {
  const choose = (key: string, label: string, options: readonly string[]) => {
    const select = h("select", {
      "aria-label": label,
      change: (e) => (location.hash = hashLink({...state, [key]: (e.target as HTMLSelectElement).value}))
    });
    for (const value of ["", ...options])
      select.append(h("option", {value, selected: value === (state[key] ?? "")}, value || "全部"));
    return h("label", {}, label, select);
  };
  const titles = [...new Set(rows.map((r) => r.title))];
  return h("div", {class: "xh-filter xh-noprint"}, choose("kind", "处理", ["退回", "挂起"]), choose("table", "表", titles));
}

/** Rows that were there once and are missing from the newest file. */
export function withdrawnTable({withdrawn}: QualityFacts, file: string): HTMLElement {
  const section = table(
    withdrawn.rows,
    [
      {label: "表", value: (r) => r.title, align: "nowrap"},
      {label: "来源", value: (r) => r.source, align: "nowrap"},
      {label: "编号", value: (r) => r.key},
      {label: "不见于", value: (r) => r.batch, align: "nowrap"}
    ],
    {
      file: `${file}-撤走`,
      title: withdrawn.total === 0 ? "没有撤走的行" : `${withdrawn.total}行在新文件里不见了，仍然计入`,
      sub: `确已撤走的，用 xunheng accept-withdrawals 作出决定后才不计${cut(withdrawn)}`,
      none: "以前装入的行都还在各来源的新文件里。",
      limit: 20,
      attributes: (r) => ({"data-withdrawn": r.key})
    }
  );
  section.id = "withdrawn";
  section.dataset.total = String(withdrawn.total);
  return section;
}

/** Rows that were loaded and still make one wonder. */
export function doubtTable({doubts, doubt_counts}: QualityFacts, file: string): HTMLElement {
  const kinds = Object.entries(doubt_counts)
    .map(([kind, n]) => `${kind}${n}`)
    .join("，");
  const section = table(
    doubts.rows,
    [
      {label: "存疑", value: (d: Doubt) => d.kind, align: "nowrap"},
      {label: "位置", value: placeText},
      {label: "情形", value: (d: Doubt) => d.what}
    ],
    {
      stack: true,
      file: `${file}-存疑`,
      title: doubts.total === 0 ? "没有存疑的行" : `${doubts.total}处存疑：${kinds}`,
      sub: `已经计入，不影响得分；请核对原件，确有错的改原文件再装${cut(doubts)}`,
      none: "没有发现可疑的情形。",
      limit: 20,
      attributes: (d) => ({"data-doubt": d.kind})
    }
  );
  section.id = "doubts";
  section.dataset.total = String(doubts.total);
  return section;
}

function cut({total, rows}: Listed<unknown>): string {
  return total > rows.length ? `；这里是前${rows.length}行，全部见命令行` : "";
}
