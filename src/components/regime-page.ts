import {h} from "./dom.js";
import {factList} from "./facts.js";
import {longDay} from "./format.js";
import {table} from "./table.js";
import type {SpaceFacts} from "./types.js";

interface Interpretation {
  readonly question: string;
  readonly answer: string;
  readonly basis: string;
  readonly decided_by: string;
}

type Dated = {readonly from: string | null; readonly lines: readonly string[]};

/** A parameter of the rule book; a silent one has only its title. */
export interface BookParameter {
  readonly name: string;
  readonly title: string;
  readonly doc: string;
  readonly silent: boolean;
  readonly clause?: string;
  readonly modality?: string;
  readonly word?: string | null;
  readonly from?: string | null;
  readonly lines?: readonly string[];
  readonly earlier?: readonly Dated[];
  readonly later?: readonly Dated[];
  readonly expected?: readonly string[];
  readonly interpretation?: readonly Interpretation[];
}

export interface RegimeBook {
  readonly title: string;
  readonly document_no: string | null;
  readonly authority: string;
  readonly text: string;
  readonly adopted_on: string | null;
  readonly issued_on: string | null;
  readonly effective_on: string | null;
  readonly kinds: Readonly<Record<string, string>>;
  readonly unit_kinds: readonly string[];
  readonly items: readonly {readonly no: string; readonly title: string; readonly clause: string}[];
  readonly parameters: readonly BookParameter[];
  readonly assessment: readonly {
    readonly what: string;
    readonly force: string;
    readonly unit_kinds: readonly string[];
    readonly clause: string;
  }[];
  readonly organisation: {
    readonly verb: string;
    readonly weight: string | null;
    readonly recipients: readonly string[];
    readonly persons: boolean;
    readonly clause: string;
  } | null;
  readonly clauses: readonly {readonly no: string; readonly title: string; readonly answer: string}[];
}

export interface SchemeBook {
  readonly id: string;
  readonly name: string;
  readonly document_no: string | null;
  readonly issued_by: string | null;
  readonly issued_on: string | null;
  readonly effective_from: string | null;
  readonly applies_to: readonly string[];
  readonly start: "full" | "zero";
  readonly grades: readonly {readonly name: string; readonly from_milli: number}[];
  readonly items: readonly {
    readonly no: string;
    readonly title: string | null;
    readonly full_milli: number;
    readonly applies: string | null;
  }[];
  readonly bonus_cap_milli: number | null;
  readonly caps: readonly {readonly id: string; readonly rules: readonly string[]; readonly cap_milli: number}[];
  readonly rules: readonly {
    readonly id: string;
    readonly item: string | null;
    readonly name: string;
    readonly breach: string | null;
    readonly basis: string | null;
    readonly over: string | null;
    readonly where: string | null;
    readonly applies: string | null;
    readonly cap_milli: number | null;
    readonly cost: string;
  }[];
}

/** 制度: what does the rule say? */
export function regimePage(space: SpaceFacts, book: RegimeBook, schemes: readonly SchemeBook[]): HTMLElement {
  const said = book.parameters.filter((p) => !p.silent);
  const silent = book.parameters.filter((p) => p.silent);
  const answered = book.clauses.filter((c) => !c.answer.startsWith("不可计算")).length;
  const silence = silenceText(book);
  return h(
    "div",
    {},
    h("h1", {}, "制度"),
    h(
      "p",
      {class: "xh-sentence"},
      `《${book.title}》共${book.clauses.length}个条款，${answered}个在本系统有对应的规定或页面，${book.clauses.length - answered}个不可计算；统计截止日${longDay(space.as_of)}适用的规定${said.length}项，另有${silent.length}项${silence}。`
    ),
    documentCard(book),
    parameterTable(said, space),
    silentTable(silent, silence, space),
    powers(book, silence),
    interpretations(said, space),
    table(
      book.items,
      [
        {label: "序号", value: (i) => i.no, align: "c"},
        {label: "巡查内容", value: (i) => i.title},
        {label: "条款", value: (i) => i.clause, align: "nowrap"}
      ],
      {
        file: `${space.id}-巡查内容`,
        title: `巡查内容${book.items.length}项`
      }
    ),
    ...schemes.flatMap((scheme) => schemeCards(scheme, space)),
    table(
      book.clauses,
      [
        {label: "条款", value: (c) => c.no, align: "nowrap"},
        {label: "内容", value: (c) => c.title},
        {label: "在本系统由什么回答", value: (c) => c.answer}
      ],
      {
        file: `${space.id}-条款对照`,
        title: `全部${book.clauses.length}个条款，逐条说明由什么回答`
      }
    )
  );
}

