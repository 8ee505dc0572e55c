import {citedClauses} from "../regime/references.ts";
import type {Regime} from "../regime/types.ts";
import type {AssessmentUse} from "../score/assessment.ts";
import {dataWords, type LegendView, legendOf, readColumns} from "./legend.ts";
import {measureWords} from "./measure-words.ts";
import {pointWords, type Words} from "./number-words.ts";
import {columnTitle, eachOf, joinWords, nounOf, periodWords} from "./scope-words.ts";
import type {Rule, Scheme} from "./types.ts";
import {schemeWarnings} from "./warn.ts";

/** One rule as people read it. */
export interface RuleLine {
  readonly id: string;
  readonly name: string;
  /** What is counted and what it costs or gives. */
  readonly words: Words;
  /** For whom and from how many on it counts, where it stops. */
  readonly limits: readonly Words[];
  /** How a reason in the ledger is worded; null when the rule's name serves. */
  readonly because: string | null;
  /** The regime's clause that was breached, with its title where it has one. */
  readonly breach: string | null;
  readonly basis: string | null;
  /** Columns the rule reads, in Chinese. */
  readonly reads: readonly {readonly name: string; readonly title: string}[];
  /** Tables that must be loaded for it. */
  readonly data: readonly string[];
}

/** A scheme as a book of rules: plain JSON, ready to be set as a page or a sheet. */
export interface RuleBook {
  readonly id: string;
  readonly title: string;
  readonly head: readonly {readonly label: string; readonly text: string}[];
  /** How points become a score, step by step. */
  readonly steps: readonly string[];
  readonly grades: readonly {readonly name: string; readonly text: string}[];
  readonly items: readonly {
    readonly no: string;
    readonly title: string;
    readonly clause: string | null;
    readonly full: string;
    readonly applies: Words | null;
    readonly rules: readonly RuleLine[];
  }[];
  readonly caps: readonly string[];
  readonly dearest: readonly string[];
  readonly bonuses: readonly RuleLine[];
  readonly vetoes: readonly RuleLine[];
  readonly assessment: readonly string[];
  readonly legend: readonly LegendView[];
  readonly warnings: readonly string[];
}

/**
 * A checked scheme as a rule book.
 * Shape: pure; every rule stands once, under the item its points go to, or among bonuses or vetoes.
 * Errors: none for a scheme of parseScheme.
 * @example ruleBook(scheme, regime).items[0].rules[0].words // ["整改期限在计分期间内、符合", {sql: "days_overdue > 0"}, "的问题，每条扣0.5分"]
 */
export function ruleBook(scheme: Scheme, regime: Regime): RuleBook {
  const line = (rule: Rule) => ruleLine(rule, scheme, regime);
  return {
    id: scheme.id,
    title: scheme.name,
    head: headOf(scheme, regime),
    steps: stepsOf(scheme),
    grades: gradesOf(scheme),
    items: scheme.items.map(({no, title, full_milli, applies}) => {
      const own = regime.items.find((i) => i.no === no);
      const parent = regime.items.find((i) => i.no === no.split(".")[0]);
      return {
        no,
        title: title ?? own?.title ?? "",
        clause: parent?.clause ?? null,
        full: pointWords(full_milli),
        applies: applies ? joinWords("只对符合", {sql: applies.text}, "的单位适用，其余单位不涉及") : null,
        rules: scheme.rules.filter((rule) => rule.placed_item === no).map(line)
      };
    }),
    caps: scheme.caps.map(
      ({id, rules, cap_milli}) => `${id}：${rules.join("、")} 合计至多${gainWord(scheme)}${pointWords(cap_milli)}`
    ),
    dearest: dearestOf(scheme),
    bonuses: scheme.rules.filter(({measure}) => measure.kind === "bonus").map(line),
    vetoes: scheme.rules.filter(({measure}) => measure.kind === "veto").map(line),
    assessment: assessmentOf(scheme),
    legend: legendOf(scheme),
    warnings: schemeWarnings(scheme, regime).map(({what}) => what)
  };
}

