import type {CsvColumn} from "./csv.js";
import {h, hashLink} from "./dom.js";
import {isoDay} from "./format.js";
import {type Column, table} from "./table.js";
import {lateAndSoon, type TodoLine, type TodoRow, todoCount, todoLines} from "./todo.js";
import type {FindingRow, SpaceFacts, UnitRow} from "./types.js";

/** What a link of 待办 needs: units and findings that the page 单位 shows. */
export interface TodoPlaces {
  readonly space: SpaceFacts;
  readonly units: readonly UnitRow[];
  readonly findings: readonly FindingRow[];
}

type Href = (row: TodoRow) => string | null;

/** Rows that one line opens at once. */
const OPENED = 60;

/** 待办: what is owed next, late first; each with its clause, whom it is about and the days left. */
export function todoCard(rows: readonly TodoRow[], places: TodoPlaces): HTMLElement {
  const {space} = places;
  const {late, soon} = lateAndSoon(rows);
  const href = hrefIn(places);
  const lines = todoLines(rows);
  const columns: Column<TodoLine>[] = [
    {label: "期限", value: ({first}) => isoDay(first.due_on), cell: (line) => dueCell(line), align: "nowrap"},
    {label: "还有", value: ({first}) => first.days_left, cell: ({first}) => daysText(first.days_left), align: "r"},
    {label: "事项", value: ({first}) => first.kind, cell: ({first}) => kindCell(first), align: "nowrap"},
    {label: "对象", value: (line) => subjectText(line, space), cell: (line) => subjectCell(line, space, href)},
    {label: "条款", value: ({first}) => clauseText(first), cell: ({first}) => clauseCell(first), align: "nowrap"}
  ];
  const csv: CsvColumn<TodoLine>[] = [
    ...columns,
    {label: "件数", value: ({n}) => n},
    {label: "谁负责", value: ({first}) => first.by},
    {label: "期限怎样得出", value: ({first, rows}) => (rows.length === 1 ? first.because : null)}
  ];
  const section = table(lines, columns, {
    stack: true,
    file: `${space.id}-待办`,
    title:
      rows.length === 0 ? "待办：没有逾期或30天内到期的事项" : `待办：逾期${todoCount(late).n}项，30天内到期${todoCount(soon).n}项`,
    sub: `制度和指定期限要求做而未做的事；逾期的在前，其余按期限；期限当日不算逾期，天数为日历天，统计截止日${space.as_of}`,
    none: "截至统计截止日，没有逾期未做的事，30天内也没有到期的。",
    limit: 20,
    csv,
    attributes: ({first, n}) => ({"data-todo": first.kind, "data-n": n, "data-left": first.days_left})
  });
  section.id = "todo";
  return section;
}

function dueCell({first, rows}: TodoLine): HTMLElement {
  const isEarliest = rows.some((r) => r.days_left !== first.days_left);
  return h("span", {class: "xh-lines"}, isoDay(first.due_on), isEarliest ? h("small", {}, "其中最早的") : null);
}

function kindCell({kind, by}: TodoRow): HTMLElement {
  return h("span", {class: "xh-lines"}, h("b", {}, kind), h("small", {}, by));
}

/** Days until a day, or since: 还有 and 逾期 in words. */
export function daysText(days: number): HTMLElement {
  return days < 0 ? h("b", {class: "xh-loss"}, `逾期${-days}天`) : h("span", {}, days === 0 ? "今天" : `${days}天`);
}

/**
 * Whom a line is about, in words.
 * @example subjectText(line, space) // "37条，涉及12个单位"
 */
export function subjectText({rows, n, first}: TodoLine, {regime}: Pick<SpaceFacts, "regime">): string {
  if (n > 1 && first.subject_kind === "问题") {
    const names = new Set(rows.map((r) => r.unit_name ?? r.unit_code));
    // Units that may not be named cannot be counted either.
    if (names.has(null)) return `${n}条`;
    return names.size === 1 ? `${[...names][0]} ${n}条` : `${n}条，涉及${names.size}个单位`;
  }
  return rowText(first, regime.words);
}

function rowText({subject_kind, subject, unit_name, n}: TodoRow, words: SpaceFacts["regime"]["words"]): string {
  const {inspection = "巡查", unit = "单位"} = words;
  switch (subject_kind) {
    case "月":
      return `${subject?.slice(0, 4)}年${Number(subject?.slice(5))}月`;
    case "年":
      return `${subject}年`;
    case "制度":
      return `各${unit}`;
    case "单位":
      return unit_name ?? subject ?? "";
    default:
      return [unit_name, subject].filter(Boolean).join(" ") || `${n}次${inspection}`;
  }
}

function subjectCell(line: TodoLine, space: SpaceFacts, href: Href): HTMLElement {
  const text = subjectText(line, space);
  if (line.rows.length === 1) {
    const [row] = line.rows as [TodoRow];
    return h(
      "span",
      {title: row.because},
      linked(text, href(row)),
      row.because ? h("small", {class: "xh-because"}, row.because) : null
    );
  }
  const {words} = space.regime;
  const items = line.rows.slice(0, OPENED).map((row) => {
    const days = h("small", {}, `期限${isoDay(row.due_on)}，`, daysText(row.days_left));
    const name = row.n > 1 ? [row.unit_name, `${row.n}条`].filter(Boolean).join(" ") : rowText(row, words);
    return h("li", {}, linked(name, href(row)), " ", days);
  });
  const rest = line.rows.length - items.length;
  if (rest > 0) items.push(h("li", {}, `另有${rest}行，全部见 xunheng todo`));
  return h("span", {}, text, h("details", {}, h("summary", {}, "逐件列出"), h("ul", {class: "xh-reasons"}, ...items)));
}

function linked(text: string, href: string | null): HTMLElement | string {
  return href === null ? text : h("a", {href}, text);
}

/** Where each row is seen: its finding, its unit, or the page 覆盖 for what is counted by unit, month or year. */
function hrefIn({units, findings}: TodoPlaces): Href {
  const owner = new Map(findings.map((f) => [f.finding_id, f.scored_unit]));
  const scored = new Set(units.map((u) => u.unit_code));
  return ({subject_kind, finding_id, unit_code, parameter}) => {
    if (subject_kind === "单位" || subject_kind === "月" || subject_kind === "年") return "./coverage.html";
    if (subject_kind === "制度") return `./regime.html#parameter-${parameter}`;
    const unit = owner.get(finding_id ?? "") ?? (unit_code !== null && scored.has(unit_code) ? unit_code : null);
    return unit === null ? null : hashLink({unit, finding: owner.get(finding_id ?? "") ? finding_id : null}, "./unit.html");
  };
}

function clauseText({clause, grade}: TodoRow): string {
  return grade === "提示" ? `${clause}（原则上）` : clause;
}

function clauseCell({clause, grade}: TodoRow): HTMLElement {
  const links = clause.split("、").map((no) => h("a", {href: `./regime.html#clause-${no}`}, no));
  return h("span", {class: "xh-lines"}, ...links, grade === "提示" ? h("small", {}, "原则上") : null);
}
