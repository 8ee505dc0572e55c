import {type Context, offered} from "./context.ts";
import type {HeadSpec, RuleSpec} from "./schema.ts";
import type {Rule, Scheme} from "./types.ts";

/** A rule's number in the file with what was written there; null where its shape was wrong. */
export type Written = readonly (RuleSpec | null)[];

/** Rule ids are unique: judgements and ledger rows name them. */
export function checkIds(c: Context, written: Written): void {
  const first = new Map<string, number>();
  for (const [i, spec] of written.entries()) {
    if (!spec) continue;
    const before = first.get(spec.id);
    if (before === undefined) first.set(spec.id, i);
    else
      c.say(["rules", i, "id"], `规则编号 ${spec.id} 已在第${c.placed.at(["rules", before, "id"]).line}行用过`, "请改成别的编号");
  }
}

/** Groups of rules with a common cap. `ids` are all ids that occur, also of rules with faults of their own. */
export function readCaps(c: Context, head: HeadSpec, rules: readonly Rule[], ids: readonly string[]): Scheme["caps"] {
  const seen = new Map<string, string>();
  return head.caps.map((cap, i) => {
    if (head.caps.findIndex((other) => other.id === cap.id) < i)
      c.say(["caps", i, "id"], `封顶编号 ${cap.id} 写了两次`, "请改成别的编号");
    if (ids.includes(cap.id)) c.say(["caps", i, "id"], `封顶编号 ${cap.id} 与规则编号相同`, "请改成别的编号");
    for (const [j, id] of cap.rules.entries()) {
      const path = ["caps", i, "rules", j];
      const before = seen.get(id);
      if (before !== undefined) c.say(path, `规则 ${id} 已在封顶 ${before} 里`, "一条规则只能在一个封顶里");
      seen.set(id, cap.id);
      if (!ids.includes(id)) {
        c.say(path, `没有封顶 ${cap.id} 所写的规则 ${id}`, offered(id, ids));
      }
      checkPlaced(
        c,
        path,
        cap.rules[0] ?? id,
        rules.find((r) => r.id === id),
        rules
      );
    }
    return {id: cap.id, rules: cap.rules, cap_milli: c.points(["caps", i, "cap"], cap.cap, {positive: true})};
  });
}

function checkPlaced(
  c: Context,
  path: readonly (string | number)[],
  first: string,
  rule: Rule | undefined,
  rules: readonly Rule[]
) {
  if (!rule) return;
  if (rule.measure.kind === "bonus" || rule.measure.kind === "veto") {
    c.say(path, `规则 ${rule.id} 是${rule.measure.kind === "bonus" ? "加分" : "否决"}，不能封顶`, "加分的上限写在 bonus_cap");
    return;
  }
  const other = rules.find((r) => r.id === first);
  if (other?.placed_item && rule.placed_item && other.placed_item !== rule.placed_item) {
    c.say(
      path,
      `规则 ${rule.id} 属于内容 ${rule.placed_item}，${first} 属于 ${other.placed_item}`,
      "一个封顶里的规则应属于同一项内容"
    );
  }
}

/** Rules compared by highest_of must look at the same rows. */
export function checkHighest(c: Context, written: Written): void {
  const grains = new Map<string, {grain: string; id: string}>();
  for (const [i, spec] of written.entries()) {
    if (!spec?.highest_of || !spec.over || (spec.deduct === undefined && spec.bonus === undefined)) continue;
    // Bonuses are compared among themselves.
    const among = `${spec.bonus === undefined ? "deduct" : "bonus"} ${spec.highest_of}`;
    const first = grains.get(among);
    if (!first) grains.set(among, {grain: spec.over, id: spec.id});
    else if (first.grain !== spec.over) {
      c.say(
        ["rules", i, "highest_of"],
        `${spec.id} 对 ${spec.over} 计分，${first.id} 对 ${first.grain} 计分，不能按 ${spec.highest_of} 择高`,
        "highest_of 相同的规则要写同一个 over"
      );
    }
  }
}
