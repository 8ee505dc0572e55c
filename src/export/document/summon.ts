import {fault} from "../../fault.ts";
import {parameterOn} from "../../regime/resolve.ts";
import {quotedString} from "../../sql.ts";
import type {Scored} from "../../warehouse/scored.ts";
import type {Block, OfficialDocument} from "../official/document.ts";
import {secrecyBlock} from "./deadline.ts";
import {demandTold} from "./demand-told.ts";
import {UNIT_NAMES} from "./inspected.ts";
import {clauseOf, type DocumentKind, type DocumentOptions, demandClause, officialHead} from "./kind.ts";
import {BLANK, basisWords, citeOf, dayWords, heading, OPEN_DAY, organName, sentence, text, wordOf} from "./phrase.ts";
import {concerns, type ToldFinding, toldFindings} from "./told.ts";

/** 约谈通知书: why the head of a unit is called in, with room for when and where. */
export const summon: DocumentKind = {
  name: "summon",
  title: "约谈通知书",
  about: "因逾期未整改、整改不力或突出问题约谈单位负责人，列明事由",
  takes: [["unit", "finding"]],
  isWorking: true,
  needs: (regime, day) => clauseOf(regime, "summon_late", day) ?? clauseOf(regime, "summon", day),
  make
};

/** What a regime says of summons, whichever of its two parameters says it. */
interface Rule {
  readonly name: "summon_late" | "summon";
  /** 逾期未整改, 整改不力; empty for a regime that names no such. */
  readonly late: readonly string[];
  readonly when: string | null;
  readonly who: readonly string[];
  readonly by: string | null;
  readonly findings: readonly Readonly<Record<string, readonly string[]>>[] | undefined;
}

function ruleOf({regime, when}: Scored): Rule {
  const valueOn = parameterOn(regime);
  const late = valueOn("summon_late", when.as_of) as {when: readonly string[]; who: string} | undefined;
  if (late) return {name: "summon_late", late: late.when, when: null, who: [late.who], by: null, findings: undefined};
  const value = valueOn("summon", when.as_of) as Pick<Rule, "findings"> & {when: string; who: readonly string[]; by?: string};
  return {name: "summon", late: [], when: value.when, who: value.who, by: value.by ?? null, findings: value.findings};
}

async function make(scored: Scored, options: DocumentOptions): Promise<OfficialDocument> {
  const {regime, when} = scored;
  const clause = demandClause(summon, regime, when.as_of);
  const rule = ruleOf(scored);
  const {unit, findings} = await subjectOf(scored, options, rule);
  const office = wordOf(regime, "office", "本办公室");
  const before = await earlier(scored, unit.unit_code);
  return {
    ...officialHead(scored, options),
    title: "安全生产约谈通知书",
    addressee: options.addressee ?? organName(unit.unit_name, unit.unit_kind),
    body: [
      text(
        sentence(
          `根据${basisWords(regime, [clause])}，${causeWords(scored, rule, findings)}，定于${OPEN_DAY}对你单位${rule.late.length > 0 ? rule.who.join("、") : "负责人"}进行约谈`
        ),
        "现将有关事项通知如下："
      ),
      heading(1, "约谈事由"),
      ...causes(scored, rule, findings),
      ...(before.length === 0 ? [] : [text(sentence(`此前已于${before.map(dayWords).join("、")}对你单位进行约谈`))]),
      heading(1, "约谈时间和地点"),
      {
        kind: "fields",
        fields: [
          ["时间", `${OPEN_DAY}＿＿时＿＿分`],
          ["地点", BLANK],
          ...(rule.by === null ? [] : [["约谈方", rule.by] as const]),
          ["主持", BLANK]
        ]
      },
      heading(1, "约谈对象"),
      text(sentence(`${BLANK}（姓名、职务；范围：${rule.who.join("、")}）`)),
      heading(1, "有关要求"),
      text("请就上述事由准备书面说明，写明问题的整改进展、存在的原因、下一步措施和完成时限，于约谈时提交。"),
      text(sentence(`请于${OPEN_DAY}前将参加约谈人员的姓名、职务报${office}；因故不能参加的，请事先书面说明`)),
      ...after(scored),
      ...secrecyBlock(scored, "通知书")
    ],
    annexes: findings.length <= MOST ? [] : [{title: "约谈事由所涉问题", body: [causeTable(findings)], landscape: true}]
  };
}

