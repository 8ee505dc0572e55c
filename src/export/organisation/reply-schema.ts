import {z} from "zod";
import type {EnquiryReply} from "./reply.ts";
import {exemptionSchema, findingSchema, officialSchema, organisationSchema, stampSchema} from "./schema.ts";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const text = z.string();
const maybe = text.nullable();
const {period, power, units} = organisationSchema.shape;
const tenure = officialSchema.omit({doubts: true, findings: true});

/** The answer about one person; strict, so that no score, rank, grade, count or sum can stand beside these keys. */
export const personReplySchema = z.strictObject({
  row: z.int().describe("名单里的行号"),
  asked: z.strictObject({person_id: maybe, name: maybe, unit: maybe}),
  found: z.enum(["已找到", "同名", "编号与姓名不符", "查无此人"]),
  person_id: maybe,
  person_name: maybe,
  candidates: z.array(tenure.pick({person_id: true, person_name: true, unit_name: true, duty: true, from_on: true, to_on: true})),
  tenures: z.array(tenure),
  without_record: z.array(z.strictObject({because: text, unit_name: text, duty: text, from_on: day, to_on: day})),
  records: z.array(z.strictObject({release: text, tenures: z.array(officialSchema)}))
});

/** The shape of reply.json. */
export const replySchema = z.strictObject({
  request: text,
  period: z.strictObject({from: day.nullable(), until: day.nullable()}),
  releases: z.array(
    z.strictObject({
      stamp: stampSchema,
      period,
      power,
      units,
      findings: z.array(findingSchema),
      exemptions: z.array(exemptionSchema)
    })
  ),
  persons: z.array(personReplySchema),
  notes: z.array(text)
}) satisfies z.ZodType<EnquiryReply>;

/** The JSON Schema of reply.json, as it lies in the package. */
export function replyJsonSchema(): object {
  const {$schema, ...rest} = z.toJSONSchema(replySchema, {io: "output"});
  return {$schema, title: "巡衡：函询答复", ...rest};
}
