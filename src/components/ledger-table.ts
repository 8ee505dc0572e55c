import {h, hashLink} from "./dom.js";
import {signed} from "./format.js";
import {table} from "./table.js";
import type {LedgerRow, SchemeFacts} from "./types.js";

export interface LedgerOptions {
  readonly unit: string;
  readonly file: string;
  /** What the address asks for: `row` opened, `item`, `rule`, `kind` filtered. */
  readonly state: Readonly<Record<string, string>>;
  /** What an opened row shows. */
  readonly detail: (row: LedgerRow) => Node;
}

/** Rows that the address asks for. */
export function filterLedger(ledger: readonly LedgerRow[], {item, rule, kind}: Readonly<Record<string, string>>): LedgerRow[] {
  return ledger.filter(
    (e) =>
      (item === undefined || e.item === item) &&
      (rule === undefined || e.rule_id === rule) &&
      (kind === undefined || e.kind === kind)
  );
}

/** 记分台账: every row that makes the score; a row opens what caused it. */
export function ledgerTable(
  ledger: readonly LedgerRow[],
  scheme: SchemeFacts,
  {unit, file, state, detail}: LedgerOptions
): HTMLElement {
  const rows = filterLedger(ledger, state);
  const names = new Map(scheme.rules.map((r) => [r.id, r.name]));
  const sum = rows.reduce((total, e) => total + e.milli, 0);
  const {item, rule, kind} = state;
  const filter = [item && `巡查内容${item}`, rule && `规则${rule} ${names.get(rule) ?? ""}`, kind].filter(Boolean).join("、");
  const opened = (e: LedgerRow) => String(e.seq) === state.row;
  const columns = [
    {label: "序", value: (e: LedgerRow) => e.seq, cell: (e: LedgerRow) => rowLink(e, opened(e), unit, state), align: "r" as const},
    {label: "类别", value: (e: LedgerRow) => e.kind, align: "nowrap" as const},
    {label: "内容", value: (e: LedgerRow) => e.item, align: "c" as const},
    {label: "规则", value: (e: LedgerRow) => ruleText(e, names)},
    {label: "对象", value: (e: LedgerRow) => e.subject, align: "nowrap" as const},
    {
      label: "分值",
      value: (e: LedgerRow) => e.milli / 1000,
      cell: (e: LedgerRow) => h("span", {class: signClass(e)}, signed(e.milli)),
      align: "r" as const
    },
    {label: "原因", value: (e: LedgerRow) => e.because},
    {label: "违反条款", value: (e: LedgerRow) => e.breach, align: "nowrap" as const},
    {label: "计分依据", value: (e: LedgerRow) => e.basis, align: "nowrap" as const},
    ...(ledger.some((e) => e.source_file)
      ? [{label: "来源", value: (e: LedgerRow) => (e.source_file ? `${e.source_file}:${e.source_row}` : "")}]
      : [])
  ];
  const section = table(rows, columns, {
    file,
    title: filter
      ? `记分台账（${filter}）：${rows.length}行，合计${signed(sum)}`
      : `记分台账：${rows.length}行，合计${signed(sum)}，即得分`,
    sub: "点序号打开这一行的问题、日期、条款和来源；各行相加正好等于得分",
    attributes: (e) => ({id: `row-${e.seq}`, "data-seq": e.seq, "data-milli": e.milli, "aria-current": opened(e) ? "true" : null}),
    detail: (e) => (opened(e) ? detail(e) : null)
  });
  if (filter) section.querySelector(".xh-head")?.append(h("a", {href: hashLink({unit})}, "显示全部"));
  return section;
}

function rowLink(
  entry: LedgerRow,
  opened: boolean,
  unit: string,
  {row: _, finding: __, ...state}: Readonly<Record<string, string>>
): HTMLElement {
  const href = hashLink({...state, unit, row: opened ? null : entry.seq});
  return h(
    "a",
    {href, "aria-expanded": String(opened), "aria-label": `第${entry.seq}行${opened ? "，收起" : "，展开"}`},
    `${opened ? "▾" : "▸"}${entry.seq}`
  );
}

function ruleText({rule_id}: LedgerRow, names: ReadonlyMap<string, string>): string {
  if (rule_id === null) return "";
  const name = names.get(rule_id);
  return name ? `${rule_id} ${name}` : rule_id;
}

function signClass({kind, milli}: LedgerRow): string {
  if (kind === "择高返还" || kind === "封顶返还") return "xh-back";
  return milli < 0 ? "xh-loss" : "xh-gain";
}
