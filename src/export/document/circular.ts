import {parameterOn} from "../../regime/resolve.ts";
import {outsideView} from "../../regime/secrecy.ts";
import type {Regime} from "../../regime/types.ts";
import {points} from "../../score/score.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {chineseDate} from "../official/date.ts";
import type {Block, OfficialDocument} from "../official/document.ts";
import {overdueAnnex, standingsAnnex} from "./circular-annex.ts";
import {clauseOf, type DocumentKind, type DocumentOptions, groundOf, officialHead} from "./kind.ts";
import {type Overview, overviewOf, PRAISE, type UnitLine} from "./overview.ts";
import {percent, periodWords} from "./period-words.ts";
import {basisWords, cited, citeOf, countsWords, heading, lengthWords, organName, text, wordOf} from "./phrase.ts";

/** 通报: what a period's inspections found, who stands where, what is to be done. */
export const circular: DocumentKind = {
  name: "circular",
  title: "通报",
  about: "本期巡查情况：覆盖、得分和等次、主要问题、整改进展、下一步要求；附得分表和逾期清单",
  takes: [],
  needs: (regime, day) => (isOpen(regime, day) ? clauseOf(regime, "progress", day) : null),
  isFree: isOpen,
  because: (regime, day) => {
    const {clause} = outsideView(regime, day);
    return clause === null ? null : `制度${clause}要求对${wordOf(regime, "inspection", "巡查")}的情况保密，不向各单位通报`;
  },
  make: makeCircular
};

/** Whether the regime keeps nothing of its inspections secret: then an office may tell of them, be there a clause on it or not. */
function isOpen(regime: Regime, day: string): boolean {
  return outsideView(regime, day).clause === null;
}

async function makeCircular(scored: Scored, options: DocumentOptions): Promise<OfficialDocument> {
  const {regime, result, when} = scored;
  const overview = await overviewOf(scored);
  const inspection = wordOf(regime, "inspection", "巡查");
  const period = periodWords(result.period);
  const clause = groundOf(circular, regime, when.as_of);
  const told = `安全生产${inspection}情况（截至${chineseDate(when.as_of)}）`;
  return {
    ...officialHead(scored, options),
    title: `关于${period}安全生产${inspection}情况的通报`,
    addressee: options.addressee ?? addressees(regime, when.as_of, overview.units),
    body: [
      text(
        clause === null
          ? `根据工作安排，现将按照${basisWords(regime, [])}开展的${period}${told}通报如下。`
          : `按照${basisWords(regime, [clause])}的规定，现将${period}${told}通报如下。`
      ),
      heading(1, "基本情况"),
      ...situation(scored, overview),
      heading(1, "得分和等次"),
      ...standings(scored, overview),
      heading(1, "发现的主要问题"),
      ...mainFindings(regime, overview),
      heading(1, "整改情况"),
      ...progress(regime, overview),
      heading(1, "下一步要求"),
      ...demands(scored, overview)
    ],
    annexes: [
      ...scored.schemes.map(({scheme}) => standingsAnnex(scheme.name, overview, scheme.id)),
      ...overdueAnnex(regime, overview)
    ]
  };
}

/** Who is inspected, as the document says; where it names places one by one, the units of this office in their stead. */
function addressees(regime: Regime, day: string, units: readonly UnitLine[]): string {
  const targets = parameterOn(regime)("targets", day) as {who?: readonly string[]} | undefined;
  const who = (targets?.who ?? [`各${wordOf(regime, "unit", "单位")}`]).map(withoutBrackets);
  const places = units.filter((u) => u.covered === "已巡查" && organName(u.unit_name, u.unit_kind) !== u.unit_name);
  if (who.length > 1 && who.every((name) => /[^各].*[市县区州]$/.test(name)) && places.length > 0)
    return `${places.map((u) => withoutBrackets(u.unit_name)).join("、")}人民政府`;
  return who.map((name, i) => (i === 0 && !/^(各|全)/.test(name) ? `各${name}` : name)).join("，");
}

function withoutBrackets(name: string): string {
  return name.replace(/（[^）]*）/g, "");
}

