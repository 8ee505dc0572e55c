import {type Stamp, waivedTexts} from "../../release/stamp.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {clauseWords, lawWords} from "../document/phrase.ts";
import {chineseDate} from "../official/date.ts";
import type {Annex, Block, OfficialDocument, TableColumn} from "../official/document.ts";
import {dayStateText, exemptionText, inheritedText, numberText, postNames, spanText, stateText} from "./phrase.ts";
import type {DayFact, OrganisationData, OrganisationFinding, OrganisationUnit} from "./types.ts";

/** The rules that a letter speaks of. */
type Rules = Pick<Scored, "regime" | "schemes">;

/** What the office writes on the letter by itself. */
export interface LetterOptions {
  /** 发文字号; null: a 代拟稿. */
  readonly number: string | null;
  /** 成文日期, ISO. */
  readonly date: string | null;
  /** （联系人：…）, without the brackets' label. */
  readonly contact: string | null;
  /** 主送机关, of the regime's recipients. */
  readonly recipients: readonly string[];
}

/**
 * The letter to the organisation department, in the regime's own verb and weight, with units, major and overdue findings, decisions and,
 * where the clause reaches persons, tenures as annexes. It says of a person nothing but posts and days.
 * Shape: a document for renderOfficial.
 * @example renderOfficial(organisationLetter(data, scored, {number: null, date: null, contact: null, recipients: ["区委组织部"]}))
 */
export function organisationLetter(data: OrganisationData, {regime, schemes}: Rules, options: LetterOptions): OfficialDocument {
  const {stamp, power} = data;
  const {number, date, contact, recipients} = options;
  const annexes = annexesOf(data);
  return {
    issuer: stamp.authority,
    number,
    signer: null,
    title: `关于${power.verb}${stamp.year}年度安全生产${regime.words.inspection ?? "巡查"}结果的函`,
    addressee: recipients.join("、"),
    body: bodyOf(data, {regime, schemes}, recipients, annexes),
    annexes,
    signature: stamp.authority,
    date,
    note: contact === null ? null : `（联系人：${contact}）`,
    copies: [],
    printed: {by: stamp.authority, on: date},
    stamp
  };
}

const heading = (text: string): Block => ({kind: "heading", level: 1, text});
const paragraph = (text: string): Block => ({kind: "text", text});

function bodyOf(
  data: OrganisationData,
  {regime, schemes}: Rules,
  recipients: readonly string[],
  annexes: readonly Annex[]
): Block[] {
  const best = schemes.flatMap(({plan}) => plan.grades.map(({name}) => name));
  const {power, units, findings, decisions, officials, period, stamp} = data;
  const inspection = regime.words.inspection ?? "巡查";
  const weight = power.weight === null ? "" : `，作为${power.weight}`;
  const inspected = units.filter((u) => u.covered === "已巡查");
  const vetoed = inspected.filter((u) => u.vetoes.length > 0);
  const major = findings.filter((f) => f.is_major);
  const overdue = findings.filter((f) => f.is_overdue);
  const no = (title: string) => `附件${annexes.length === 1 ? "" : annexes.findIndex((a) => a.title === title) + 1}`;
  return [
    paragraph(
      `根据${lawWords(regime)}${clauseWords(power.clause)}规定，现将${stamp.year}年度安全生产${inspection}结果${power.verb}${recipients.join("、")}${weight}。有关情况如下：`
    ),
    heading("结果的审定"),
    paragraph(approvalText(data)),
    ...waiverText(stamp).map(paragraph),
    heading(`${inspection}结果`),
    paragraph(
      inspected.length === 0
        ? `本期（${days(period)}）没有已${inspection}的单位。`
        : `本期（${days(period)}）已${inspection}${inspected.length}个单位，${gradeText(inspected, best)}${vetoed.length > 0 ? `按评分办法被否决或者降等的有${vetoed.map(vetoText).join("、")}。` : "没有单位被否决或者降等。"}各单位等次和位次见${no(UNITS)}。`
    ),
    heading("重大和逾期问题"),
    paragraph(
      major.length + overdue.length === 0
        ? "本期没有重大问题，也没有逾期问题。"
        : `本期发现和期初尚未销号的问题中，重大问题${major.length}个，逾期问题${overdue.length}个（两者可能重复），见${no(FINDINGS)}。`
    ),
    heading("已生效的决定"),
    paragraph(
      decisions.length === 0
        ? "没有约谈、挂牌督办、通报、曝光、行政处罚、追责等对单位的有效决定。"
        : `对单位的决定（本期作出或生效的，以及期初尚未办结的挂牌督办）：${kindText(decisions.map((d) => d.kind))}，见${no(DECISIONS)}。`
    ),
    ...(power.persons ? [heading("任职对照"), paragraph(personText(officials.length, no))] : []),
    paragraph(`有关口径见${no(NOTES)}。`)
  ];
}

