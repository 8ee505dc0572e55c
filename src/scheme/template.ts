import type {Template} from "./types.ts";

/** A template cut into parts, or where it is broken (a UTF-16 index). */
export type ReadTemplate =
  | {readonly template: Template; readonly at: readonly number[]}
  | {readonly index: number; readonly what: string; readonly advice: string};

/**
 * Cuts a `because` into text and columns. `{{` and `}}` are braces of the text itself.
 * Shape: `at` holds the index of each part of `template`.
 * @example readTemplate("{finding_id} 逾期 {days_overdue} 天")
 */
export function readTemplate(text: string): ReadTemplate {
  const template: ({text: string} | {column: string})[] = [];
  const at: number[] = [];
  const pattern = /\{\{|\}\}|\{([^\s{}]+)\}|[{}]|[^{}]+/g;
  for (const match of text.matchAll(pattern)) {
    const [token, column] = match;
    if (token === "{" || token === "}")
      return {index: match.index, what: `括号 ${token} 没有配对`, advice: "列名写成 {列名}；要写括号本身请写两个"};
    const last = template.at(-1);
    const plain = token === "{{" ? "{" : token === "}}" ? "}" : token;
    if (column !== undefined) template.push({column});
    else if (last && "text" in last) last.text += plain;
    else template.push({text: plain});
    if (template.length > at.length) at.push(match.index);
  }
  return {template, at};
}