/** How many units were to be inspected, and were; what was found. */
function situation({regime}: Scored, {units, inspections, visits, findings}: Overview): Block[] {
  const [unit, finding, inspection] = [
    wordOf(regime, "unit", "被巡查单位"),
    wordOf(regime, "finding", "问题"),
    wordOf(regime, "inspection", "巡查")
  ];
  const covered = ["已巡查", "巡查中", "当年不再安排", "未巡查"].map(
    (name) => [name.replace("巡查", inspection), units.filter((u) => u.covered === name).length] as const
  );
  const {count, major, serious, done, hazards} = findings;
  return [
    text(
      `列入本期评分的${unit}共${units.length}个，其中${countsWords(covered, "个") || "均未安排"}。本期共完成${inspection}${inspections}次`,
      visits > 0 ? `，检查点位${visits}个` : "",
      count === 0
        ? `，未发现${finding}。`
        : `，发现${finding}${count}条，其中${countsWords(
            [
              ["重大", major],
              ["较大", serious],
              ["一般", count - major - serious]
            ],
            "条"
          )}${hazards > 0 ? `，重大事故隐患${hazards}条` : ""}；已整改${done}条，整改率${percent(done, count)}。`
    )
  ];
}

/** Best and worst of each scheme, and who has no score. */
function standings({schemes}: Scored, {units, overdue}: Overview): Block[] {
  const annexes = schemes.length + (overdue.length > 0 ? 1 : 0);
  return schemes.flatMap(({scheme}, i) => {
    const members = units.filter((u) => u.scheme === scheme.id);
    const scored = members.filter((u) => u.milli !== null);
    const head = schemes.length > 1 ? [heading(2, scheme.applies_to.join("、"))] : [];
    if (scored.length === 0) return [...head, text("本期没有单位得分。")];
    const grades = scheme.grades.map(({name}) => [`“${name}”`, scored.filter((u) => u.grade === name).length] as const);
    const vetoed = scored.filter((u) => u.vetoes.length > 0);
    const unscored = members.length - scored.length;
    return [
      ...head,
      text(
        `已评分${scored.length}个单位，等次为${countsWords(grades, "个")}${unscored > 0 ? `；${unscored}个单位本期未评分` : ""}。`,
        `各单位得分、等次和名次见附件${annexes > 1 ? i + 1 : ""}。`,
        scored.some((u) => u.provisional) ? `其中${scored.filter((u) => u.provisional).length}个单位的得分尚为暂定。` : ""
      ),
      ...(vetoed.length > 0
        ? [text(`${vetoed.map((u) => `${u.unit_name}因“${u.vetoes.join("”“")}”`).join("，")}，按评分办法降低等次或者否决得分。`)]
        : []),
      lowest(scored)
    ];
  });
}

/** The lowest five of a scheme as bars. */
function lowest(scored: readonly UnitLine[]): Block {
  const bars = scored
    .toSorted((a, b) => (a.milli ?? 0) - (b.milli ?? 0) || (a.unit_code < b.unit_code ? -1 : 1))
    .slice(0, Math.min(5, Math.ceil(scored.length / 2)))
    .map((u) => ({
      name: u.unit_name,
      value: (u.milli ?? 0) / 1000,
      text: points(u.milli ?? 0),
      tone: u.vetoes.length > 0 ? ("strong" as const) : u.provisional ? ("pale" as const) : ("plain" as const)
    }));
  const tones = [
    ...(bars.some((b) => b.tone === "strong") ? ["红色为被否决或降等"] : []),
    ...(bars.some((b) => b.tone === "pale") ? ["浅色为暂定"] : [])
  ];
  return {kind: "bars", title: ["得分较低的单位", ...tones].join("，"), unit: "分", bars};
}

