import {z} from "zod";
import {type Column, TABLES, tableNamed} from "../contract/index.ts";
import {nearestName} from "../fault.ts";

/** Small schemas that regime values are made of. Enumerations come from the contract, so a value can be computed with. */

export const text = z.string().trim().min(1);
export const texts = z.array(text).min(1);
export const yes = z.literal(true);

/** Whether text is a day that exists, written 2025-03-01. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

export const day = z.string().refine(isDay, {
  error: ({input}) => `日期“${input}”不存在；请写成2025-03-01的样子`
});

function valuesOf(table: string, column: string): readonly [string, ...string[]] {
  const values = tableNamed(table).columns.find((c) => c.name === column)?.values ?? [];
  return values as readonly [string, ...string[]];
}

export const UNIT_KINDS = valuesOf("unit", "unit_kind");
export const INSPECTION_KINDS = valuesOf("inspection", "kind");

export const unitKinds = z.array(z.enum(UNIT_KINDS)).min(1);
export const inspectionKinds = z.array(z.enum(INSPECTION_KINDS));
export const levels = z.array(z.enum(valuesOf("inspection", "extended_from")));
export const actionKind = z.enum(valuesOf("action", "kind"));
export const stage = z.enum(valuesOf("rectification", "stage"));

/** Whether a word is one of the contract's stages of rectification. */
export function isStage(word: string): boolean {
  return stage.safeParse(word).success;
}

export const roles = z.array(z.enum(valuesOf("member", "role"))).min(1);
export const signers = z.array(z.enum(valuesOf("visit", "signer_role"))).min(1);

function columnAt(name: string): Column | undefined {
  const [table, column, ...rest] = name.split(".");
  if (rest.length > 0) return undefined;
  return TABLES.find((t) => t.name === table)?.columns.find((c) => c.name === column);
}

function columnNames(type: Column["type"] | null): string[] {
  return TABLES.flatMap((t) => t.columns.filter((c) => !type || c.type === type).map((c) => `${t.name}.${c.name}`));
}

function reference(type: Column["type"] | null, words: string) {
  return z.string().refine((name) => (type === null ? columnAt(name) !== undefined : columnAt(name)?.type === type), {
    error: ({input}) => {
      const found = columnAt(String(input));
      const near = found ? null : nearestName(String(input), columnNames(type));
      const what = found ? `${input}（${found.header}）不是${words}` : `契约里没有列 ${input}`;
      return `${what}；${near ? `是否指 ${near}？` : ""}请写成 表.列，如 inspection.ended_on`;
    }
  });
}

/** `table.column` of the contract. */
export const anyColumn = reference(null, "列");
/** `table.column` that holds a day. */
export const dateColumn = reference("date", "日期列");
/** A day of the finding itself. */
export const findingDay = dateColumn.refine((name) => name.startsWith("finding."), {
  error: ({input}) => `问题的期限不能从 ${input} 起算；请写成问题自己的日期，如 finding.found_on`
});
/** `table.column` that holds yes or no. */
export const flagColumn = reference("boolean", "是否列");
/** `table.column` or `table.*`. */
export const columnOrTable = z.union(
  [z.string().refine((name) => name.endsWith(".*") && TABLES.some((t) => `${t.name}.*` === name)), anyColumn],
  {error: ({input}) => `契约里没有 ${input}；请写成 表.列 或 表.*`}
);

/** Whether a word is `action.kind=…`, kinds of measures parted by `|`. */
function isActionWord(name: string): boolean {
  const [, kinds = ""] = /^action\.kind=(.+)$/.exec(name) ?? [];
  return kinds !== "" && kinds.split("|").every((kind) => actionKind.safeParse(kind).success);
}

/** Where a stage of a loop is recorded: a stage of rectification, a column, or measures of some kinds. */
const recordedAt = z.string().refine((name) => isStage(name) || columnAt(name) !== undefined || isActionWord(name), {
  error: ({input}) =>
    `“${input}”既不是契约的整改环节，也不是契约的列，也不是督办措施；请写成 完成、inspection.fed_back_on 或 action.kind=行业移交|立案 的样子`
});

/** One of these, or several of which any will do. */
export const recordedIn = z.union([recordedAt, z.array(recordedAt).min(2)]);

/** Which findings a parameter speaks of: every key given must contain the finding's value. */
const findingFilter = z
  .strictObject({
    nature: z.array(z.enum(valuesOf("finding", "nature"))).min(1),
    severity: z.array(z.enum(valuesOf("finding", "severity"))).min(1),
    hazard_level: z.array(z.enum(valuesOf("finding", "hazard_level"))).min(1),
    layer: z.array(z.enum(valuesOf("finding", "layer"))).min(1),
    category: texts
  })
  .partial()
  .refine((filter) => Object.keys(filter).length > 0, {error: "没有写明是哪些问题；请至少写一项，如 severity: [重大]"});

/** Filters, any of which takes a finding. */
export const findings = z.array(findingFilter).min(1);

/** Start event and length; `done` is the day that meets it. */
export const clock = {
  start: dateColumn,
  length: z.int().min(1).max(999),
  unit: z.enum(["workdays", "days", "months"]),
  rest_day: z.enum(["顺延", "不顺延"]).optional(),
  done: dateColumn.optional()
};

/** How long is long, where a document does not say: an office's own reading. */
export const stretch = z.strictObject({length: clock.length, unit: z.enum(["days", "months"])});

/** A step that leaves a day behind, and the day it must not come after (or must come before). */
export const step = {
  column: dateColumn.optional(),
  before: dateColumn.optional(),
  not_after: dateColumn.optional(),
  what: texts.optional(),
  where: text.optional(),
  by: text.optional()
};

/** One known parameter: a Chinese title, what it says, the shape of its value. */
export interface ParameterDoc {
  readonly title: string;
  readonly doc: string;
  readonly schema: z.ZodType;
}

/** A known parameter whose value is a map. */
export function known(title: string, doc: string, shape: z.ZodRawShape): ParameterDoc {
  return {title, doc, schema: z.strictObject(shape)};
}