function gainWord({start}: Scheme): string {
  return start === "full" ? "扣" : "得";
}

function headOf(scheme: Scheme, regime: Regime): RuleBook["head"] {
  const {document_no, issued_by, issued_on, effective_from, applies_to, extension} = scheme;
  const several = {
    latest: "一个单位在计分期间内有几次巡查结束的，只看最晚的一次",
    sum: "一个单位在计分期间内有几次巡查结束的，各次都算"
  }[scheme.several_inspections];
  const uninspected = {
    不评分: "没有巡查的单位不评分",
    沿用上次: "没有巡查的单位，年度考核沿用上次的得分",
    采用上级结果: "没有巡查的单位，年度考核采用上级巡查的结果"
  }[scheme.uninspected];
  return [
    {label: "文号", text: document_no ?? "未编号"},
    {label: "印发", text: `${issued_by ?? "印发机关未写"}，${issued_on ?? "日期未写"}`},
    {label: "施行", text: effective_from === null ? "施行日期未写" : `自${effective_from}起`},
    {label: "所依制度", text: `${regime.title}${regime.document_no ? `（${regime.document_no}）` : ""}`},
    {label: "适用", text: applies_to.join("、")},
    {label: "计分期间", text: periodWords(scheme)},
    {label: "起评", text: scheme.start === "full" ? "各项从满分起，有问题就扣" : "各项从0分起，做到了就得分"},
    {label: "多次巡查", text: several},
    {label: "未巡查", text: uninspected},
    ...(extension ? [{label: "整改延期", text: `整改期限至多延长${extension.max_times}次`}] : [])
  ];
}

/** Order and arithmetic, in the order in which they happen. */
function stepsOf(scheme: Scheme): string[] {
  const {start, bonus_cap_milli} = scheme;
  const full = start === "full";
  return [
    "只给已巡查的单位计分。截止日之后的事不算；评议和异议复核的决定，计至决定截止日。",
    "不涉及的规则不计；一项内容不在巡查范围内、对单位不适用，或者它的规则全都不涉及的，整项不计。",
    `每一条的分值按规则算出，四舍五入到千分之一分。${full ? "扣分依次经过择高、规则封顶、合并封顶，每项扣完为止，不扣成负分。" : "得分依次经过规则封顶、合并封顶，每项不超过满分。"}`,
    "折算：留下的各项得分合计，按留下的各项满分合计折算成100分。留下的满分合计不足50分的，评分但不排名。",
    bonus_cap_milli === null ? "本办法没有加分。" : `加分在折算之后加，合计至多${pointWords(bonus_cap_milli)}。`,
    "取整：得分四舍五入到百分之一分；等次和名次都看取整后的得分。",
    "一票否决在最后：先降得分，再限等次。名次在同类、同一考核分组的单位之间排，得分相同的名次相同。"
  ];
}

function gradesOf({grades}: Scheme): RuleBook["grades"] {
  return grades.map(({name, from_milli}, i) => {
    const above = grades[i - 1];
    const from = from_milli === 0 && above ? "" : `${pointWords(from_milli)}以上（含）`;
    return {name, text: above ? `${from}${from ? "、" : ""}不足${pointWords(above.from_milli)}` : from};
  });
}

function dearestOf(scheme: Scheme): string[] {
  const compared = scheme.rules.filter((r) => r.highest_of !== null);
  const keys = [...new Set(compared.map((r) => `${r.measure.kind} ${r.over} ${r.highest_of}`))];
  return keys.map((key) => {
    const rules = compared.filter((r) => `${r.measure.kind} ${r.over} ${r.highest_of}` === key);
    const [{over, highest_of, measure}] = rules as [Rule];
    const title = over && highest_of ? columnTitle(over, highest_of) : "";
    return `同一${title}：${rules.map((r) => r.id).join("、")}${rules.length > 1 ? " 之间" : ""}只按${measure.kind === "bonus" ? "加分最多" : "扣分最多"}的一条计，其余返还`;
  });
}