/** What is said of a rule that the text does not have. */
function silenceText({text}: RegimeBook): string {
  return text === "摘录" ? "所据文本为网页摘录，未见此规定" : "制度未规定";
}

function documentCard(book: RegimeBook): HTMLElement {
  const day = (value: string | null) => value ?? "文件未写明";
  return h(
    "section",
    {class: "xh-card"},
    h("h2", {}, book.title),
    factList([
      ["文号", book.document_no ?? "文件未写明"],
      ["制定机关", book.authority],
      ["所据文本", book.text],
      ["通过日期", day(book.adopted_on)],
      ["印发日期", day(book.issued_on)],
      ["施行日期", day(book.effective_on)],
      ["巡查方式", Object.values(book.kinds).join("、")],
      ["单位类别", book.unit_kinds.join("、")]
    ])
  );
}

function parameterTable(said: readonly BookParameter[], space: SpaceFacts): HTMLElement {
  return table(
    said,
    [
      {label: "规定", value: (p) => p.title, cell: (p) => h("b", {title: p.doc}, p.title), align: "nowrap"},
      {label: "条款", value: (p) => p.clause, align: "nowrap"},
      {
        label: "约束",
        value: (p) => p.modality,
        cell: (p) => h("span", {}, p.modality ?? "", p.word ? h("small", {}, `（原文“${p.word}”）`) : null)
      },
      {label: "内容", value: (p) => valueText(p), cell: (p) => valueCell(p)},
      {label: "自何日起", value: (p) => p.from ?? "不详", align: "nowrap"},
      {
        label: "解释",
        value: (p) => String(p.interpretation?.length ?? 0),
        cell: (p) => (p.interpretation?.length ? h("a", {href: "#interpretations"}, `${p.interpretation.length}条`) : ""),
        align: "nowrap"
      }
    ],
    {
      file: `${space.id}-规定`,
      title: `文件作出的规定${said.length}项`,
      sub: "应当、不得：不遵守为违反；原则上：不遵守为提示；可以：不产生义务",
      attributes: (p) => ({"data-parameter": p.name})
    }
  );
}

function valueText({lines = [], later = [], expected = []}: BookParameter): string {
  const coming = [
    ...later.map((v) => `${v.from}起改为：${v.lines.join("，")}`),
    ...expected.map((day) => `${day}起将有变化，内容尚未公布`)
  ];
  return [lines.length === 0 ? "统计截止日尚未施行" : lines.join("；"), ...coming].join("；");
}

function valueCell(p: BookParameter): HTMLElement {
  const {earlier = []} = p;
  return h(
    "span",
    {},
    valueText(p),
    ...earlier.map((v) => h("small", {}, `；此前（${v.from ?? "不详"}起）：${v.lines.join("，")}`))
  );
}

function silentTable(silent: readonly BookParameter[], silence: string, space: SpaceFacts): HTMLElement {
  return table(
    silent,
    [
      {label: "规定", value: (p) => p.title, align: "nowrap"},
      {label: "含义", value: (p) => p.doc.split("；")[0] ?? ""},
      {label: "本文件", value: () => silence, align: "nowrap"}
    ],
    {
      file: `${space.id}-未规定`,
      title: `文件没有规定的${silent.length}项`,
      sub: "别的地方的制度有、本文件没有的规定；没有规定的不检查、不扣分",
      none: "没有。",
      limit: 8,
      attributes: (p) => ({"data-silent": p.name})
    }
  );
}

