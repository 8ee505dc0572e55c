import {h} from "../dom.js";
import {table} from "../table.js";
import {type BookParameter, type RegimeBook, silenceText} from "./book.js";

/** What the document says, parameter by parameter. */
export function parameterTable({parameters}: RegimeBook, file: string): HTMLElement {
  const said = parameters.filter((p) => !p.silent);
  const section = table(
    said,
    [
      {label: "规定", value: (p) => p.title, cell: (p) => h("b", {title: p.doc}, p.title), align: "nowrap"},
      {label: "条款", value: (p) => p.clause, cell: (p) => clauseLinks(p.clause ?? "")},
      {
        label: "约束",
        value: (p) => modalityText(p.modality ?? "", p.word ?? null),
        cell: (p) => h("span", {}, p.modality ?? "", p.word ? h("small", {}, `（原文“${p.word}”）`) : null)
      },
      {label: "内容", value: valueText, cell: valueCell},
      {label: "自何日起", value: (p) => p.from ?? "不详", align: "nowrap"},
      {
        label: "解释",
        value: (p) => p.interpretation?.length ?? 0,
        cell: (p) => (p.interpretation?.length ? h("a", {href: `#reading-${p.name}`}, `${p.interpretation.length}条`) : ""),
        align: "nowrap"
      }
    ],
    {
      stack: true,
      file: `${file}-规定`,
      title: `文件作出的规定${said.length}项`,
      sub: "应当、不得：不遵守为违反；原则上：不遵守为提示；可以：不产生义务",
      attributes: (p) => ({"data-parameter": p.name, id: `parameter-${p.name}`})
    }
  );
  section.id = "parameters";
  return section;
}

/** 应当（原文“至少”）. */
export function modalityText(modality: string, word: string | null): string {
  return word ? `${modality}（原文“${word}”）` : modality;
}

/** Every clause that a parameter is taken from, each leading to its place in the list of clauses. */
export function clauseLinks(clause: string): HTMLElement {
  const links = clause.split("、").map((no) => h("a", {href: `#clause-${no}`}, no));
  return h("span", {}, ...links.flatMap((link, i) => (i === 0 ? [link] : ["、", link])));
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

/** What other documents say and this one does not. */
export function silentTable(book: RegimeBook, file: string): HTMLElement {
  const silent = book.parameters.filter((p) => p.silent);
  const silence = silenceText(book);
  const section = table(
    silent,
    [
      {label: "规定", value: (p) => p.title, align: "nowrap"},
      {label: "含义", value: (p) => p.doc.split("；")[0] ?? ""},
      {label: "本文件", value: () => silence}
    ],
    {
      stack: true,
      file: `${file}-未规定`,
      title: book.text === "摘录" ? `所据文本未见的规定${silent.length}项` : `文件没有规定的${silent.length}项`,
      sub: "别的地方的制度有、本文件没有的规定；没有规定的不检查、不扣分",
      none: "没有。",
      limit: 8,
      attributes: (p) => ({"data-silent": p.name})
    }
  );
  section.id = "silent";
  return section;
}
