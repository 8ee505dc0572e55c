import {h, hashLink} from "../dom.js";
import {table} from "../table.js";
import {byUrgency, type Checked, type CheckedRow, complianceText, outcome} from "./checks.js";
import {clauseLinks, modalityText} from "./parameter-table.js";

/**
 * 本单位的执行情况: what came of every check that the document asks for; one opens its rows, each with its sentence and where it
 * stands in the office's files. Which is open stands in the address (`#check=report-late`).
 */
export function complianceTable(
  checks: readonly Checked[],
  {
    file,
    from,
    as_of,
    state
  }: {readonly file: string; readonly from: string; readonly as_of: string; readonly state: Readonly<Record<string, string>>}
): HTMLElement {
  const opened = (c: Checked) => c.id === state.check;
  const section = table(
    byUrgency(checks),
    [
      {label: "结果", value: outcome, cell: (c) => outcomeMark(c), align: "nowrap"},
      {label: "检查", value: (c) => c.title, cell: (c) => titleLink(c, opened(c))},
      {label: "条款", value: (c) => c.clause, cell: (c) => clauseLinks(c.clause)},
      {label: "约束", value: (c) => modalityText(c.modality, c.word)},
      {label: "谁负责", value: (c) => c.by, align: "nowrap"},
      {label: "看了", value: (c) => c.judged, cell: (c) => (c.missing.length > 0 ? "" : String(c.judged)), align: "r"},
      {label: "不符", value: (c) => c.rows, cell: (c) => (c.rows > 0 ? h("b", {}, String(c.rows)) : ""), align: "r"},
      {label: "不知道", value: (c) => c.unknown, cell: (c) => (c.unknown > 0 ? String(c.unknown) : ""), align: "r"},
      {label: "说明", value: missingText}
    ],
    {
      stack: true,
      file: `${file}-执行情况`,
      title: `本单位的执行情况：${complianceText(checks)}`,
      sub: `${from}至${as_of}。“不知道”是应填的栏空着，不算违反；“没有数据”是台账没有这一栏；检查的名称是不符的情形，点开可见每一处的原因和来源行`,
      none: "制度没有可以用数据检查的程序要求。",
      attributes: (c) => ({
        "data-check": c.id,
        "data-result": outcome(c),
        "data-rows": c.rows,
        "aria-current": opened(c) ? "true" : null
      }),
      detail: (c) => (opened(c) ? detail(c, file) : null)
    }
  );
  section.id = "compliance";
  return section;
}

function titleLink(check: Checked, opened: boolean): HTMLElement | string {
  if (check.rows === 0 && check.interpretations.length === 0) return check.title;
  const href = opened ? "#compliance" : hashLink({check: check.id});
  return h("a", {href, "aria-expanded": String(opened)}, `${opened ? "▾" : "▸"}${check.title}`);
}

/** The outcome of a check as a mark: a breach is dark, a warning framed, the rest plain words. */
export function outcomeMark(check: Checked): HTMLElement {
  const word = outcome(check);
  if (word === "违反") return h("span", {class: "xh-tag xh-tag-veto"}, word);
  return h("span", {class: word === "提示" ? "xh-tag" : "xh-quiet"}, word);
}

function missingText({missing}: Checked): string {
  return missing.length > 0 ? `台账没有：${missing.join("、")}` : "";
}

function detail(check: Checked, file: string): HTMLElement {
  const {sample, rows, subject_kind, interpretations} = check;
  const box = h("div");
  if (rows > 0)
    box.append(
      table(
        sample,
        [
          {label: subject_kind, value: (r) => r.subject, cell: subjectLink, align: "nowrap"},
          {label: "单位", value: (r) => r.unit_name ?? r.unit_code},
          {label: "日期", value: (r) => r.on_date, align: "nowrap"},
          {label: "原因", value: (r) => r.because},
          {label: "来源", value: sourceText, align: "nowrap"}
        ],
        {
          stack: true,
          file: `${file}-${check.id}`,
          title: rows > sample.length ? `${rows}处，这里是前${sample.length}处` : `${rows}处`,
          sub: rows > sample.length ? `全部见 xunheng check --only ${check.id}` : "",
          limit: 20,
          attributes: (r) => ({"data-breach": r.subject})
        }
      )
    );
  for (const {question, answer, decided_by} of interpretations)
    box.append(h("p", {class: "xh-small"}, `解释：${question}——${answer}（${decided_by}）`));
  return box;
}

function subjectLink({subject, scored_unit, finding_id}: CheckedRow): HTMLElement | string {
  return scored_unit === null
    ? subject
    : h("a", {href: hashLink({unit: scored_unit, finding: finding_id}, "./unit.html")}, subject);
}

function sourceText({source_file, source_sheet, source_row}: CheckedRow): string {
  return source_file === null ? "" : `${[source_file, source_sheet].filter(Boolean).join(" ")} 第${source_row}行`;
}
