import {stampOf} from "../release/stamp.ts";
import {groupBy} from "../score/group.ts";
import type {Scored} from "../warehouse/scored.ts";
import {type Answered, type AnsweredRow, type AnswerState, answeredRows} from "./confirm/tally.ts";
import {type Form, type FormColumn, formBook} from "./form-book.ts";
import {type ExportFile, fileName} from "./write.ts";

/** The sheet of a unit's answers. */
export const CONFIRM_SHEET = "扣分确认";

/** Columns that nobody loads back: what the contract has no word for. */
const SHOWN = ["扣分规则", "扣分事由", "问题描述", "发现日期", "违反条款", "计分条款", "已有意见"] as const;

const COLUMNS: readonly FormColumn[] = [
  {header: "单位编码", width: 8},
  {header: "年度", width: 6, number: "0"},
  {header: "规则编号", width: 8},
  {header: "扣分规则", width: 13},
  {header: "对象类别", width: 9},
  {header: "对象编号", width: 11},
  {header: "扣分事由", width: 26},
  {header: "问题描述", width: 26, optional: true},
  {header: "发现日期", width: 11, optional: true},
  {header: "违反条款", width: 12, optional: true},
  {header: "计分条款", width: 10, optional: true},
  {header: "扣分", width: 6, number: "0.00#"},
  {header: "已有意见", width: 10, optional: true},
  {header: "单位意见", width: 9, fill: "choice", choices: ["无异议", "异议"]},
  {header: "日期", width: 12, fill: "date"},
  {header: "理由", width: 20, fill: "text"},
  {header: "确认人", width: 8, fill: "text"},
  {header: "结果摘要", width: 6, quiet: true}
];

/** The entry of xunheng.yaml that loads the workbooks back. */
export const CONFIRM_SOURCE = `  - {table: confirmation, loader: spreadsheet, path: 回执/扣分确认-*.xlsx, sheet: ${CONFIRM_SHEET}, filled: [answer, answered_on, reason], columns: {${SHOWN.map((name) => `${name}: 不读`).join(", ")}}}`;

/** Workbooks of 扣分确认, one a unit. */
export interface ConfirmBooks {
  readonly files: readonly ExportFile[];
  /** Units with deductions, how many, and the file. */
  readonly units: readonly {readonly unit_code: string; readonly unit_name: string; readonly rows: number; readonly path: string}[];
}

/**
 * One workbook a unit that lost points: its deductions, locked, each to be answered 无异议 or 异议 with date and reason.
 * Shape: an open result in, files out; the same result gives the same bytes. No file for a unit without deductions.
 * @param unit only this unit's
 * @param answered what answeredRows gave, where it is at hand
 * @example await confirmBooks(scored, "990101")
 */
export async function confirmBooks(scored: Scored, unit?: string, answered?: Answered): Promise<ConfirmBooks> {
  const asked = (answered ?? (await answeredRows(scored))).rows.filter(({row}) => unit === undefined || row.unit_code === unit);
  const stamp = stampOf(scored);
  const [files, units]: [ExportFile[], ConfirmBooks["units"][number][]] = [[], []];
  for (const [unit_code, rows] of groupBy(asked, ({row}) => row.unit_code)) {
    const {unit_name = "", digest = ""} = rows[0]?.row ?? {};
    // Another result makes another name: the answers to the earlier one are not written over.
    const path = `扣分确认-${fileName(unit_code)}-${fileName(unit_name)}-${digest.split("-")[1]}.xlsx`;
    files.push({path, bytes: await formBook(form(scored, unit_name, rows), stamp)});
    units.push({unit_code, unit_name, rows: rows.length, path});
  }
  return {files, units};
}

/** What a unit reads of its earlier answers. */
const SAID: Readonly<Record<AnswerState, string | null>> = {
  agreed: "无异议 ",
  decided: "异议（已决定） ",
  pending: "异议（待决定） ",
  stale: "原意见已过期 ",
  unanswered: null
};

function form({space, year, regime}: Scored, unit: string, rows: readonly AnsweredRow[]): Form {
  const sum = rows.reduce((total, {row}) => total + (row.milli ?? 0), 0) / 1000;
  return {
    sheet: CONFIRM_SHEET,
    title: `${year}年度${regime.words.inspection ?? "巡查"}扣分确认表：${unit}`,
    steps: [
      `共${rows.length}条，逐条扣分相加${sum.toFixed(2)}分（封顶、折算和取整之前，不是最后扣的分）。请逐条核对，只填黄色的格：从下拉里选“无异议”或“异议”，填写日期；有异议的必须写明理由。`,
      "其他格已锁定，请不要改动、不要增删行；填好后保存成 .xlsx 交回，文件名不要改。没有填“单位意见”的行按没有答复处理。"
    ],
    columns: COLUMNS,
    rows: rows.map(({row, state, answered_on}) => [
      ...[row.unit_code, row.year, row.rule_id, row.rule_name, row.subject_kind, row.subject, row.because, row.description],
      ...[row.found_on, row.breach, row.basis, row.milli === null ? null : row.milli / 1000],
      SAID[state] === null ? null : `${SAID[state]}${answered_on ?? ""}`,
      ...[null, null, null, null, row.digest]
    ]),
    foot: ["单位负责人（签字）：　　　　　　　　　　　单位（盖章）　　　　　　　　　　　年　　月　　日"],
    notes: [
      `${space.authority}请${unit}确认${year}年度的扣分。`,
      "1. “扣分事由”写明为什么扣；“违反条款”是制度的条款，“计分条款”是评分办法的条款。一行是一处扣分。",
      "2. 对事实、对责任单位、对扣分有不同意见的，选“异议”，在“理由”里写清楚是哪一处、有什么依据，佐证另附。",
      "3. 异议由安委会办公室复核后书面答复；作出决定之前，得分标为“暂定”。",
      "4. 要收回异议的，把“异议”改成“无异议”，并把日期改成当天。",
      "5. “已有意见”是已经收到的：不变的不必再填；扣分改变了的，原来的“无异议”过期，请再填一次。",
      "6. 日期填成 2026-01-06 的样子。从别处粘贴时请用“选择性粘贴—数值”。"
    ]
  };
}
