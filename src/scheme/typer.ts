import type {FactView} from "../contract/fact.ts";
import {tableNamed} from "../contract/index.ts";
import {nearestName} from "../fault.ts";
import {isDay} from "../regime/vocabulary.ts";
import {ALLOWED, commonType, isNumber, TYPE_WORDS, type ValueType} from "./function.ts";
import type {Say} from "./guard.ts";
import {columnOf, isTreeNode, type TreeNode, textConstant} from "./tree.ts";

/**
 * Finds the type of an allowed tree, and refuses what DuckDB would only notice row by row: text compared with numbers is cast
 * silently and fails on the first value that is no number.
 */
export class Typer {
  constructor(
    private readonly view: FactView,
    private readonly say: Say
  ) {}

  /** Type of a node; NULL after a fault has been said, so that it is said once. */
  typeOf(node: TreeNode): ValueType {
    switch (node.class) {
      case "COLUMN_REF":
        return this.columnType(node);
      case "CONSTANT":
        return constantType(node);
      case "COMPARISON":
        return this.compared([node.left, node.right], node);
      case "BETWEEN":
        return this.compared([node.input, node.lower, node.upper], node);
      case "CONJUNCTION":
        return this.booleans(node.children, node.type === "CONJUNCTION_OR" ? "or" : "and");
      case "OPERATOR":
        return this.operatorType(node);
      case "CASE":
        return this.caseType(node);
      case "CAST":
        return this.castType(node);
      default:
        return this.functionType(node);
    }
  }

  private columnType(node: TreeNode): ValueType {
    const type = this.view.columns.find((c) => c.name === columnOf(node))?.type ?? "VARCHAR";
    return type === "DECIMAL(28,6)" ? "DECIMAL" : type;
  }

  private compared(parts: readonly unknown[], node: TreeNode): ValueType {
    const nodes = parts.filter(isTreeNode);
    const types = nodes.map((part) => this.typeOf(part));
    const dated = types.some((t) => t === "DATE" || t === "TIMESTAMP");
    const settled = dated ? types.map((type, i) => this.dateConstant(nodes[i] as TreeNode, type)) : types;
    const kinds = dated ? settled.map((t) => (t === "TIMESTAMP" ? "DATE" : t)) : settled;
    const blank = nodes.find((part) => part.class === "CONSTANT" && constantType(part) === "NULL");
    // `is distinct from null` is a way to say `is not null`; all other comparisons with null hold for no row.
    if (blank && node.class === "COMPARISON" && !String(node.type).includes("DISTINCT"))
      this.say(blank, "与 null 相比永远不成立", "请写 is null 或 is not null");
    else if (commonType(kinds) === null) {
      const words = [...new Set(kinds.filter((t) => t !== "NULL"))].map((t) => TYPE_WORDS[t]);
      this.say(nodes[0] ?? node, `不能把${words.join("与")}相比`, compareAdvice(kinds));
    } else this.checkValues(nodes);
    return "BOOLEAN";
  }

  /** A text constant beside a date is that date. */
  private dateConstant(node: TreeNode, type: ValueType): ValueType {
    const text = textConstant(node);
    if (text === null) return type;
    if (!isDay(text)) this.say(node, `日期“${text}”不存在`, "请写成 '2025-03-01' 的样子");
    return "DATE";
  }

  /** A value that a listed column never has makes a rule that never hits. */
  private checkValues(nodes: readonly TreeNode[]): void {
    const names = nodes.map(columnOf).filter((name) => name !== null);
    const values = names.length === 1 ? valuesOf(this.view, names[0] as string) : [];
    if (values.length === 0) return;
    for (const node of nodes) {
      const text = textConstant(node);
      if (text === null || values.includes(text)) continue;
      // Of words of two characters nearly all are near.
      const longer = values.filter((value) => value.includes(text));
      const near = longer.length === 1 ? longer[0] : text.length > 2 ? nearestName(text, values) : null;
      this.say(node, `${names[0]} 没有取值“${text}”`, `${near ? `是否指 ${near}？` : ""}可用：${values.join("、")}`);
    }
  }

  private booleans(children: unknown, word: string): ValueType {
    for (const child of (children as readonly unknown[]).filter(isTreeNode)) {
      const type = this.typeOf(child);
      if (type === "BOOLEAN" || type === "NULL") continue;
      this.say(child, `${word} 的两边应是条件，这里是${TYPE_WORDS[type]}`, "请写成比较，如 days_overdue > 0");
    }
    return "BOOLEAN";
  }

