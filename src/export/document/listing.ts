import {fault} from "../../fault.ts";
import {parameterOn} from "../../regime/resolve.ts";
import {quotedString} from "../../sql.ts";
import type {Scored} from "../../warehouse/scored.ts";
import type {OfficialDocument} from "../official/document.ts";
import {rectifyDuties} from "./deadline.ts";
import {demandTold} from "./demand-told.ts";
import {dueCell, hasPassed, stateWords} from "./finding-table.ts";
import {inspectionFor} from "./inspected.ts";
import {clauseOf, type DocumentKind, type DocumentOptions, dayOfTelling, demandClause, officialHead} from "./kind.ts";
import {BLANK, basisWords, committeeName, dayWords, heading, OPEN_DAY, organName, sentence, text, wordOf} from "./phrase.ts";
import {concerns, type ToldFinding} from "./told.ts";

/** 挂牌督办通知书: a grave hazard put under the committee's own supervision. */
export const listing: DocumentKind = {
  name: "listing",
  title: "挂牌督办通知书",
  about: "对一个重大隐患挂牌督办，写明判定依据、整改期限和督办要求",
  takes: ["finding"],
  isWorking: true,
  needs: (regime, day) => clauseOf(regime, "list_major", day),
  make
};

async function make(scored: Scored, options: DocumentOptions): Promise<OfficialDocument> {
  const {regime, when} = scored;
  const day = dayOfTelling(options, when.as_of);
  const clause = demandClause(listing, regime, when.as_of);
  const rule = parameterOn(regime)("list_major", when.as_of) as {by: string; findings?: Parameters<typeof concerns>[0]};
  const finding = await demandTold(scored, options.finding ?? "", listing.title);
  if (!concerns(rule.findings, finding))
    throw fault(3, {
      place: null,
      what: `问题 ${finding.finding_id} 不是重大隐患（性质${finding.nature ?? "未写"}，隐患级别${finding.hazard_level ?? "未写"}），不在挂牌督办的范围之内（${clause}）`,
      advice: "经判定为重大隐患的，请先在台账写明隐患级别和判定依据"
    });
  const inspected = finding.inspection_id === null ? null : await inspectionFor(scored, finding.inspection_id, listing.title);
  const organ =
    inspected === null ? organName(finding.unit_name, finding.unit_kind) : organName(inspected.unit_name, inspected.unit_kind);
  const committee = rule.by.endsWith("办公室") ? scored.space.authority : committeeName(scored.space.authority);
  const listed = await scored.db.row<{taken_on: string; document_no: string | null}>(
    `select cast(taken_on as varchar) as taken_on, document_no from action_asof where kind = '挂牌督办' and finding_id = ${quotedString(finding.finding_id)} order by taken_on, action_id limit 1`
  );
  return {
    ...officialHead(scored, options),
    issuer: `${committee}文件`,
    title: "重大隐患挂牌督办通知书",
    addressee: options.addressee ?? organ,
    body: [
      text(
        sentence(
          `${dayWords(finding.found_on)}，${wordOf(regime, "team", "巡查组")}在${wordOf(regime, "inspection", "巡查")}中发现${finding.place_name ?? finding.unit_name}存在重大隐患。根据${basisWords(regime, [clause])}关于重大隐患由${rule.by}挂牌督办的规定，决定对该隐患挂牌督办`
        ),
        "现将有关事项通知如下："
      ),
      heading(1, "挂牌督办的重大隐患"),
      {kind: "fields", fields: fieldsOf(finding, organ, listed, when.as_of, day)},
      heading(1, "督办要求"),
      ...demands(scored, finding, organ, day)
    ],
    annexes: [],
    signature: committee,
    copies: [finding.lead_name, finding.supervisor_name].flatMap((name) => (name === null ? [] : [name]))
  };
}

function fieldsOf(
  f: ToldFinding,
  organ: string,
  listed: {readonly taken_on: string; readonly document_no: string | null} | undefined,
  as_of: string,
  day: string
): [string, string][] {
  const due = dueCell(f);
  return [
    ["问题编号", f.finding_id],
    ["隐患所在单位", f.place_name ?? f.unit_name],
    ["属地（监管）责任单位", organ],
    ["隐患情况", f.description],
    ["判定依据", f.criterion ?? BLANK],
    ["违反条款", f.violated ?? BLANK],
    ["整改责任单位", f.unit_name],
    ["牵头单位", f.lead_name ?? BLANK],
    ["督办单位", f.supervisor_name ?? BLANK],
    ["整改要求", f.requirement ?? BLANK],
    ["整改期限", /^\d/.test(due) ? `${dayWords(due)}${hasPassed(f, day) ? "（已过）" : ""}` : due === "立即整改" ? due : OPEN_DAY],
    ["整改措施", f.measure ?? BLANK],
    ["整改资金", f.fund_wan === null ? BLANK : `${f.fund_wan.replace(/\.?0+$/, "")}万元`],
    ["应急预案", f.plan ?? BLANK],
    ["现状", stateWords(f, as_of)],
    ...(listed
      ? [
          [
            "台账已记载的挂牌督办",
            `${dayWords(listed.taken_on)}${listed.document_no === null ? "" : `，${listed.document_no}`}`
          ] as [string, string]
        ]
      : [])
  ];
}

function demands(scored: Scored, f: ToldFinding, organ: string, day: string) {
  const office = wordOf(scored.regime, "office", "本办公室");
  const due = dueCell(f);
  const limit = hasPassed(f, day)
    ? `原期限${dayWords(due)}已过，限${OPEN_DAY}前`
    : /^\d/.test(due)
      ? `在${dayWords(due)}前`
      : due === "立即整改"
        ? "立即"
        : `在${OPEN_DAY}前`;
  return [
    text(sentence(`请${organ}督促${f.unit_name}按照整改要求，${limit}完成整改，并落实整改期间的安全防范措施`)),
    text(
      sentence(`整改完成以后，请将整改情况连同佐证材料书面报送${office}，经核查合格的予以销号；到期不能完成的，请事先书面说明原因`)
    ),
    ...rectifyDuties(scored)
  ];
}
