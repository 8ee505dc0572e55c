import {type CsvColumn, csvText, download} from "./csv.js";
import {h} from "./dom.js";

/** A column: what is taken away, and how it looks when that is not the same. */
export interface Column<Row> extends CsvColumn<Row> {
  readonly cell?: (row: Row) => Node | string | null;
  readonly align?: "r" | "c" | "nowrap";
}

export interface TableOptions<Row> {
  /** Name of the file to take away, without `.csv`. */
  readonly file: string;
  readonly title?: string;
  readonly sub?: string;
  /** Said instead of an empty table. */
  readonly none?: string;
  readonly attributes?: (row: Row) => Readonly<Record<string, string | number | null>>;
  /** A row below this one, opened by the address. */
  readonly detail?: (row: Row) => Node | null;
  /** Rows shown at once; the file always holds all. */
  readonly limit?: number;
  /** On a narrow screen every row is a block, its cells one below the other with their labels. */
  readonly stack?: boolean;
  /** Columns of the file, where it says more than the table. */
  readonly csv?: readonly CsvColumn<Row>[];
}

/**
 * A table with 导出CSV.
 * Shape: rows and columns in, one section out.
 * @example table([{name: "甲镇"}], [{label: "单位", value: (r) => r.name}], {file: "单位"})
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], options: TableOptions<Row>): HTMLElement {
  const {file, title, sub, none = "没有记录。", limit = Number.POSITIVE_INFINITY, csv = columns} = options;
  const take = h("button", {type: "button", click: () => download(`${file}.csv`, csvText(csv, rows))}, "导出CSV");
  const head = h("div", {class: "xh-head"}, title ? h("h2", {}, title) : h("span"), rows.length > 0 ? take : null);
  if (rows.length === 0) return h("section", {class: "xh-card"}, head, h("p", {class: "xh-none"}, none));
  const body = h("tbody");
  const show = (from: number, to: number) => {
    for (const row of rows.slice(from, to)) body.append(line(row, columns, options), ...details(row, columns, options));
  };
  show(0, limit);
  const more = h(
    "button",
    {
      type: "button",
      click: () => {
        show(limit, rows.length);
        more.remove();
      }
    },
    `显示其余${rows.length - limit}行`
  );
  const header = h("thead", {}, h("tr", {}, ...columns.map((c) => h("th", {scope: "col", class: alignClass(c)}, c.label))));
  return h(
    "section",
    {class: `xh-card${options.stack ? " xh-stack" : ""}`},
    head,
    sub ? h("p", {class: "xh-sub"}, sub) : null,
    h("div", {class: "xh-table", tabindex: 0, role: "region", "aria-label": title ?? file}, h("table", {}, header, body)),
    rows.length > limit ? more : null
  );
}

function line<Row>(row: Row, columns: readonly Column<Row>[], {attributes}: TableOptions<Row>): HTMLElement {
  return h(
    "tr",
    attributes?.(row) ?? {},
    ...columns.map((c) => h("td", {class: alignClass(c), "data-label": c.label}, c.cell ? c.cell(row) : shown(c.value(row))))
  );
}

function details<Row>(row: Row, columns: readonly Column<Row>[], {detail}: TableOptions<Row>): HTMLElement[] {
  const opened = detail?.(row);
  return opened ? [h("tr", {class: "xh-detail"}, h("td", {colspan: columns.length}, opened))] : [];
}

function alignClass<Row>({align}: Column<Row>): string | null {
  return align ? `xh-${align}` : null;
}

function shown(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "boolean" ? (value ? "是" : "否") : String(value);
}