interface Summoned {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string | null;
}

/** Who is called in, and because of which findings. Errors: Fault 3 when the regime gives no reason to. */
async function subjectOf(
  scored: Scored,
  {unit, finding}: DocumentOptions,
  rule: Rule
): Promise<{unit: Summoned; findings: readonly ToldFinding[]}> {
  const {regime} = scored;
  const clause = regime.parameters[rule.name]?.clause;
  if (finding !== undefined) {
    const one = await demandTold(scored, finding, summon.title);
    if (!isCause(rule, one, false))
      throw fault(3, {
        place: null,
        what: `问题 ${finding} ${missing(rule, scored.when.as_of)}，不在制度规定的约谈范围之内（${clause}）`,
        advice: "经过见 xunheng explain --finding；期限和状态有误的，请先更正台账"
      });
    return {unit: await unitFor(scored, one.scored_unit ?? one.unit_code), findings: [one]};
  }
  const summoned = await unitFor(scored, unit ?? "");
  const code = quotedString(summoned.unit_code);
  const all = await toldFindings(
    scored,
    `(f.unit_code = ${code} or f.finding_id in (select finding_id from finding_all where scored_unit = ${code}))
    and (f.inspection_id is null or f.inspection_id in (select inspection_id from inspection_asof where extended_from is null))`
  );
  const findings = all.filter((f) => isCause(rule, f, true));
  if (findings.length === 0)
    throw fault(3, {
      place: null,
      what: `${summoned.unit_name}${rule.late.length > 0 ? missing(rule, scored.when.as_of) : `没有尚未整改的${graveWords(rule)}`}，制度规定的约谈（${clause}）没有事由`,
      advice: rule.late.length > 0 ? "期限和状态有误的，请先更正台账" : "就已经整改的或其他问题约谈的，请用 --finding 写明"
    });
  return {unit: summoned, findings};
}

/** Whether a finding is a cause; a regime that leaves it to the circumstances is drafted for the grave ones unless one is named. */
function isCause(rule: Rule, finding: ToldFinding, isDrafted: boolean): boolean {
  if (rule.late.length > 0) return lateness(rule, finding).length > 0;
  if (isDrafted && finding.done_on !== null) return false;
  if (rule.findings) return concerns(rule.findings, finding);
  return !isDrafted || finding.severity === "重大" || finding.hazard_level === "重大";
}

/** In what way a finding is late or weak, in the regime's words. What was put right since calls for nothing. */
function lateness({late}: Rule, {done_on, state, returned_on}: ToldFinding): string[] {
  if (done_on !== null) return [];
  return [
    ...(late.includes("逾期未整改") && state === "逾期" ? ["逾期未整改"] : []),
    ...(late.includes("整改不力") && returned_on !== null ? ["整改不力"] : [])
  ];
}

/** Why a finding is no cause. */
function missing(rule: Rule, as_of: string): string {
  return rule.late.length > 0 ? `到${as_of}为止没有${rule.late.join("或")}` : `不是${graveWords(rule)}`;
}

/** The findings that a summons is for where nothing need be late. */
function graveWords(rule: Rule): string {
  return rule.findings ? `突出问题（${filterWords(rule)}）` : "重大问题";
}

function filterWords({findings = []}: Rule): string {
  const headers: Readonly<Record<string, string>> = {
    severity: "严重程度",
    hazard_level: "隐患级别",
    layer: "问题层面",
    nature: "性质"
  };
  return findings
    .map((f) =>
      Object.entries(f)
        .map(([column, values]) => `${headers[column] ?? column}为${values.join("、")}`)
        .join("且")
    )
    .join("，或");
}

