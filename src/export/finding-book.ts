import {createHash} from "node:crypto";
import {STAGES} from "../contract/index.ts";
import {stampOf} from "../release/stamp.ts";
import {groupBy} from "../score/group.ts";
import {leavingTables} from "../site/leaving.ts";
import {quotedString} from "../sql.ts";
import type {Scored} from "../warehouse/scored.ts";
import {type Form, type FormColumn, formBook} from "./form-book.ts";
import {type ExportFile, fileName} from "./write.ts";

/** The sheet of a unit's reports. */
export const FINDING_SHEET = "整改回填";

/** Columns that nobody loads back: they stand in 问题 already. */
const SHOWN = ["责任单位", "巡查内容", "严重程度", "问题描述", "整改要求", "整改期限", "目前状态"] as const;

/** What the office does and a unit does not report. */
const OFFICE: readonly string[] = ["移交督办", "退回", "延期", "销号"];

/** What a unit may report. */
export const UNIT_STAGES = STAGES.filter((stage) => !OFFICE.includes(stage));

const COLUMNS: readonly FormColumn[] = [
  {header: "问题编号", width: 12},
  {header: "责任单位", width: 13},
  {header: "巡查内容", width: 8},
  {header: "严重程度", width: 8},
  {header: "问题描述", width: 34, optional: true},
  {header: "整改要求", width: 22, optional: true},
  {header: "整改期限", width: 11, optional: true},
  {header: "目前状态", width: 9},
  {header: "整改环节", width: 12, fill: "choice", choices: UNIT_STAGES},
  {header: "日期", width: 12, fill: "date"},
  {header: "文号", width: 14, fill: "text"},
  {header: "佐证", width: 20, fill: "text"},
  {header: "经办", width: 9, fill: "text"},
  {header: "表单编码", width: 7, quiet: true}
];

/** The entry of xunheng.yaml that loads the workbooks back. */
export const FINDING_SOURCE = `  - {table: rectification, name: 单位回填, loader: spreadsheet, path: 回执/整改回填-*.xlsx, sheet: ${FINDING_SHEET}, filled: [stage, on_date, evidence], columns: {${SHOWN.map((name) => `${name}: 不读`).join(", ")}}}`;

/** Workbooks of open findings, one a unit. */
export interface FindingBooks {
  readonly files: readonly ExportFile[];
  readonly units: readonly {
    readonly unit_code: string;
    readonly unit_name: string;
    readonly findings: number;
    readonly path: string;
  }[];
}

interface Open {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly finding_id: string;
  readonly owner_name: string | null;
  readonly item: string | null;
  readonly severity: string | null;
  readonly description: string | null;
  readonly requirement: string | null;
  readonly due_on: string | null;
  readonly state: string | null;
}

/**
 * One workbook a unit with its findings that are not closed, locked, and rows in which it reports what it has done; loaded back as events of
 * 整改, matched by the finding's number. A finding goes to the scored unit that answers for it, else to the one it was given to.
 * Left out: clues, what is not fed back, and units of which the regime lets nobody outside know.
 * Shape: an open result in, files out; the same result gives the same bytes. No file for a unit without open findings.
 * @param unit only this unit's
 * @example await findingBooks(scored, "990101")
 */
export async function findingBooks(scored: Scored, unit?: string): Promise<FindingBooks> {
  const rows = (await openFindings(scored)).filter((row) => unit === undefined || row.unit_code === unit);
  const stamp = stampOf(scored);
  const [files, units]: [ExportFile[], FindingBooks["units"][number][]] = [[], []];
  for (const [unit_code, own] of groupBy(rows, (row) => row.unit_code)) {
    const unit_name = own[0]?.unit_name ?? "";
    // Another day makes another name: what was reported before stays where it is.
    const path = `整改回填-${fileName(unit_code)}-${fileName(unit_name)}-${scored.when.as_of}.xlsx`;
    files.push({path, bytes: await formBook(form(scored, unit_name, own), stamp)});
    units.push({unit_code, unit_name, findings: own.length, path});
  }
  return {files, units};
}

/** What stands in the row of a finding beside its number, so that a changed number is seen; src/models/check/suspicious.sql computes the same. */
export function formCode(finding_id: string): string {
  return `HT-${createHash("sha256").update(`整改回填\u001f${finding_id}`).digest("hex").slice(0, 10)}`;
}

