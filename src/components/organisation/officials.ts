import {h, hashLink} from "../dom.js";
import {table} from "../table.js";
import type {
  BothFacts,
  DayFacts,
  ExemptionFacts,
  OfficialFacts,
  OrganisationFacts,
  TenureFindingFacts,
  VacancyFacts
} from "./types.js";

const key = ({person_id, unit_code, duty, from_on}: OfficialFacts): string => [person_id, unit_code, duty, from_on].join("/");

/**
 * Posts and tenures of officials, one line a tenure; a name opens the four facts of each finding. Nothing is counted or summed. With a
 * unit open only its officials are listed; what is typed narrows the list by name, number, unit or post.
 */
export function officialTable(
  {officials, units}: OrganisationFacts,
  file: string,
  state: Readonly<Record<string, string>>
): HTMLElement {
  const unit = units.find((u) => u.unit_code === state.unit) ?? null;
  const mine = unit === null ? officials : officials.filter((o) => o.unit_code === unit.unit_code);
  const title = unit === null ? "任职与问题" : `${unit.unit_name}：任职与问题`;
  const host = h("div", {}, tenureTable(mine, {file, title, state}));
  const find = h("input", {
    type: "search",
    placeholder: "姓名、编号、单位、职务",
    "aria-label": "查找任职",
    input: (event: Event) => {
      const sought = (event.target as HTMLInputElement).value.trim();
      host.replaceChildren(
        tenureTable(
          mine.filter((o) => holds(o, sought)),
          {file, title, state}
        )
      );
    }
  });
  return h("div", {id: "officials"}, h("p", {class: "xh-find"}, find), host);
}

function holds({person_name, person_id, unit_name, duty, posts}: OfficialFacts, sought: string): boolean {
  return [person_name, person_id, unit_name, duty, ...posts.map((p) => p.post)].some((text) => text.includes(sought));
}

function tenureTable(
  officials: readonly OfficialFacts[],
  {file, title, state}: {readonly file: string; readonly title: string; readonly state: Readonly<Record<string, string>>}
): HTMLElement {
  const opened = (o: OfficialFacts) => state.tenure === key(o);
  return table(
    officials,
    [
      {
        label: "姓名",
        value: (o) => o.person_name,
        cell: (o) =>
          h(
            "a",
            {
              href: opened(o) ? hashLink({unit: state.unit}) : hashLink({unit: state.unit, tenure: key(o)}),
              "aria-expanded": String(opened(o))
            },
            `${opened(o) ? "▾" : "▸"}${o.person_name}`
          ),
        align: "nowrap"
      },
      {label: "人员编号", value: (o) => o.person_id, align: "nowrap"},
      {label: "单位", value: (o) => o.unit_name},
      {label: "职务", value: (o) => o.posts.map((p) => `${p.post}${p.acting ? "（主持工作）" : ""}`).join("；")},
      {label: "安全职责", value: (o) => o.duty},
      {label: "任职", value: (o) => o.from_on, align: "nowrap"},
      {label: "离任", value: (o) => o.to_on ?? "在任", align: "nowrap"}
    ],
    {
      file: `${file}-组织部参考-任职`,
      title,
      sub: "每个问题在谁任内形成、发现、到期、销号，点开姓名看。只列事实，不对个人计分、排名、评等次，也不合计条数；同一问题党政两个岗位都列（党政同责）",
      none: "没有这样的任职记录。",
      attributes: (o) => ({"data-tenure": key(o)}),
      detail: (o) => (opened(o) ? tenureDetail(o, file) : null),
      limit: 200,
      stack: true
    }
  );
}

