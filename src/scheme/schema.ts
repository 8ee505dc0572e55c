import {z} from "zod";
import {FORCES} from "../regime/schema.ts";
import {day, text} from "../regime/vocabulary.ts";
import {GRAINS} from "./types.ts";

// Shapes only; what needs the regime, other rules or the fact views is judged in parse.ts and its helpers.

/** A text that stands in tables and sentences: one line. */
const isLine = (value: string) => !/\p{Cc}/u.test(value);
const line = text.refine(isLine, {error: "文本里有换行或控制字符；请写成一行"});
const sentence = z.string().min(1).refine(isLine, {error: "文本里有换行或控制字符；请写成一行"});
/** Words that YAML may read as true, false or a number are expressions all the same. */
const expression = z.union([z.string(), z.number(), z.boolean()], {error: "应是表达式；请写成文本"});
const points = z.number({error: "应是分值；请写数字，至多三位小数"});
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/, {error: "编号写法不对；请只用字母、数字、- _ .，至多40个"});

/** What a row costs or earns. */
const cost = z.union([z.number(), z.string(), z.strictObject({by: text, table: z.record(z.string(), points)})], {
  error: "应是分值、表达式或按值列表；请写成 0.5、deaths * 2 或 {by: 列, table: {值: 分}}"
});

const empty = z.enum(["na", "full", "zero"]).default("na");

const ratio = z.strictObject({
  of: expression,
  among: expression.optional(),
  points,
  target: z.number().optional(),
  lose: points.optional(),
  at_least: z.number().optional(),
  empty
});

const value = z.strictObject({
  count: expression.optional(),
  sum: expression.optional(),
  ratio: z.strictObject({of: expression, among: expression.optional()}).optional(),
  per: z.enum(["exposure"]).optional()
});

/** A table of bands: lower bound, points. */
const bands = z.array(z.tuple([z.number(), points], {error: "每档应是两个数；请写成 [起点, 分值]"})).min(1);

const steps = z.strictObject({
  value,
  table: bands,
  empty
});

const change = z.strictObject({value, table: bands});
const percentile = z.strictObject({
  value,
  better: z.enum(["low", "high"]),
  within: z.enum(["peer_group"]).optional(),
  table: bands
});
const weight = z.strictObject({by: text, table: z.record(z.string(), z.number({error: "应是倍数；请写数字，至多三位小数"}))});
const escalate = z.strictObject({by: z.array(text).min(1), factor: z.number(), at_most: z.number()});

/** One rule as written. */
export const ruleSchema = z.strictObject({
  id,
  item: z.string({error: '应是加引号的内容编号；请写成 "6" 的样子'}).optional(),
  name: line,
  breach: line.optional(),
  basis: line.optional(),
  over: z.enum(GRAINS).optional(),
  year_by: text.optional(),
  window: z
    .union([z.literal("all"), z.strictObject({months: z.int().min(1).max(1200)})], {error: "应是 all 或月数；请写成 {months: 24}"})
    .optional(),
  where: expression.optional(),
  applies: expression.optional(),
  needs: z.strictObject({count: expression, at_least: z.int().min(1)}).optional(),
  deduct: cost.optional(),
  once: z.boolean().optional(),
  bonus: cost.optional(),
  ratio: ratio.optional(),
  steps: steps.optional(),
  change: change.optional(),
  percentile: percentile.optional(),
  weight: weight.optional(),
  escalate: escalate.optional(),
  judge: z.strictObject({from: points, to: points}).optional(),
  veto: z.strictObject({score: points.optional(), grade_at_most: text.optional()}).optional(),
  cap: points.optional(),
  highest_of: text.optional(),
  because: sentence.optional()
});

/** The annual assessment's part of a scheme. */
export const assessmentSchema = z.strictObject({
  year_indicator: z.strictObject({code: text, name: line, full: points}),
  uses: z
    .array(
      z.strictObject({
        what: text,
        force: z.enum(FORCES),
        unit_kinds: z.array(text).min(1).optional(),
        map: z.record(z.string(), z.string()).optional(),
        rule: text.optional(),
        full: points.optional()
      })
    )
    .min(1)
});

/** A scheme as written; rules are looked at one by one, so that a fault in one hides none in another. */
export const headSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, {error: "编号写法不对；请只用小写字母、数字和 -"}),
  name: line,
  document_no: line.optional(),
  issued_by: line.optional(),
  issued_on: day.optional(),
  regime: text,
  effective_from: day.optional(),
  applies_to: z.array(text).min(1),
  period: z.enum(["year", "cycle", "round"]),
  start: z.enum(["full", "zero"]),
  several_inspections: z.enum(["latest", "sum"]),
  uninspected: z.enum(["不评分", "沿用上次", "采用上级结果"]),
  grades: z.array(z.strictObject({name: line, from: points})).min(1),
  items: z
    .array(
      z.strictObject({
        no: z.string({error: '应是加引号的内容编号；请写成 "6" 的样子'}),
        title: line.optional(),
        full: points,
        applies: expression.optional()
      })
    )
    .min(1),
  caps: z.array(z.strictObject({id, rules: z.array(text).min(1), cap: points})).default([]),
  bonus_cap: points.optional(),
  extension: z.strictObject({max_times: z.int().min(1)}).optional(),
  rules: z.array(z.unknown()).min(1),
  assessment: assessmentSchema.optional()
});

export type RuleSpec = z.infer<typeof ruleSchema>;
export type HeadSpec = z.infer<typeof headSchema>;
export type AssessmentSpec = z.infer<typeof assessmentSchema>;
export type CostSpec = z.infer<typeof cost>;
export type RatioSpec = z.infer<typeof ratio>;
export type StepsSpec = z.infer<typeof steps>;
export type ValueSpec = z.infer<typeof value>;
export type ChangeSpec = z.infer<typeof change>;
export type PercentileSpec = z.infer<typeof percentile>;
export type WeightSpec = z.infer<typeof weight>;
export type EscalateSpec = z.infer<typeof escalate>;
