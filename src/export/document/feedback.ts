import {fault} from "../../fault.ts";
import {parameterOn} from "../../regime/resolve.ts";
import type {Regime} from "../../regime/types.ts";
import type {Scored} from "../../warehouse/scored.ts";
import type {Block, OfficialDocument} from "../official/document.ts";
import {inspectedOrgan, rectifyDuties, reportDue, reportDuties, secrecyBlock} from "./deadline.ts";
import {findingList, itemTable, markWords} from "./finding-table.ts";
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
import {type FeedbackOrder, feedbackOrder, sender, teamName, teamWords, waitingMarks} from "./team.ts";
import {byItem, bySeverity, concerns, inspectedSql, type ToldFinding, toldFindings} from "./told.ts";

const TITLE = "反馈意见";

/** 反馈意见: what an inspection found, told to the unit inspected. */
export const feedback: DocumentKind = {
  name: "feedback",
  title: TITLE,
  about: "向被巡查单位反馈一次巡查的情况、问题和整改要求",
  takes: ["inspection"],
  isWorking: true,
  needs: (regime, day) => clauseOf(regime, "feedback", day),
  make
};

async function make(scored: Scored, options: DocumentOptions): Promise<OfficialDocument> {
  const {regime, when} = scored;
  const clause = demandClause(feedback, regime, when.as_of);
  const day = options.date ?? when.as_of;
  const inspected = await inspectionFor(scored, options.inspection ?? "", TITLE);
  if (inspected.ended_on === null)
    throw fault(3, {
      place: null,
      what: `到${when.as_of}为止巡查 ${inspected.inspection_id} 还没有结束`,
      advice: "反馈意见在巡查结束以后写；已经结束的，请补上结束日期再装入"
    });
  const findings = await toldFindings(scored, inspectedSql(inspected.inspection_id));
  const order = feedbackOrder(scored, inspected);
  const kind = kindWords(regime, inspected.kind);
  const team = teamName(scored);
  return {
    ...officialHead(scored, options),
    issuer: team,
    title: `关于${inspected.unit_name}${kind}情况的反馈意见`,
    addressee: options.addressee ?? inspectedOrgan(scored, inspected),
    body: [
      text(
        sentence(
          `根据${basisWords(regime, [regime.parameters.inspection_kinds?.clause ?? null, clause])}，受${sender(scored)}委派，${teamWords(scored, inspected)}于${stretchWords(inspected.started_on, inspected.ended_on)}对${inspected.unit_name}开展了${kind}`
        ),
        approvalWords(regime, order),
        "现将有关情况和意见反馈如下："
      ),
      heading(1, "基本情况"),
      ...overview(scored, inspected, findings),
      heading(1, "发现的主要问题"),
      ...mainFindings(scored, findings),
      heading(1, "整改要求"),
      ...demands(scored, inspected, findings, day),
      ...secrecyBlock(scored, TITLE)
    ],
    annexes: findings.length === 0 ? [] : [{title: "巡查发现问题清单", body: [findingList(findings, day)], landscape: true}],
    signature: team,
    marks: waitingMarks(order)
  };
}

/** What was approved before, or that it still has to be. */
function approvalWords(regime: Regime, order: FeedbackOrder | null): string {
  if (order === null) return "";
  const {what, verb, by, on, clause} = order;
  const subject = what === "报告" ? "巡查工作报告" : what;
  if (on === null) return `${subject}尚未经${by}${verb}，本件不得反馈${cited(regime, clause)}。`;
  return `${subject}已于${dayWords(on)}经${by}${verb}${cited(regime, clause)}。`;
}