/** Findings not closed, as leadership may see them, by the unit that is asked. */
async function openFindings(scored: Scored): Promise<Open[]> {
  const {db} = scored;
  const leaving = await leavingTables(scored, "leadership");
  const [finding, text] = [await leaving.select("finding", "finding"), await leaving.select("finding-text", "finding")];
  const columnsOf = async (sql: string) =>
    new Set((await db.rows<{column_name: string}>(`describe ${sql}`)).map((c) => c.column_name));
  const [own, told] = [await columnsOf(finding), await columnsOf(text)];
  const from = (columns: ReadonlySet<string>, alias: string, name: string) =>
    columns.has(name) ? `cast(${alias}.${name} as varchar) as ${name}` : `null::varchar as ${name}`;
  // Whether it is closed decides whether it is asked about, whoever may see the day.
  return db.rows<Open>(`with name as (
    select unit_code, arg_max(unit_name, valid_from) as unit_name from unit_version_now group by unit_code
  ), open as (
    select distinct finding_id, unit_code from finding_all where not is_closed
  )
  select coalesce(f.scored_unit, o.unit_code) as unit_code, coalesce(n.unit_name, f.scored_unit, o.unit_code) as unit_name, f.finding_id, m.unit_name as owner_name,
    ${["item", "severity", "due_on", "state"].map((name) => from(own, "f", name)).join(", ")},
    ${["description", "requirement"].map((name) => from(told, "t", name)).join(", ")}
  from (${finding}) f join open o on o.finding_id = f.finding_id
  left join (${text}) t on t.finding_id = f.finding_id
  left join name n on n.unit_code = coalesce(f.scored_unit, o.unit_code)
  left join name m on m.unit_code = ${own.has("unit_code") ? "f.unit_code" : quotedString("")}
  where coalesce(f.scored_unit, o.unit_code) not in (select unit_code from secret_unit)
  order by 1, f.finding_id`);
}

function form({space, regime, when}: Scored, unit: string, findings: readonly Open[]): Form {
  const {words} = regime;
  const rows = findings.flatMap((f) => {
    const about = [f.owner_name, f.item, f.severity, f.description, f.requirement, f.due_on, f.state];
    const line = (shown: readonly (string | null)[]) => [
      f.finding_id,
      ...shown,
      null,
      null,
      null,
      null,
      null,
      formCode(f.finding_id)
    ];
    const more = Array.from({length: f.severity === "一般" ? 1 : 2}, () => line(about.map(() => null)));
    return [line(about), ...more];
  });
  return {
    sheet: FINDING_SHEET,
    title: `${words.rectification ?? "整改"}情况回填表：${unit}`,
    steps: [
      `截至${when.as_of}还没有销号的${words.finding ?? "问题"}${findings.length}个。每办一件事填一行（如${when.as_of.slice(0, 4)}-05-12 完成），只填黄色的格：环节从下拉里选，日期是那件事发生的日期；没有进展的空着。`,
      "同一编号有两三行，分别填不同的环节。其他格已锁定，请不要改动、不要增删行；填好后保存成 .xlsx 交回，文件名不要改。"
    ],
    columns: COLUMNS,
    rows,
    foot: ["填表人：　　　　　　　　　　　单位负责人（签字）：　　　　　　　　　　　单位（盖章）　　　　　　　　年　　月　　日"],
    notes: [
      `${space.authority}请${unit}填报${words.rectification ?? "整改"}情况。`,
      "1. “完成”填全部整改到位的那一天；是否逾期按这一天与整改期限比较。验收的另填一行。",
      "2. 退回、延期、销号由安委会办公室登记，不在这里填；要延期的，请在期限之前另行书面申请。",
      "3. “佐证”写照片、文件的名称或编号，材料另附。不写个人手机号、身份证号。",
      "4. 已经报过的不必再填；日期报错了的，请书面说明，由安委会办公室更正。",
      "5. 行不够时另附说明，不要插入行。日期填成 2026-01-06 的样子；从别处粘贴时请用“选择性粘贴—数值”。",
      ...(findings.some((f) => f.description === null) ? ["6. 没有列出描述的，请对照收到的反馈意见。"] : [])
    ]
  };
}
