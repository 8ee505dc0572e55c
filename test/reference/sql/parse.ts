// A small parser of scheme expressions: SQL text to a tree.
//
// Binding, loosest first: or, and, not, is, comparisons, between / in / like, ||, + -, * // %, unary -, ::.

import {type Token, tokenize} from "./tokenize.ts";

export type Node =
  | {readonly kind: "constant"; readonly type: "number" | "text" | "date" | "boolean" | "null"; readonly text: string}
  | {readonly kind: "column"; readonly name: string}
  | {readonly kind: "call"; readonly name: string; readonly args: readonly Node[]}
  | {readonly kind: "case"; readonly of: Node | null; readonly arms: readonly {when: Node; give: Node}[]; readonly otherwise: Node};

const call = (name: string, ...args: readonly Node[]): Node => ({kind: "call", name, args});
const unless = (negated: boolean, node: Node): Node => (negated ? call("not", node) : node);
const NULL: Node = {kind: "constant", type: "null", text: "null"};

/**
 * The tree of an expression.
 * Errors: SyntaxError with the text when it is none.
 * @example parseExpression("deaths * 2 > 3").kind // "call"
 */
export function parseExpression(source: string): Node {
  const tokens = tokenize(source);
  let at = 0;

  const peek = (): Token => tokens[at] ?? {kind: "end", text: ""};
  const next = (): Token => tokens[at++] ?? {kind: "end", text: ""};
  const is = (text: string, ahead = 0) => tokens[at + ahead]?.kind !== "text" && tokens[at + ahead]?.text === text;
  const fail = (): never => {
    throw new SyntaxError(`unexpected ${peek().text || "end"} in: ${source}`);
  };
  const take = (text: string): boolean => {
    if (!is(text) || peek().kind === "name") return false;
    at++;
    return true;
  };
  const expect = (text: string): void => {
    if (!take(text)) fail();
  };
  const list = (): Node[] => {
    const nodes = [either()];
    while (take(",")) nodes.push(either());
    expect(")");
    return nodes;
  };

  function chain(operators: readonly string[], operand: () => Node): Node {
    let left = operand();
    for (;;) {
      const operator = operators.find((o) => is(o));
      if (operator === undefined || peek().kind === "name") return left;
      at++;
      left = call(operator, left, operand());
    }
  }

  function either(): Node {
    return chain(["or"], both);
  }

  function both(): Node {
    return chain(["and"], inverted);
  }

  function inverted(): Node {
    return take("not") ? call("not", inverted()) : tested();
  }

  function tested(): Node {
    let left = compared();
    while (take("is")) {
      const negated = take("not");
      if (take("null")) left = unless(negated, call("is null", left));
      else if (take("true")) left = unless(negated, call("is true", left));
      else if (take("false")) left = unless(negated, call("is false", left));
      else if (take("distinct")) {
        expect("from");
        left = unless(!negated, call("same", left, compared()));
      } else fail();
    }
    return left;
  }

  function compared(): Node {
    const left = matched();
    const operator = ["=", "==", "<>", "!=", "<=", ">=", "<", ">"].find((o) => is(o));
    if (operator === undefined) return left;
    at++;
    const name = operator === "==" ? "=" : operator === "!=" ? "<>" : operator;
    return call(name, left, matched());
  }

  function matched(): Node {
    const left = joined();
    const negated = is("not") && ["between", "in", "like", "ilike"].some((o) => is(o, 1));
    if (negated) at++;
    if (take("between")) {
      const low = joined();
      expect("and");
      return unless(negated, call("between", left, low, joined()));
    }
    if (take("in")) {
      expect("(");
      return unless(negated, call("in", left, ...list()));
    }
    if (take("like")) return unless(negated, call("like", left, joined()));
    if (take("ilike")) return unless(negated, call("like", call("lower", left), call("lower", joined())));
    return left;
  }

  function joined(): Node {
    return chain(["||"], sum);
  }

  function sum(): Node {
    return chain(["+", "-"], product);
  }

  function product(): Node {
    return chain(["*", "//", "%", "/"], signed);
  }

  function signed(): Node {
    if (take("-")) return call("negate", signed());
    if (take("+")) return signed();
    let node = primary();
    while (take("::")) node = call("cast", node, type());
    return node;
  }

  function type(): Node {
    let name = next().text.toLowerCase();
    if (take("(")) {
      const parts = list();
      name += `(${parts.map((p) => (p.kind === "constant" ? p.text : fail())).join(",")})`;
    }
    return {kind: "constant", type: "text", text: name};
  }

  function primary(): Node {
    const token = next();
    if (token.kind === "number") return {kind: "constant", type: "number", text: token.text};
    if (token.kind === "text") return {kind: "constant", type: "text", text: token.text};
    if (token.kind === "name") return {kind: "column", name: token.text};
    if (token.text === "(") {
      const node = either();
      expect(")");
      return node;
    }
    if (token.kind !== "word") {
      at--;
      return fail();
    }
    return worded(token.text);
  }

  function worded(word: string): Node {
    if (word === "null") return NULL;
    if (word === "true" || word === "false") return {kind: "constant", type: "boolean", text: word};
    if (word === "case") return cased();
    if ((word === "date" || word === "timestamp") && peek().kind === "text") {
      return {kind: "constant", type: word === "date" ? "date" : "text", text: next().text};
    }
    if (!take("(")) return {kind: "column", name: word};
    if (word === "cast") {
      const of = either();
      expect("as");
      const to = type();
      expect(")");
      return call("cast", of, to);
    }
    if (take(")")) return call(word);
    return call(word, ...list());
  }

  function cased(): Node {
    const of = is("when") ? null : either();
    const arms: {when: Node; give: Node}[] = [];
    while (take("when")) {
      const when = either();
      expect("then");
      arms.push({when, give: either()});
    }
    const otherwise = take("else") ? either() : NULL;
    expect("end");
    return {kind: "case", of, arms, otherwise};
  }

  const tree = either();
  if (at < tokens.length) fail();
  return tree;
}