function overview({regime}: Scored, {places}: Inspected, findings: readonly ToldFinding[]): Block[] {
  const [inspection, finding] = [wordOf(regime, "inspection", "巡查"), wordOf(regime, "finding", "问题")];
  const where = places > 0 ? `共检查点位${places}个，` : "";
  if (findings.length === 0) return [text(sentence(`本次${inspection}${where}没有需要反馈的${finding}`))];
  const layers = ["党委政府", "部门", "企业"].map(
    (layer) => [`${layer}层面`, findings.filter((f) => f.layer === layer).length] as const
  );
  const grave = findings.filter((f) => f.hazard_level === "重大").length;
  return [
    text(
      sentence(
        `本次${inspection}${where}发现并反馈${finding}${findings.length}个，其中${countsWords(bySeverity(findings), "个")}；按问题层面分，${countsWords(layers, "个")}${grave > 0 ? `；隐患级别为重大的${grave}个` : ""}`
      )
    ),
    itemTable(regime, findings)
  ];
}

/** Grave and greater findings one by one under the regime's contents; the others by number, and in the annex. */
function mainFindings({regime}: Scored, findings: readonly ToldFinding[]): Block[] {
  if (findings.length === 0) return [text("无。")];
  const main = findings.filter((f) => f.severity !== "一般");
  const rest = findings.length - main.length;
  const parts = byItem(regime, main).flatMap(({title, findings: mine}): Block[] => [
    heading(2, title),
    ...mine.map((f, i) => text(`${i + 1}．${findingWords(f)}`))
  ]);
  const told = rest === 0 ? [] : [text(sentence(`${main.length > 0 ? "另有" : ""}一般问题${rest}个，分布见上表，逐个见附件`))];
  return main.length > 0 && told.length > 0 ? [...parts, heading(2, "一般问题"), ...told] : [...parts, ...told];
}

/** A finding in a sentence: what, where, when, which rule it breaks. */
function findingWords({
  finding_id,
  description,
  severity,
  unit_name,
  place_name,
  found_on,
  violated,
  hazard_level
}: ToldFinding): string {
  const where = place_name ?? unit_name;
  const facts = [
    ...[`问题编号${finding_id}`, `${severity}${hazard_level === "重大" ? "，重大隐患" : ""}`, where, `${dayWords(found_on)}发现`],
    ...(violated === null ? [] : [`违反${violated}`])
  ];
  return sentence(`${description}（${facts.join("，")}）`);
}

function demands(scored: Scored, inspected: Inspected, findings: readonly ToldFinding[], day: string): Block[] {
  const {regime, when} = scored;
  const valueOn = parameterOn(regime);
  const list = valueOn("list_major", when.as_of) as {by: string; findings?: Parameters<typeof concerns>[0]} | undefined;
  const isListed = list !== undefined && findings.some((f) => concerns(list.findings, f));
  const five = valueOn("five_in_place", when.as_of) !== undefined;
  const fixNow = valueOn("fix_now", when.as_of) !== undefined;
  const cite = (name: string) => citeOf(regime, name);
  const publish = valueOn("feedback_publish", when.as_of) as {where: string} | undefined;
  const due = reportDue(scored, inspected, TITLE, day);
  return [
    heading(2, "逐项整改"),
    text(
      "请对照附件所列问题清单，逐项明确责任单位、责任人和完成时限，按照清单载明的整改期限整改到位；清单没有载明期限的，由你单位确定期限并一并报告。"
    ),
    ...markWords(findings, day),
    ...(fixNow
      ? [
          text(
            sentence(
              `能立即整改的要立即整改；不能立即整改的，要限时整改${five ? "，做到措施、责任、资金、时限和预案“五落实”" : ""}${cite("fix_now")}`
            )
          )
        ]
      : []),
    ...(isListed ? [text(sentence(`其中的重大隐患，由${list.by}挂牌督办${cite("list_major")}，另行通知`))] : []),
    ...rectifyDuties(scored),
    ...(due.length > 0 ? [heading(2, "按期报告"), ...due, ...reportDuties(scored)] : []),
    ...(publish ? [heading(2, "公开"), text(sentence(`本反馈意见通过${publish.where}向社会公开${cite("feedback_publish")}`))] : [])
  ];
}