function approvalText({stamp}: OrganisationData): string {
  const {release, as_of, decisions_until} = stamp;
  const until = `结果统计截止${chineseDate(as_of)}，评议和异议复核的决定计至${chineseDate(decisions_until)}`;
  if (release === null) return `${until}，尚未审定，不得作为依据。`;
  const basis = [release.meeting, release.document_no].filter((part) => part !== null);
  return `${until}，${chineseDate(release.on)}经${release.approver.organ}${release.approver.name}（${release.approver.post}）审定${basis.length > 0 ? `（${basis.join("，")}）` : ""}，编号${release.id}。${stamp.provisional ? "其中标注“暂定”的结果可能变动。" : ""}`;
}

/** What was waived, with its reasons, in one paragraph; none where nothing was. */
function waiverText({release}: Stamp): string[] {
  const waivers = waivedTexts((release?.waivers ?? []).map(({what, reason}) => ({what, reason: reason.replace(/[。.]$/u, "")})));
  return waivers.length === 0 ? [] : [`审定时豁免下列事项：${waivers.join("；")}。`];
}

/** How many units have each grade, best first; units without one are said. */
function gradeText(units: readonly {readonly grade: string | null}[], best: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const grade of best) if (units.some((u) => u.grade === grade)) counts.set(grade, 0);
  for (const {grade} of units) counts.set(grade ?? "未定等次", (counts.get(grade ?? "未定等次") ?? 0) + 1);
  return `其中${[...counts].map(([grade, n]) => (grade === "未定等次" ? `${grade}的${n}个` : `“${grade}”等次${n}个`)).join("，")}。`;
}

function kindText(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, n]) => `${kind}${n}件`).join("、");
}

function personText(count: number, no: (title: string) => string): string {
  if (count === 0) return "没有装入任职资料，不列人员。";
  return `${no(OFFICIALS)}列示有关单位负责人的任职情况，${no(FACTS)}逐条列示重大和逾期问题的形成、发现、到期、销号四个日期与任期的对照，全部问题的对照见随函的电子件《组织部参考》。对照只列事实，不对个人计分、排名、评级，不构成对个人责任的认定。`;
}

function days({from, to}: {readonly from: string; readonly to: string}): string {
  return `${chineseDate(from)}至${chineseDate(to)}`;
}

const UNITS = "单位巡查结果";
const FINDINGS = "重大和逾期问题";
const DECISIONS = "对单位作出的有效决定";
const OFFICIALS = "任职情况";
const FACTS = "任期与重大、逾期问题对照";
const NOTES = "有关口径说明";

type Row = readonly (string | null)[];

/** Rows beyond which nobody reads a table on paper. */
const MOST_ROWS = 1000;

function annex(
  title: string,
  columns: readonly (readonly [string, number])[],
  rows: readonly Row[],
  empty: string,
  landscape = false
): Annex {
  const shown: TableColumn[] = columns.map(([header, width]) => ({header, width}));
  if (rows.length > MOST_ROWS) return {title, body: [paragraph("行数较多，不在附件列示，见随函的电子件《组织部参考》。")]};
  return {title, landscape, body: [{kind: "table", caption: null, columns: shown, rows, empty}]};
}

