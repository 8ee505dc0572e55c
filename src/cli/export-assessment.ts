import {existsSync, readFileSync} from "node:fs";
import {extname} from "node:path";
import type {Command} from "commander";
import {assessmentBook} from "../export/assessment/book.ts";
import {assessmentExport} from "../export/assessment/data.ts";
import {
  assessmentCsv,
  assessmentJson,
  assessmentPackage,
  assessmentParquet,
  schemaJson,
  type TableName
} from "../export/assessment/files.ts";
import {TABLE_NAMES} from "../export/assessment/tables.ts";
import {assessmentFilling} from "../export/assessment/template.ts";
import type {AssessmentExport} from "../export/assessment/types.ts";
import {type Filled, filledLines, fillTemplate} from "../export/template/fill.ts";
import type {ExportFile} from "../export/write.ts";
import {fault} from "../fault.ts";
import type {Scored} from "../warehouse/scored.ts";
import {finishExport, openForExport, withExport} from "./export-common.ts";
import type {Effects} from "./output.ts";

interface AssessmentFlags {
  readonly table?: string;
  readonly schema?: boolean;
  readonly template?: string;
  readonly sheet?: string;
  readonly overwrite?: boolean;
}

const HELP = `
--to 的写法决定格式：
  考核.xlsx     汇总表（按考核分组）、考核指标、扣分明细表（一个单位一页，可签字）、说明
  考核.csv      一张表，--table 汇总|指标|明细，默认指标；带 BOM，公式字符已处理
  考核.parquet  一张表，同上；分值是千分之一分的整数
  考核.json     全部内容；格式见 --schema
  考核          目录：以上全部，加 manifest.json（每个文件的 SHA-256 和 SM3），可用 xunheng seal 签名

考核办有自己的表时，用 --template 填它的表，写到 --to：
  按“单位编码”或“单位名称”一列（或一行）和写着考核项编码或名称的列（或行）找到每一格，只填空格；
  公式、已填了别的数的格不改，逐格列出（退出码1）；已填的要改写，加 --overwrite。其余内容、样式、编码和次序都不动，
  最后加一张“填报说明”：用的是哪个结果，哪些没有填。公式的结果在打开时重算。

内容按“领导”可见的范围：问题线索、移送和立案事项只计分，不写编号和事由；制度规定保密的、尚未反馈的不写。
没有审定的结果也能导出，每一页、每一行都标“未审定”。
例：xunheng export assessment --to 考核.xlsx -w 工作区目录
    xunheng export assessment --template 考核办.xlsx --to 考核办-已填.xlsx -w 工作区目录
    xunheng export assessment --to 考核 --recipient 区考核办 --by 张三 -w 工作区目录`;

/** `xunheng export assessment`: what the assessment office gets. */
export function addExportAssessment(parent: Command, effects: Effects, end: (exit: number) => void): void {
  withExport(parent.command("assessment").description("考核办：每个单位每项考核指标的分值和依据，扣分明细表，汇总表"))
    .option("--table <name>", `.csv 和 .parquet 写哪张表：${TABLE_NAMES.join("、")}；默认指标`)
    .option("--template <file>", "填考核办自己的表（.xlsx），其余内容不动")
    .option("--sheet <name>", "--template 里填哪一张工作表；默认能填的那一张")
    .option("--overwrite", "--template 里已填了别的数的格也改写；公式仍不改")
    .option("--schema", "只打印 .json 的格式（JSON Schema）")
    .addHelpText("after", HELP)
    .action(async (_, command: Command) => {
      const {schema, table, template, sheet, overwrite} = command.opts<AssessmentFlags>();
      if (schema) return effects.stdout(schemaJson());
      const name = tableName(table);
      const {scored, to, ...rest} = await openForExport<AssessmentFlags>(command, effects);
      try {
        const all = await assessmentExport(scored);
        const told = {what: "assessment", title: "考核办导出", to, ...rest};
        if (template === undefined) {
          const files = await filesOf(scored, all, to, name);
          await finishExport(effects, scored, {...told, files, lines: toldLines(all)});
          return;
        }
        const {bytes, ...filled} = filledTemplate(template, to, all, {sheet, overwrite: overwrite === true});
        const files = [{path: "", bytes}];
        await finishExport(effects, scored, {...told, files, lines: [...toldLines(all), ...filledLines(filled)], more: {filled}});
        if (filled.refused.length + filled.unclear.length > 0) end(1);
      } finally {
        scored.close();
      }
    });
}

function filledTemplate(
  template: string,
  to: string,
  all: AssessmentExport,
  options: {readonly sheet: string | undefined; readonly overwrite: boolean}
): Filled {
  if (extname(to).toLowerCase() !== extname(template).toLowerCase())
    throw fault(2, {place: {file: to}, what: "同 --template 的文件类型不同", advice: `请把 --to 也写成 ${extname(template)}`});
  if (!existsSync(template)) throw fault(2, {place: {file: template}, what: "没有这个文件", advice: "请核对 --template"});
  return fillTemplate(template, readFileSync(template), assessmentFilling(all), options);
}

function tableName(table: string | undefined): TableName | null {
  const name = TABLE_NAMES.find((known) => known === table);
  if (table !== undefined && name === undefined)
    throw fault(2, {place: null, what: `没有表 ${table}`, advice: `可用：${TABLE_NAMES.join("、")}`});
  return name ?? null;
}

async function filesOf(scored: Scored, all: AssessmentExport, to: string, table: TableName | null): Promise<ExportFile[]> {
  const ending = extname(to).toLowerCase();
  if (table !== null && ending !== ".csv" && ending !== ".parquet")
    throw fault(2, {place: {file: to}, what: "--table 只用于 .csv 和 .parquet", advice: "其他格式里三张表都在"});
  const name = table ?? "指标";
  switch (ending) {
    case ".xlsx":
      return [{path: "", bytes: await assessmentBook(scored, all)}];
    case ".csv":
      return [{path: "", bytes: assessmentCsv(all, name)}];
    case ".parquet":
      return [{path: "", bytes: await assessmentParquet(scored, all, name)}];
    case ".json":
      return [{path: "", bytes: assessmentJson(all)}];
    case "":
      return assessmentPackage(scored, all);
    default:
      throw fault(2, {place: {file: to}, what: `不会写“${ending}”文件`, advice: "请用 .xlsx、.csv、.json、.parquet，或一个目录"});
  }
}

/** What is not in it, for the one who hands it out. */
function toldLines({kept_back, silent, schemes}: AssessmentExport): string[] {
  return [
    ...(kept_back ? [`按${kept_back.clause}，${kept_back.what.join("、")}不写；尚未反馈的单位只写“未反馈”`] : []),
    ...schemes.flatMap(({not_reached}) =>
      not_reached.map(({unit_kind, units}) => `${unit_kind}${units}个未列：没有条款规定其结果用于年度考核`)
    ),
    ...silent.map((name) => `${name}没有写 assessment，其单位未列`),
    ...schemes.flatMap(({warnings}) => warnings)
  ];
}
