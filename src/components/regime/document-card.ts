import {h} from "../dom.js";
import {factList} from "../facts.js";
import {type RegimeBook, silenceText} from "./book.js";

/** Which document this is. */
export function documentCard(book: RegimeBook): HTMLElement {
  const day = (value: string | null) => value ?? "文件未写明";
  return h(
    "section",
    {class: "xh-card", id: "document"},
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

/** What the result may be used for: 年度考核 and 组织部门. */
export function powersCard(book: RegimeBook): HTMLElement {
  return h(
    "section",
    {class: "xh-card", id: "powers"},
    h("h2", {}, "结果怎样使用"),
    factList([
      ["年度考核", assessmentText(book), "wide"],
      ["组织部门", organisationText(book), "wide"]
    ])
  );
}

function assessmentText(book: RegimeBook): string {
  const uses = book.assessment.map(
    ({what, force, unit_kinds, clause}) => `${what}${forceText(force)}（${unit_kinds.join("、")}，${clause}）`
  );
  return uses.length > 0 ? uses.join("；") : silenceText(book);
}

function forceText(force: string): string {
  if (force === "纳入") return "纳入考核内容";
  return force === "替代" ? "替代考核中重复的内容" : `作为考核${force}`;
}

function organisationText(book: RegimeBook): string {
  const {organisation} = book;
  if (!organisation) return `${silenceText(book)}，不得据此向组织部门提供`;
  const {verb, recipients, weight, persons, clause} = organisation;
  const whom = persons ? "可涉及领导干部个人的任职事实" : "只及单位，不及个人";
  return `${verb}${recipients.join("、")}${weight ? `，作为${weight}` : ""}；${whom}（${clause}）`;
}
