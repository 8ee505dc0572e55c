import {fault} from "../../fault.ts";
import {parameterOn} from "../../regime/resolve.ts";
import type {Regime} from "../../regime/types.ts";
import {quotedString} from "../../sql.ts";
import type {Scored} from "../../warehouse/scored.ts";
import type {Block, OfficialDocument} from "../official/document.ts";
import {rectifyDuties, secrecyBlock} from "./deadline.ts";
import {demandTold} from "./demand-told.ts";
import {dueCell, findingList, fiveTable, hasPassed, stateWords} from "./finding-table.ts";
import {inspectionFor} from "./inspected.ts";
import {clauseOf, type DocumentKind, type DocumentOptions, dayOfTelling, demandClause, officialHead} from "./kind.ts";
import {
  BLANK,
  basisWords,
  citeOf,
  clauseWords,
  countsWords,
  dayWords,
  heading,
  OPEN_DAY,
  organName,
  sentence,
  shortLaw,
  text,
  wordOf
} from "./phrase.ts";
import {type Place, placeFor, slipFields, slipReceipt} from "./slip-form.ts";
import {bySeverity, concerns, type ToldFinding, toldFindings} from "./told.ts";

/** 督办单: what was found at a place, or one finding, handed to those who see to it that it is put right. */
export const slip: DocumentKind = {
  name: "slip",
  title: "督办单",
  about: "把一个受检点位（或一个问题）的整改交给有关机关督办，附回执",
  takes: [["visit", "finding"]],
  isWorking: true,
  needs: (regime, day) => basisOf(regime, day)?.clause ?? null,
  because: (regime, day) => {
    const clause = clauseOf(regime, "list_major", day);
    return clause === null ? null : `制度没有规定督办单，重大隐患用挂牌督办通知书（${clause}）`;
  },
  make
};

/** Why there is a 督办单, as the regime has it: the slip itself, a stage of its loop, or the duty to follow up or to urge. */
function basisOf(regime: Regime, day: string): {readonly name: string; readonly clause: string} | null {
  const loop = parameterOn(regime)("loop", day) as {stages: readonly string[]} | undefined;
  const names = ["slip", "tracking", ...(loop?.stages.includes("移交督办") ? ["loop"] : []), "urge_major"];
  const name = names.find((one) => clauseOf(regime, one, day) !== null);
  return name === undefined ? null : {name, clause: regime.parameters[name]?.clause ?? ""};
}

async function make(scored: Scored, options: DocumentOptions): Promise<OfficialDocument> {
  const {regime, when} = scored;
  const day = dayOfTelling(options, when.as_of);
  const clause = demandClause(slip, regime, when.as_of);
  const basis = basisOf(regime, when.as_of)?.name ?? "";
  const {findings, place} = await subjectOf(scored, options, basis);
  const inspection = wordOf(regime, "inspection", "巡查");
  const to = await addresseeOf(scored, basis, findings, place);
  const slow = findings.filter((f) => f.layer === "企业" && f.fix_now !== true && f.due_source !== "立即");
  const five = slow.length > 0 && clauseOf(regime, "five_in_place", when.as_of) !== null;
  return {
    ...officialHead(scored, options),
    title: `安全生产${inspection}督办单`,
    addressee: options.addressee ?? to,
    body: [
      text(sentence(opening(scored, basis, clause, findings, place))),
      {kind: "fields", fields: slipFields(scored, basis, findings, place)},
      heading(1, `${wordOf(regime, "finding", "问题")}及整改要求`),
      ...findings.map((f, i) =>
        text(`${i + 1}．${findingWords(f, day)}${basis === "slip" ? "" : sentence(stateWords(f, when.as_of))}`)
      ),
      heading(1, "督办要求"),
      ...demands(scored, basis),
      ...secrecyBlock(scored, "督办单"),
      {kind: "sign", lines: ["填写人：＿＿＿＿＿＿　　审核人：＿＿＿＿＿＿", `填写日期：${OPEN_DAY}`]}
    ],
    annexes: [
      ...(findings.length > 1 ? [{title: "督办问题清单", body: [findingList(findings, day)], landscape: true}] : []),
      ...(five ? [{title: "限时整改问题“五落实”情况", body: [fiveTable(slow, day)], landscape: true}] : []),
      {title: "督办单回执", body: slipReceipt(scored, findings, place)}
    ]
  };
}

/** The findings that the slip is about, and their place where it is one. */
async function subjectOf(
  scored: Scored,
  {visit, finding}: DocumentOptions,
  basis: string
): Promise<{findings: readonly ToldFinding[]; place: Place | null}> {
  const {regime, when} = scored;
  const filters = basis === "urge_major" ? (parameterOn(regime)("urge_major", when.as_of) as {findings?: []}).findings : undefined;
  if (finding !== undefined) {
    const one = await demandTold(scored, finding, slip.title);
    if (!concerns(filters, one))
      throw fault(3, {
        place: null,
        what: `制度只规定督促整改${urged(regime, when.as_of)}（${regime.parameters.urge_major?.clause}），问题 ${finding} 不是`,
        advice: "请核对问题的性质和隐患级别，或改用制度规定的其他文书"
      });
    return {findings: [one], place: one.visit_id === null ? null : await placeFor(scored, one.visit_id)};
  }
  const place = await placeFor(scored, visit ?? "");
  const told = await toldFindings(scored, `f.visit_id = ${quotedString(place.visit_id)}`);
  // Where the slip is filled in after the visit it tells of all that was found; where it follows up, of what is left.
  const findings = told.filter((f) => concerns(filters, f) && (basis === "slip" || f.done_on === null));
  if (findings.length === 0)
    throw fault(2, {
      place: null,
      what: `点位 ${place.visit_id} 没有${basis === "slip" ? "" : "尚未整改、"}可以督办的问题（线索、案件和举报事项不写入督办单）`,
      advice: "请核对点位编号，或用 --finding 写明问题"
    });
  return {findings, place};
}

