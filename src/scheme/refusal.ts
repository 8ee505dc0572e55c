import {nearestName} from "../fault.ts";
import {ALLOWED, OFFERED} from "./function.ts";
import {type TreeNode, textConstant} from "./tree.ts";

/** Why a node may not stand in a rule, whatever is below it. */
export interface Refusal {
  readonly what: string;
  readonly advice: string;
}

const OPERATORS = new Set([
  "OPERATOR_NOT",
  "OPERATOR_IS_NULL",
  "OPERATOR_IS_NOT_NULL",
  "COMPARE_IN",
  "COMPARE_NOT_IN",
  "OPERATOR_COALESCE"
]);

/** Nodes that need no further look than at their parts. */
const PLAIN = new Set(["COLUMN_REF", "COMPARISON", "CONJUNCTION", "BETWEEN", "CASE"]);

const BY_CLASS: Readonly<Record<string, Refusal>> = {
  SUBQUERY: {what: "不能使用子查询", advice: "请只用本视图的列写条件"},
  WINDOW: {what: "不能使用窗口函数（over）", advice: "第几次发生见列 repeat_no"},
  LAMBDA: {what: "不能使用 lambda", advice: "请只用本视图的列写条件"},
  PARAMETER: {what: "不能使用参数（? 或 $）", advice: "请直接写数值"},
  STAR: {what: "不能使用 *", advice: "请写出列名"},
  POSITIONAL_REFERENCE: {what: "不能用 # 加数字指列", advice: "请写出列名"},
  COLLATE: {what: "不能使用 collate", advice: "文本按原样比较，请删去"},
  DEFAULT: {what: "不能使用 default", advice: "请直接写数值"}
};

/** Largest constant: points and days are far below, and products stay inside 64 bits. */
const LARGEST = 1_000_000_000;

/**
 * Why this node is refused by itself, or null.
 * @example refusal(node) // {what: "不能使用函数 read_text", advice: "可用函数：…"}
 */
export function refusal(node: TreeNode): Refusal | null {
  if (typeof node.alias === "string" && node.alias !== "") return {what: "表达式里不能起别名", advice: "请删去 as 及其后的名称"};
  switch (node.class) {
    case "FUNCTION":
      return refusedFunction(node);
    case "OPERATOR":
      return refusedOperator(node);
    case "CAST":
      return refusedCast(node);
    case "CONSTANT":
      return refusedConstant(node);
    default:
      if (PLAIN.has(node.class)) return null;
      return BY_CLASS[node.class] ?? {what: `不能使用这种写法（${node.class}）`, advice: "请只用列、常数、比较、case 和所列函数"};
  }
}

function refusedFunction(node: TreeNode): Refusal | null {
  const name = String(node.function_name);
  if (name === "/") return {what: "除法 / 的结果是浮点数", advice: "请改用整除 //，或乘以小数（如 * 0.5）"};
  if (!ALLOWED.has(name)) return {what: functionWords(name), advice: functionAdvice(name)};
  const isOther = (node.schema !== "" && node.schema !== "main") || node.catalog !== "";
  if (isOther) return {what: `函数 ${name} 前不能写库名`, advice: "请只写函数名"};
  const {orders} = (node.order_bys ?? {}) as {orders?: readonly unknown[]};
  const isAggregate = node.distinct === true || node.filter !== null || (orders?.length ?? 0) > 0 || node.export_state === true;
  return isAggregate ? {what: `函数 ${name} 里不能写 distinct、filter 或 order by`, advice: "请删去"} : null;
}

function functionWords(name: string): string {
  return /^[a-z_]/i.test(name) ? `不能使用函数 ${name}` : `不能使用运算 ${name}`;
}

const ADVICE: Readonly<Record<string, string>> = {
  "~~*": "请改用 like",
  "!~~*": "请改用 not like",
  "**": "乘方的结果是浮点数，请改用乘法",
  "^": "乘方的结果是浮点数，请改用乘法",
  regexp_full_match: "请改用 like 或 contains",
  to_days: "日期直接加减天数，如 due_on + 30",
  row: "括号里只能有一个值",
  sqrt: "结果是浮点数，请改用加减乘和整除 //"
};

function functionAdvice(name: string): string {
  const advice = ADVICE[name];
  if (advice) return advice;
  if (/^(now|today|current_|get_current|transaction_timestamp)/.test(name)) return "请用统计截止日 as_of";
  if (/^(sum|count|count_star|avg|min|max|median|string_agg|list)$/.test(name)) return "表达式只看一行；计数和求和请用 value";
  const near = nearestName(name, OFFERED);
  return `${near ? `是否指 ${near}？` : ""}可用函数：${OFFERED.join("、")}`;
}

function refusedOperator({type}: TreeNode): Refusal | null {
  if (OPERATORS.has(type)) return null;
  if (type === "OPERATOR_TRY") return {what: "不能使用 try", advice: "请删去"};
  return {what: `不能使用这种运算（${type}）`, advice: "请只用比较、and、or、not、in、is null、coalesce"};
}

const CASTS = new Set(["BOOLEAN", "DATE", "BIGINT", "INTEGER"]);

function refusedCast(node: TreeNode): Refusal | null {
  if (node.try_cast === true) return {what: "不能使用 try_cast", advice: "请改用 cast，或直接比较"};
  const type = node.cast_type as {id: string; type_info: {width?: number; scale?: number} | null};
  if (type.id === "DECIMAL") {
    const {width = 18, scale = 3} = type.type_info ?? {};
    return width - scale >= 15 && scale <= 6
      ? null
      : {what: `decimal(${width},${scale}) 装不下所有数值`, advice: "请用 decimal(18,3)"};
  }
  if (CASTS.has(type.id)) return null;
  return {what: `不能转换成 ${type.id}`, advice: "可用类型：bigint、decimal(18,3)、date、boolean"};
}

function refusedConstant(node: TreeNode): Refusal | null {
  const {type, is_null, value} = node.value as {
    type: {id: string; type_info: {scale?: number} | null};
    is_null: boolean;
    value?: unknown;
  };
  if (is_null) return null;
  switch (type.id) {
    case "VARCHAR":
      return refusedText(textConstant(node) ?? "");
    case "BOOLEAN":
      return null;
    case "INTEGER":
    case "BIGINT":
      return Math.abs(Number(value)) <= LARGEST ? null : tooLarge;
    case "DECIMAL": {
      const scale = type.type_info?.scale ?? 0;
      if (scale > 6) return {what: `小数有${scale}位`, advice: "至多6位"};
      // A wide decimal arrives as two halves; any number is small enough to be one.
      return typeof value === "number" && Math.abs(value) / 10 ** scale <= LARGEST ? null : tooLarge;
    }
    case "DOUBLE":
      return {what: "浮点数不能参与计分", advice: "请写成小数，如 1000、0.001"};
    default:
      return type.id === "HUGEINT"
        ? tooLarge
        : {what: `不能使用 ${type.id} 类型的常数`, advice: "请只用数、单引号文本、true、false、null"};
  }
}

const tooLarge: Refusal = {what: "数值过大", advice: `常数至多为${LARGEST}`};

function refusedText(text: string): Refusal | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u001f\u007f-\u009f]/.test(text) ? {what: "文本里有控制字符", advice: "请删去"} : null;
}
