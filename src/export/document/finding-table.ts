import type {Regime} from "../../regime/types.ts";
import type {Block} from "../official/document.ts";
import {BLANK, dayWords, OPEN_DAY, sentence, text} from "./phrase.ts";
import type {ToldFinding} from "./told.ts";

/** Until when a finding has to be put right, in a cell. */
export function dueCell({due_on, due_source, fix_now}: ToldFinding): string {
  if (due_source === "立即" || (fix_now === true && due_on === null)) return "立即整改";
  if (due_source === "未公布") return "未公布";
  return due_on ?? BLANK;
}

/** Whether a deadline is over on a day, and the finding not put right by then; what is asked for at once has no such day. */
export function hasPassed(f: ToldFinding, day: string): boolean {
  const due = dueCell(f);
  return /^\d/.test(due) && due < day && !isDone(f, day);
}

function isDone({done_on}: ToldFinding, day: string): boolean {
  return done_on !== null && done_on <= day;
}

/** What a list says of a deadline on the day of the letter: 已整改, 已过 or nothing. */
function dueMark(f: ToldFinding, day: string): string {
  return isDone(f, day) ? "\n已整改" : hasPassed(f, day) ? "\n已过" : "";
}

/** What the marks in a list mean, with room for a new deadline in place of those that are over; none where there are no marks. */
export function markWords(findings: readonly ToldFinding[], day: string): Block[] {
  const parts = [
    ...(findings.some((f) => isDone(f, day)) ? [`注明“已整改”的，截至${dayWords(day)}已经整改`] : []),
    ...(findings.some((f) => hasPassed(f, day)) ? [`注明“已过”的，原整改期限已过，限${OPEN_DAY}前整改到位`] : [])
  ];
  return parts.length === 0 ? [] : [text(sentence(`清单的整改期限一栏，${parts.join("；")}`))];
}

/** How a finding stands on the day. */
export function stateWords({done_on, state, days_overdue}: ToldFinding, as_of: string): string {
  if (done_on !== null) return `已于${dayWords(done_on)}整改`;
  return `截至${dayWords(as_of)}尚未整改到位${state === "逾期" && days_overdue ? `，已逾期${days_overdue}天` : ""}`;
}

/** Who is responsible and where it was found, in a cell. */
function whereCell({unit_name, place_name}: ToldFinding): string {
  return place_name === null || place_name === unit_name ? unit_name : `${unit_name}\n${place_name}`;
}

/** What was found, with what makes a hazard a grave one. */
function whatCell({description, hazard_level, criterion}: ToldFinding): string {
  const grave = hazard_level === "重大" ? `\n重大隐患${criterion === null ? "" : `，判定依据：${criterion}`}` : "";
  return `${description}${grave}`;
}

/**
 * The list of findings that goes with a document; lies across.
 * @param day of the letter: what is put right or overdue by then is marked
 */
export function findingList(findings: readonly ToldFinding[], day: string): Block {
  return {
    kind: "table",
    caption: null,
    columns: [
      {header: "序号", width: 5, align: "center"},
      {header: "问题编号", width: 12, align: "center"},
      {header: "责任单位（点位）", width: 13},
      {header: "巡查内容", width: 6, align: "center"},
      {header: "发现日期", width: 12, align: "center"},
      {header: "问题描述", width: 24},
      {header: "严重程度", width: 6, align: "center"},
      {header: "违反条款", width: 14},
      {header: "整改要求", width: 14},
      {header: "整改期限", width: 12, align: "center"}
    ],
    rows: findings.map((f, i) => [
      String(i + 1),
      f.finding_id,
      whereCell(f),
      f.item,
      f.found_on,
      whatCell(f),
      f.severity,
      f.violated,
      f.requirement,
      `${dueCell(f)}${dueMark(f, day)}`
    ]),
    empty: ""
  };
}

/** How findings spread over a regime's contents. */
export function itemTable({items}: Regime, findings: readonly ToldFinding[]): Block {
  const count = (of: readonly ToldFinding[], severity?: string) =>
    String(of.filter((f) => severity === undefined || f.severity === severity).length);
  const rows = items.flatMap(({no, title}) => {
    const mine = findings.filter((f) => f.item.split(".")[0] === no);
    return mine.length === 0
      ? []
      : [[`${no}．${title}`, count(mine, "重大"), count(mine, "较大"), count(mine, "一般"), count(mine)]];
  });
  const total = ["合计", count(findings, "重大"), count(findings, "较大"), count(findings, "一般"), count(findings)];
  return {
    kind: "table",
    caption: "发现问题按巡查内容分布（个）",
    columns: [
      {header: "巡查内容", width: 52},
      {header: "重大", width: 12, align: "center"},
      {header: "较大", width: 12, align: "center"},
      {header: "一般", width: 12, align: "center"},
      {header: "合计", width: 12, align: "center"}
    ],
    rows: rows.length === 0 ? [] : [...rows, total],
    empty: "没有发现问题。"
  };
}

/** 五落实 of findings that take their time: what is written down of each, room for the pen where nothing is. */
export function fiveTable(findings: readonly ToldFinding[], day: string): Block {
  const cell = (value: string | null) => value ?? BLANK;
  return {
    kind: "table",
    caption: "措施、责任、资金、时限、预案“五落实”",
    columns: [
      {header: "问题编号", width: 12, align: "center"},
      {header: "措施", width: 26},
      {header: "责任", width: 14},
      {header: "资金（万元）", width: 10, align: "right"},
      {header: "时限", width: 14, align: "center"},
      {header: "预案", width: 24}
    ],
    rows: findings.map((f) => [
      f.finding_id,
      cell(f.measure),
      cell(f.owner),
      cell(decimalText(f.fund_wan)),
      `${cell(f.due_on)}${dueMark(f, day)}`,
      cell(f.plan)
    ]),
    empty: "没有须逐项落实的问题。"
  };
}

/** A decimal without idle zeros. */
function decimalText(value: string | null): string | null {
  return value === null ? null : value.replace(/\.?0+$/, "");
}