function urged(regime: Regime, day: string): string {
  return ((parameterOn(regime)("urge_major", day) as {what?: readonly string[]} | undefined)?.what ?? []).join("和");
}

/** Whom the slip goes to: the department of the trade where the regime says so, else the organ of the unit inspected. */
async function addresseeOf(scored: Scored, basis: string, findings: readonly ToldFinding[], place: Place | null): Promise<string> {
  const [first] = findings;
  if (basis === "slip") {
    const named = first?.supervisor_name ?? first?.lead_name;
    if (named) return named;
    const {to} = parameterOn(scored.regime)("slip", scored.when.as_of) as {to: string};
    const trades = [...new Set(findings.flatMap((f) => f.industry ?? []))].join("、");
    return `${BLANK}（${trades}${to}）`;
  }
  const inspection = place?.inspection_id ?? first?.inspection_id;
  if (!inspection) return organName(first?.unit_name ?? BLANK, first?.unit_kind ?? null);
  const {unit_name, unit_kind} = await inspectionFor(scored, inspection, slip.title);
  return organName(unit_name, unit_kind);
}

function opening(
  {regime, when}: Scored,
  basis: string,
  clause: string,
  findings: readonly ToldFinding[],
  place: Place | null
): string {
  const [inspection, finding] = [wordOf(regime, "inspection", "巡查"), wordOf(regime, "finding", "问题")];
  const where = place === null ? `在${inspection}中` : `对${place.place_name}进行${inspection}，`;
  const day = dayWords(place?.visited_on ?? findings[0]?.found_on ?? null);
  const found = `${day}，${wordOf(regime, "team", "巡查组")}${where}发现${finding}${basis === "slip" || place === null ? "" : "，尚未整改的有"}${findings.length}个（${countsWords(bySeverity(findings), "个")}）。根据${basisWords(regime, [clause])}`;
  if (basis === "slip") return `${found}，现将本督办单及相关材料移交你单位，请依职责督促整改`;
  if (basis === "tracking") return `${found}，现就下列${finding}的整改予以督办`;
  if (basis === "urge_major") return `${found}关于督促整改${urged(regime, when.as_of)}的规定，现予督办，请依法依规整改处理`;
  return `${found}，现将下列${finding}移交督办，请督促整改销号`;
}

/** A finding in full: what, how grave, which rule, what is asked, by when, and how it stands. */
function findingWords(f: ToldFinding, day: string): string {
  const facts = [
    ...[`问题编号${f.finding_id}`, f.hazard_level === "重大" ? `${f.severity}，重大隐患` : f.severity],
    ...(f.violated === null ? [] : [`违反${f.violated}`])
  ];
  const due = dueCell(f);
  const limit = hasPassed(f, day)
    ? `原整改期限${dayWords(due)}已过，限${OPEN_DAY}前整改到位`
    : /^\d/.test(due)
      ? `整改期限：${dayWords(due)}`
      : due === "立即整改"
        ? "立即整改"
        : `整改期限：${due === "未公布" ? due : OPEN_DAY}`;
  const asked = f.requirement === limit ? "" : `整改要求：${sentence(f.requirement ?? BLANK)}`;
  return `${sentence(`${f.description}（${facts.join("，")}）`)}${asked}${sentence(limit)}`;
}

function demands(scored: Scored, basis: string): Block[] {
  const {regime, when} = scored;
  const five = clauseOf(regime, "five_in_place", when.as_of) !== null;
  const office = wordOf(regime, "office", "本办公室");
  const isSlip = basis === "slip";
  return [
    ...(clauseOf(regime, "fix_now", when.as_of) !== null
      ? [
          text(
            sentence(
              `能立即整改的责成立即整改；不能立即整改的限时整改${five ? "，做到措施、责任、资金、时限和预案“五落实”" : ""}${citeOf(regime, "fix_now")}`
            )
          )
        ]
      : []),
    ...(isSlip ? [] : rectifyDuties(scored)),
    ...(isSlip && clauseOf(regime, "case_filing", when.as_of) !== null
      ? [
          text(
            sentence(
              `经查认为不宜由你单位处理的，请及时退回${office}，按${shortLaw(regime)}${clauseWords(regime.parameters.case_filing?.clause ?? "")}办理`
            )
          )
        ]
      : []),
    text(sentence(`请于${OPEN_DAY}前将处理结果填入回执，书面反馈${office}`))
  ];
}
