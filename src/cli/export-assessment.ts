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
import type {AssessmentExport} from "../export/assessment/types.ts";
import type {ExportFile} from "../export/write.ts";
import {fault} from "../fault.ts";
import type {Scored} from "../warehouse/scored.ts";
import {finishExport, openForExport, withExport} from "./export-common.ts";
import type {Effects} from "./output.ts";

interface AssessmentFlags {
  readonly table?: string;
  readonly schema?: boolean;
}

const HELP = `
--to 的写法决定格式：
  考核.xlsx     汇总表（按考核分组）、考核指标、扣分明细表（一个单位一页，可签字）、说明
  考核.csv      一张表，--table 汇总|指标|明细，默认指标；带 BOM，公式字符已处理
  考核.parquet  一张表，同上；分值是千分之一分的整数
  考核.json     全部内容；格式见 --schema
  考核          目录：以上全部，加 manifest.json（每个文件的 SHA-256 和 SM3），可用 xunheng seal 签名

内容按“领导”可见的范围：问题线索、移送和立案事项只计分，不写编号和事由；制度规定保密的、尚未反馈的不写。
没有审定的结果也能导出，每一页、每一行都标“未审定”。
例：xunheng export assessment --to 考核.xlsx -w 工作区目录
    xunheng export assessment --to 考核 --recipient 区考核办 --by 张三 -w 工作区目录`;

/** `xunheng export assessment`: what the assessment office gets. */
export function addExportAssessment(parent: Command, effects: Effects): void {
  withExport(parent.command("assessment").description("考核办：每个单位每项考核指标的分值和依据，扣分明细表，汇总表"))
    .option("--table <name>", `.csv 和 .parquet 写哪张表：${TABLE_NAMES.join("、")}；默认指标`)
    .option("--schema", "只打印 .json 的格式（JSON Schema）")
    .addHelpText("after", HELP)
    .action(async (_, command: Command) => {
      const {schema, table} = command.opts<AssessmentFlags>();
      if (schema) return effects.stdout(schemaJson());
      const name = tableName(table);
      const {scored, to, ...rest} = await openForExport<AssessmentFlags>(command, effects);
      try {
        const all = await assessmentExport(scored);
        const files = await filesOf(scored, all, to, name);
        await finishExport(effects, scored, {what: "assessment", title: "考核办导出", to, files, lines: toldLines(all), ...rest});
      } finally {
        scored.close();
      }
    });
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
