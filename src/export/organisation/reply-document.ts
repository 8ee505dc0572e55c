import {clauseWords} from "../document/phrase.ts";
import {chineseDate} from "../official/date.ts";
import type {Block, OfficialDocument} from "../official/document.ts";
import {type SheetTable, tableBook} from "../sheet.ts";
import {dayStateText, exemptionText, inheritedText, numberText, postNames, postText, spanText, stateText} from "./phrase.ts";
import type {AskedPeriod, EnquiryReply, PersonReply, WithoutRecord} from "./reply.ts";
import type {DayFact, OfficialTenure, OrganisationFinding} from "./types.ts";

/** What the office writes on the answer. */
export interface ReplyOptions {
  readonly number: string | null;
  readonly date: string | null;
  readonly contact: string | null;
  readonly recipient: string;
}

/**
 * The answer to a 函询 as a letter: a heading a person, tenures, stretches without an approved result, four facts a finding.
 * Shape: a document for renderOfficial, with the stamp of the newest result.
 * Errors: RangeError for an answer from no release.
 */
export function replyLetter(reply: EnquiryReply, {number, date, contact, recipient}: ReplyOptions): OfficialDocument {
  const {request, persons, releases, notes} = reply;
  const stamp = releases[0]?.stamp;
  if (!stamp) throw new RangeError("an answer needs a release");
  const heading = (level: 1 | 2, text: string): Block => ({kind: "heading", level, text});
  const text = (words: string): Block => ({kind: "text", text: words});
  return {
    ...{issuer: stamp.authority, number, signer: null, addressee: recipient},
    title: `关于${request}的复函`,
    body: [
      text(`${request}收悉。经查${stamp.authority}现行的审定结果，${periodText(reply.period)}有关情况答复如下：`),
      heading(1, "所依据的审定结果"),
      ...releases.map(({stamp: {release}, period, power}) =>
        text(
          `${release?.id ?? "未审定"}，期间${chineseDate(period.from)}至${chineseDate(period.to)}，依据${clauseWords(power.clause)}${power.verb}${power.weight === null ? "" : `，作为${power.weight}`}。`
        )
      ),
      heading(1, "人员任期与问题对照"),
      ...persons.flatMap((person) => [heading(2, personTitle(person)), ...personBlocks(person, knownIn(releases))]),
      ...exemptionBlocks(reply),
      heading(1, "说明"),
      ...notes.map(text)
    ],
    ...{annexes: [], signature: stamp.authority, date, note: contact === null ? null : `（联系人：${contact}）`, copies: []},
    printed: {by: stamp.authority, on: date},
    stamp
  };
}

function exemptionBlocks({releases}: EnquiryReply): Block[] {
  const said = [...new Set(releases.flatMap((r) => r.exemptions.map((e) => `问题${e.finding_id}：${exemptionText(e)}。`)))];
  if (said.length === 0) return [];
  return [
    {kind: "heading", level: 1, text: "提到尽职免责的决定"},
    ...said.map((words): Block => ({kind: "text", text: words})),
    {kind: "text", text: "以上决定提到尽职免责，是否免责、免谁的责以原件为准。"}
  ];
}

/** The stretch asked about, in a sentence's part. */
export function periodText({from, until}: AskedPeriod): string {
  if (from === null && until === null) return "全部任期";
  return `${from === null ? "" : `${chineseDate(from)}起`}${until === null ? "" : `${from === null ? "" : "，"}至${chineseDate(until)}`}`;
}

function personTitle({person_name, person_id, asked}: PersonReply): string {
  const name = person_name ?? asked.name;
  const id = person_id ?? asked.person_id;
  return [
    name ?? "",
    ...(id === null ? [] : [`（${id}）`]),
    ...(person_id === null && asked.unit !== null ? [`（${asked.unit}）`] : [])
  ].join("");
}

