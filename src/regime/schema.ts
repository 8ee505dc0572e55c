import {z} from "zod";
import {PARAMETERS} from "./parameters.ts";
import {day, INSPECTION_KINDS, text, texts, unitKinds} from "./vocabulary.ts";

export const MODALITIES = ["应当", "不得", "可以", "原则上"] as const;
/** Weakest first: a scheme must not use a result more strongly than its regime allows. */
export const FORCES = ["参考", "依据", "纳入", "替代"] as const;
/** Things that a regime may call by words of its own. */
export const WORDS = [
  "inspection",
  "unit",
  "finding",
  "rectification",
  "response",
  "visit",
  "team",
  "office",
  "committee"
] as const;
/** Kinds of answers to a clause, besides 不可计算. */
export const ANSWERS = ["parameter", "check", "page", "export", "table"] as const;

const interpretation = z.strictObject({question: text, answer: text, basis: text, decided_by: text});

/** What surrounds the values of any parameter; the values themselves have a schema each. */
const parameter = z.strictObject({
  clause: text,
  modality: z.enum(MODALITIES),
  word: text.optional(),
  values: z.record(z.string(), z.unknown()),
  interpretation: z.array(interpretation).optional()
});

const answer = z
  .strictObject({
    parameter: text.optional(),
    check: text.optional(),
    page: text.optional(),
    export: text.optional(),
    table: text.optional()
  })
  .refine((given) => Object.keys(given).length === 1, {error: `answer 应恰有一项；可用：${ANSWERS.join("、")}，或写 不可计算`});

const clause = z
  .strictObject({no: text, title: text, answer: z.union([z.literal("不可计算"), answer]), reason: text.optional()})
  .refine((c) => (c.answer === "不可计算") === (c.reason !== undefined), {
    error: "reason 与 answer 不相称；不可计算的条款要写明理由，其他条款不写"
  });

/** The shape of a regime file. What its parts say to each other is judged in references.ts. */
export const regimeSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, {error: "id 只能用小写字母、数字和连字符；请改名"}),
  title: text,
  document_no: text.nullable(),
  authority: text,
  text: z.enum(["全文", "摘录"]),
  adopted_on: day.nullable(),
  issued_on: day.nullable(),
  effective_on: day.nullable(),
  words: z.partialRecord(z.enum(WORDS), text),
  kinds: z.partialRecord(z.enum(INSPECTION_KINDS), text),
  unit_kinds: unitKinds,
  items: z
    .array(
      z.strictObject({no: z.string().regex(/^[1-9]\d*$/, {error: 'no 应为带引号的正整数；请写成 "1"'}), title: text, clause: text})
    )
    .min(1),
  parameters: z.strictObject(Object.fromEntries(Object.keys(PARAMETERS).map((name) => [name, parameter.optional()]))),
  assessment: z.array(z.strictObject({what: text, force: z.enum(FORCES), unit_kinds: unitKinds, clause: text})).optional(),
  organisation: z
    .strictObject({verb: text, weight: text.optional(), recipients: texts, persons: z.boolean(), clause: text})
    .optional(),
  clauses: z.array(clause).min(1)
});

export type RegimeSpec = z.infer<typeof regimeSchema>;
export type ParameterSpec = z.infer<typeof parameter>;
