import {h, hashLink} from "../dom.js";
import {table} from "../table.js";
import type {BookClause, RegimeBook} from "./book.js";
import {type Checked, outcome} from "./checks.js";
import {outcomeMark} from "./compliance.js";

/**
 * The document clause by clause: what answers each, the parameters taken from it, the checks it asks for and, for the office's own
 * analysts, what came of them.
 */
export function clauseList({clauses, parameters}: RegimeBook, checks: readonly Checked[] | null, file: string): HTMLElement {
  const titles = new Map(parameters.map((p) => [p.name, p.title]));
  const results = new Map((checks ?? []).map((c) => [c.id, c]));
  const section = table(
    clauses,
    [
      {label: "条款", value: (c) => c.no, cell: (c) => h("b", {}, c.no), align: "nowrap"},
      {label: "内容", value: (c) => c.title},
      {label: "由什么回答", value: (c) => c.answer, cell: (c) => answerCell(c, checks !== null)},
      {
        label: "取自本条的规定",
        value: (c) => c.parameters.map((name) => titles.get(name) ?? name).join("、"),
        cell: (c) => list(c.parameters.map((name) => h("a", {href: `#parameter-${name}`}, titles.get(name) ?? name)))
      },
      {
        label: checks === null ? "本条的检查" : "本条的检查和结果",
        value: (c) => c.checks.map(({id, title}) => checkText(title, results.get(id))).join("；"),
        cell: (c) => list(c.checks.map(({id, title}) => checkLine(id, title, results.get(id))))
      }
    ],
    {
      stack: true,
      file: `${file}-条款对照`,
      title: `全部${clauses.length}个条款，逐条说明由什么回答`,
      sub: "规定和检查都可点开；不可计算的写明理由",
      attributes: (c) => ({"data-clause": c.no, id: `clause-${c.no}`})
    }
  );
  section.id = "clauses";
  return section;
}

function answerCell({kind, answer, target}: BookClause, hasChecks: boolean): HTMLElement {
  if (kind === "不可计算") return h("span", {class: "xh-quiet"}, answer);
  const href = kind === "检查" && !hasChecks ? null : answerHref(kind, target ?? "");
  return href === null ? h("span", {}, answer) : h("a", {href}, answer);
}

/** Where an answer stands: on this page, or on another. */
export function answerHref(kind: string, target: string): string | null {
  if (kind === "页面") return target === "regime" ? "#document" : `./${target}.html`;
  if (kind === "检查") return hashLink({check: target});
  if (kind !== "参数") return null;
  if (target === "items") return "#items";
  return target === "assessment" || target === "organisation" ? "#powers" : `#parameter-${target}`;
}

function checkText(title: string, result: Checked | undefined): string {
  if (!result) return title;
  return `${title}：${outcome(result)}${result.rows > 0 ? `${result.rows}处` : ""}`;
}

function checkLine(id: string, title: string, result: Checked | undefined): HTMLElement {
  if (!result) return h("span", {"data-clause-check": id}, title);
  const count = result.rows > 0 ? ` ${result.rows}处` : "";
  return h("span", {"data-clause-check": id}, h("a", {href: hashLink({check: id})}, title), " ", outcomeMark(result), count);
}

function list(nodes: readonly HTMLElement[]): HTMLElement | string {
  return nodes.length === 0 ? "" : h("span", {class: "xh-lines"}, ...nodes);
}
