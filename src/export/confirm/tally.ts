import {groupBy} from "../../score/group.ts";
import {quotedString} from "../../sql.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {type AskedRow, askedRows, rowCheck, type SentRow} from "./asked.ts";

/** What a unit's last answer to a row comes to. */
export type AnswerState = "agreed" | "decided" | "pending" | "stale" | "unanswered";

/** A deduction, and what its unit said of it. */
export interface AnsweredRow {
  readonly row: AskedRow;
  /** stale: a consent to a deduction that has changed since, or from a row that came back altered. */
  readonly state: AnswerState;
  /** Whether the answer is to the deduction as it is; an objection may wait all the same. */
  readonly is_current: boolean;
  /** The day of the answer; null without one. */
  readonly answered_on: string | null;
}

/** How many rows of a unit are in each state; with `altered`, answers in rows that we did not write: a locked cell was changed. */
export interface UnitAnswers extends Readonly<Record<AnswerState, number>> {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly asked: number;
  readonly altered: number;
}

/** An objection that units raised and nobody has decided, as 异议复核 wants it. */
export interface Objection {
  readonly appeal_id: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly unit_code: string;
  readonly filed_on: string;
  readonly grounds: string | null;
}

/** What all units have said. */
export interface ConfirmationTally {
  /** Units that are asked about something, in the order of the result. */
  readonly units: readonly UnitAnswers[];
  readonly total: Omit<UnitAnswers, "unit_code" | "unit_name">;
  /** Objections that wait for a decision and are not in 异议复核 yet, those about rows that are gone included. */
  readonly objections: readonly Objection[];
  /** Objections dated after decisions_until: the result does not wait for them. */
  readonly late: number;
  /** Scored units below full points without any row to confirm: they earn points instead of losing them, or lost none to a row. */
  readonly without: readonly string[];
}

export interface Answer extends SentRow {
  readonly answer: string;
  readonly answered_on: string;
  /** Whether its objection waits; null for 无异议. */
  readonly waits: boolean | null;
  readonly is_last: boolean;
}

/** All deductions with their last answers, and all answers of the year. */
export interface Answered {
  readonly rows: readonly AnsweredRow[];
  readonly answers: readonly Answer[];
}

/**
 * The deductions that units are asked about with their last answers.
 * Shape: an open result in, rows in the order of askedRows out, and all answers of the year.
 */
export async function answeredRows(scored: Scored): Promise<Answered> {
  const {db, year, when} = scored;
  const asked = await askedRows(scored);
  const answers =
    await db.rows<Answer>(`select unit_code, year, rule_id, subject_kind, subject, cast(points * 1000 as bigint) as milli, digest, answer,
    cast(answered_on as varchar) as answered_on,
    case when answer = '异议' then answered_on > date ${quotedString(when.decisions_until)} or exists (
      select 1 from appeal_asof a where a.decided_on is null and a.subject_kind = c.subject_kind and a.subject_id = c.subject
        and (a.unit_code = c.unit_code or c.subject_kind in ('问题', '事故', '覆盖'))) end as waits,
    row_number() over (partition by unit_code, rule_id, subject order by answered_on desc, answer = '异议' desc, digest desc) = 1 as is_last
  from confirmation c where year = ${year} order by all`);
  const last = new Map(answers.filter((a) => a.is_last).map((a) => [keyOf(a), a]));
  const rows = asked.map((row) => {
    const answer = last.get(keyOf(row));
    const is_current = answer !== undefined && isCurrent(row, answer);
    return {row, state: stateOf(answer, is_current), is_current, answered_on: answer?.answered_on ?? null};
  });
  return {rows, answers};
}

/**
 * Counts what units answered in 扣分确认, over the result as it is: the last answer to a row counts.
 * Shape: an open result in. Needs: a scored database (`appeal_asof`).
 * @param answered what answeredRows gave, where it is at hand
 * @example tallyText(await confirmationTally(scored))[0] // "扣分确认：14个单位147条，无异议9条……"
 */
