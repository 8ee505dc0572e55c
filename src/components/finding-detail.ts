import {clockLine} from "./clock-line.js";
import {h} from "./dom.js";
import {factList} from "./facts.js";
import {isoDay, severityText} from "./format.js";
import {keptBack} from "./secrecy.js";
import {table} from "./table.js";
import type {FactRow, FindingRow, SpaceFacts} from "./types.js";

export interface FindingContext {
  readonly space: SpaceFacts;
  readonly events: readonly FactRow[];
  readonly actions: readonly FactRow[];
  /** The texts of a finding, fetched when it is opened. */
  readonly text: (finding: FindingRow) => Promise<FactRow | undefined>;
}

/** Columns of a finding in the order of the detail; those hidden from the audience are absent and left out. */
const SHOWN = [
  "item",
  "layer",
  "category",
  "industry",
  "nature",
  "hazard_level",
  "fault",
  "source",
  "inspection_id",
  "visit_id",
  "found_on",
  "handed_on",
  "due_on",
  "due_source",
  "done_on",
  "closed_on",
  "days_overdue",
  "five_missing",
  "violated"
] as const;

const TEXTS = ["description", "criterion", "requirement", "measure", "owner", "plan"] as const;

/** A finding opened: what was found, its dates against its clock, what happened since, and the row of the file it came from. */
export function findingDetail(finding: FindingRow, {space, events, actions, text}: FindingContext): HTMLElement {
  const labels = space.labels.finding ?? {};
  const row = finding as unknown as FactRow;
  const texts = h("div", {}, h("p", {class: "xh-none"}, "正在读取问题描述……"));
  text(finding).then((found) => {
    const isShown = TEXTS.some((name) => found?.[name] !== undefined);
    texts.replaceChildren(
      isShown || !space.secrecy
        ? factList(TEXTS.map((name) => [labels[name] ?? name, found?.[name], "wide"]))
        : h("p", {class: "xh-none"}, `问题描述和整改要求等文字${keptBack(space)}。`)
    );
  });
  const own = events.filter((e) => e.finding_id === finding.finding_id);
  const measures = actions.filter((a) => a.finding_id === finding.finding_id);
  return h(
    "div",
    {"data-detail": finding.finding_id},
    h("h3", {}, `问题 ${finding.finding_id}　${severityText(finding.severity)}　${finding.state}`),
    texts,
    finding.found_on || !space.secrecy
      ? clockLine(finding, space.as_of)
      : h("p", {class: "xh-none"}, `发现、交办和各环节的日期${keptBack(space)}；期限、完成等日期晚于反馈的才显示。`),
    factList(SHOWN.map((name) => [labels[name] ?? name, name === "due_source" ? dueWords(row) : row[name]])),
    happened(own, measures, space),
    h("p", {class: "xh-small"}, sourceText(row))
  );
}

/** How a finding's date follows from where it came from: both dates where it was extended. */
function dueWords({due_source, given_due_on, due_on}: FactRow): string | null {
  const day = (value: FactRow[string] | undefined) => (value instanceof Date ? isoDay(value) : "");
  switch (due_source) {
    case "指定":
      return "指定：随问题给出的日期";
    case "立即":
      return "立即：应立即整改，以发现当日为期限";
    case "延期":
      return given_due_on ? `延期：原定${day(given_due_on)}，经批准延至${day(due_on)}` : `延期：经批准延至${day(due_on)}`;
    case "制度":
      return "制度：没有指定，按制度的时限推算";
    case "未公布":
      return "未公布：按制度的时限要数到放假安排尚未公布的日子";
    case "未规定":
      return "未规定：制度没有规定，问题也没有指定";
    default:
      return null;
  }
}

/** Where a row came from: file and row, or that the audience does not see it. */
export function sourceText(row: FactRow): string {
  return row.source_file ? `来源：${row.source_file} 第${row.source_row}行` : "来源文件和行号由办公室保存";
}

function happened(events: readonly FactRow[], actions: readonly FactRow[], space: SpaceFacts): HTMLElement | null {
  const rows = [
    ...events.map((e) => ({
      day: isoDay(e.on_date as Date | undefined),
      what: String(e.stage),
      note: [e.new_due_on ? `延期至${isoDay(e.new_due_on as Date)}` : "", e.document_no ?? ""].filter(Boolean).join("，")
    })),
    ...actions.map((a) => ({
      day: isoDay(a.taken_on as Date | null),
      what: String(a.kind),
      note: [a.by_office, a.document_no, a.result].filter(Boolean).join("，")
    }))
  ].toSorted((a, b) => (a.day === b.day ? space.stages.indexOf(a.what) - space.stages.indexOf(b.what) : a.day < b.day ? -1 : 1));
  if (rows.length === 0) return h("p", {class: "xh-none"}, "没有整改记录和督办措施。");
  return h(
    "p",
    {},
    ...rows.flatMap(({day, what, note}, i) => [
      i > 0 ? " → " : "",
      h("span", {class: "xh-num"}, `${day ? `${day} ` : ""}${what}${note ? `（${note}）` : ""}`)
    ])
  );
}

/** The detail of a thing that is not a finding: its columns by their names. */
export function factDetail(title: string, row: FactRow, labels: Readonly<Record<string, string>>): HTMLElement {
  const hidden = ["scheme", "scored_unit", "source_file", "source_row"];
  return h(
    "div",
    {},
    h("h3", {}, title),
    factList(
      Object.entries(row)
        .filter(([name]) => !hidden.includes(name))
        .map(([name, value]) => [labels[name] ?? name, value])
    ),
    h("p", {class: "xh-small"}, sourceText(row))
  );
}

/** A table of facts with the columns asked for; those hidden from the audience, and those blank in every row, are left out. */
export function factTable(
  rows: readonly FactRow[],
  columns: readonly string[],
  labels: Readonly<Record<string, string>>,
  options: Parameters<typeof table<FactRow>>[2]
): HTMLElement {
  const shown = columns.filter((name) => rows.some((row) => row[name] !== null && row[name] !== undefined));
  return table(
    rows,
    shown.map((name) => ({
      label: labels[name] ?? name,
      value: (row: FactRow) => {
        const value = row[name];
        return value instanceof Date ? isoDay(value) : value;
      },
      align: "nowrap" as const
    })),
    options
  );
}
