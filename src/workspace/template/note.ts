import type {Cell, CellStyle, WriteSheet} from "hucre/xlsx";
import {TABLES} from "../../contract/index.ts";
import {TEMPLATE_WORDS} from "../../contract/template-word.ts";
import type {Regime} from "../../regime/types.ts";
import {templateColumns} from "./column.ts";

const WRAPPED = {wrapText: true, vertical: "top"} as const;
const HEAD: CellStyle = {
  font: {name: "宋体", bold: true},
  fill: {type: "pattern", pattern: "solid", fgColor: {rgb: "E2E2E2"}},
  alignment: WRAPPED
};
const SECTION: CellStyle = {font: {name: "宋体", bold: true, size: 13}, numFmt: "@"};
/** Han characters to a line of the steps. */
const LINE = 54;

const STEPS = [
  "每张表一个工作表，从第5行填起，一行一条。橙色标签的四张表先填：单位、巡查、问题、整改；不掌握的表，请在 xunheng.yaml 的 sources 里删去那一行。",
  "第1行至第4行不要动。第3行是示例，在表头上面，永远不会装入，不必删。第4行是表头，文字不要改；鼠标放在表头上有说明。",
  "橙色列必填，黄色列有时必填，灰色列可以空着。不知道就留空，不要猜：是或否的列空着表示“不知道”，不会因此算作违反。",
  "编号、编码的列已设为文本，0开头的编号不会丢0。日期填成 2025-03-01 的样子。有下拉的列请从下拉里选。",
  "从别的表格粘贴时用“选择性粘贴—数值”，否则下拉和格式会被盖掉；装入时照样会逐格核对，不合格的行退回并说明原因，不会悄悄丢掉。",
  "不要写身份证号、举报人、亲属和涉密内容：人员用本单位自编的编号；写了举报人、亲属的列不会读入，有密级标志的文件整个拒绝。",
  "本单位不记的灰色列请整列删掉：留着空列，表示记这一项而没有发生，检查时会算作没有做；删掉则表示台账不记，检查时说“没有数据”。",
  "可以加自己的列（不读，装入时报出列名），可以调换列的先后。不要合并数据格，不要在一格里写几个问题。",
  "几个人分头填时，把本文件复制几份（如 台账-一组.xlsx、台账-二组.xlsx），并把 xunheng.yaml 里的 path 改成 台账-*.xlsx；同一编号只能出现在一份里。",
  "填好后运行 xunheng load 装入，xunheng rejects 看退回的行。改好再装一次即可；同样的文件装两次，什么也不会变。"
];

/** The sheet that says how to fill in the workbook: steps, tables, and the regime's contents and kinds. */
export function noteSheet(regime: Regime): WriteSheet {
  const rows: string[][] = [];
  const cells = new Map<string, Partial<Cell>>();
  const section = (title: string, head: readonly string[] | null = null) => {
    if (rows.length > 0) rows.push([]);
    cells.set(`${rows.length},0`, {value: title, style: SECTION});
    rows.push([title]);
    for (const [i, value] of (head ?? []).entries()) cells.set(`${rows.length},${i}`, {value, style: HEAD});
    if (head) rows.push([...head]);
  };
  section(`台账填写说明：${regime.title}`);
  for (const [i, step] of STEPS.entries()) rows.push([`${i + 1}.`, step]);
  section("各表", ["工作表", "每行是什么", "必填的列"]);
  for (const {name, title, columns} of TABLES)
    rows.push([
      title,
      TEMPLATE_WORDS[name]?.row ?? "",
      columns
        .filter((c) => c.required)
        .map((c) => c.header)
        .join("、")
    ]);
  section("巡查内容（“问题”表里填编号，也可以写到 6.1）", ["编号", "内容", "条款"]);
  for (const {no, title, clause} of regime.items) rows.push([no, title, clause]);
  section("巡查方式和单位类别", ["栏目", "可填的值"]);
  rows.push(["巡查方式", Object.values(regime.kinds).join("、")], ["单位类别", regime.unit_kinds.join("、")]);
  return {
    name: "说明",
    rows,
    cells,
    columns: [14, 96, 60].map((width) => ({width, style: {alignment: WRAPPED, numFmt: "@"}})),
    rowDefs: new Map([
      [0, {height: 24}],
      ...STEPS.map((step, i) => [i + 1, {height: 16 * Math.ceil(step.length / LINE)}] as const)
    ]),
    pageSetup: {paperSize: "a4", orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0}
  };
}

/** The sheet that lists every column of every table. */
export function columnSheet(regime: Regime): WriteSheet {
  const head = ["工作表", "栏目", "英文名", "是否必填", "类型", "可填的值", "填法", "举例"];
  const rows = TABLES.flatMap((table) =>
    templateColumns(table, regime).map(({column, needed, type, choices, note, example}) => [
      table.title,
      column.header,
      column.name,
      needed,
      type,
      choices?.join("、") ?? "",
      note ?? "",
      example
    ])
  );
  return {
    name: "栏目一览",
    rows: [head, ...rows],
    cells: new Map(head.map((value, i) => [`0,${i}`, {value, style: HEAD}])),
    columns: [14, 20, 20, 11, 12, 40, 50, 22].map((width) => ({width, style: {alignment: WRAPPED, numFmt: "@"}})),
    freezePane: {rows: 1},
    pageSetup: {paperSize: "a4", orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: "$1:$1"}
  };
}
