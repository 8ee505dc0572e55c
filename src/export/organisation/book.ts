import {groupBy} from "../../score/group.ts";
import {type SheetColumn, type SheetTable, type SheetValue, tableBook} from "../sheet.ts";
import {bothRow, dayStateText, exemptionText, inheritedText, numberText, postText, spanText, stateText} from "./phrase.ts";
import type {DayFact, OfficialTenure, OrganisationData, OrganisationFinding} from "./types.ts";

/**
 * The organisation department's workbook: units with their results, findings, decisions; officials with tenures and four facts a finding,
 * where the clause reaches persons. A sheet about persons has no score, rank, grade, count or sum.
 * Shape: bytes of an .xlsx, the same for the same data.
 * @example writeFileSync("组织部参考.xlsx", await organisationBook(data))
 */
export async function organisationBook(data: OrganisationData): Promise<Uint8Array> {
  return tableBook(organisationTables(data), "组织部参考", data.stamp);
}

/** The tables of the workbook. */
export function organisationTables(data: OrganisationData): SheetTable[] {
  return [
    notesTable(data),
    unitTable(data),
    findingTable(data, "重大和逾期问题", (f) => f.is_major || f.is_overdue, "没有重大问题，也没有逾期问题。"),
    findingTable(data, "问题清单", () => true, "本期没有可列示的问题。"),
    decisionTable(data),
    ...(data.power.persons ? personTables(data) : [])
  ];
}

const column = (header: string, width: number, kind?: SheetColumn["kind"]): SheetColumn => ({header, width, ...(kind && {kind})});

function notesTable({notes, stamp, power}: OrganisationData): SheetTable {
  return {
    name: "说明",
    title: `${stamp.year}年度安全生产巡查结果（${power.verb}${power.recipients.join("、")}）`,
    columns: [column("序", 6, "mark"), column("说明", 100)],
    rows: notes.map((note, i) => [String(i + 1), note]),
    empty: "没有说明。",
    portrait: true
  };
}

function unitTable({units, stamp}: OrganisationData): SheetTable {
  return {
    name: "单位结果",
    title: `${stamp.year}年度单位巡查结果`,
    columns: [
      ...[column("单位编码", 12, "mark"), column("单位名称", 20), column("单位类别", 10, "mark"), column("考核分组", 14)],
      ...[column("巡查情况", 22), column("等次", 8, "mark"), column("位次", 8, "count"), column("是否暂定", 10, "mark")],
      column("否决或降等", 40)
    ],
    rows: units.map((u) => [
      ...[u.unit_code, u.unit_name, u.unit_kind, u.peer_group],
      ...[[u.covered, u.covered_because].filter((part) => part !== null).join("："), u.grade, u.rank, u.provisional ? "暂定" : ""],
      u.vetoes.map((v) => `${v.name}：${v.effect}${v.subject === null ? "" : `（${v.subject}）`}`).join("；")
    ]),
    empty: "没有可列示的单位。"
  };
}

function findingTable(
  {findings, units}: OrganisationData,
  name: string,
  wanted: (finding: OrganisationFinding) => boolean,
  empty: string
): SheetTable {
  const names = new Map(units.map((u) => [u.unit_code, u.unit_name]));
  return {
    name,
    title: name,
    columns: [
      ...[column("计分单位", 16), column("问题编号", 14, "mark"), column("责任单位", 18), column("问题层面", 10, "mark")],
      ...[column("巡查内容", 8, "mark"), column("严重程度", 8, "mark"), column("隐患级别", 8, "mark"), column("行业领域", 14)],
      ...[column("违反条款", 26), column("责任认定", 10, "mark"), column("形成日期", 12, "mark"), column("发现日期", 12, "mark")],
      ...[
        column("整改期限", 12, "mark"),
        column("整改完成", 12, "mark"),
        column("销号日期", 12, "mark"),
        column("状态", 10, "mark")
      ],
      column("逾期天数", 10, "count")
    ],
    rows: findings
      .filter(wanted)
      .map((f) => [
        ...[names.get(f.scored_unit) ?? f.scored_unit, f.finding_id, f.unit_name, f.layer, f.item, f.severity, f.hazard_level],
        ...[f.industry, f.violated, f.fault, f.arose_on ?? "不详", f.found_on, f.due_on ?? f.due_source, f.done_on, f.closed_on],
        ...[stateText(f), f.days_overdue]
      ]),
    empty
  };
}

