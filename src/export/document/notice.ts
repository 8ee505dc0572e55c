import {parameterOn} from "../../regime/resolve.ts";
import type {Regime} from "../../regime/types.ts";
import type {Scored} from "../../warehouse/scored.ts";
import type {Block, OfficialDocument} from "../official/document.ts";
import {inspectedOrgan, rectifyDuties, reportDue, reportDuties, secrecyBlock} from "./deadline.ts";
import {findingList, fiveTable, markWords} from "./finding-table.ts";
import {type Inspected, inspectionFor} from "./inspected.ts";
import {clauseOf, type DocumentKind, type DocumentOptions, demandClause, officialHead} from "./kind.ts";
import {
  basisWords,
  cited,
  citeOf,
  countsWords,
  dayWords,
  heading,
  kindWords,
  sentence,
  stretchWords,
  text,
  wordOf
} from "./phrase.ts";
import {type FeedbackOrder, feedbackOrder, teamName, teamWords, waitingMarks} from "./team.ts";
import {bySeverity, concerns, inspectedSql, type ToldFinding, toldFindings} from "./told.ts";

/** What a regime says of telling findings. */
interface Told {
  readonly what?: string;
  readonly with_advice?: boolean;
  readonly findings?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly enterprise?: {readonly before: string; readonly to: string};
  readonly government?: {readonly with: string; readonly to: string};
}

/**
 * 整改通知: what the unit inspected has to put right after an inspection, by when.
 * A regime that lets the team fill in 督办单 has those instead.
 */
export const notice: DocumentKind = {
  name: "notice",
  title: "整改通知",
  about: "把一次巡查发现的问题交给被巡查单位整改，写明期限和报告要求",
  takes: ["inspection"],
  isWorking: true,
  needs: noticeClause,
  because: (regime, day) => {
    const clause = clauseOf(regime, "slip", day);
    return clause === null ? null : `制度以督办单提出整改要求（${clause}），没有另外规定整改通知`;
  },
  make
};

function noticeClause(regime: Regime, day: string): string | null {
  const own = clauseOf(regime, "rectify_notice", day);
  if (own !== null || clauseOf(regime, "slip", day) !== null) return own;
  const told = parameterOn(regime)("finding_told", day) as Told | undefined;
  return told?.with_advice ? clauseOf(regime, "finding_told", day) : null;
}

async function make(scored: Scored, options: DocumentOptions): Promise<OfficialDocument> {
  const {regime, when} = scored;
  const clause = demandClause(notice, regime, when.as_of);
  const day = options.date ?? when.as_of;
  const inspected = await inspectionFor(scored, options.inspection ?? "", notice.title);
  const all = await toldFindings(scored, inspectedSql(inspected.inspection_id));
  const told = (parameterOn(regime)("finding_told", inspected.started_on ?? when.as_of) ?? {}) as Told;
  const findings = all.filter((f) => concerns(told.findings, f));
  const order = clauseOf(regime, "rectify_notice", when.as_of) === null ? null : feedbackOrder(scored, inspected);
  const kind = kindWords(regime, inspected.kind);
  const slow = findings.filter((f) => f.layer === "企业" && f.fix_now !== true && f.due_source !== "立即");
  return {
    ...officialHead(scored, options),
    issuer: teamName(scored),
    title: `关于整改${kind}发现${told.what ?? wordOf(regime, "finding", "问题")}的通知`,
    addressee: options.addressee ?? inspectedOrgan(scored, inspected),
    body: [
      text(
        sentence(
          `${stretchWords(inspected.started_on, inspected.ended_on)}，${teamWords(scored, inspected)}对${inspected.unit_name}开展了${kind}`
        ),
        orderWords(regime, order),
        `根据${basisWords(regime, [clause])}，现将发现的${told.what ?? wordOf(regime, "finding", "问题")}通知你们，请认真整改。`
      ),
      heading(1, "整改事项"),
      ...matters(inspected, findings, told, regime),
      heading(1, "整改要求"),
      text(
        "请对照附件所列清单，逐个明确责任单位、责任人，按照载明的整改要求和整改期限整改到位；没有载明期限的，由你们确定期限，随整改情况一并报告。"
      ),
      ...markWords(findings, day),
      ...rectifyDuties(scored),
      ...reportPart(scored, inspected, day),
      ...secrecyBlock(scored, "通知")
    ],
    annexes: [
      ...(findings.length === 0 ? [] : [{title: "整改问题清单", body: [findingList(findings, day)], landscape: true}]),
      ...(slow.length > 0 && clauseOf(regime, "five_in_place", when.as_of) !== null
        ? [{title: "限时整改问题“五落实”情况", body: [fiveTable(slow, day)], landscape: true}]
        : [])
    ],
    signature: teamName(scored),
    marks: waitingMarks(order)
  };
}

/** That the notice was approved, or may not go out yet. */
function orderWords(regime: Regime, order: FeedbackOrder | null): string {
  if (order === null) return "";
  const {by, verb, on, clause} = order;
  return on === null
    ? `本通知尚未经${by}${verb}，不得印发${cited(regime, clause)}。`
    : `本通知已于${dayWords(on)}经${by}${verb}${cited(regime, clause)}。`;
}

/** How many there are, of which layers, and which were told before the team left. */
function matters(inspected: Inspected, findings: readonly ToldFinding[], told: Told, regime: Regime): Block[] {
  const word = told.what ?? wordOf(regime, "finding", "问题");
  if (findings.length === 0) return [text(sentence(`本次${wordOf(regime, "inspection", "巡查")}没有须通知整改的${word}`))];
  const blocks: Block[] = [text(sentence(`共${findings.length}个，其中${countsWords(bySeverity(findings), "个")}，逐个见附件`))];
  const {enterprise, government} = told;
  if (!enterprise || !government) return blocks;
  const ofFirms = findings.filter((f) => f.layer === "企业");
  const others = findings.length - ofFirms.length;
  const left = inspected.left_on;
  const before = ofFirms.filter((f) => f.handed_on !== null && left !== null && f.handed_on <= left).length;
  const rest = ofFirms.length - before;
  if (others > 0)
    blocks.push(text(sentence(`政府、部门层面的问题${others}个，随本次反馈一并通知${citeOf(regime, "finding_told")}`)));
  const toldBefore = `已于离开驻地前反馈${enterprise.to}`;
  if (rest === 0 && before > 0) blocks.push(text(sentence(`企业方面的问题${before}个，均${toldBefore}`)));
  else if (before > 0)
    blocks.push(text(sentence(`企业方面的问题${ofFirms.length}个，其中${before}个${toldBefore}，其余${rest}个现一并通知`)));
  else if (rest > 0) blocks.push(text(sentence(`企业方面的问题${rest}个，现一并通知`)));
  return blocks;
}

function reportPart(scored: Scored, inspected: Inspected, day: string): Block[] {
  const due = reportDue(
    scored,
    inspected,
    clauseOf(scored.regime, "rectify_notice", scored.when.as_of) === null ? "反馈意见" : "反馈和整改通知",
    day
  );
  return due.length === 0 ? [] : [heading(1, "报告要求"), ...due, ...reportDuties(scored)];
}
