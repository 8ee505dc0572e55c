import type {Words} from "../scheme/number-words.ts";
import type {RuleBook, RuleLine} from "../scheme/rule-book.ts";

/** The workbook's own date: the same scheme gives the same bytes. */
const MADE = new Date(Date.UTC(2000, 0, 1));

const RULE_HEADER = [
  "内容",
  "名称",
  "满分",
  "规则",
  "规则名称",
  "怎样计分",
  "范围和上限",
  "事由",
  "违反条款",
  "计分依据",
  "所需数据"
];
const RULE_WIDTHS = [7, 20, 9, 10, 22, 60, 34, 34, 28, 18, 16];

/**
 * A rule book as a workbook: 规则 (a row a rule), 办法 (head, grades, order of calculation, assessment), 列名 (what columns mean).
 * Shape: bytes of an .xlsx; texts only, never formulas; the same book gives the same bytes.
 * @example writeFileSync("办法.xlsx", await ruleBookWorkbook(ruleBook(scheme, regime)))
 */
export async function ruleBookWorkbook(book: RuleBook): Promise<Uint8Array> {
  const {writeXlsx} = await import("hucre/xlsx");
  return writeXlsx({
    sheets: [
      sheet("规则", RULE_HEADER, RULE_WIDTHS, ruleRows(book)),
      sheet("办法", ["部分", "名称", "内容"], [14, 18, 90], headRows(book)),
      sheet("列名", ["视图", "含义", "列", "意思"], [18, 16, 22, 70], legendRows(book))
    ],
    properties: {creator: "巡衡", title: book.title, created: MADE, modified: MADE}
  });
}

/** A table below a bold header that stays in sight; long texts wrap, pages are as wide as the paper. */
function sheet(name: string, header: readonly string[], widths: readonly number[], rows: readonly (readonly string[])[]) {
  const bold = header.map((value, i) => [`0,${i}`, {value, style: {font: {bold: true}, alignment: WRAPPED}}] as const);
  return {
    name,
    rows: [[...header], ...rows.map((row) => [...row])],
    cells: new Map(bold),
    columns: widths.map((width) => ({width, style: {alignment: WRAPPED}})),
    freezePane: {rows: 1},
    pageSetup: {orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0} as const
  };
}

const WRAPPED = {wrapText: true, vertical: "top"} as const;

function ruleRows(book: RuleBook): string[][] {
  const items = book.items.flatMap(({no, title, full, applies, rules}) => {
    const scope = applies ? [text(applies)] : [];
    if (rules.length === 0) return [[no, title, full, "", "", "没有规则：本项不计，其余各项折算", ...scope, "", "", "", ""]];
    return rules.map((rule) => [no, title, full, ...ruleCells(rule, scope)]);
  });
  const others = [
    ...book.bonuses.map((rule) => ["", "加分", "", ...ruleCells(rule, [])]),
    ...book.vetoes.map((rule) => ["", "一票否决", "", ...ruleCells(rule, [])])
  ];
  return [...items, ...others];
}

function ruleCells({id, name, words, limits, because, breach, basis, data}: RuleLine, scope: readonly string[]): string[] {
  const where = [...scope, ...limits.map(text)].join("；");
  return [id, name, text(words), where, because ?? "", breach ?? "", basis ?? "", data.join("、")];
}

function headRows(book: RuleBook): string[][] {
  return [
    ["办法", "名称", book.title],
    ...book.head.map(({label, text: line}) => ["办法", label, line]),
    ...book.grades.map(({name, text: line}) => ["等次", name, line]),
    ...book.caps.map((line) => ["封顶", "", line]),
    ...book.dearest.map((line) => ["择高", "", line]),
    ...book.steps.map((line, i) => ["怎样得出得分", `第${i + 1}步`, line]),
    ...book.assessment.map((line) => ["年度考核", "", line]),
    ...book.warnings.map((line) => ["值得斟酌", "", line])
  ];
}

function legendRows({legend}: RuleBook): string[][] {
  return legend.flatMap(({view, title, columns}) => columns.map(({name, doc}) => [view, title, name, doc]));
}

/** Expressions stand in 〔〕, so that an official sees where they begin and end. */
function text(words: Words): string {
  return words.map((word) => (typeof word === "string" ? word : `〔${word.sql.replaceAll(/\s+/g, " ").trim()}〕`)).join("");
}