/** A stretch without an approved result. */
export function withoutText({unit_name, duty, from_on, to_on, because}: WithoutRecord): string {
  return `${unit_name}${duty}：${from_on}至${to_on}，任期内无审定记录（${because}）`;
}

/** A finding as a release has it. */
type Known = (release: string, finding_id: string) => OrganisationFinding | undefined;

function knownIn(releases: EnquiryReply["releases"]): Known {
  const findings = new Map(
    releases.map(({stamp, findings}) => [stamp.release?.id, new Map(findings.map((f) => [f.finding_id, f]))])
  );
  return (release, finding_id) => findings.get(release)?.get(finding_id);
}

function personBlocks(person: PersonReply, known: Known): Block[] {
  const text = (words: string): Block => ({kind: "text", text: words});
  if (person.found === "查无此人") return [text("任职资料中没有此人。")];
  if (person.found !== "已找到")
    return [
      text(`${person.found}，没有认定。任职资料中的有关记录：`),
      ...person.candidates.map((c) => text(`${c.person_name}（${c.person_id}），${c.unit_name}，${c.duty}，${spanText(c)}。`))
    ];
  if (person.tenures.length === 0) return [text("在所问期间没有任职记录。")];
  return [
    ...person.tenures.map((t) =>
      text(
        `任职：${t.unit_name}，${t.duty}${t.portfolio === null ? "" : `（分管${t.portfolio}）`}，${t.posts.map(postText).join("；")}。`
      )
    ),
    ...person.without_record.map((w) => text(`${withoutText(w)}。`)),
    ...person.records.flatMap(({release, tenures}) => tenures.flatMap((tenure) => tenureBlocks(release, tenure, known)))
  ];
}

function tenureBlocks(release: string, tenure: OfficialTenure, known: Known): Block[] {
  const caption = `${tenure.unit_name} ${postNames(tenure)}（${release}）`;
  const doubts = tenure.doubts.map((words): Block => ({kind: "text", text: `需组织部门核对：${words}。`}));
  if (tenure.findings.length === 0) return [{kind: "text", text: `${caption}：没有与这一任期有关的列示问题。`}, ...doubts];
  return [
    {
      kind: "table",
      caption,
      columns: ["问题编号", "形成", "发现", "到期", "销号", "承接"].map((header) => ({header, width: header === "承接" ? 16 : 14})),
      rows: tenure.findings.map((f) => [
        numberText(f.finding_id, known(release, f.finding_id)),
        ...[f.arose, f.found, f.due, f.closed].map(dayText),
        inheritedText(f)
      ]),
      empty: ""
    },
    ...doubts
  ];
}

function dayText({on, ...fact}: DayFact): string {
  return on === null ? fact.state : `${on}\n${dayStateText(fact)}`;
}

/** The answer as a workbook: one sheet for whom was found, one for tenures without a result, one for the facts, one for units. */
export async function replyBook(reply: EnquiryReply): Promise<Uint8Array> {
  const stamp = reply.releases[0]?.stamp;
  if (!stamp) throw new RangeError("an answer needs a release");
  return tableBook(replyTables(reply), "函询答复", stamp);
}

