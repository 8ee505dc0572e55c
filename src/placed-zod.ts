import type {core, ZodError, ZodType} from "zod";
import {type Complaint, nearestName} from "./fault.ts";
import type {Path, PlacedYaml} from "./placed-yaml.ts";

type Issue = core.$ZodIssue;

/**
 * Says in our words, each with its place, what a zod schema found wrong with a YAML document.
 * Shape: one complaint an issue; an unknown key is placed at the key and gets the nearest known name.
 * A schema's own message (`{error: "…；…"}`, Chinese) is kept: up to the first ； what is wrong, after it what to do.
 * @param known names allowed in the map at a path, as `knownKeys(schema)` gives them
 * @example zodComplaints(schema.safeParse(placed.value).error!, placed, knownKeys(schema))
 */
export function zodComplaints(
  error: ZodError,
  placed: Pick<PlacedYaml, "value" | "at" | "keyAt">,
  known: (path: Path) => readonly string[]
): Complaint[] {
  return error.issues.flatMap((issue) => complaintsOf(issue, [], placed, known));
}

function complaintsOf(
  issue: Issue,
  above: Path,
  placed: Parameters<typeof zodComplaints>[1],
  known: (path: Path) => readonly string[]
) {
  const path = [...above, ...(issue.path as (string | number)[])];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key): Complaint => {
      const names = known(path);
      return {place: placed.keyAt([...path, key]), what: `没有字段 ${key}`, advice: keyAdvice(key, names)};
    });
  }
  const seen = valueAt(placed.value, path);
  if (issue.code === "invalid_union" && issue.errors.length > 0 && seen !== undefined && !isOurs(issue.message)) {
    // The alternative that got furthest is the one that was meant.
    const branch = issue.errors.toSorted((a, b) => reach(b) - reach(a))[0] ?? [];
    if (reach(branch) > 0) return branch.flatMap((inner): Complaint[] => complaintsOf(inner, path, placed, known));
  }
  return [{place: placed.at(path), ...words(issue, path, seen)}];
}

/** How far below the union an alternative's issues lie: an alternative of another type fails at once. */
function reach(issues: readonly Issue[]): number {
  return Math.min(...issues.map((i) => i.path.length + (i.code === "unrecognized_keys" || i.code === "custom" ? 1 : 0)));
}

function keyAdvice(key: string, names: readonly string[]): string {
  // `{sum: least(a, b)}` reads as two fields: the comma inside the brackets parts them.
  if (/[()'"<>=*]/.test(key)) return "大括号、中括号里的文本含有逗号或冒号时，要整个加引号";
  const near = likelyName(key, names);
  if (near) return `是否指 ${near}？`;
  return names.length > 0 ? `可用：${names.join("、")}` : "请删去";
}

/** The nearest known name, if it shares a character: two Chinese characters both replaced are another word. */
export function likelyName(name: string, known: Iterable<string>): string | null {
  return nearestName(
    name,
    [...known].filter((other) => [...other].some((c) => name.includes(c)))
  );
}

function words(issue: Issue, path: Path, seen: unknown): {what: string; advice: string} {
  if (seen === undefined && issue.code !== "custom") return {what: `缺少 ${path.at(-1) ?? "内容"}`, advice: "请补上"};
  if (isOurs(issue.message)) {
    const [what = "", ...advice] = issue.message.split("；");
    return {what, advice: advice.join("；")};
  }
  const name = path.filter((step) => typeof step === "string").at(-1);
  const what = seen === null ? (name ? `${name} 为空` : "内容为空") : `${name ? `${name} 的值` : "内容"}${shown(seen)}不对`;
  switch (issue.code) {
    case "invalid_type":
      return {what, advice: `应为${TYPE_WORDS[issue.expected] ?? issue.expected}`};
    case "invalid_value": {
      const near = typeof seen === "string" ? likelyName(seen, issue.values.map(String)) : null;
      return {what, advice: near ? `是否指 ${near}？可用：${issue.values.join("、")}` : `可用：${issue.values.join("、")}`};
    }
    case "too_small":
      return {what, advice: bound(issue.origin, "至少", issue.minimum)};
    case "too_big":
      return {what, advice: bound(issue.origin, "至多", issue.maximum)};
    case "invalid_format":
      return {what, advice: "请按规定的写法填写"};
    case "invalid_key":
      return {what: `${path.at(-1)} 不能作字段名`, advice: "请改名"};
    default:
      return {what, advice: "请对照说明改正"};
  }
}

function bound(origin: string, word: string, limit: number | bigint): string {
  if (origin === "array" || origin === "set") return `${word}${limit}项`;
  if (origin === "string") return limit === 1 && word === "至少" ? "不能为空" : `${word}${limit}个字`;
  return `${word}为${limit}`;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "文本",
  number: "数字",
  int: "整数",
  boolean: "true 或 false",
  array: "列表（[…]）",
  object: "字段和值（{…}）",
  record: "字段和值（{…}）",
  null: "空"
};

/** Whether a message was written by us: zod's own are English sentences that begin so. */
function isOurs(message: string): boolean {
  return !/^(Invalid|Too|Unrecognized|Input)\b/.test(message);
}

/** The value as seen, short enough for one line. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
}

/** The value at a path of plain values, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

/**
 * The names that a schema allows in the map at a path: for advice on a mistyped one.
 * @example knownKeys(z.strictObject({a: z.array(z.strictObject({b: z.string()}))}))(["a", 0]) // ["b"]
 */
export function knownKeys(schema: ZodType): (path: Path) => readonly string[] {
  return (path) => {
    let here: core.$ZodType[] = options(schema);
    for (const step of path) here = here.flatMap((one) => below(one, step)).flatMap(options);
    return [...new Set(here.flatMap(keysOf))];
  };
}

/** A schema without its wrappers; several for a union. */
function options(schema: core.$ZodType): core.$ZodType[] {
  const def = (schema as core.$ZodTypes)._zod.def;
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "readonly":
    case "catch":
    case "nonoptional":
      return options(def.innerType);
    case "union":
      return def.options.flatMap(options);
    case "lazy":
      return options(def.getter());
    case "pipe":
      return options(def.in);
    case "intersection":
      return [...options(def.left), ...options(def.right)];
    default:
      return [schema];
  }
}

function below(schema: core.$ZodType, step: string | number): core.$ZodType[] {
  const def = (schema as core.$ZodTypes)._zod.def;
  if (def.type === "object") return def.shape[step] ? [def.shape[step]] : [];
  if (def.type === "array") return [def.element];
  if (def.type === "record") return [def.valueType];
  if (def.type === "tuple") return def.items[Number(step)] ? [def.items[Number(step)] as core.$ZodType] : [];
  return [];
}

function keysOf(schema: core.$ZodType): string[] {
  const def = (schema as core.$ZodTypes)._zod.def;
  if (def.type === "object") return Object.keys(def.shape);
  if (def.type !== "record") return [];
  const key = (def.keyType as core.$ZodTypes)._zod.def;
  return key.type === "enum" ? Object.values(key.entries).map(String) : [];
}
