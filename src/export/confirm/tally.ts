import {groupBy} from "../../score/group.ts";
import {quotedString} from "../../sql.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {type AskedRow, askedRows} from "./asked.ts";

/** What a unit has said of its deductions. The first five add up to `asked`. */
export interface UnitAnswers {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly asked: number;
  /** 无异议, about the result as it is. */
  readonly agreed: number;
  /** 异议 that was decided, whatever the decision. */
  readonly decided: number;
  /** 异议 that waits for a decision. */
  readonly pending: number;
  /** 无异议 to a result that has changed since, or in a row that came back altered. */
  readonly stale: number;
  readonly unanswered: number;
  /** Answers in rows that we did not write: a locked cell was changed, or the row copied from elsewhere. */
  readonly altered: number;
}

/** What all units have said. */
export interface ConfirmationTally {
  /** Units that are asked about something, in the order of the result. */
  readonly units: readonly UnitAnswers[];
  readonly total: Omit<UnitAnswers, "unit_code" | "unit_name">;
  /** Numbers (QR-…, or the office's own) of the objections that wait for a decision, those about rows that are gone included. */
  readonly objections: readonly string[];
  /** Objections dated after decisions_until: the result does not wait for them. */
  readonly late: number;
}

interface Answer {
  readonly unit_code: string;
  readonly rule_id: string;
  readonly subject: string;
  readonly digest: string;
  readonly answer: string;
  /** The points that stood in the row, in thousandths. */
  readonly milli: number | null;
  /** Whether its objection waits; null for 无异议. */
  readonly waits: boolean | null;
}

/**
 * Counts what units answered in 扣分确认, over the result as it is: the last answer to a row counts.
 * Shape: an open result in. Needs: a scored database (`appeal_asof`).
 * @example tallyText(await confirmationTally(scored)) // "扣分确认：已发问123条……"
 */
export async function confirmationTally(scored: Scored): Promise<ConfirmationTally> {
  const {db, year, when} = scored;
  const asked = await askedRows(scored);
  const all = await db.rows<
    Answer & {is_last: boolean}
  >(`select unit_code, rule_id, subject, digest, answer, cast(points * 1000 as bigint) as milli,
    case when answer = '异议' then answered_on > date ${quotedString(when.decisions_until)} or exists (
      select 1 from appeal_asof a where a.decided_on is null and a.subject_kind = c.subject_kind and a.subject_id = c.subject
        and (a.unit_code = c.unit_code or c.subject_kind in ('问题', '事故', '覆盖'))) end as waits,
    row_number() over (partition by unit_code, rule_id, subject order by answered_on desc, answer = '异议' desc, digest desc) = 1 as is_last
  from confirmation c where year = ${year} order by all`);
  const last = new Map(all.filter((a) => a.is_last).map((a) => [keyOf(a), a]));
  const current = new Map(asked.map((row) => [row.unit_code, row.digest.split("-")[1]]));
  const sent = new Map(asked.map((row) => [keyOf(row), row]));
  const altered = all.filter((a) => {
    const row = sent.get(keyOf(a));
    return a.digest.split("-")[1] === current.get(a.unit_code) && !(row && isOurs(row, a));
  });
  const units = [...groupBy(asked, (row) => row.unit_code)].map(([unit_code, rows]) =>
    unitAnswers(unit_code, rows, last, altered.filter((a) => a.unit_code === unit_code).length)
  );
  const sum = (key: keyof ConfirmationTally["total"]) => units.reduce((total, unit) => total + unit[key], 0);
  const late = `select count(*) from confirmation where year = ${year} and answer = '异议' and answered_on > date ${quotedString(when.decisions_until)}`;
  return {
    units,
    total: {
      ...{asked: sum("asked"), agreed: sum("agreed"), decided: sum("decided"), pending: sum("pending")},
      ...{stale: sum("stale"), unanswered: sum("unanswered"), altered: sum("altered")}
    },
    objections: await db.list(
      "select appeal_id from appeal_asof where decided_on is null and starts_with(appeal_id, 'QR-') order by appeal_id"
    ),
    late: Number(await db.value(late))
  };
}

function unitAnswers(
  unit_code: string,
  rows: readonly AskedRow[],
  last: ReadonlyMap<string, Answer>,
  altered: number
): UnitAnswers {
  const states = rows.map((row) => stateOf(row, last.get(keyOf(row))));
  const count = (state: ReturnType<typeof stateOf>) => states.filter((s) => s === state).length;
  return {
    ...{unit_code, unit_name: rows[0]?.unit_name ?? "", asked: rows.length},
    ...{agreed: count("agreed"), decided: count("decided"), pending: count("pending"), stale: count("stale")},
    ...{unanswered: count("unanswered"), altered}
  };
}

function stateOf(row: AskedRow, answer: Answer | undefined): "agreed" | "decided" | "pending" | "stale" | "unanswered" {
  if (!answer) return "unanswered";
  if (answer.answer === "异议") return answer.waits ? "pending" : "decided";
  return isOurs(row, answer) ? "agreed" : "stale";
}

/** Whether an answer is to the row as it is, and nothing locked was changed in it. */
function isOurs({digest, milli}: AskedRow, answer: Answer): boolean {
  return answer.digest === digest && answer.milli === milli;
}

function keyOf({unit_code, rule_id, subject}: Pick<Answer, "unit_code" | "rule_id" | "subject">): string {
  return JSON.stringify([unit_code, rule_id, subject]);
}

/** The tally in a sentence, and further ones for what needs a look. */
export function tallyText({units, total, objections, late}: ConfirmationTally): string[] {
  const {asked, agreed, decided, pending, stale, unanswered, altered} = total;
  if (asked === 0) return ["扣分确认：没有需要单位确认的扣分。"];
  const silent = units.filter((u) => u.unanswered === u.asked).map((u) => u.unit_name);
  return [
    `扣分确认：${units.length}个单位${asked}条，无异议${agreed}条，异议${decided + pending}条（已决定${decided}条，待决定${pending}条），过期${stale}条，未答复${unanswered}条。`,
    ...(silent.length > 0 ? [`一条也没有答复的单位：${named(silent)}`] : []),
    ...(objections.length > 0 ? [`待决定的异议：${named(objections)}；请在“异议复核”表里按编号写明决定再装入`] : []),
    ...(late > 0 ? [`${late}条异议的日期晚于决定截止日，这次结果没有等它们；要等，请改decisions_until`] : []),
    ...(altered > 0
      ? [`${altered}条答复所在的行与发出的不同（“无异议”不作数，异议照收）；请与单位核对，是哪些行见 xunheng load 的提示`]
      : [])
  ];
}

function named(names: readonly string[]): string {
  return names.length <= 8 ? names.join("、") : `${names.slice(0, 8).join("、")}等${names.length}个`;
}