/** The tables of the workbook. */
export function replyTables({persons, releases, notes, request}: EnquiryReply): SheetTable[] {
  const known = knownIn(releases);
  const text = (header: string, width: number) => ({header, width});
  const mark = (header: string, width: number) => ({header, width, kind: "mark" as const});
  const count = (header: string, width: number) => ({header, width, kind: "count" as const});
  const who = (p: PersonReply) => [p.person_name ?? p.asked.name, p.person_id ?? p.asked.person_id];
  return [
    {
      name: "名单核对",
      title: `${request}：名单核对`,
      columns: [
        mark("名单行号", 10),
        mark("姓名", 10),
        mark("人员编号", 16),
        text("来函所写单位", 20),
        mark("核对", 16),
        text("任职或可能的人员", 70)
      ],
      rows: persons.map((p) => [
        ...[String(p.row), ...who(p), p.asked.unit, p.found],
        p.found === "已找到"
          ? p.tenures.map((t) => `${t.unit_name}，${t.duty}，${t.posts.map(postText).join("；")}`).join("\n") ||
            "在所问期间没有任职记录"
          : p.candidates.map((c) => `${c.person_name}（${c.person_id}），${c.unit_name}，${c.duty}，${spanText(c)}`).join("\n")
      ]),
      empty: "名单里没有人。"
    },
    {
      name: "无审定记录期间",
      title: "任期内无审定记录的期间",
      columns: [
        mark("姓名", 10),
        mark("人员编号", 16),
        text("单位", 20),
        text("安全职责", 20),
        mark("起", 12),
        mark("止", 12),
        text("原因", 16)
      ],
      rows: persons.flatMap((p) => p.without_record.map((w) => [...who(p), w.unit_name, w.duty, w.from_on, w.to_on, w.because])),
      empty: "没有这样的期间。"
    },
    {
      name: "任期与问题对照",
      title: "任期与问题对照",
      columns: [
        ...[
          mark("姓名", 9),
          mark("人员编号", 13),
          text("单位", 16),
          text("安全职责", 16),
          mark("任期", 22),
          text("审定结果", 20),
          mark("问题编号", 12)
        ],
        ...["形成", "发现", "到期", "销号"].flatMap((name) => [
          mark(`${name}日期`, 11),
          mark(`${name}时`, 12),
          count(`${name}时到任`, 8)
        ]),
        ...[mark("承接", 14), mark("分管领域", 10)]
      ],
      rows: persons.flatMap((p) =>
        p.records.flatMap(({release, tenures}) =>
          tenures.flatMap((t) =>
            t.findings.map((f) => [
              ...[
                t.person_name,
                t.person_id,
                t.unit_name,
                t.duty,
                spanText(t),
                release,
                numberText(f.finding_id, known(release, f.finding_id))
              ],
              ...[f.arose, f.found, f.due, f.closed].flatMap((fact) => [fact.on, dayStateText(fact), fact.days]),
              ...[inheritedText(f), f.portfolio]
            ])
          )
        )
      ),
      empty: "没有与所问任期有关的列示问题。"
    },
    {
      name: "有关单位结果",
      title: "有关单位的巡查结果",
      notes: ["结果属于单位。"],
      columns: [
        text("审定结果", 22),
        mark("单位编码", 12),
        text("单位名称", 20),
        text("巡查情况", 20),
        mark("等次", 10),
        count("位次", 8),
        text("否决或降等", 40)
      ],
      rows: releases.flatMap(({stamp, units}) =>
        units.map((u) => [
          ...[stamp.release?.id ?? null, u.unit_code, u.unit_name, u.covered, u.grade, u.rank],
          u.vetoes.map((v) => `${v.name}：${v.effect}`).join("；")
        ])
      ),
      empty: "没有有关单位。"
    },
    {
      name: "有关问题",
      title: "对照中的问题",
      columns: [
        text("审定结果", 22),
        mark("问题编号", 12),
        text("责任单位", 18),
        mark("严重程度", 8),
        text("违反条款", 26),
        mark("发现日期", 12),
        mark("整改期限", 12),
        mark("整改完成", 12),
        mark("销号日期", 12),
        mark("状态", 10)
      ],
      rows: releases.flatMap(({stamp, findings}) =>
        findings.map((f) => [
          ...[stamp.release?.id ?? null, f.finding_id, f.unit_name, f.severity, f.violated, f.found_on, f.due_on ?? f.due_source],
          ...[f.done_on, f.closed_on, stateText(f)]
        ])
      ),
      empty: "没有列示的问题。"
    },
    {
      name: "说明",
      title: "说明",
      columns: [mark("序", 6), text("说明", 100)],
      rows: notes.map((note, i) => [String(i + 1), note]),
      empty: "没有说明。",
      portrait: true
    }
  ];
}