function annexesOf(data: OrganisationData): Annex[] {
  const {units, findings, decisions, power} = data;
  const names = new Map(units.map((u) => [u.unit_code, u.unit_name]));
  const nameOf = (code: string) => names.get(code) ?? code;
  const grave = findings.filter((f) => f.is_major || f.is_overdue);
  return [
    annex(
      UNITS,
      [
        ["单位", 20],
        ["考核分组", 12],
        ["巡查情况", 18],
        ["等次", 10],
        ["位次", 8],
        ["否决或降等", 22]
      ],
      units.map((u) => [
        ...[
          u.unit_name,
          u.peer_group,
          [u.covered, u.covered_because].filter((part) => part !== null).join("："),
          u.grade === null ? null : `${u.grade}${u.provisional ? "（暂定）" : ""}`
        ],
        ...[u.rank === null ? null : String(u.rank), u.vetoes.map((v) => `${v.name}：${v.effect}`).join("；")]
      ]),
      "没有可列示的单位。"
    ),
    annex(
      FINDINGS,
      [
        ["计分单位", 12],
        ["问题编号", 11],
        ["责任单位", 14],
        ["严重程度", 7],
        ["违反条款", 13],
        ["发现日期", 15],
        ["整改期限", 15],
        ["整改完成", 15],
        ["销号日期", 15],
        ["状态", 9],
        ["逾期天数", 7]
      ],
      grave.map((f) => [
        ...[
          nameOf(f.scored_unit),
          f.finding_id,
          f.unit_name,
          f.severity,
          f.violated,
          f.found_on,
          f.due_on ?? f.due_source,
          f.done_on,
          f.closed_on,
          stateText(f)
        ],
        f.days_overdue === null ? null : String(f.days_overdue)
      ]),
      "没有重大问题，也没有逾期问题。",
      true
    ),
    annex(
      DECISIONS,
      [
        ["计分单位", 15],
        ["措施", 11],
        ["作出日期", 16],
        ["生效日期", 16],
        ["问题编号", 15],
        ["作出单位", 16],
        ["文号", 20]
      ],
      decisions.map((d) => [nameOf(d.scored_unit), d.kind, d.taken_on, d.effective_on, d.finding_id, d.by_office, d.document_no]),
      "没有可列示的决定。"
    ),
    ...(power.persons ? personAnnexes(data, new Map(grave.map((f) => [f.finding_id, f]))) : []),
    {title: NOTES, body: data.notes.slice(1).map(paragraph)}
  ];
}

function personAnnexes(
  {officials, exemptions, vacancies}: OrganisationData,
  grave: ReadonlyMap<string, OrganisationFinding>
): Annex[] {
  const day = ({on, ...fact}: DayFact) => (on === null ? fact.state : `${on}\n${dayStateText(fact)}`);
  const tenures = annex(
    OFFICIALS,
    [
      ["单位", 15],
      ["姓名", 9],
      ["人员编号", 13],
      ["安全职责", 15],
      ["分管领域", 13],
      ["职务", 14],
      ["任期", 31],
      ["需组织部门核对", 18]
    ],
    officials.map((o) => [
      o.unit_name,
      o.person_name,
      o.person_id,
      o.duty,
      o.portfolio,
      postNames(o),
      spanText(o),
      o.doubts.join("；")
    ]),
    "没有任职资料。",
    true
  );
  const facts = annex(
    FACTS,
    [
      ["单位", 11],
      ["姓名", 8],
      ["人员编号", 11],
      ["安全职责", 12],
      ["问题编号", 11],
      ["形成", 12],
      ["发现", 12],
      ["到期", 12],
      ["销号", 12],
      ["承接", 13]
    ],
    officials.flatMap((o) =>
      o.findings
        .filter((f) => grave.has(f.finding_id))
        .map((f) => [
          o.unit_name,
          o.person_name,
          o.person_id,
          o.duty,
          numberText(f.finding_id, grave.get(f.finding_id)),
          ...[f.arose, f.found, f.due, f.closed].map(day),
          inheritedText(f)
        ])
    ),
    "没有与列示任期有关的重大、逾期问题。",
    true
  );
  const beside = exemptions.map(
    (e) => `提到尽职免责的决定${e.finding_id === null ? "" : `（问题${e.finding_id}）`}：${exemptionText(e)}；内容以原件为准。`
  );
  const open = vacancies.map((v) => `${v.unit_name}${v.duty}${v.from_on}至${v.to_on}没有任职记录。`);
  return [
    {...tenures, body: [...tenures.body, ...open.map(paragraph)]},
    {...facts, body: [...facts.body, ...beside.map(paragraph)]}
  ];
}

/** A unit with the rules that vetoed it or lowered its grade, by their names: they are not the same. */
function vetoText({unit_name, vetoes}: OrganisationUnit): string {
  return `${unit_name}（${[...new Set(vetoes.map((v) => v.name))].join("、")}）`;
}