/** What the result may be used for: 年度考核 and 组织部门. */
function powers({assessment, organisation}: RegimeBook, silence: string): HTMLElement {
  const uses = assessment.map(
    ({what, force, unit_kinds, clause}) =>
      `${what}${force === "纳入" ? "纳入考核内容" : force === "替代" ? "替代考核中重复的内容" : `作为考核${force}`}（${unit_kinds.join("、")}，${clause}）`
  );
  const organ = organisation
    ? `${organisation.verb}${organisation.recipients.join("、")}${organisation.weight ? `，作为${organisation.weight}` : ""}；${organisation.persons ? "可涉及领导干部个人的任职事实" : "只及单位，不及个人"}（${organisation.clause}）`
    : `${silence}，不得据此向组织部门提供`;
  return h(
    "section",
    {class: "xh-card"},
    h("h2", {}, "结果怎样使用"),
    factList([
      ["年度考核", uses.length > 0 ? uses.join("；") : silence, "wide"],
      ["组织部门", organ, "wide"]
    ])
  );
}

function interpretations(said: readonly BookParameter[], space: SpaceFacts): HTMLElement {
  const rows = said.flatMap((p) => (p.interpretation ?? []).map((i) => ({...i, title: p.title, clause: p.clause ?? ""})));
  const section = table(
    rows,
    [
      {label: "规定", value: (r) => r.title, align: "nowrap"},
      {label: "条款", value: (r) => r.clause, align: "nowrap"},
      {label: "原文没有说清的", value: (r) => r.question},
      {label: "本单位的解释", value: (r) => r.answer},
      {label: "理由", value: (r) => r.basis},
      {label: "决定者", value: (r) => r.decided_by, align: "nowrap"}
    ],
    {
      file: `${space.id}-解释`,
      title: `解释${rows.length}条`,
      sub: "原文没有说清、由使用单位自行决定的读法，可以在制度文件里更改",
      none: "没有解释。"
    }
  );
  section.id = "interpretations";
  return section;
}

function schemeCards(scheme: SchemeBook, space: SpaceFacts): HTMLElement[] {
  const full = scheme.items.reduce((sum, i) => sum + i.full_milli, 0);
  return [
    h(
      "section",
      {class: "xh-card"},
      h("h2", {}, `评分办法：${scheme.name}`),
      factList([
        ["文号", scheme.document_no],
        ["制定", scheme.issued_by],
        ["印发日期", scheme.issued_on],
        ["施行日期", scheme.effective_from],
        ["适用单位", scheme.applies_to.join("、")],
        [
          "计分方式",
          scheme.start === "full" ? `各项从满分起扣，满分合计${full / 1000}分` : `各项从零起加，满分合计${full / 1000}分`
        ],
        ["等次", scheme.grades.map((g) => `${g.name}：${g.from_milli / 1000}分以上`).join("；"), "wide"],
        ["各项满分", scheme.items.map((i) => `${i.no} ${i.title ?? ""}${i.full_milli / 1000}分`).join("；"), "wide"],
        ["合并封顶", scheme.caps.map((c) => `${c.rules.join("、")}合计至多${c.cap_milli / 1000}分`).join("；"), "wide"],
        ["加分上限", scheme.bonus_cap_milli === null ? null : `${scheme.bonus_cap_milli / 1000}分`]
      ])
    ),
    table(
      scheme.rules,
      [
        {label: "编号", value: (r) => r.id, align: "nowrap"},
        {label: "内容", value: (r) => r.item, align: "c"},
        {label: "规则", value: (r) => r.name},
        {label: "怎样计", value: (r) => r.cost + (r.cap_milli === null ? "" : `；本条至多${r.cap_milli / 1000}分`)},
        {label: "看什么", value: (r) => r.over},
        {
          label: "条件",
          value: (r) => [r.where, r.applies ? `适用于：${r.applies}` : null].filter(Boolean).join("；"),
          cell: (r) => conditions(r.where, r.applies)
        },
        {label: "违反条款", value: (r) => r.breach, align: "nowrap"},
        {label: "计分依据", value: (r) => r.basis, align: "nowrap"}
      ],
      {
        file: `${space.id}-${scheme.id}-规则`,
        title: `${scheme.name}的规则${scheme.rules.length}条`,
        sub: "条件是办法中写定的表达式，列名见 xunheng describe",
        attributes: (r) => ({id: `rule-${r.id}`})
      }
    )
  ];
}

function conditions(where: string | null, applies: string | null): HTMLElement {
  return h("span", {}, where ? h("code", {}, where) : null, applies ? h("small", {}, " 适用于 ", h("code", {}, applies)) : null);
}
