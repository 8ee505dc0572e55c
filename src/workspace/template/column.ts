import type {Column, Table} from "../../contract/index.ts";
import {TEMPLATE_WORDS} from "../../contract/template-word.ts";
import type {Regime} from "../../regime/types.ts";

/** A column of a template. */
export interface TemplateColumn {
  readonly column: Column;
  readonly needed: "必填" | "有时必填" | "选填";
  /** What kind of value, in a word or two. */
  readonly type: string;
  /** Values to choose from; null when the column is free. */
  readonly choices: readonly string[] | null;
  /** Whether another value than a choice is certainly wrong. */
  readonly strict: boolean;
  /** The table whose codes it names, if any. */
  readonly refers: {readonly table: string; readonly column: string} | null;
  readonly example: string;
  readonly note: string | null;
}

/**
 * The columns of a table's template in contract order, with the words of a regime.
 * @example templateColumns(tableNamed("inspection"), regime).find((c) => c.column.name === "kind")?.choices // ["全面巡查", "专项巡查"]
 */
export function templateColumns(table: Table, regime: Regime): TemplateColumn[] {
  const words = TEMPLATE_WORDS[table.name]?.columns ?? {};
  return table.columns.map((column) => {
    const [example = "", note = null] = words[column.name] ?? [];
    const refers = table.references.find((reference) => reference.column === column.name);
    return {
      column,
      needed: neededOf(column, table),
      type: typeWord(column),
      choices: choicesOf(column, table, regime),
      strict: column.type === "boolean" || (column.type === "enum" && column.name !== "unit_kind"),
      refers: refers ? {table: refers.table, column: refers.target} : null,
      example: inRegime(example, regime),
      note
    };
  });
}

/** A column that a check of its table demands now and then counts too. */
function neededOf(column: Column, table: Table): TemplateColumn["needed"] {
  if (column.required) return "必填";
  return table.checks.some((check) => check.column === column.name && check.when.includes(`${column.name} is null`))
    ? "有时必填"
    : "选填";
}

function typeWord({type, name}: Column): string {
  switch (type) {
    case "enum":
      return "下拉选择";
    case "boolean":
      return "是或否";
    case "date":
      return "日期";
    case "timestamp":
      return "日期时刻";
    case "integer":
      return "整数";
    case "decimal":
      return "数字";
    case "item":
      return "内容编号";
    case "list":
      return "几个编号";
    case "code":
    case "person":
    case "credit_code":
      return name.endsWith("_no") ? "文本" : "编码";
    default:
      return "文本";
  }
}

/** The regime's own words for kinds; its own kinds of units and numbers of contents. */
function choicesOf(column: Column, table: Table, {kinds, unit_kinds, items}: Regime): readonly string[] | null {
  if (column.type === "boolean") return ["是", "否"];
  if (column.type === "item") return items.map(({no}) => no);
  if (column.type !== "enum") return null;
  if (table.name === "inspection" && column.name === "kind") return Object.values(kinds);
  if (column.name === "unit_kind") return unit_kinds;
  return column.values;
}

function inRegime(example: string, {kinds, unit_kinds, items}: Regime): string {
  const first: Record<string, string | undefined> = {
    "{unit_kind}": unit_kinds[0],
    "{kind}": Object.values(kinds)[0],
    "{item}": items[0]?.no
  };
  return first[example] ?? example;
}