/** Contents with most findings. */
function mainFindings(regime: Regime, {items, findings}: Overview): Block[] {
  const finding = wordOf(regime, "finding", "问题");
  if (items.length === 0) return [text(`本期没有发现${finding}。`)];
  const top = items.slice(0, 3).map((i) => `“${i.title}”${i.findings}条`);
  return [
    text(
      `${finding}集中在${top.join("、")}，占全部${finding}的${percent(
        items.slice(0, 3).reduce((n, i) => n + i.findings, 0),
        findings.count
      )}。分布如下表。`
    ),
    {
      kind: "table",
      caption: `表1　${finding}按巡查内容分布`,
      columns: [
        {header: "序号", width: 7, align: "center"},
        {header: "内容", width: 52},
        {header: `${finding}（条）`, width: 15, align: "center"},
        {header: "其中重大", width: 13, align: "center"},
        {header: "涉及单位", width: 13, align: "center"}
      ],
      rows: items.map((i) => [i.no, i.title, String(i.findings), i.major > 0 ? String(i.major) : "—", String(i.units)]),
      empty: "没有。"
    }
  ];
}

/** What is overdue, whose it is, and what was done about it. */
function progress(regime: Regime, {overdue, actions, findings}: Overview): Block[] {
  const finding = wordOf(regime, "finding", "问题");
  const counts = new Map<string, number>();
  for (const {unit_name} of overdue) counts.set(unit_name, (counts.get(unit_name) ?? 0) + 1);
  const most = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 5);
  return [
    text(
      `本期发现的${finding}已整改${findings.done}条，未整改${findings.count - findings.done}条。`,
      overdue.length === 0
        ? `截至统计截止日没有逾期未整改的${finding}。`
        : `连同往期，逾期未整改${overdue.length}条，其中${most.map(([name, n]) => `${name}${n}条`).join("、")}${counts.size > most.length ? "等" : ""}。`,
      ...measures(actions)
    )
  ];
}

/** What was done to units that did not do their part, and apart from it whom the office praised. */
function measures(actions: Overview["actions"]): string[] {
  const counts = (of: (kind: string) => boolean) =>
    countsWords(
      actions.flatMap(({kind, count}) => (of(kind) ? [[kind, count] as const] : [])),
      "次"
    );
  const taken = counts((kind) => kind !== PRAISE);
  const praised = counts((kind) => kind === PRAISE);
  return [...(taken === "" ? [] : [`本期采取${taken}等措施。`]), ...(praised === "" ? [] : [`另${praised}。`])];
}

/** What the regime asks of units next, each with its clause. */
function demands({regime, when}: Scored, {overdue}: Overview): Block[] {
  const on = parameterOn(regime);
  const [finding, rectification, office] = [
    wordOf(regime, "finding", "问题"),
    wordOf(regime, "rectification", "整改"),
    wordOf(regime, "office", "安委会办公室")
  ];
  const report = on("rectify_report", when.as_of) as {length?: number; unit?: "workdays" | "days" | "months"} | undefined;
  const late = on("summon_late", when.as_of) as {when: readonly string[]; who: string} | undefined;
  const assessed = regime.assessment[0];
  return [
    text(
      `各单位要对照通报和反馈意见，逐条落实${rectification}责任、措施和时限，${rectification}一条、销号一条${overdue.length > 0 ? `；附件所列逾期${finding}要立即${rectification}，并书面说明原因` : ""}。`
    ),
    ...(report?.length !== undefined && report.unit !== undefined
      ? [
          text(
            `收到反馈意见的单位，应自收到之日起${lengthWords({length: report.length, unit: report.unit})}内将${wordOf(regime, "response", `${rectification}情况`)}报送${office}${citeOf(regime, "rectify_report")}。`
          )
        ]
      : []),
    ...(late ? [text(`${late.when.join("或")}的，将按规定约谈${late.who}${citeOf(regime, "summon_late")}。`)] : []),
    ...(assessed ? [text(`${assessed.what}${forceWords(assessed.force)}${cited(regime, assessed.clause)}。`)] : [])
  ];
}

function forceWords(force: string): string {
  return (
    {
      参考: "作为年度安全生产考核的参考依据",
      依据: "作为年度安全生产考核的重要依据",
      纳入: "纳入年度安全生产考核",
      替代: "年底不再重复考核，以巡查结果为准"
    }[force] ?? "用于年度安全生产考核"
  );
}
