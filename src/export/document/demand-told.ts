import {fault, nearestName} from "../../fault.ts";
import {quotedString} from "../../sql.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {numberedSql, type ToldFinding, toldFindings} from "./told.ts";

/**
 * A finding by its number, as a document that goes to a unit may speak of it.
 * Errors: Fault 2 for a number that is not there or was struck by 异议复核, Fault 3 for clues, cases and what a whistle-blower reported.
 * @example await demandTold(scored, "W-0042", "约谈通知书")
 */
export async function demandTold(scored: Scored, finding_id: string, what: string): Promise<ToldFinding> {
  const [found] = await toldFindings(scored, numberedSql([finding_id]));
  if (found) return found;
  const {db, when} = scored;
  const id = quotedString(finding_id);
  if ((await db.value(`select 1 from finding_state where variant = 'decided' and finding_id = ${id}`)) !== undefined)
    throw fault(3, {
      place: null,
      what: `问题 ${finding_id} 属于线索、案件或举报事项，不写入${what}`,
      advice: "请按移交、移送的程序办理"
    });
  if ((await db.value(`select 1 from finding_asof where finding_id = ${id}`)) !== undefined)
    throw fault(2, {
      place: null,
      what: `问题 ${finding_id} 已经异议复核撤销，不再出具${what}`,
      advice: "经过见 xunheng explain --finding"
    });
  const near = nearestName(
    finding_id,
    await db.list(`select finding_id from finding_asof order by levenshtein(finding_id, ${id}), finding_id limit 20`)
  );
  throw fault(2, {
    place: null,
    what: `到${when.as_of}为止没有问题 ${finding_id}`,
    advice: near ? `是否指 ${near}？` : "请核对编号；退回或挂起的行见 xunheng rejects"
  });
}
