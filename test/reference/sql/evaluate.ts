// Evaluates a parsed expression over one row: three-valued logic, exact numbers.
//
// Readings taken: // truncates the exact quotient towards zero, of decimals too; x // 0 and x % 0 are null; % has the sign of
// the dividend; a predicate must be boolean or null; text beside a number or date is read as one.

import {Fraction} from "../fraction.ts";
import {compareValues, Day, type Row, textOf, type Value} from "../value.ts";
import {FUNCTIONS} from "./functions.ts";
import {type Node, parseExpression} from "./parse.ts";

/** An expression as a scheme writes it: YAML may have read it as a number or a boolean. */
export type Expression = string | number | boolean;

const parsed = new Map<string, Node>();

/** The value of an expression over a row. Errors: SyntaxError, or RangeError for an unknown column or function. */
export function evaluate(expression: Expression, row: Row): Value {
  const source = String(expression);
  let tree = parsed.get(source);
  if (!tree) {
    tree = parseExpression(source);
    parsed.set(source, tree);
  }
  return resultOf(tree, row);
}

/** Whether a predicate holds; null is false. No predicate holds. */
export function holds(expression: Expression | null | undefined, row: Row): boolean {
  return expression === null || expression === undefined || truth(evaluate(expression, row)) === true;
}

/** The number an expression gives, or null. Errors: TypeError when it gives something else. */
export function numberOf(expression: Expression, row: Row): Fraction | null {
  const value = evaluate(expression, row);
  if (value === null || value instanceof Fraction) return value;
  throw new TypeError(`not a number: ${expression}`);
}

function truth(value: Value): boolean | null {
  if (value === null || typeof value === "boolean") return value;
  throw new TypeError(`not a truth value: ${value}`);
}

function resultOf(node: Node, row: Row): Value {
  switch (node.kind) {
    case "constant":
      return constant(node);
    case "column": {
      const value = row[node.name];
      if (value === undefined) throw new RangeError(`no column ${node.name}`);
      return value;
    }
    case "case": {
      for (const {when, give} of node.arms) {
        const test = node.of === null ? truth(resultOf(when, row)) : compared("=", resultOf(node.of, row), resultOf(when, row));
        if (test === true) return resultOf(give, row);
      }
      return resultOf(node.otherwise, row);
    }
    case "call":
      return called(node.name, node.args, row);
  }
}

function constant({type, text}: Node & {kind: "constant"}): Value {
  switch (type) {
    case "number":
      return Fraction.of(text);
    case "date":
      return Day.of(text);
    case "boolean":
      return text === "true";
    case "null":
      return null;
    case "text":
      return text;
  }
}

function called(name: string, nodes: readonly Node[], row: Row): Value {
  if (name === "and" || name === "or") return connected(name, nodes, row);
  if (name === "coalesce" || name === "ifnull") {
    for (const node of nodes) {
      const value = resultOf(node, row);
      if (value !== null) return value;
    }
    return null;
  }
  const args = nodes.map((node) => resultOf(node, row));
  const [a = null, b = null, c = null] = args;
  switch (name) {
    case "is null":
      return a === null;
    case "is true":
      return a === true;
    case "is false":
      return a === false;
    case "same":
      return a === null || b === null ? a === b : compareValues(a, b) === 0;
    case "in":
      return any(args.slice(1).map((item) => compared("=", a, item)));
    case "between":
      return all([compared(">=", a, b), compared("<=", a, c)]);
    case "nullif":
      return compared("=", a, b) === true ? null : a;
    case "if":
      return a === true ? b : c;
    case "concat":
      return args.map((arg) => textOf(arg) ?? "").join("");
    case "=":
    case "<>":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compared(name, a, b);
  }
  const apply = FUNCTIONS[name];
  if (!apply) throw new RangeError(`no function ${name}`);
  return args.includes(null) ? null : apply(args as NonNullable<Value>[]);
}

function connected(name: "and" | "or", nodes: readonly Node[], row: Row): boolean | null {
  const values = nodes.map((node) => truth(resultOf(node, row)));
  return name === "and" ? all(values) : any(values);
}

function all(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

function any(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(true)) return true;
  return values.includes(null) ? null : false;
}

function compared(operator: "=" | "<>" | "<" | "<=" | ">" | ">=", a: Value, b: Value): boolean | null {
  if (a === null || b === null) return null;
  const order = compareValues(a, b);
  switch (operator) {
    case "=":
      return order === 0;
    case "<>":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}
