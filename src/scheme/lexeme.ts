/** Something in the text of an expression that the tree no longer shows. */
export interface Oddity {
  readonly index: number;
  readonly what: string;
  readonly advice: string;
}

/**
 * The first thing that a reader of the text would take for something else than the engine: comments, brackets that close what
 * the expression did not open, other quotes than plain ones. The tree is the same without them, the eye is not.
 * @example oddity("true) or (true") // {index: 4, what: "括号没有配对", …}
 */
export function oddity(text: string): Oddity | null {
  let depth = 0;
  for (const {0: token, index} of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--|\/\*|[\w\u0080-\uffff]+|[\s\S]/g)) {
    if (token === "--" || token === "/*") return {index, what: "表达式里不能写注释", advice: "请写在 YAML 的 # 后面"};
    if (token === "$") return {index, what: "表达式里不能用 $", advice: "文本请加单引号"};
    if (/^(e|x|b|n|u)$/i.test(token) && /^&?'/.test(text.slice(index + token.length))) {
      return {index, what: `引号前不能有 ${token}`, advice: "文本只加单引号"};
    }
    if (token === "(") depth++;
    if (token === ")" && --depth < 0) return {index, what: "括号没有配对", advice: "请删去多余的 )"};
  }
  return null;
}
