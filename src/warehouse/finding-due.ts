import {clockValue, dueDate} from "../regime/clock.ts";
import {parameterOn} from "../regime/resolve.ts";
import type {ClockLength} from "../regime/types.ts";
import {quotedList} from "../sql.ts";
import {modelSql} from "./model.ts";
import type {Scored} from "./scored.ts";

/** Until when a finding has to be put right, and how that follows. */
export interface FindingDue {
  readonly due_on: string | null;
  /** Where the date comes from: 指定 立即 延期 制度 未公布 未规定. */
  readonly source: string;
  /** How it follows, in a sentence. */
  readonly because: string;
  /** Where the regime's clock counted: the clause, and the steps to follow with a calendar on the wall. */
  readonly clause: string | null;
  readonly steps: readonly string[];
  /** What the regime asks to be in place before a finding may take its time; null where it asks nothing of this one. */
  readonly five: {readonly clause: string; readonly missing: readonly string[]} | null;
}

interface Dated {
  readonly found_on: string;
  readonly due_on: string | null;
  readonly due_source: string;
  readonly layer: string;
  readonly fix_now: boolean | null;
  readonly five_missing: string | null;
  readonly because: string;
}

/**
 * The due date of a finding with its derivation; null for a finding dated after 统计截止日.
 * Needs: a scored workspace.
 * @example (await findingDue(scored, "W-0042"))?.because // "发现于2025-03-05，指定的整改期限是2025-04-20"
 */
export async function findingDue(scored: Scored, finding_id: string): Promise<FindingDue | null> {
  return (await findingDues(scored, [finding_id])).get(finding_id) ?? null;
}

/** The due dates of several findings, each with its derivation; findings dated after 统计截止日 are left out. */
export async function findingDues(
  {db, regime, calendar}: Scored,
  finding_ids: readonly string[]
): Promise<Map<string, FindingDue>> {
  await db.run(modelSql("law/obligation-function"));
  const rows = await db.rows<
    Dated & {finding_id: string}
  >(`select f.finding_id, cast(f.found_on as varchar) as found_on, cast(f.due_on as varchar) as due_on, f.due_source, f.layer, f.fix_now, f.five_missing,
  given_text(f.found_on, f.due_source, coalesce(f.given_due_on, c.due_on), f.due_on) as because
from finding_state f left join finding_clock c on c.finding_id = f.finding_id
where f.finding_id in ${quotedList(finding_ids)} qualify row_number() over (partition by f.finding_id order by f.variant) = 1`);
  return new Map(rows.map(({finding_id, ...found}) => [finding_id, derived(found, regime, calendar)]));
}

function derived(found: Dated, regime: Scored["regime"], calendar: Scored["calendar"]): FindingDue {
  const valueOn = parameterOn(regime);
  const clock = clockValue(valueOn("finding_due", found.found_on));
  const isCounted = clock !== null && "length" in clock && ["制度", "未公布"].includes(found.due_source);
  const five = valueOn("five_in_place", found.found_on) && found.layer === "企业" && found.fix_now !== true;
  return {
    due_on: found.due_on,
    source: found.due_source,
    because: found.because,
    clause: isCounted ? (regime.parameters.finding_due?.clause ?? null) : null,
    steps: isCounted ? dueDate(calendar, found.found_on, clock as ClockLength).steps : [],
    five: five ? {clause: regime.parameters.five_in_place?.clause ?? "", missing: found.five_missing?.split("、") ?? []} : null
  };
}
