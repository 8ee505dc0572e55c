import {z} from "zod";
import type {OrganisationData} from "./types.ts";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const text = z.string();
const maybe = text.nullable();
const maybeDay = day.nullable();
const yes = z.boolean().nullable();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const STATES = [
  "在任",
  "到任当日",
  "离任当日",
  "任前",
  "离任后",
  "单位尚未承继",
  "单位已撤并",
  "不详",
  "未到期",
  "无期限",
  "未销号"
] as const;

const release = z.strictObject({
  id: text,
  approver: z.strictObject({name: text, post: text, organ: text}),
  on: day,
  meeting: maybe,
  document_no: maybe,
  waivers: z.array(z.strictObject({what: text, reason: text})),
  supersedes: maybe,
  manifest: sha256,
  fallen: maybe
});

export const stampSchema = z.strictObject({
  authority: text,
  regime: text,
  year: z.int(),
  as_of: day,
  decisions_until: day,
  known_at: text,
  run: sha256,
  digest: sha256,
  provisional: z.boolean(),
  demo: z.boolean(),
  release: release.nullable()
});

const power = z.strictObject({verb: text, weight: maybe, recipients: z.array(text), persons: z.boolean(), clause: text});

const unit = z.strictObject({
  scheme: text,
  scheme_name: text,
  unit_code: text,
  unit_name: text,
  unit_kind: text,
  peer_group: maybe,
  covered: text,
  covered_because: maybe,
  grade: maybe.describe("单位的等次"),
  rank: z.int().nullable().describe("单位在同类同组中的位次；不排位的为空"),
  provisional: z.boolean(),
  vetoes: z.array(z.strictObject({rule_id: text, name: text, effect: text, subject: maybe}))
});

export const findingSchema = z.strictObject({
  finding_id: text,
  scored_unit: text,
  unit_code: maybe,
  unit_name: maybe,
  layer: maybe,
  item: maybe,
  severity: maybe,
  hazard_level: maybe,
  category: maybe,
  industry: maybe,
  violated: maybe,
  fault: maybe,
  arose_on: maybeDay,
  found_on: maybeDay,
  due_on: maybeDay,
  due_source: maybe,
  done_on: maybeDay,
  closed_on: maybeDay,
  state: maybe,
  days_overdue: z.int().nullable().describe("问题的逾期日历天数"),
  is_major: z.boolean(),
  is_overdue: z.boolean(),
  is_disputed: z.boolean().describe("有异议复核尚未决定")
});

const decision = z.strictObject({
  action_id: text,
  kind: text,
  scored_unit: text,
  unit_code: maybe,
  taken_on: maybeDay,
  effective_on: maybeDay,
  closed_on: maybeDay,
  finding_id: maybe,
  by_office: maybe,
  document_no: maybe
});

const fact = z.strictObject({
  on: maybeDay,
  state: z.enum(STATES),
  days: z.int().nullable().describe("到任以来的日历天数；当日不在任的为空"),
  acting: yes.describe("当日是否主持工作；不在任或没有记录的为空")
});

export const tenureFindingSchema = z.strictObject({
  finding_id: text,
  arose: fact,
  found: fact,
  due: fact,
  closed: fact,
  inherited: z.enum(["是", "否", "前段任职", "不详"]).describe("到任前已经形成或发现"),
  portfolio: z.enum(["对应", "不详"]).nullable(),
  exemptions: z.array(text)
});

const post = z.strictObject({post: text, acting: yes, from_on: day, to_on: maybeDay, appoint_doc: maybe});

/** A tenure; strict, so that no score, rank, grade, count or sum of a person can stand beside these keys. */
export const officialSchema = z.strictObject({
  person_id: text,
  person_name: text,
  unit_code: text,
  unit_name: text,
  duty: text,
  portfolio: maybe,
  from_on: day,
  to_on: maybeDay,
  posts: z.array(post),
  doubts: z.array(text),
  findings: z.array(tenureFindingSchema)
});

const holder = z.strictObject({
  person_id: text,
  person_name: text,
  unit_code: text,
  post: text,
  state: z.enum(STATES),
  acting: yes
});

const both = z.strictObject({
  finding_id: text,
  moment: z.enum(["形成", "发现", "到期", "销号"]),
  on: day,
  party: z.array(holder),
  government: z.array(holder)
});

export const exemptionSchema = z.strictObject({
  id: text,
  source: z.enum(["督办措施", "异议复核"]),
  decision: text,
  finding_id: maybe,
  unit_code: text,
  decided_on: maybeDay,
  by: maybe,
  document_no: maybe
});

/** The shape of organisation.json. */
export const organisationSchema = z.strictObject({
  stamp: stampSchema,
  power,
  words: z.record(text, text),
  period: z.strictObject({kind: text, from: day, to: day, round_no: maybe}),
  units: z.array(unit),
  findings: z.array(findingSchema),
  decisions: z.array(decision),
  officials: z.array(officialSchema),
  both_posts: z.array(both),
  exemptions: z.array(exemptionSchema),
  vacancies: z.array(z.strictObject({unit_code: text, unit_name: text, duty: text, from_on: day, to_on: day})),
  notes: z.array(text)
}) satisfies z.ZodType<OrganisationData>;

/**
 * The JSON Schema of organisation.json, as it lies in the package.
 * Shape: draft 2020-12; no object takes further keys.
 */
export function organisationJsonSchema(): object {
  const {$schema, ...rest} = z.toJSONSchema(organisationSchema, {io: "output"});
  return {$schema, title: "巡衡：送组织部门的巡查结果", ...rest};
}