export async function confirmationTally(scored: Scored, answered?: Answered): Promise<ConfirmationTally> {
  const {db, year, when} = scored;
  const {rows, answers} = answered ?? (await answeredRows(scored));
  const altered = answers.filter(isAltered);
  const units = [...groupBy(rows, ({row}) => row.unit_code)].map(([unit_code, own]): UnitAnswers => {
    const count = (state: AnswerState) => own.filter((one) => one.state === state).length;
    return {
      ...{unit_code, unit_name: own[0]?.row.unit_name ?? "", asked: own.length},
      ...{agreed: count("agreed"), decided: count("decided"), pending: count("pending"), stale: count("stale")},
      ...{unanswered: count("unanswered"), altered: altered.filter((a) => a.unit_code === unit_code).length}
    };
  });
  const sum = (key: keyof ConfirmationTally["total"]) => units.reduce((total, unit) => total + unit[key], 0);
  const late = `select count(*) from confirmation where year = ${year} and answer = '异议' and answered_on > date ${quotedString(when.decisions_until)}`;
  return {
    units,
    total: {
      ...{asked: sum("asked"), agreed: sum("agreed"), decided: sum("decided"), pending: sum("pending")},
      ...{stale: sum("stale"), unanswered: sum("unanswered"), altered: altered.length}
    },
    objections: await db.rows<Objection>(
      "select appeal_id, subject_kind, subject_id, unit_code, cast(filed_on as varchar) as filed_on, grounds from appeal_asof where appeal_id not in (select appeal_id from appeal) order by appeal_id"
    ),
    late: Number(await db.value(late)),
    without: scored.result.schemes
      .flatMap((s) => s.units)
      .filter((u) => u.milli !== null && u.milli < FULL && !units.some((one) => one.unit_code === u.unit_code))
      .map((u) => u.unit_name)
  };
}

function stateOf(answer: Answer | undefined, is_current: boolean): AnswerState {
  if (!answer) return "unanswered";
  if (answer.answer === "异议") return answer.waits ? "pending" : "decided";
  return is_current ? "agreed" : "stale";
}

/** The deduction itself is the third part of a digest: it may stand as it was in a result that changed elsewhere. */
function isCurrent({digest}: AskedRow, answer: Answer): boolean {
  return answer.digest.split("-")[2] === digest.split("-")[2] && !isAltered(answer);
}

/** Whether an answer came back in another row than we sent out. */
function isAltered(answer: Answer): boolean {
  return /^ZY(-[0-9a-f]{8}){3}$/.test(answer.digest) && answer.digest.split("-")[3] !== rowCheck(answer);
}

function keyOf({unit_code, rule_id, subject}: Pick<Answer, "unit_code" | "rule_id" | "subject">): string {
  return JSON.stringify([unit_code, rule_id, subject]);
}

/** The tally in a sentence, and further ones for what needs a look. */
export function tallyText({units, total, objections, late, without}: ConfirmationTally): string[] {
  const {asked, agreed, decided, pending, stale, unanswered, altered} = total;
  if (asked === 0) return ["扣分确认：没有需要单位确认的扣分。"];
  const silent = units.filter((u) => u.unanswered === u.asked).map((u) => u.unit_name);
  const more = objections.length - MOST_NAMED;
  return [
    `扣分确认：${units.length}个单位${asked}条，无异议${agreed}条，异议${decided + pending}条（已决定${decided}条，待决定${pending}条），过期${stale}条，未答复${unanswered}条。`,
    ...(without.length > 0 ? [`没有满分、也没有扣分行可确认的单位（按加分或比例计）：${named(without)}`] : []),
    ...(silent.length > 0 ? [`一条也没有答复的单位：${named(silent)}`] : []),
    ...objections
      .slice(0, MOST_NAMED)
      .map(
        (o) => `异议 ${o.appeal_id}：单位${o.unit_code}，${o.subject_kind} ${o.subject_id}，${o.filed_on}提出：${o.grounds ?? ""}`
      ),
    ...(more > 0 ? [`还有${more}件异议，用 xunheng export confirm --json 看全部`] : []),
    ...(objections.length > 0 ? ["这些异议复核以后，请照上面的编号记入“异议复核”表（决定、决定日期），再装入"] : []),
    ...(late > 0 ? [`${late}条异议的日期晚于决定截止日，这次结果没有等它们；要等，请改decisions_until`] : []),
    ...(altered > 0
      ? [`${altered}条答复所在的行与发出的不同（“无异议”不作数，异议照收）；请与单位核对，是哪些行见 xunheng load 的提示`]
      : [])
  ];
}

/** 100 points in thousandths. */
const FULL = 100_000;

/** So many are listed in words. */
const MOST_NAMED = 8;

function named(names: readonly string[]): string {
  return names.length <= MOST_NAMED ? names.join("、") : `${names.slice(0, MOST_NAMED).join("、")}等${names.length}个`;
}
