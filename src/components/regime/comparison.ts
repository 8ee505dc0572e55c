import {type CsvColumn, csvText, download} from "../csv.js";
import {h, hashLink} from "../dom.js";
import {modalityText} from "./parameter-table.js";

/** What a document says of a parameter. */
export interface ComparisonCell {
  readonly regime: string;
  readonly clause: string;
  readonly modality: string;
  readonly word?: string | null;
  readonly lines: readonly string[];
}

/** `comparison.json`: every parameter that any document has, and what each says of it; null where a document is silent. */
export interface Comparison {
  /** `since`: the first day of a document that came after 统计截止日. */
  readonly regimes: readonly {readonly id: string; readonly title: string; readonly since: string | null}[];
  readonly parameters: readonly {
    readonly name: string;
    readonly title: string;
    readonly cells: readonly (ComparisonCell | null)[];
  }[];
}

/** A parameter with the cells of the documents shown, in their order. */
export interface ComparedRow {
  readonly name: string;
  readonly title: string;
  readonly cells: readonly (ComparisonCell | null)[];
}

/**
 * The part of a comparison that is shown: the office's own document first, then the others, or one of them.
 * Shape: parameters of which none of the documents shown says anything are left out.
 * @param other the document to compare with; null for all
 * @example compared(comparison, own.id, other.id).regimes.map((r) => r.id) // [own.id, other.id]
 */
export function compared(
  {regimes, parameters}: Comparison,
  own: string,
  other: string | null
): {readonly regimes: Comparison["regimes"]; readonly rows: readonly ComparedRow[]} {
  const shown = [
    ...regimes.filter((r) => r.id === own),
    ...regimes.filter((r) => r.id !== own && (other === null || r.id === other))
  ];
  const at = shown.map((r) => regimes.indexOf(r));
  return {
    regimes: shown,
    rows: parameters
      .map(({name, title, cells}) => ({name, title, cells: at.map((i) => cells[i] ?? null)}))
      .filter(({cells}) => cells.some((cell) => cell !== null))
  };
}

/** How many parameters the office's document shares with others, and how many it alone has or lacks. */
export function comparisonCounts(rows: readonly ComparedRow[]): {shared: number; alone: number; lacking: number} {
  const owned = rows.filter(({cells}) => cells[0] !== null);
  const shared = owned.filter(({cells}) => cells.slice(1).some((cell) => cell !== null)).length;
  return {shared, alone: owned.length - shared, lacking: rows.length - owned.length};
}

/**
 * 几个制度并排: what each document says of every parameter. The office's own stands first and is marked; `—` is 制度未规定.
 * Which document to compare with stands in the address; on a narrow screen it is one at a time.
 */
export function comparisonTable(
  comparison: Comparison,
  own: string,
  {file, state, isNarrow}: {readonly file: string; readonly state: Readonly<Record<string, string>>; readonly isNarrow: boolean}
): HTMLElement {
  const others = comparison.regimes.filter((r) => r.id !== own);
  const asked = state.compare === "all" ? null : others.find((r) => r.id === state.compare)?.id;
  const other = asked === undefined ? (isNarrow ? (others[0]?.id ?? null) : null) : asked;
  const {regimes, rows} = compared(comparison, own, other);
  const {shared, alone, lacking} = comparisonCounts(rows);
  const columns: CsvColumn<ComparedRow>[] = [
    {label: "规定", value: (r) => r.title},
    ...regimes.map(({title}, i) => ({label: title, value: (r: ComparedRow) => cellText(r.cells[i] ?? null)}))
  ];
  const label = `${regimes.length === 2 ? "两个" : `${regimes.length}个`}制度并排`;
  return h(
    "section",
    {class: "xh-card xh-compare", id: "comparison"},
    h(
      "div",
      {class: "xh-head"},
      h("h2", {}, `${label}：本单位的规定${shared + alone}项，其中${shared}项别处也有；另有${lacking}项别处有而本单位没有`),
      h("button", {type: "button", click: () => download(`${file}-制度对照.csv`, csvText(columns, rows))}, "导出CSV")
    ),
    h(
      "p",
      {class: "xh-sub"},
      "每格先写内容（记在台账哪一栏从略），再写条款和约束；“—”为制度未规定（网页摘录的文本为未见此规定）。左边第一个是本单位的制度"
    ),
    chooser(others, other),
    h(
      "div",
      {class: "xh-table", tabindex: 0, role: "region", "aria-label": label},
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", {scope: "col"}, "规定"),
            ...regimes.map(({id, title, since}, i) =>
              h(
                "th",
                {scope: "col", "data-regime": id, class: i === 0 ? "xh-own" : null},
                i === 0 ? h("span", {class: "xh-tag"}, "本单位") : null,
                title,
                since === null ? null : h("small", {}, `（${since}起）`)
              )
            )
          )
        ),
        h("tbody", {}, ...rows.map((row) => line(row)))
      )
    )
  );
}

function chooser(others: Comparison["regimes"], other: string | null): HTMLElement {
  const select = h("select", {
    "aria-label": "与哪个制度对照",
    change: (e) => (location.hash = hashLink({compare: (e.target as HTMLSelectElement).value}))
  });
  select.append(h("option", {value: "all", selected: other === null}, `全部${others.length}个`));
  for (const {id, title} of others) select.append(h("option", {value: id, selected: id === other}, title));
  return h("p", {class: "xh-noprint"}, h("label", {}, "与哪个制度对照：", select));
}

function line({name, title, cells}: ComparedRow): HTMLElement {
  return h(
    "tr",
    {"data-compared": name},
    h("th", {scope: "row"}, title),
    ...cells.map((cell, i) => h("td", {class: i === 0 ? "xh-own" : null}, ...(cell === null ? ["—"] : cellNodes(cell))))
  );
}

function cellNodes({lines, clause, modality, word}: ComparisonCell): Node[] {
  return [...lines.map((text) => h("div", {}, text)), h("small", {}, `${clause} · ${modalityText(modality, word ?? null)}`)];
}

function cellText(cell: ComparisonCell | null): string {
  if (cell === null) return "—";
  return `${cell.lines.join("；")}（${cell.clause}，${modalityText(cell.modality, cell.word ?? null)}）`;
}
