import {shownSql} from "../contract/mask.ts";
import {type Explanation, explainSubject} from "../score/explain.ts";
import type {Milli} from "../score/types.ts";
import {quotedString} from "../sql.ts";
import {type FindingDue, findingDue} from "../warehouse/finding-due.ts";
import {findingHistory, type HistoryEvent} from "../warehouse/finding-history.ts";
import {findingReasons} from "../warehouse/finding-reason.ts";
import {marginals} from "../warehouse/marginal.ts";
import {type SameKind, sameKind} from "../warehouse/same-kind.ts";
import {ledgerRows, type Scored} from "../warehouse/scored.ts";
import {requireFinding} from "./explain-known.ts";
import {type ExplainHead, headOf, unitOf} from "./explain-text.ts";

/** What a finding did to a unit's score. */
export interface FindingUnit extends Explanation {
  readonly unit_name: string;
  readonly score: string | null;
  /** The score without the finding minus the score. */
  readonly marginal_milli: Milli | null;
}

/** The JSON of `xunheng explain --finding`. */
export interface FindingExplained extends ExplainHead {
  readonly finding_id: string;
  readonly severity: string;
  readonly category: string | null;
  readonly item: string;
  readonly layer: string;
  readonly description: string;
  readonly unit_code: string;
  readonly units: readonly FindingUnit[];
  /** Until when it has to be put right, and why; null before it was found. */
  readonly due: FindingDue | null;
  /** Why it cost nothing, or other than its rows say. */
  readonly reasons: readonly string[];
  readonly history: readonly HistoryEvent[];
  /** null unless asked for, or when the finding is not in the facts. */
  readonly same_as: SameKind | null;
}

/**
 * What a finding cost, where, why not more, and its history.
 * Errors: Fault 2 for a finding that is not in the data, naming the nearest.
 */
export async function findingExplained(scored: Scored, finding_id: string, withSameKind: boolean): Promise<FindingExplained> {
  await requireFinding(scored, finding_id);
  const {db, schemes} = scored;
  const rules = new Set(schemes.flatMap((s) => s.scheme.rules.filter((r) => r.over === "finding").map((r) => r.id)));
  const explained = explainSubject(await ledgerRows(db), finding_id, (e) => e.rule_id !== null && rules.has(e.rule_id));
  const changes = await marginals(scored, finding_id);
  const touched = new Set([
    ...explained.map((e) => e.unit_code),
    ...changes.filter((c) => c.marginal_milli !== 0).map((c) => c.unit_code),
    ...(await db.list(
      `select scored_unit from finding_all where finding_id = ${quotedString(finding_id)} and scored_unit is not null`
    ))
  ]);
  const units = [...touched].map((unit_code): FindingUnit => {
    const mine = explained.find((e) => e.unit_code === unit_code) ?? {unit_code, milli: 0, entries: []};
    const unit = unitOf(scored, unit_code);
    const marginal = changes.find((c) => c.unit_code === unit_code)?.marginal_milli ?? null;
    return {...mine, unit_name: unit?.unit_name ?? "", score: unit?.score ?? null, marginal_milli: marginal};
  });
  const history = await findingHistory(db, finding_id);
  const same_as = withSameKind ? await sameKind(scored, finding_id) : null;
  const reasons = await findingReasons(scored, {finding_id, explained, marginals: changes});
  const due = await findingDue(scored, finding_id);
  return {finding_id, ...(await describedFinding(scored, finding_id)), ...headOf(scored), due, units, reasons, history, same_as};
}

type Described = Pick<FindingExplained, "severity" | "category" | "item" | "layer" | "description" | "unit_code">;

/** A finding as 异议复核 left it; as first found where it was struck, as loaded where it is dated later. */
async function describedFinding({db}: Scored, finding_id: string): Promise<Described> {
  const columns = "severity, category, item, layer, description, unit_code";
  const where = `where finding_id = ${quotedString(finding_id)}`;
  const [found] = await db.rows<Described>(
    `select ${columns} from (select ${columns}, variant from finding_state ${where} union all select ${columns.replace("description", `${shownSql("description")} as description`)}, 'later' from finding ${where}) order by variant`
  );
  if (!found) throw new RangeError(`finding ${finding_id} is not in the data`);
  return found;
}
