import {h} from "./dom.js";
import {longDay, severityText} from "./format.js";
import {approvedText, type StampFacts, sealCard} from "./seal-card.js";
import {table} from "./table.js";
import {gradeColour, inkOn} from "./theme.js";
import type {SpaceFacts} from "./types.js";

/** What the page 公布 reads; src/export/publication.ts documents each field. */
export interface PublicationFacts {
  readonly stamp: StampFacts;
  readonly power: {readonly clause: string; readonly what: string; readonly how: string | null};
  readonly words: Readonly<Record<string, string>>;
  readonly units: readonly PublishedUnit[];
  readonly exposures: readonly ExposureFacts[];
}

interface PublishedUnit {
  readonly scheme: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly covered: string;
  readonly ended_on: string | null;
  readonly grade: string | null;
  readonly provisional: boolean;
  readonly findings: number;
  readonly done: number;
  readonly major: number;
}

interface ExposureFacts {
  readonly taken_on: string;
  readonly unit_name: string | null;
  readonly place_name: string | null;
  readonly severity: string | null;
  readonly by_office: string | null;
  readonly document_no: string | null;
}

/** 公布: what was found? From a release alone, and only what the clause publishes. */
export function publicationPage({space, facts}: {readonly space: SpaceFacts; readonly facts: PublicationFacts}): HTMLElement {
  const {power, exposures, stamp} = facts;
  return h(
    "div",
    {class: "xh-publication"},
    h("h1", {}, "公布"),
    h("p", {class: "xh-sentence"}, publicationSentence(facts)),
    unitTable(facts, space),
    exposures.length > 0 ? exposureTable(exposures, space.id) : null,
    h(
      "section",
      {class: "xh-card", id: "powers"},
      h("h2", {}, "依据"),
      h(
        "p",
        {},
        `制度${power.clause}规定公布${power.what}${power.how ? `（${power.how}）` : ""}。这里只有制度规定公布的内容，由审定结果生成；企业名称只在曝光以后出现。`
      )
    ),
    sealCard(stamp, false)
  );
}

/** The page's answer: who was inspected, what was found, how much of it was put right. */
export function publicationSentence({stamp, units, words}: PublicationFacts): string {
  const seen = units.filter((u) => u.covered === "已巡查");
  const sum = (of: (u: PublishedUnit) => number) => units.reduce((total, u) => total + of(u), 0);
  const [findings, done] = [sum((u) => u.findings), sum((u) => u.done)];
  const {unit = "单位", inspection = "巡查", finding = "问题", rectification = "整改"} = words;
  return [
    `${approvedText(stamp)}：截至${longDay(stamp.as_of)}，${units.length}个${unit}已${inspection}${seen.length}个`,
    findings === 0
      ? `没有发现${finding}`
      : `发现${finding}${findings.toLocaleString("en")}条，已${rectification}${done.toLocaleString("en")}条`
  ]
    .join("；")
    .concat("。");
}

function unitTable({units, words}: PublicationFacts, space: SpaceFacts): HTMLElement {
  const {unit = "单位", inspection = "巡查", finding = "问题", rectification = "整改"} = words;
  const grades = (scheme: string) => space.schemes.find((s) => s.id === scheme)?.grades ?? [];
  const mark = (u: PublishedUnit) => {
    if (u.grade === null) return "";
    const fill = gradeColour(u.grade, grades(u.scheme));
    const grade = h("span", {class: "xh-grade", style: `background:${fill};color:${inkOn(fill)}`}, u.grade);
    return u.provisional ? h("span", {}, grade, " ", h("span", {class: "xh-tag"}, "暂定")) : grade;
  };
  return table(
    units,
    [
      {label: unit, value: (u) => u.unit_name},
      {label: "类别", value: (u) => u.unit_kind, align: "nowrap"},
      {label: inspection, value: (u) => u.covered, align: "nowrap"},
      {label: `${inspection}结束`, value: (u) => u.ended_on, align: "nowrap"},
      {label: "等次", value: (u) => (u.provisional ? `${u.grade}（暂定）` : u.grade), cell: mark, align: "nowrap"},
      {label: finding, value: (u) => u.findings, align: "r"},
      {label: "其中重大", value: (u) => u.major, align: "r"},
      {label: `已${rectification}`, value: (u) => u.done, align: "r"}
    ],
    {
      file: `${space.id}-公布`,
      title: `各${unit}的${inspection}结果`,
      sub: `${finding}以条计；没有${inspection}的没有等次`,
      none: `没有${unit}。`,
      attributes: (u) => ({
        "data-unit": u.unit_code,
        "data-grade": u.grade ?? "",
        "data-findings": u.findings,
        "data-done": u.done
      }),
      stack: true
    }
  );
}

function exposureTable(exposures: readonly ExposureFacts[], space: string): HTMLElement {
  return table(
    exposures,
    [
      {label: "曝光日期", value: (e) => e.taken_on, align: "nowrap"},
      {label: "单位", value: (e) => e.place_name ?? "未写明"},
      {label: "属地", value: (e) => e.unit_name},
      {label: "严重程度", value: (e) => e.severity, cell: (e) => severityText(e.severity), align: "nowrap"},
      {label: "曝光机关", value: (e) => e.by_office},
      {label: "文号", value: (e) => e.document_no}
    ],
    {
      file: `${space}-曝光`,
      title: "已曝光的问题",
      none: "没有曝光。",
      attributes: (e) => ({"data-exposed": e.place_name ?? ""}),
      stack: true
    }
  );
}