function tenureDetail({posts, doubts, findings, person_name}: OfficialFacts, file: string): HTMLElement {
  const day = (label: string, of: (f: TenureFindingFacts) => DayFacts) => ({
    label,
    value: (f: TenureFindingFacts) => dayText(of(f))
  });
  return h(
    "div",
    {},
    h(
      "ul",
      {class: "xh-small"},
      ...posts.map((p) => h("li", {}, `${p.post}：${p.from_on}至${p.to_on ?? "今"}${p.appoint_doc ? `，${p.appoint_doc}` : ""}`))
    ),
    doubts.length > 0 ? h("p", {class: "xh-small"}, `任职记录待核：${doubts.join("；")}。`) : null,
    table(
      findings,
      [
        {label: "问题编号", value: (f) => f.finding_id, align: "nowrap"},
        day("形成", (f) => f.arose),
        day("发现", (f) => f.found),
        day("到期", (f) => f.due),
        day("销号", (f) => f.closed),
        {label: "任前已有", value: (f) => f.inherited, align: "nowrap"},
        {label: "分管领域", value: (f) => f.portfolio},
        {label: "提到尽职免责的决定", value: (f) => f.exemptions.join("、")}
      ],
      {
        file: `${file}-任职事实-${person_name}`,
        none: "任期之内没有该单位的问题。",
        stack: true,
        attributes: (f) => ({"data-fact": f.finding_id})
      }
    )
  );
}

/** `2025-03-05 在任（到任第120天）`. */
function dayText({on, state, days, acting}: DayFacts): string {
  const note = [days === null ? "" : `到任后${days}天`, acting ? "主持工作" : ""].filter((text) => text !== "");
  return [on ?? "", `${state}${note.length > 0 ? `（${note.join("，")}）` : ""}`].filter((text) => text !== "").join(" ");
}

/** 党政同责: who held the two posts on each day of a unit's findings. */
export function bothTable(both: readonly BothFacts[], file: string): HTMLElement {
  const names = (holders: BothFacts["party"]) =>
    holders.length === 0
      ? "无任职记录"
      : holders.map((p) => `${p.person_name}（${p.post}${p.acting ? "，主持工作" : ""}，${p.state}）`).join("；");
  return table(
    both,
    [
      {label: "问题编号", value: (b) => b.finding_id, align: "nowrap"},
      {label: "时点", value: (b) => b.moment, align: "nowrap"},
      {label: "日期", value: (b) => b.on, align: "nowrap"},
      {label: "党委主要负责人", value: (b) => names(b.party)},
      {label: "政府主要负责人", value: (b) => names(b.government)}
    ],
    {file, title: "党政同责：当日两个岗位上是谁", none: "没有可对照的问题。", limit: 100, stack: true}
  );
}

/** 尽职免责 decisions, and stretches without anybody on record. */
export function exemptionTable(exemptions: readonly ExemptionFacts[], file: string): HTMLElement {
  return table(
    exemptions,
    [
      {label: "编号", value: (e) => e.id, align: "nowrap"},
      {label: "来源", value: (e) => e.source, align: "nowrap"},
      {label: "决定", value: (e) => e.decision, align: "nowrap"},
      {label: "问题编号", value: (e) => e.finding_id, align: "nowrap"},
      {label: "日期", value: (e) => e.decided_on, align: "nowrap"},
      {label: "机关", value: (e) => e.by},
      {label: "文号", value: (e) => e.document_no}
    ],
    {
      file: `${file}-尽职免责`,
      title: "提到尽职免责的决定",
      sub: "是否免责、免谁的责，以原件为准",
      none: "没有提到尽职免责的决定。",
      stack: true
    }
  );
}

export function vacancyTable(vacancies: readonly VacancyFacts[], file: string): HTMLElement {
  return table(
    vacancies,
    [
      {label: "单位", value: (v) => v.unit_name},
      {label: "岗位", value: (v) => v.duty},
      {label: "自", value: (v) => v.from_on, align: "nowrap"},
      {label: "至", value: (v) => v.to_on, align: "nowrap"}
    ],
    {
      file: `${file}-无任职记录`,
      title: "主要岗位上没有任职记录的时段",
      sub: "任职台账没有记，不等于空缺",
      none: "主要岗位的任职记录没有断档。",
      limit: 100,
      stack: true
    }
  );
}
