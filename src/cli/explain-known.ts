import {fault, nearestName} from "../fault.ts";
import {momentText} from "../moment.ts";
import type {ScoreResult, UnitScore} from "../score/types.ts";
import {quotedString} from "../sql.ts";
import type {Scored} from "../warehouse/scored.ts";

/** A unit's result. Errors: Fault 2 for a unit that no scheme scores, naming the nearest. */
export function requireUnit({schemes}: ScoreResult, code: string): UnitScore {
  const units = schemes.flatMap((s) => s.units);
  const codes = units.map((u) => u.unit_code);
  const found = units.find((u) => u.unit_code === code);
  if (found) return found;
  const near = nearestName(code, codes);
  throw fault(2, {place: null, what: `没有被评分的单位 ${code}`, advice: near ? `是否指 ${near}？` : "单位编码见 xunheng score"});
}

/** Refuses an item that the unit's scheme does not list. */
export function requireItem({schemes}: ScoreResult, code: string, item: string | undefined): void {
  const units = schemes.flatMap((s) => s.units);
  const items = units.find((u) => u.unit_code === code)?.items.map((i) => i.item) ?? [];
  if (item === undefined || items.length === 0 || items.includes(item)) return;
  throw fault(2, {place: null, what: `评分办法没有巡查内容 ${item}`, advice: `可用：${items.join("、")}`});
}

/** Refuses a rule that no scheme has, naming the nearest. */
export function requireRule(schemes: Scored["schemes"], rule: string): void {
  const ids = schemes.flatMap((s) => s.scheme.rules.map((r) => r.id));
  if (ids.includes(rule)) return;
  const near = nearestName(rule, ids);
  throw fault(2, {place: null, what: `评分办法没有规则 ${rule}`, advice: near ? `是否指 ${near}？` : `可用：${ids.join("、")}`});
}

/** Refuses a finding that is not in the data, saying whether it waits or was rejected, else naming the nearest. */
export async function requireFinding({db, when}: Scored, finding: string): Promise<void> {
  const id = quotedString(finding);
  if (await db.value(`select 1 from finding where finding_id = ${id}`)) return;
  const held = await db.value<string>(`select cause from finding_held where finding_id = ${id} limit 1`);
  if (held)
    throw fault(2, {
      place: null,
      what: `问题 ${finding} 挂起，没有计入（${held}）`,
      advice: "补齐以后重新装入；见 xunheng rejects"
    });
  const rejected = await db.value<string>(`select reason from reject where "table" = 'finding' and key = ${id} limit 1`);
  if (rejected)
    throw fault(2, {
      place: null,
      what: `问题 ${finding} 被退回，没有计入（${rejected}）`,
      advice: "更正以后重新装入；见 xunheng rejects"
    });
  const candidates = await db.list(`select finding_id from finding order by levenshtein(finding_id, ${id}), finding_id limit 20`);
  const near = nearestName(finding, candidates);
  const until = when.known_at ? `在${momentText(when.known_at)}以前装入的数据里` : "";
  throw fault(2, {
    place: null,
    what: `${until}没有问题 ${finding}`,
    advice: near ? `是否指 ${near}？退回或挂起的行见 xunheng rejects` : "请核对编号；退回或挂起的行见 xunheng rejects"
  });
}
