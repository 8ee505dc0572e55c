import type {ZodType} from "zod";
import {likelyName} from "../placed-zod.ts";
import type {Regime} from "../regime/types.ts";
import type {Written} from "./across.ts";
import {MEASURES} from "./measure.ts";
import {type HeadSpec, headSchema, type RuleSpec, ruleSchema} from "./schema.ts";
import {GRAINS} from "./types.ts";

/** A head of which some keys are stand-ins: what is wrong with those has been said, and nothing may be said of the stand-ins. */
export interface PartialHead {
  readonly head: HeadSpec;
  readonly broken: ReadonlySet<string>;
}

/**
 * What can be used of a head whose shape is wrong, so that its faults hide none in the rules.
 * Shape: keys that are well formed as written; for the others stand-ins that no rule can offend against; null when it is no map.
 */
export function partialHead(value: unknown, written: Written, regime: Regime): PartialHead | null {
  if (!isMap(value)) return null;
  const {good, broken} = wellFormed(value, headSchema.shape);
  const standIns = {
    ...{id: "x", name: "x", regime: regime.id, applies_to: [...regime.unit_kinds], period: "year", start: "full"},
    ...{several_inspections: "latest", uninspected: "不评分", caps: [], bonus_cap: broken.has("bonus_cap") ? 1 : undefined},
    grades: ["", ...namesIn(value.grades, "name"), ...written.flatMap((rule) => rule?.veto?.grade_at_most ?? [])].map((name) => ({
      name,
      from: 0
    })),
    items: [...namesIn(value.items, "no"), ...written.flatMap((rule) => rule?.item ?? [])].map((no) => ({no, full: 1})),
    rules: []
  };
  return {head: {...standIns, ...good} as HeadSpec, broken};
}

/**
 * What can be used of a rule whose shape is wrong; null when too little is left to be judged.
 * Shape: a content number without quotes is taken as a text, a mistyped view as the one it is near to; other faulty keys are left out.
 */
export function partialRule(value: unknown): RuleSpec | null {
  if (!isMap(value)) return null;
  const {good} = wellFormed(value, ruleSchema.shape);
  const item = typeof value.item === "number" ? String(value.item) : undefined;
  const over = typeof value.over === "string" ? (likelyName(value.over, GRAINS) ?? undefined) : undefined;
  const rule = {
    id: "",
    name: "x",
    ...(item === undefined ? {} : {item}),
    ...(over === undefined ? {} : {over}),
    ...good
  } as RuleSpec;
  const measures = MEASURES.filter((key) => rule[key] !== undefined);
  const isUsable =
    measures.length > 0 &&
    measures.length === MEASURES.filter((key) => value[key] !== undefined).length &&
    (rule.over !== undefined || rule.judge !== undefined) &&
    (rule.item !== undefined || rule.bonus !== undefined || rule.veto !== undefined) &&
    rule.id !== "";
  return isUsable ? rule : null;
}

function wellFormed(value: Readonly<Record<string, unknown>>, shape: Readonly<Record<string, unknown>>) {
  const good: Record<string, unknown> = {};
  const broken = new Set<string>();
  for (const [key, schema] of Object.entries(shape)) {
    const result = (schema as ZodType).safeParse(value[key]);
    if (!result.success) broken.add(key);
    else if (result.data !== undefined) good[key] = result.data;
  }
  return {good, broken};
}

function namesIn(list: unknown, key: string): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => (isMap(entry) && typeof entry[key] === "string" ? [entry[key]] : []));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
