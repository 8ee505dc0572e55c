import {clockValue, dueDate} from "../../regime/clock.ts";
import {parameterOn} from "../../regime/resolve.ts";
import type {ClockLength} from "../../regime/types.ts";
import type {Scored} from "../../warehouse/scored.ts";
import type {Block} from "../official/document.ts";
import type {Inspected} from "./inspected.ts";
import {
  citeOf,
  clauseWords,
  dayWords,
  lengthWords,
  OPEN_DAY,
  organName,
  periodLaw,
  placeName,
  sentence,
  shortLaw,
  text,
  wordOf
} from "./phrase.ts";

interface ReportValue {
  readonly ceiling?: boolean;
  readonly to?: string;
}

/**
 * Until when the inspected unit reports on rectification, and how that day follows: clause, first day, 顺延.
 * Shape: paragraphs; none where the regime asks for no report. Where the receipt is not recorded yet, the period is told without a day.
 * @param paper what the unit receives: 反馈意见, 整改通知
 * @param day of the letter: a deadline that is over by then is told as such, with room for a new one
 */
export function reportDue({regime, calendar, when}: Scored, inspected: Inspected, paper: string, day = when.as_of): Block[] {
  const received = inspected.feedback_received_on;
  const valueOn = parameterOn(regime);
  const value = valueOn("rectify_report", received ?? when.as_of) as ReportValue | undefined;
  const clock = clockValue(value) as ClockLength | null;
  if (!value || !clock) return [];
  const what = wordOf(regime, "response", "整改情况");
  const to = value.to ?? wordOf(regime, "office", "本办公室");
  const by = citeOf(regime, "rectify_report");
  const length = lengthWords(clock);
  const isCeiling = value.ceiling === true;
  const ask = isCeiling
    ? `请在规定时限内将${what}报送${to}，最迟不超过收到${paper}后${length}${by}`
    : `请于收到${paper}后${length}内将${what}书面报送${to}${by}`;
  return [text(sentence(ask)), text(sentence(countedFrom(received, clock, calendar, paper, isCeiling, day)))];
}

/** How the last day follows. */
function countedFrom(
  received: string | null,
  clock: ClockLength,
  calendar: Scored["calendar"],
  paper: string,
  isCeiling: boolean,
  day: string
): string {
  const final = isCeiling ? "，除此以外不再延长" : "";
  if (received === null) {
    const rest = clock.rest_day === "顺延" ? `末日为休息日的，顺延至下一个工作日${final}` : "末日为休息日的，不顺延";
    const end = clock.unit === "workdays" ? "工作日以国务院公布的放假调休安排为准" : rest;
    return `期限自收到${paper}的次日起算，收到当日不计入；${end}`;
  }
  const {due_on, steps} = dueDate(calendar, received, clock);
  const [, , ...counting] = steps.filter((step) => !step.startsWith("最后一日") && !step.startsWith("通知公布后"));
  const end = `期限末日为${dayWords(due_on)}`;
  const last =
    due_on === null
      ? "期限末日待放假安排公布后确定"
      : due_on < day
        ? `${end}，原期限已过，尚未报送的，限${OPEN_DAY}前补报`
        : `${end}${final}`;
  return `期限参照${periodLaw(received)}计算：${dayWords(received)}收到，当日不计入；${counting.join("，")}；${last}`;
}

/** What else the report must hold, and what follows it. */
export function reportDuties({regime, when}: Scored): Block[] {
  const valueOn = parameterOn(regime);
  const cite = (name: string) => citeOf(regime, name);
  const blocks: Block[] = [];
  if (valueOn("handling_proposal", when.as_of))
    blocks.push(text(sentence(`报告应当包括对有关单位及人员的处理意见${cite("handling_proposal")}`)));
  const periodic = valueOn("periodic_report", when.as_of) as {every: ClockLength; until: string} | undefined;
  if (periodic)
    blocks.push(
      text(
        sentence(
          `首次报告以后，每${lengthWords(periodic.every)}报告一次后续情况，直至${periodic.until}${cite("periodic_report")}；间隔由本办公室确定`
        )
      )
    );
  const publish = valueOn("unit_publish", when.as_of) as {what: readonly string[]; where: string} | undefined;
  if (publish) blocks.push(text(sentence(`请及时通过${publish.where}向公众公布${publish.what.join("及")}${cite("unit_publish")}`)));
  return blocks;
}

/** What becomes of findings that are not put right, as the regime says; and that nobody may refuse. */
export function rectifyDuties({regime, when}: Scored): Block[] {
  const valueOn = parameterOn(regime);
  const cite = (name: string) => citeOf(regime, name);
  const blocks: Block[] = [];
  const must = valueOn("must_rectify", when.as_of) as {what: readonly string[]} | undefined;
  if (must) {
    const isForbidden = regime.parameters.must_rectify?.modality === "不得";
    const words = isForbidden ? `不得${must.what.join("，不得")}` : `应当${must.what.join("、")}`;
    blocks.push(text(sentence(`${words}${cite("must_rectify")}`)));
  }
  const late = valueOn("summon_late", when.as_of) as {when: readonly string[]; who: string} | undefined;
  if (late)
    blocks.push(text(sentence(`问题和隐患${late.when.join("或者")}的，根据规定对${late.who}进行约谈${cite("summon_late")}`)));
  const tracking = valueOn("tracking", when.as_of) as {by: string} | undefined;
  if (tracking) blocks.push(text(sentence(`整改情况由${tracking.by}跟踪督办${cite("tracking")}`)));
  return blocks;
}

/** That a document stays with those it is sent to, where the regime keeps inspections secret; none elsewhere. */
export function secrecyBlock({regime, when}: Scored, paper: string): Block[] {
  const secret = parameterOn(regime)("secret", when.as_of) as {what: readonly string[]} | undefined;
  if (!secret) return [];
  const clause = clauseWords(regime.parameters.secret?.clause ?? "");
  return [
    text(
      sentence(
        `本${paper}涉及${wordOf(regime, "inspection", "巡查")}的${secret.what.join("、")}等内容，请按照${shortLaw(regime)}${clause}的要求保密，不得泄露，不得转发`
      )
    )
  ];
}

/** The organ that a document about an inspection goes to; both leaders' organs where the feedback is given to 党政. */
export function inspectedOrgan({regime, when}: Scored, {unit_name, unit_kind}: Inspected): string {
  const organ = organName(unit_name, unit_kind);
  const feedback = parameterOn(regime)("feedback", when.as_of) as {to: string} | undefined;
  const isPlace = organ !== unit_name && organ.endsWith("人民政府");
  if (isPlace && feedback?.to.includes("党政")) return `中共${placeName(unit_name)}委员会，${organ}`;
  return organ;
}