  private operatorType(node: TreeNode): ValueType {
    const children = node.children as readonly TreeNode[];
    switch (node.type) {
      case "COMPARE_IN":
      case "COMPARE_NOT_IN":
        return this.compared(children, node);
      case "OPERATOR_NOT":
        return this.booleans(children, "not");
      case "OPERATOR_COALESCE":
        return this.common(children, "coalesce 的各个值");
      default:
        for (const child of children) this.typeOf(child);
        return "BOOLEAN";
    }
  }

  private common(nodes: readonly TreeNode[], what: string): ValueType {
    const types = nodes.map((node) => this.typeOf(node));
    const common = commonType(types);
    if (common !== null) return common;
    this.say(
      nodes[0] as TreeNode,
      `${what}类型不同（${[...new Set(types)].map((t) => TYPE_WORDS[t]).join("、")}）`,
      "请统一成一种"
    );
    return "NULL";
  }

  private caseType(node: TreeNode): ValueType {
    const checks = node.case_checks as readonly {when_expr: TreeNode; then_expr: TreeNode}[];
    this.booleans(
      checks.map((c) => c.when_expr),
      "when"
    );
    return this.common([...checks.map((c) => c.then_expr), node.else_expr].filter(isTreeNode), "case 的各个结果");
  }

  private castType(node: TreeNode): ValueType {
    const child = node.child as TreeNode;
    const {id} = node.cast_type as {id: string};
    const from = this.typeOf(child);
    const text = textConstant(child);
    const wanted: ValueType = id === "INTEGER" ? "BIGINT" : (id as ValueType);
    const isGood =
      (wanted === "DATE" && (text !== null ? isDay(text) : from === "DATE" || from === "TIMESTAMP")) ||
      (wanted === "BOOLEAN" && (from === "BOOLEAN" || text === "t" || text === "f")) ||
      ((wanted === "BIGINT" || wanted === "DECIMAL") && isNumber(from) && id !== "INTEGER") ||
      (id === "INTEGER" && from === "NULL");
    if (isGood) return wanted;
    if (wanted === "DATE" && text !== null) this.say(child, `日期“${text}”不存在`, "请写成 date '2025-03-01' 的样子");
    else if (id === "INTEGER") this.say(child, "integer 装不下所有整数", "请用 bigint");
    else this.say(child, `不能把${TYPE_WORDS[from]}转换成${TYPE_WORDS[wanted]}`, "转换会在遇到别的内容时失败，请直接比较原来的列");
    return "NULL";
  }

  private functionType(node: TreeNode): ValueType {
    const allowed = ALLOWED.get(String(node.function_name));
    const children = node.children as readonly TreeNode[];
    const types = children.map((child) => this.typeOf(child));
    const result = allowed?.result(types, children.map(constantOf)) ?? null;
    if (result !== null) return result;
    this.say(
      node,
      `${node.function_name} 不能用于（${types.map((t) => TYPE_WORDS[t]).join("，")}）`,
      `用法：${allowed?.usage ?? ""}`
    );
    return "NULL";
  }
}

function constantType(node: TreeNode): ValueType {
  const {type, is_null} = node.value as {type: {id: string}; is_null: boolean};
  if (is_null) return "NULL";
  if (type.id === "INTEGER") return "BIGINT";
  return type.id as ValueType;
}

function constantOf(node: TreeNode): string | number | null {
  if (node.class !== "CONSTANT") return null;
  const {type, value} = node.value as {type: {id: string}; value?: unknown};
  if (type.id === "INTEGER" || type.id === "BIGINT") return Number(value);
  return textConstant(node);
}

function compareAdvice(kinds: readonly ValueType[]): string {
  if (kinds.includes("VARCHAR") && kinds.some((t) => t === "BIGINT" || t === "DECIMAL"))
    return "编号和文字请加单引号，如 item = '6'";
  if (kinds.includes("BOOLEAN")) return "是否类的列直接写列名，或写 not 列名";
  return "请让两边是同一种类型";
}

/** The values a given column can have; empty when it is free or derived. */
export function valuesOf(view: FactView, column: string): readonly string[] {
  const isGiven = view.columns.find((c) => c.name === column)?.given === true;
  return isGiven ? (tableNamed(view.grain).columns.find((c) => c.name === column)?.values ?? []) : [];
}
