import {fault, nearestName} from "../../fault.ts";
import {quotedString} from "../../sql.ts";
import type {Scored} from "../../warehouse/scored.ts";

/** An inspection as a document tells of it; days ISO. */
export interface Inspected {
  readonly inspection_id: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string | null;
  readonly kind: string;
  readonly extended_from: string | null;
  readonly team_no: string | null;
  readonly started_on: string | null;
  readonly ended_on: string | null;
  readonly left_on: string | null;
  readonly report_approved_on: string | null;
  readonly notice_approved_on: string | null;
  readonly fed_back_on: string | null;
  readonly feedback_received_on: string | null;
  /** Places looked at. */
  readonly places: number;
}

/** Names of units as they stand: a table to join by unit_code. */
export const UNIT_NAMES =
  "(select unit_code, arg_max(unit_name, valid_from) as unit_name, arg_max(unit_kind, valid_from) as unit_kind, arg_max(parent_code, valid_from) as parent_code from unit group by unit_code)";

const DAYS = [
  "started_on",
  "ended_on",
  "left_on",
  "report_approved_on",
  "notice_approved_on",
  "fed_back_on",
  "feedback_received_on"
] as const;

/**
 * An inspection of this office by its number, given to the unit that 异议复核 decided it concerns.
 * Needs: a scored database.
 * Errors: Fault 2 for a number that is not there, naming the nearest; Fault 3 for one made from above: its findings are not this office's to tell.
 */
export async function inspectionFor({db, when}: Scored, inspection_id: string, what: string): Promise<Inspected> {
  const days = DAYS.map((day) => `cast(i.${day} as varchar) as ${day}`).join(", ");
  const found = await db.row<Inspected>(`select i.inspection_id, coalesce(a.new_unit_code, i.unit_code) as unit_code,
  coalesce(u.unit_name, coalesce(a.new_unit_code, i.unit_code)) as unit_name, u.unit_kind, i.kind, i.extended_from, i.team_no, ${days},
  (select count(*) from visit_asof v where v.inspection_id = i.inspection_id) as places
from inspection_asof i
left join appeal_effective a on a.subject_kind = '覆盖' and a.subject_id = i.inspection_id and a.decision = '变更'
left join ${UNIT_NAMES} u on u.unit_code = coalesce(a.new_unit_code, i.unit_code)
where i.inspection_id = ${quotedString(inspection_id)}`);
  if (!found) {
    const near = nearestName(inspection_id, await db.list("select inspection_id from inspection_asof order by inspection_id"));
    throw fault(2, {
      place: null,
      what: `到${when.as_of}为止没有巡查 ${inspection_id}`,
      advice: near ? `是否指 ${near}？` : "请核对巡查编号；退回或挂起的行见 xunheng rejects"
    });
  }
  if (found.extended_from !== null)
    throw fault(3, {
      place: null,
      what: `巡查 ${inspection_id} 由${found.extended_from}级延伸，不是本办公室组织的，不由本办公室出具${what}`,
      advice: "请由组织该次巡查的机关出具"
    });
  return found;
}