function decisionTable({decisions, units}: OrganisationData): SheetTable {
  const names = new Map(units.map((u) => [u.unit_code, u.unit_name]));
  return {
    name: "督办措施",
    title: "对单位作出的有效决定",
    columns: [
      ...[column("计分单位", 16), column("措施编号", 14, "mark"), column("措施", 12, "mark"), column("作出日期", 12, "mark")],
      ...[column("生效日期", 12, "mark"), column("办结日期", 12, "mark"), column("问题编号", 14, "mark"), column("作出单位", 20)],
      column("文号", 24)
    ],
    rows: decisions.map((d) => [
      ...[names.get(d.scored_unit) ?? d.scored_unit, d.action_id, d.kind, d.taken_on, d.effective_on, d.closed_on, d.finding_id],
      ...[d.by_office, d.document_no]
    ]),
    empty: "没有可列示的决定。"
  };
}

function personTables(data: OrganisationData): SheetTable[] {
  const {officials, both_posts, exemptions, vacancies} = data;
  const none = "没有任职资料。";
  return [
    {
      name: "任职",
      title: "任职情况",
      columns: [
        ...[column("单位名称", 18), column("姓名", 10, "mark"), column("人员编号", 14, "mark"), column("安全职责", 18)],
        ...[column("分管领域", 18), column("任期", 24, "mark"), column("职务、起止和任职文号", 44), column("需组织部门核对", 44)]
      ],
      rows: officials.map((o) => [
        ...[o.unit_name, o.person_name, o.person_id, o.duty, o.portfolio, spanText(o)],
        ...[o.posts.map(postText).join("\n"), o.doubts.join("；")]
      ]),
      empty: none
    },
    factTable(data, none),
    {
      name: "党政同责",
      title: "党政同责对照",
      notes: ["同一问题在各日期的党委、政府主要负责人，按任职记录并列。"],
      columns: [
        ...[column("问题编号", 14, "mark"), column("日期类别", 10, "mark"), column("日期", 12, "mark")],
        ...[column("党委主要负责人", 36), column("政府主要负责人", 36)]
      ],
      rows: both_posts.map(bothRow),
      empty: "没有党委、政府主要负责人的任职资料。",
      portrait: true
    },
    {
      name: "提到尽职免责的决定",
      title: "提到尽职免责的决定",
      notes: ["文中提到尽职免责；是否免责、免谁的责，以原件为准。"],
      columns: [column("问题编号", 14, "mark"), column("决定", 80)],
      rows: exemptions.map((e) => [e.finding_id, exemptionText(e)]),
      empty: "没有提到尽职免责的决定。",
      portrait: true
    },
    {
      name: "无任职记录期间",
      title: "主要负责人没有任职记录的期间",
      columns: [column("单位名称", 24), column("安全职责", 20), column("起", 14, "mark"), column("止", 14, "mark")],
      rows: vacancies.map((v) => [v.unit_name, v.duty, v.from_on, v.to_on]),
      empty: "没有这样的期间。",
      portrait: true
    }
  ];
}

/** The four facts of every finding in every tenure, a row each. */
function factTable({officials, findings, exemptions}: OrganisationData, empty: string): SheetTable {
  const of = new Map(findings.map((f) => [f.finding_id, f]));
  const said = groupBy(exemptions, (e) => e.finding_id);
  const day = (fact: DayFact): SheetValue[] => [fact.on, dayStateText(fact), fact.days];
  return {
    name: "任期与问题对照",
    title: "任期与问题对照",
    notes: ["逐条列示任期与问题四个日期的对照；“到任”为到任以来的日历天数。"],
    columns: [
      ...[column("单位名称", 16), column("姓名", 9, "mark"), column("人员编号", 13, "mark"), column("安全职责", 16)],
      ...[column("任期", 22, "mark"), column("问题编号", 12, "mark"), column("责任单位", 16)],
      ...["形成", "发现", "到期", "销号"].flatMap((name) => [
        column(`${name}日期`, 11, "mark"),
        column(`${name}时`, 12, "mark"),
        column(`${name}时到任`, 8, "count")
      ]),
      ...[column("承接", 14, "mark"), column("分管领域", 10, "mark"), column("提到尽职免责的决定", 30)]
    ],
    rows: officials.flatMap((o: OfficialTenure) =>
      o.findings.map((f) => [
        ...[
          o.unit_name,
          o.person_name,
          o.person_id,
          o.duty,
          spanText(o),
          numberText(f.finding_id, of.get(f.finding_id)),
          of.get(f.finding_id)?.unit_name ?? null
        ],
        ...[f.arose, f.found, f.due, f.closed].flatMap(day),
        ...[inheritedText(f), f.portfolio, (said.get(f.finding_id) ?? []).map(exemptionText).join("；")]
      ])
    ),
    empty: officials.length === 0 ? empty : "没有与列示任期有关的问题。"
  };
}
