import {z} from "zod";
import {listed} from "../fault.ts";

/** What the operator may do to the record. */
export const DECISIONS = [
  "accept-withdrawals",
  "revoke-batch",
  "waive",
  "approve",
  "supersede",
  "withdraw-release",
  "trust-key"
] as const;
export type DecisionKind = (typeof DECISIONS)[number];

/** Kinds of decisions as people read them. */
export const KIND_WORDS: Readonly<Record<DecisionKind, string>> = {
  "accept-withdrawals": "接受撤走",
  "revoke-batch": "撤销批次",
  waive: "放弃更正",
  approve: "审定",
  supersede: "更替",
  "withdraw-release": "撤回审定结果",
  "trust-key": "信任公钥"
};

const said = z.string().refine((text) => text.trim() !== "");
const reason = said.optional();
const hex = z.string().regex(/^[0-9a-f]{64}$/);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const waiver = z.strictObject({id: said, what: said, reason: said, count: z.int().min(0), clause: z.string().nullable()});

/** What an approval says beside its name and moment: all of the manifest but its files follows from it. */
const approval = z.strictObject({
  release: said,
  year: z.int(),
  authority: said,
  regime: said,
  demo: z.boolean(),
  as_of: date,
  decisions_until: date,
  known_at: said,
  run: hex,
  digest: hex,
  provisional: z.boolean(),
  semantics: z.int(),
  contract: z.int(),
  versions: z.strictObject({program: said, node: said, duckdb: said}),
  post: said,
  organ: said,
  on: date,
  meeting: said.nullable(),
  document_no: said.nullable(),
  waivers: z.array(waiver),
  supersedes: said.nullable(),
  /** Who was handed the release that this one replaces. */
  holders: z.array(said),
  reason: said.nullable(),
  /** What units answered when asked to confirm their deductions. */
  confirmation: z.record(z.string(), z.unknown()).nullable(),
  /** What the release holds, see contentHash. */
  content: hex
});

/** What an approval or supersession says. */
export type ApprovalArgs = z.infer<typeof approval>;

/** What each kind says. */
const ARGS: Readonly<Record<DecisionKind, z.ZodType>> = {
  "revoke-batch": z.strictObject({batch: said, reason}),
  "accept-withdrawals": z.strictObject({source: said, batch_n: z.int().min(1), keys: z.int().min(0).optional(), reason}),
  waive: z.strictObject({source: said, marks: z.array(said).min(1), reason}),
  approve: approval,
  supersede: approval,
  "withdraw-release": z.strictObject({release: said, holders: z.array(said), reason: said}),
  "trust-key": z.strictObject({name: said, algorithm: z.enum(["sm2", "ed25519"]), fingerprint: hex, public_key: said, reason})
};

const body = z.object({
  at: z.iso.datetime({offset: true}),
  kind: z.enum(DECISIONS),
  by: said
});

/**
 * What is wrong with a decision that was read: a kind this program does not know, or a field missing or of another kind.
 * Null when it is well formed.
 * @example argsComplaint({at: "2026-01-05T09:00:00+08:00", kind: "revoke-batch", by: "张三", args: {}})?.what // "决定（撤销批次）的 args.batch 缺少或不对"
 */
export function argsComplaint(decision: {
  at: unknown;
  kind: unknown;
  by: unknown;
  args: unknown;
}): {what: string; advice: string} | null {
  if (!DECISIONS.includes(decision.kind as DecisionKind))
    return {
      what: `不认识的决定“${String(decision.kind)}”（可用：${listed(DECISIONS)}）`,
      advice: "若由更新的版本写下，请用那个版本；若被改动过，请用备份恢复decisions.jsonl"
    };
  const kind = decision.kind as DecisionKind;
  const checked = z.object({...body.shape, args: ARGS[kind]}).safeParse(decision);
  if (checked.success) return null;
  const issue = checked.error.issues[0];
  const extra = issue?.code === "unrecognized_keys" ? issue.keys : [];
  const field = [...(issue?.path ?? []), ...extra.slice(0, 1)].join(".");
  return {
    what: `决定（${KIND_WORDS[kind]}）的 ${field} ${extra.length > 0 ? "不认识" : "缺少或不对"}`,
    advice: "请用备份恢复decisions.jsonl"
  };
}
