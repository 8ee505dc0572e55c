import {fault, listed, nearestName} from "../fault.ts";
import {parameterOn} from "../regime/resolve.ts";
import type {Regime} from "../regime/types.ts";
import {quotedString} from "../sql.ts";
import type {Database} from "../warehouse/duckdb.ts";
import type {Scored} from "../warehouse/scored.ts";
import {saidText} from "../workspace/decide.ts";
import {isDate} from "../workspace/workspace.ts";

/** Who approves, as the command line says it. */
export interface Approver {
  readonly by: string;
  readonly post: string;
  readonly organ: string;
  readonly on: string;
  readonly meeting: string | null;
  readonly document_no: string | null;
}

/** Who approves, before anything of it was checked. */
export interface ApproverAsked {
  readonly by: string;
  readonly post: string;
  readonly organ?: string | undefined;
  readonly on: string;
  readonly meeting?: string | undefined;
  readonly document_no?: string | undefined;
  /** The day it is. */
  readonly today: string;
}

/** The regime's parameter `result_approval`. */
interface ResultApproval {
  readonly by: string;
  readonly posts: readonly string[];
  readonly collegial: boolean;
}

/**
 * The approver, checked against the regime.
 * Errors: Fault 2 for a field missing, or a day that does not exist, lies ahead, or lies before the cut-offs of the result; Fault 3
 * when the regime names no approver, names other posts, or wants a body's decision and no meeting or document is given.
 */
export function checkApprover(
  asked: ApproverAsked,
  {regime, when}: {regime: Regime; when: {readonly as_of: string; readonly decisions_until: string}}
): Approver {
  const by = saidText(asked.by, "--by", "请写上审定人姓名，如 --by 张三");
  const on = dayOf(asked, when);
  const parameter = regime.parameters.result_approval;
  const rule = parameterOn(regime)("result_approval", on) as ResultApproval | undefined;
  if (!parameter || !rule)
    throw fault(3, {
      place: null,
      what: `${regime.title}没有规定结果由谁审定`,
      advice: "请在制度的 parameters 里写上 result_approval（由谁审定、可以署名的职务、是否集体审定）及其条款"
    });
  const text = (value: string | undefined, option: string) =>
    value === undefined ? null : saidText(value, option, "请写上内容，或去掉这个选项");
  const post = saidText(asked.post, "--post", `请写上审定人职务，如 --post ${rule.posts[0]}`);
  if (!rule.posts.includes(post)) {
    const near = nearestName(post, rule.posts);
    throw fault(3, {
      place: null,
      what: `${post}不能审定：${parameter.clause}由${rule.by}审定，可以署名的职务是${rule.posts.join("、")}`,
      advice: near ? `是否指 ${near}？` : "请由其中一人审定"
    });
  }
  const meeting = text(asked.meeting, "--meeting");
  const document_no = text(asked.document_no, "--document-no");
  if (rule.collegial && meeting === null && document_no === null)
    throw fault(3, {
      place: null,
      what: `${parameter.clause}由${rule.by}集体审定，没有写会议或文号`,
      advice: `请加上 --meeting ${rule.by}某年第几次会议，或 --document-no 文号`
    });
  return {by, post, organ: text(asked.organ, "--organ") ?? organOf(post, rule, regime), on, meeting, document_no};
}

function dayOf(
  {on, today}: ApproverAsked,
  {as_of, decisions_until}: {readonly as_of: string; readonly decisions_until: string}
): string {
  const wrong = (what: string, advice: string) => fault(2, {place: null, what, advice});
  if (on.trim() === "") throw wrong("没有写明 --on", "请写上审定的日期，如 --on 2026-01-20");
  if (!isDate(on)) throw wrong(`--on 的日期“${on}”不存在`, "请写成2026-01-20的样子");
  if (on > today) throw wrong(`--on ${on} 还没有到（今天是${today}）`, "审定之后再记录");
  if (on < as_of) throw wrong(`--on ${on} 早于统计截止日${as_of}`, "截止日之前不能审定，请核对日期");
  if (on < decisions_until)
    throw wrong(
      `--on ${on} 早于决定计至的${decisions_until}`,
      "审定之后的评议和复核决定不能计入；请核对日期，或用 --decisions-until 写早一些"
    );
  return on;
}

/** The organ that somebody of a post acts for: `区安委会副主任` for 区安委会. */
function organOf(post: string, {by, collegial}: ResultApproval, {words}: Regime): string {
  if (collegial) return by;
  const organ = post.replace(/(第一|常务)?副?(主任|主席|组长|书记)$/u, "");
  return organ !== "" && organ !== post ? organ : (words.committee ?? by);
}

/**
 * Whoever judged a part of the result does not approve it.
 * Errors: Fault 3 naming the judgements; it cannot be waived.
 */
export async function demandImpartial(by: string, {db, when, year}: Pick<Scored, "db" | "when" | "year">): Promise<void> {
  const rows = await judgesOf(db, year, when.decisions_until);
  const mine = rows.filter(({names}) => names.includes(plain(by)));
  const [first] = mine;
  if (!first) return;
  const where = listed(mine.map((r) => `${r.unit_code} ${r.rule_id}`));
  throw fault(3, {
    place: null,
    what: `${by}是本结果${mine.length}项评议的${first.role}（${where}），不能审定自己参加评议的结果`,
    advice: "请由制度规定的另一人审定；这一条不能豁免"
  });
}

/** Who judged and who reviewed what counts. */
async function judgesOf(db: Database, year: number, until: string) {
  const rows = await db.rows<{unit_code: string; rule_id: string; role: string; text: string}>(
    `select unit_code, rule_id, role, "text" from (
  select unit_code, rule_id, '评议人' as role, judged_by as "text" from judgement where year = ${year} and judged_on <= date ${quotedString(until)}
  union all
  select unit_code, rule_id, '复核人', reviewed_by from judgement where year = ${year} and judged_on <= date ${quotedString(until)}
) where "text" is not null order by unit_code, rule_id, role`
  );
  // One cell may hold several names: 张三、李四.
  return rows.map(({text, ...row}) => ({...row, names: [text, ...text.split(/[、，,；;/和]/u)].map(plain)}));
}

/** A name without blanks and in one form of its characters. */
function plain(name: string): string {
  return name.normalize("NFKC").replaceAll(/[\s·]/g, "");
}
