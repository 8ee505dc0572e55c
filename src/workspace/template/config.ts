import {LOADERS} from "../../../loaders/index.ts";
import {TABLES} from "../../contract/index.ts";
import {TEMPLATE_WORDS} from "../../contract/template-word.ts";
import type {Regime} from "../../regime/types.ts";

/** The workbook of templates, beside xunheng.yaml. */
export const BOOK = "台账.xlsx";

/** What an xunheng.yaml begins with. */
export interface ConfigWords {
  readonly regime: Regime;
  /** Schemes written for the regime: id and name. */
  readonly schemes: readonly {readonly id: string; readonly name: string}[];
  /** Null: still to be filled in. */
  readonly authority: string | null;
  readonly year: number;
}

/** Stands where the office's name is to be filled in. */
export const AUTHORITY = "（请填本单位全称）";

/**
 * The text of a new workspace's xunheng.yaml: every key explained, a source for every table of the workbook of templates.
 * @example configText({regime, schemes: [{id: "x-town", name: "…"}], authority: null, year: 2026})
 */
export function configText({regime, schemes, authority, year}: ConfigWords): string {
  const ids = schemes.length > 0 ? schemes.map(({id}) => id) : [`${regime.id}-own`];
  return `# 巡衡工作区。# 后面是说明，可以删改。改完存成 UTF-8，再运行 xunheng load。
# 每个键的详细说明见使用指南“装入数据”。

# 本单位全称，印在每一页和每份文书上。
authority: ${scalar(authority ?? AUTHORITY)}

# 依据的制度：${regime.title}。制度文件在程序的 data/regimes，或本目录的 regimes。
regime: ${regime.id}

# 评分办法，可以写几个，适用的单位类别不能重叠。
${schemes.map(({id, name}) => `#   ${id}：${name}\n`).join("")}${
  schemes.length > 0
    ? "# 这是随程序附带的样例办法；用本单位的办法时，放进本目录的 schemes，在这里写它的编号。\n"
    : "# 这个制度还没有评分办法：请在本目录的 schemes 里写一份（写法见使用指南“评分办法怎么写”），在这里写它的编号。\n"
}schemes: [${ids.join(", ")}]

# 考核年度。
year: ${year}

# 统计截止日：只算到这一天为止发生的事。不写时取运行命令的当天。
# as_of: ${year}-12-31

# 评议和异议复核的决定计到哪一天；不写时取统计截止日。
# decisions_until: ${year + 1}-01-10

# 只算某一轮巡查时写轮次。
# round: "1"

# 制度点名的单位对应哪个单位编码。
# named_units: {某某市: "990100"}

# 页面和导出里遮盖正文中的手机号、身份证号；不遮盖时写 false。
# mask_numbers: true

# 文件的限度，超过时拒绝或退回；数据确实大时再调高。
# limits: {workbook_mib: 512, columns: 2048, cell_chars: 1000000}

# 数据从哪里来。每一项是一张表的一个来源：
#   table    哪张表，见 xunheng describe
#   name     来源的名字；不写就是表名。一张表有几个来源时必须写，各不相同
#   loader   怎样读：${loaderWords()}
#   path     文件，从本目录算起；可以用 * 写多个，合起来是一份
#   sheet    工作表；可以写几个，如 [一组, 二组]，'*' 是全部
#   hidden   隐藏的行照读、隐藏的工作表不读；写 skip 连隐藏行也不读，写 read 连隐藏的工作表也读
#   mode     snapshot（不写就是它）：每次装入都是全部，少了的行列为“撤走”；append：每次只给新增的行
#   columns  本单位的列名对应契约的列名，如 {整改时限: due_on}；对应到“不读”的列不读
#   values   本单位的取值对应契约的取值，如 {severity: {A级: 重大}}
#   constants 文件里没有、各行又都一样的列，如 {layer: 企业}
#   filled   一行里又写问题又写整改的，同一个工作表读两遍：这一列空着的行不是这张表的行，如 on_date；可以写几列，都空着才不是
# 已有自己的台账时，不必照模板重抄：用 xunheng inspect 文件 -w 本目录，把它打印的一项贴到这里，换掉同名的表。
# 本单位不掌握的表请删去那一行：留着而空着，读作“一件也没有”（没有成员、没有报告），检查和评分会据此认定缺漏；删去则读作“没有提供”。
sources:
${TABLES.map((table) => sourceLine(table.name, table.title)).join("")}`;
}

function loaderWords(): string {
  return Object.entries(LOADERS)
    .map(([name, {title}]) => `${name}（${title}）`)
    .join("、");
}

function sourceLine(table: string, title: string): string {
  const comment = TEMPLATE_WORDS[table]?.row;
  return `  - {table: ${table}, loader: spreadsheet, path: ${BOOK}, sheet: ${title}}${comment ? `  # ${comment}` : ""}\n`;
}

/** A text as YAML reads it back. */
function scalar(text: string): string {
  return /^[\p{L}（）()]+$/u.test(text) ? text : JSON.stringify(text);
}