function ruleLine(rule: Rule, scheme: Scheme, regime: Regime): RuleLine {
  return {
    id: rule.id,
    name: rule.name,
    words: measureWords(rule, scheme),
    limits: limitsOf(rule, scheme),
    because: rule.because?.map((part) => ("text" in part ? part.text : `〔${titleOf(rule, part.column)}〕`)).join("") ?? null,
    breach: rule.breach === null ? null : breachWords(rule.breach, regime),
    basis: rule.basis,
    reads: readColumns(rule),
    data: dataWords(rule)
  };
}

/** Numbers that a figure's reason may name. */
const FIGURES: Readonly<Record<string, string>> = {num: "分子", den: "分母", now: "今年", base: "上年同期", value: "本单位的数"};

function titleOf({over, measure}: Rule, column: string): string {
  const isFigure = ["ratio", "steps", "change", "percentile"].includes(measure.kind);
  return (isFigure ? FIGURES[column] : undefined) ?? (over ? columnTitle(over, column) : column);
}

function limitsOf(rule: Rule, scheme: Scheme): Words[] {
  const {applies, needs, over, cap_milli, highest_of} = rule;
  const group = scheme.caps.find((cap) => cap.rules.includes(rule.id));
  return [
    ...(applies ? [joinWords("只对符合", {sql: applies.text}, "的单位适用，其余单位不涉及")] : []),
    ...(needs && over
      ? [joinWords("符合", {sql: needs.count.text}, `的${nounOf(over)}不足${needs.at_least}${eachOf(over)}的，不涉及`)]
      : []),
    ...(highest_of && over ? [[`同一${columnTitle(over, highest_of)}按几条规则都要计的，只计最多的一条（择高，见后）`]] : []),
    ...(cap_milli === null ? [] : [[`本规则至多扣${pointWords(cap_milli)}`]]),
    ...(group
      ? [
          [
            `与${group.rules.filter((id) => id !== rule.id).join("、") || "其他规则"}合计至多${gainWord(scheme)}${pointWords(group.cap_milli)}（${group.id}）`
          ]
        ]
      : [])
  ];
}

/** A clause with the title the regime gives it. */
function breachWords(breach: string, regime: Regime): string {
  const titles = citedClauses(breach).flatMap((no) => {
    const title = regime.items.find((i) => i.clause === no)?.title ?? regime.clauses.find((c) => c.no === no)?.title;
    return title ? [title] : [];
  });
  return titles.length === 0 ? breach : `${breach}（${titles.join("；")}）`;
}

/** What becomes of the score in the annual assessment. */
function assessmentOf({assessment}: Scheme): string[] {
  if (!assessment) return [];
  const {indicator, uses} = assessment;
  return [
    `年度考核指标 ${indicator.code} ${indicator.name}，满分${pointWords(indicator.full_milli)}`,
    ...uses.map((use) => {
      const parts = [
        `${use.what}：${use.force}——${forceWords(use)}`,
        ...(use.rule ? [`只用规则 ${use.rule.id} 的得分`] : []),
        ...(use.full_milli === null ? [] : [`占${pointWords(use.full_milli)}`]),
        `及于${use.unit_kinds.join("、")}（制度${use.clause}）`
      ];
      return parts.join("，");
    })
  ];
}

function forceWords({force, map}: AssessmentUse): string {
  switch (force) {
    case "参考":
      return "供考核时参考，不改变考核得分";
    case "依据":
      return "作为考核的依据，经考核机关认可后计入";
    case "纳入":
      return "折算后计入考核得分";
    case "替代":
      return `代替考核项 ${map.map(({code, item}) => `${code}（用内容${item}的得分）`).join("、")}，只用于当年巡查过的单位`;
  }
}