function causeWords({regime}: Scored, rule: Rule, findings: readonly ToldFinding[]): string {
  if (rule.late.length > 0) {
    const ways = rule.late.filter((way) => findings.some((f) => lateness(rule, f).includes(way)));
    return `因你单位有${ways.join("、")}的问题${findings.length}个`;
  }
  const cause =
    rule.when !== null && /发现|有/.test(rule.when) ? `因${rule.when}` : `就${wordOf(regime, "inspection", "巡查")}发现的问题`;
  return `${cause}（${findings.length}个）`;
}

function causes({when, regime}: Scored, rule: Rule, findings: readonly ToldFinding[]): Block[] {
  const blocks = findings.slice(0, MOST).map((f, i) => text(`${i + 1}．${causeOf(f)}`));
  const rest = findings.length - MOST;
  const finding = wordOf(regime, "finding", "问题");
  const weak = rule.late.length > 0 && findings.some((f) => f.returned_on !== null);
  const open = `截至${dayWords(when.as_of)}，下列${finding}尚未整改到位${weak ? "；整改被退回的，视为整改不力" : ""}`;
  const told = `${wordOf(regime, "inspection", "巡查")}发现下列${finding}，整改情况截至${dayWords(when.as_of)}`;
  return [
    text(sentence(rule.late.length > 0 ? open : told)),
    ...blocks,
    ...(rest > 0 ? [text(sentence(`其余${rest}个见附件`))] : [])
  ];
}

/** Findings told in the letter itself; all of them are in the annex. */
const MOST = 8;

function causeOf(f: ToldFinding): string {
  const {finding_id, description, severity, unit_name, due_on, days_overdue, state, returned_on, done_on, is_contested} = f;
  const facts = [
    ...[`问题编号${finding_id}`, severity, unit_name],
    ...(due_on === null ? [] : [`整改期限${dayWords(due_on)}`]),
    ...(state === "逾期" && days_overdue ? [`已逾期${days_overdue}天`] : []),
    ...(returned_on === null ? [] : [`${dayWords(returned_on)}整改被退回`]),
    ...(done_on !== null ? [`已于${dayWords(done_on)}整改`] : state === "逾期" || returned_on !== null ? [] : ["尚未整改到位"]),
    ...(is_contested ? ["异议复核尚未决定"] : [])
  ];
  return sentence(`${description}（${facts.join("，")}）`);
}

function causeTable(findings: readonly ToldFinding[]): Block {
  return {
    kind: "table",
    caption: null,
    columns: [
      {header: "序号", width: 5, align: "center"},
      {header: "问题编号", width: 11, align: "center"},
      {header: "责任单位", width: 15},
      {header: "问题描述", width: 31},
      {header: "严重程度", width: 8, align: "center"},
      {header: "整改期限", width: 11, align: "center"},
      {header: "逾期天数", width: 8, align: "right"},
      {header: "退回日期", width: 11, align: "center"}
    ],
    rows: findings.map((f, i) => [
      ...[String(i + 1), f.finding_id, f.unit_name, f.description, f.severity, f.due_on],
      ...[f.state === "逾期" && f.days_overdue !== null ? String(f.days_overdue) : null, f.returned_on]
    ]),
    empty: ""
  };
}

/** What follows a summons, as the regime says; a plain line where it says nothing. */
function after({regime, when}: Scored): Block[] {
  const report = parameterOn(regime)("summon_report", when.as_of) as {by: string} | undefined;
  const promise = report
    ? `约谈以后，请${report.by}按照约谈提出的整改意见及时报告落实情况${citeOf(regime, "summon_report")}`
    : "约谈提出的整改意见，请认真落实";
  return [text(sentence(promise))];
}

async function unitFor({db}: Scored, code: string): Promise<Summoned> {
  const unit = await db.row<Summoned>(
    `select unit_code, unit_name, unit_kind from ${UNIT_NAMES} where unit_code = ${quotedString(code)}`
  );
  if (unit) return unit;
  throw fault(2, {place: null, what: `没有单位 ${code}`, advice: "单位编码见 xunheng score"});
}

/** Days on which the unit was called in before. */
async function earlier({db}: Scored, code: string): Promise<string[]> {
  return db.list(
    `select distinct cast(taken_on as varchar) as taken_on from action_asof where kind = '约谈' and unit_code = ${quotedString(code)} order by taken_on`
  );
}
