/** Something in the text of an expression that the tree no longer shows. */
export interface Oddity {
  readonly index: number;
  readonly what: string;
  readonly advice: string;
}

/** Marks that an input method writes, and what to write instead. */
const FULL_WIDTH: Readonly<Record<string, string>> = {
  "＞": "请改用半角 >",
  "＜": "请改用半角 <",
  "＝": "请改用半角 =",
  "（": "请改用半角 (",
  "）": "请改用半角 )",
  "，": "请改用半角逗号，条件之间写 and 或 or",
  "；": "请删去，一个表达式里不用分号",
  "‘": "文本两边请用半角单引号 '",
  "’": "文本两边请用半角单引号 '",
  "“": "文本两边请用半角单引号 '",
  "”": "文本两边请用半角单引号 '",
  "％": "百分数请写成小数，如 0.95",
  "＋": "请改用半角 +",
  "－": "请改用半角 -",
  "×": "请改用 *",
  "÷": "请改用整除 //，或乘以小数",
  "≥": "请改用 >=",
  "≤": "请改用 <=",
  "≠": "请改用 <>"
};

const MARK = `[${Object.keys(FULL_WIDTH).join("")}]`;
const TOKEN = new RegExp(`'(?:[^']|'')*'|"(?:[^"]|"")*"|--|/\\*|${MARK}|(?:(?!${MARK})[\\w\\u0080-\\uffff])+|[\\s\\S]`, "g");

/**
 * The first thing that a reader of the text would take for something else than the engine: comments, brackets that close what
 * the expression did not open, other quotes than plain ones, full-width marks. The tree is the same without them, the eye is not.
 * @example oddity("true) or (true") // {index: 4, what: "括号没有配对", …}
 */
export function oddity(text: string): Oddity | null {
  let depth = 0;
  for (const {0: token, index} of text.matchAll(TOKEN)) {
    if (token === "--" || token === "/*") return {index, what: "表达式里不能写注释", advice: "请写在 YAML 的 # 后面"};
    if (token === "$") return {index, what: "表达式里不能用 $", advice: "文本请加单引号"};
    if (/^(e|x|b|n|u)$/i.test(token) && /^&?'/.test(text.slice(index + token.length))) {
      return {index, what: `引号前不能有 ${token}`, advice: "文本只加单引号"};
    }
    // A quote that nothing closes: all that follows is inside it, and the engine says so.
    if (token === "'" || token === '"') return null;
    const advice = FULL_WIDTH[token];
    if (advice) return {index, what: `表达式里有全角符号 ${token}`, advice};
    if (token === "(") depth++;
    if (token === ")" && --depth < 0) return {index, what: "括号没有配对", advice: "请删去多余的 )"};
  }
  return null;
}
