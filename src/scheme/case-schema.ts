import {z} from "zod";
import {day, text} from "../regime/vocabulary.ts";
import {KINDS} from "../score/types.ts";

/** What a ledger expectation says when a rule must have no row. */
export const NO_ROW = "无";

const points = z.union([z.number(), z.string().regex(/^-?\d+(\.\d{1,3})?$/)], {
  error: "应是分值；请写成 -0.5 的样子，至多三位小数"
});
const year = z.int().min(1949).max(2999);

/** A cell as people write it; blank is null. */
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: "应是一个单元格；请写文本、数字、日期、是、否或留空"
});
const row = z.record(z.string(), cell);

/** What a unit's result must be; what is left out is not looked at. */
const unit = z.strictObject({
  score: points.nullable().optional(),
  grade: text.nullable().optional(),
  rank: z.int().min(1).nullable().optional(),
  covered: z.enum(["已巡查", "巡查中", "当年不再安排", "未巡查"]).optional(),
  provisional: z.boolean().optional(),
  items: z.record(z.string(), points.nullable()).optional(),
  vetoes: z.array(text).optional()
});

const entry = z.strictObject({
  unit_code: text,
  kind: z.enum([...KINDS, NO_ROW]),
  item: z.string().nullable().optional(),
  rule_id: z.string().nullable().optional(),
  subject: z.string().nullable().optional(),
  points: points.optional()
});

const when = {as_of: day.optional(), decisions_until: day.optional(), year: year.optional(), round: text.optional()};

/** Rows by table; their names and cells are judged by the contract. */
const rows = z.record(z.string(), z.array(row));

/** Cases kept beside a scheme. */
export const caseFileSchema = z.strictObject({
  ...when,
  defaults: z.record(z.string(), row).default({}),
  rows: rows.default({}),
  cases: z
    .array(
      z.strictObject({
        name: text,
        ...when,
        rows: rows.default({}),
        expect: z.strictObject({
          units: z.record(z.string(), unit).default({}),
          ledger: z.array(entry).default([])
        })
      })
    )
    .min(1)
});

export type CaseFileSpec = z.infer<typeof caseFileSchema>;
export type UnitSpec = z.infer<typeof unit>;
export type EntrySpec = z.infer<typeof entry>;
