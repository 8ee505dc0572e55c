import {LOADERS} from "../../loaders/index.ts";
import {TABLES} from "../contract/index.ts";
import type {SheetReport} from "../workspace/inspect/inspect.ts";
import type {InspectResult} from "./inspect.ts";
import {textTable} from "./output.ts";

/** Sheets whose columns are shown without being asked for. */
const FEW = 3;

/** What `xunheng inspect` says to a terminal. `asked`: the user named the sheet. */
export function inspectText({file, loader, notes, sheets}: InspectResult, asked: boolean): string {
  const found = sheets.filter(({table, hidden}) => table !== null && (!hidden || asked));
  const detailed = asked || found.length <= FEW;
  const lines = [`${file}：${LOADERS[loader]?.title ?? loader}（loader: ${loader}）`, ...notes.map((note) => `· ${note}`)];
  if (sheets.length > 1) lines.push("", sheetTable(sheets).trimEnd());
  for (const sheet of found) {
    if (detailed) lines.push("", ...sheetLines(sheet));
    else lines.push(...problemLines(sheet));
  }
  if (!detailed) lines.push("", "各列怎样对应、有哪些取值，用 --sheet 工作表名 逐个看。");
  if (found.length === 0) {
    lines.push(
      "",
      "没有认出契约里的表：前50行里找不到表头。表头的列名差得多时，用 --table 表名 指明是哪张表再看；各表的列见 xunheng describe 表名。"
    );
  } else {
    const twice = found.filter(({table}, i) => found.findIndex((other) => other.table === table) < i);
    for (const {table} of new Map(twice.map((s) => [s.table, s])).values()) lines.push("", sameTable(table ?? "", found));
    const ready = found.every(({loadable}) => loadable);
    lines.push("", ready ? "贴到 xunheng.yaml 的 sources 下面：" : "改好以后，贴到 xunheng.yaml 的 sources 下面：", "");
    lines.push(
      found
        .map(({entry}) => entry)
        .join("")
        .trimEnd()
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Several sheets of one table are usually one list, written by several people. */
function sameTable(table: string, found: readonly SheetReport[]): string {
  const names = found.flatMap((s) => (s.table === table ? (s.sheet ?? []) : []));
  return `· ${names.join("、")}都像${titleOf(table)}：是一份分几处填的，合成一个来源，写 sheet: [${names.join(", ")}]；不是的，只留一个。`;
}

function titleOf(name: string): string {
  return `${TABLES.find((table) => table.name === name)?.title ?? name}（${name}）`;
}

function sheetTable(sheets: readonly SheetReport[]): string {
  return textTable(
    ["工作表", "", "像哪张表", "符合", "表头在第几行", "缺少的列", "也像"],
    sheets.map((s) => [
      s.sheet,
      s.hidden ? "隐藏，不读" : "",
      s.table === null ? "—" : titleOf(s.table),
      s.table === null ? null : `${s.score}%`,
      s.header_row,
      s.missing.map(({header}) => header).join("、"),
      s.ties.map(({table, score}) => `${titleOf(table)}${score}%`).join("、")
    ])
  );
}

function sheetLines(s: SheetReport): string[] {
  const where = s.sheet === null ? "" : `工作表“${s.sheet}”${s.hidden ? "（隐藏）" : ""}：`;
  const row = s.header_row === null ? "" : `表头在第${s.header_row}行，`;
  const seen = `${row}看了${s.rows}行${s.whole ? "" : "，后面的没有看"}`;
  return [
    `${where}像“${titleOf(s.table ?? "")}”，符合${s.score}%；${seen}`,
    ...(s.ties.length > 0
      ? [`也像${s.ties.map(({table, score}) => `${titleOf(table)}${score}%`).join("、")}；不对时用 --table 指明`]
      : []),
    "",
    textTable(
      ["列", "读作", "", "前几个值", "说明"],
      s.columns.map((c) => [
        c.header,
        c.column ?? "—",
        HOW[c.how],
        c.samples.join(" | "),
        c.advice ?? (c.suggestion ? `是否指 ${c.suggestion}？` : "")
      ])
    ).trimEnd(),
    ...problemLines(s),
    ...valueLines(s)
  ];
}

const HOW: Readonly<Record<SheetReport["columns"][number]["how"], string>> = {
  契约: "",
  别名: "按columns对应",
  不读: "不读",
  丢弃: "丢弃"
};

function problemLines(s: SheetReport): string[] {
  const where = s.sheet === null ? "" : `${s.sheet}：`;
  return [
    ...s.missing.map(({header, column, advice}) => `× ${where}缺少必需的列 ${header}（${column}）；${advice}`),
    ...s.notes.map((note) => `· ${where}${note}`)
  ];
}

function valueLines({values}: SheetReport): string[] {
  if (values.length === 0) return [];
  const rows = values.map(({header, value, rows: n, to, takes}) => [
    header,
    value.slice(0, 24),
    n,
    to ?? `请填${takes.slice(0, 8).join("、")}之一`
  ]);
  return [
    "",
    "契约里没有的取值，在values里对应（建议的请核对；不对应的行会退回）：",
    textTable(["列", "取值", "行数", "对应"], rows).trimEnd()
  ];
}
