import {h, hashState} from "./dom.js";
import {longDay} from "./format.js";
import {bothTable, exemptionTable, officialTable, vacancyTable} from "./organisation/officials.js";
import type {OrganisationFacts, UnitFacts} from "./organisation/types.js";
import {decisionTable, findingTable, unitTable} from "./organisation/unit-tables.js";
import {approvedText, sealCard} from "./seal-card.js";
import type {SpaceFacts} from "./types.js";

export interface OrganisationPageData {
  readonly space: SpaceFacts;
  readonly facts: OrganisationFacts;
}

/** 组织部参考: what may be relied on? From a release alone; the unit or tenure that is open stands in the address. */
export function organisationPage(data: OrganisationPageData): HTMLElement {
  const page = h("div", {class: "xh-organisation"});
  const draw = () => page.replaceChildren(...sections(data, hashState(location.hash)));
  addEventListener("hashchange", draw);
  draw();
  return page;
}

function sections({space, facts}: OrganisationPageData, state: Readonly<Record<string, string>>): HTMLElement[] {
  const {units, power, vacancies, exemptions, notes} = facts;
  const unit = units.find((u) => u.unit_code === state.unit) ?? null;
  const unknown = state.unit !== undefined && unit === null;
  return [
    h("h1", {}, "组织部参考"),
    h("p", {class: "xh-sentence"}, organisationSentence(facts, space)),
    unknown ? h("p", {class: "xh-none"}, `审定结果里没有单位“${state.unit}”。`) : null,
    unitTable(facts, space, unit?.unit_code ?? null),
    ...(unit ? unitSections(facts, unit, space.id) : []),
    ...(power.persons
      ? [officialTable(facts, space.id, state), exemptionTable(exemptions, space.id), vacancyTable(vacancies, space.id)]
      : [
          h(
            "section",
            {class: "xh-card"},
            h("h2", {}, "不及个人"),
            h(
              "p",
              {},
              `制度${power.clause}只规定把结果${power.verb}${power.recipients.join("、")}，没有规定用于个人，所以这里没有任职和个人的事实。`
            )
          )
        ]),
    powerCard(facts),
    notes.length > 0
      ? h("section", {class: "xh-card"}, h("h2", {}, "怎样读"), h("ul", {}, ...notes.map((note) => h("li", {}, note))))
      : null,
    sealCard(facts.stamp)
  ].filter((section) => section !== null);
}

function unitSections(
  {findings, decisions, both_posts, power}: OrganisationFacts,
  {unit_code, unit_name}: UnitFacts,
  space: string
): HTMLElement[] {
  const mine = findings.filter((f) => f.scored_unit === unit_code);
  const striking = mine.filter((f) => f.is_major || f.is_overdue);
  const ids = new Set(mine.map((f) => f.finding_id));
  return [
    findingTable(striking, `${unit_name}：重大问题和逾期问题`, `${space}-${unit_code}-突出问题`),
    decisionTable(
      decisions.filter((d) => d.scored_unit === unit_code),
      `${unit_name}：督办措施`,
      `${space}-${unit_code}-督办措施`
    ),
    ...(power.persons
      ? [
          bothTable(
            both_posts.filter((b) => ids.has(b.finding_id)),
            `${space}-${unit_code}-党政同责`
          )
        ]
      : [])
  ];
}

/** The page's answer: which result, how many units in which grade, how many vetoed. */
export function organisationSentence(
  {stamp, units, words}: OrganisationFacts,
  {schemes}: {readonly schemes: readonly {readonly grades: readonly {readonly name: string}[]}[]}
): string {
  const seen = units.filter((u) => u.covered === "已巡查");
  const names = [...new Set(schemes.flatMap((s) => s.grades.map((g) => g.name)))];
  const grades = names.map((name) => [name, seen.filter((u) => u.grade === name).length] as const).filter(([, n]) => n > 0);
  const vetoed = units.filter((u) => u.vetoes.length > 0).length;
  return [
    `${approvedText(stamp)}：截至${longDay(stamp.as_of)}，${units.length}个${words.unit ?? "单位"}已${words.inspection ?? "巡查"}${seen.length}个`,
    grades.length > 0 ? `等次${grades.map(([grade, n]) => `${grade}${n}个`).join("、")}` : "没有评出等次",
    vetoed > 0 ? `${vetoed}个单位被否决或降等` : "没有单位被否决或降等"
  ]
    .join("；")
    .concat("。");
}

/** By which clause the department has it, and how heavily it weighs. */
function powerCard({power}: OrganisationFacts): HTMLElement {
  const {verb, weight, recipients, persons, clause} = power;
  const whom = persons ? "可涉及领导干部个人的任职事实，不对个人计分" : "只及单位，不及个人";
  return h(
    "section",
    {class: "xh-card", id: "powers"},
    h("h2", {}, "依据"),
    h("p", {}, `制度${clause}：结果${verb}${recipients.join("、")}${weight ? `，作为${weight}` : ""}；${whom}。`)
  );
}
