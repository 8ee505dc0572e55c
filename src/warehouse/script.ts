import {mkdirSync, writeFileSync} from "node:fs";
import {basename, dirname, extname, join} from "node:path";
import {factOf} from "../contract/fact.ts";
import {fault} from "../fault.ts";
import {compileScheme} from "../scheme/compile.ts";
import {neededColumns} from "../scheme/needed.ts";
import {GRAINS, type Grain, type Scheme} from "../scheme/types.ts";
import {KINDS, type ScoreResult} from "../score/types.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import {comparedGrains} from "./before.ts";
import type {Database} from "./duckdb.ts";
import {modelSql} from "./model.ts";
import {SEMANTICS, unitLineSql} from "./run.ts";
import {isDiskFull} from "./unreadable.ts";

/** Where a fact came from, beside its own columns. */
const ORIGIN = ["batch_id", "source_file", "source_sheet", "source_row"];

/** Session variables that the statements read, with their types. */
const VARIABLES = {
  as_of: "date",
  period_from: "date",
  period_to: "date",
  round_no: "varchar",
  year: "bigint",
  before_as_of: "date",
  before_period_from: "date",
  before_period_to: "date"
} as const;

/** A scheme's part of the script: its facts as files, then its statements. */
interface Section {
  readonly scheme: Scheme;
  readonly text: string;
}

/**
 * Takes down a score as it is computed: the facts as Parquet files and one script that computes it again with nothing but the stock
 * engine. Give `kept` to scoreDatabase, then call `write`.
 * @param file where the script goes; the facts go beside it, into `folder`, else a folder of the script's name
 * @example const script = new ScoreScript("复算/score.sql"); await openScored(dir, {kept: script.kept}); script.write(result)
 */
export class ScoreScript {
  private readonly sections: Section[] = [];
  private readonly directory: string;
  private readonly folder: string;
  /** How many files of facts there are. */
  private files = 0;

  constructor(
    private readonly file: string,
    folder = `${basename(file, ".sql")}-facts`
  ) {
    if (extname(file) !== ".sql")
      throw fault(2, {place: {file}, what: "脚本文件名不以 .sql 结尾", advice: "请写成 复算/score.sql 的样子"});
    this.directory = dirname(file);
    this.folder = folder;
  }

  /** Takes down one scheme while its facts stand. Errors: Fault 2 when the files cannot be written. */
  readonly kept = async (scheme: Scheme, db: Database): Promise<void> => {
    const place = `${this.folder}/${scheme.id}`;
    try {
      mkdirSync(join(this.directory, place), {recursive: true});
    } catch (error) {
      throw fault(2, {
        place: {file: this.file},
        what: `建不了目录（${(error as Error).message.split("\n")[0]}）`,
        advice: "请核对路径和权限"
      });
    }
    const views: string[] = [];
    for (const {name, sql, doc} of sources(scheme)) {
      await db.run(
        `copy (${sql}) to ${quotedString(join(this.directory, place, `${name}.parquet`))} (format parquet, compression zstd)`
      );
      this.files += 1;
      views.push(
        `-- ${doc}\ncreate or replace temp view ${name} as select * from read_parquet(${quotedString(`${place}/${name}.parquet`)});`
      );
    }
    this.sections.push({scheme, text: [await variablesSql(db), ...views, ...statements(scheme)].join("\n\n")});
  };

  /** Writes the script; says what there is now: the folder of facts and how many files are in it. Errors: Fault 2 when it cannot. */
  write(result: ScoreResult): {folder: string; files: number} {
    try {
      writeFileSync(this.file, `${this.text(result)}\n`);
      return {folder: join(this.directory, this.folder), files: this.files};
    } catch (error) {
      if (isDiskFull(error)) throw error;
      throw fault(2, {
        place: {file: this.file},
        what: `写不了脚本（${(error as Error).message.split("\n")[0]}）`,
        advice: "请核对路径和权限"
      });
    }
  }

  private text(result: ScoreResult): string {
    const {as_of, decisions_until, known_at, regime, run, digest} = result;
    const name = basename(this.file);
    return [
      `-- 复算脚本：只用 DuckDB，不用巡衡，从事实算出得分、记分台账和摘要。
-- 用法：在本文件所在的目录运行 duckdb < ${name} （或在任何 DuckDB 里逐句执行）；事实在 ${this.folder}/，每个办法一个目录。
-- 结果：表 score（得分、等次、名次）、表 ledger（记分台账）、表 digest（摘要）。最后几句打印得分，并核对摘要。
-- 制度 ${regime}；统计截止日 ${as_of}；决定计至 ${decisions_until}；数据截止时间 ${known_at}；语义版本 ${SEMANTICS}
-- 运行 ${run}
-- 应得摘要 ${digest}
-- 分值以千分之一分的整数（milli）计算，没有浮点数。`,
      `-- 台账类别的顺序\ncreate or replace temp table kind_order as select * from (values ${KINDS.map((k, i) => `(${quotedString(k)}, ${i + 1})`).join(", ")}) as v(kind, kind_no);`,
      modelSql("function").trim(),
      "-- 各办法的结果收在这三张表里\ndrop table if exists ledger; drop table if exists score; drop table if exists digest;",
      ...this.sections.map(({scheme, text}, i) =>
        [
          `-- ════ 办法 ${scheme.id} ${oneLine(scheme.name)} ════`,
          text,
          collected("ledger", "scheme_ledger", scheme.id, i),
          collected("score", "scheme_score", scheme.id, i)
        ].join("\n\n")
      ),
      DIGEST,
      `-- 打印得分，核对摘要\nselect scheme, unit_code, unit_name, covered, milli / 1000 as score, grade, rank, provisional from score order by scheme, rank nulls last, unit_code;`,
      `select digest, digest = ${quotedString(digest)} as is_same from digest;`
    ].join("\n\n");
  }
}

/** What a scheme's statements read: facts of the grains it looks at, units, judgements, decisions; in an order of their own. */
function sources(scheme: Scheme): {name: string; sql: string; doc: string}[] {
  const grains = GRAINS.filter((grain) => neededColumns(scheme, grain).length > 0);
  const before = comparedGrains(scheme);
  const found = grains.filter((grain) => grain === "finding" || grain === "accident");
  return [
    ...grains.map((grain) => factSource(scheme, grain, "fact", `${factOf(grain).title}：规则用到的各列，每行一个事实`)),
    ...found.map((grain) => factSource(scheme, grain, "found", `${factOf(grain).title}：经异议复核变更或撤销的，最初认定的样子`)),
    ...before.map((grain) => factSource(scheme, grain, "before", `${factOf(grain).title}：上年同期`)),
    ...(before.length > 0
      ? [
          {
            name: "coverage_before",
            sql: "select * from coverage_before order by unit_code",
            doc: "单位：上年同期是否巡查、监管对象数"
          }
        ]
      : []),
    {
      name: "unit_state",
      sql: "select unit_code, unit_name, unit_kind, peer_group, covered, items, due_unpublished, pending_appeals from unit_state order by unit_code",
      doc: "单位：巡查到什么程度，看了哪些内容"
    },
    {name: "judged", sql: "select * from judged order by unit_code, rule_id", doc: "评议：按异议复核的结果"},
    {
      name: "appeal_effective",
      sql: "select appeal_id, subject_kind, subject_id, unit_code, decision, new_severity, new_unit_code, filed_on, decided_by, decided_on, document_no from appeal_effective order by subject_kind, subject_id, unit_code",
      doc: "异议复核：每个对象最后的变更或撤销"
    }
  ];
}

function factSource(scheme: Scheme, grain: Grain, suffix: "fact" | "found" | "before", doc: string) {
  const columns = [...neededColumns(scheme, grain), ...ORIGIN].map(quotedIdentifier).join(", ");
  const subject = quotedIdentifier(factOf(grain).subject);
  return {name: `${grain}_${suffix}`, sql: `select ${columns} from ${grain}_${suffix} order by ${subject}, scored_unit`, doc};
}

async function variablesSql(db: Database): Promise<string> {
  const lines: string[] = ["-- 时间"];
  for (const [name, type] of Object.entries(VARIABLES)) {
    const value = await db.value<string | null>(`select cast(getvariable(${quotedString(name)}) as varchar)`);
    lines.push(`set variable ${name} = cast(${value === null || value === undefined ? "null" : quotedString(value)} as ${type});`);
  }
  return lines.join("\n");
}

function statements(scheme: Scheme): string[] {
  const {plan, applicability, causes, views} = compileScheme(scheme);
  return [
    "-- 参加评分的单位和巡查内容\ncreate or replace temp table scored as select unit_code, items from unit_state where covered = '已巡查';",
    "-- 办法写成的数据：内容、规则、封顶、等次",
    ...plan.map(closed),
    "-- 哪些规则、哪些内容对哪些单位不涉及",
    ...applicability.map(closed),
    "-- 每条规则碰到了什么",
    ...causes.map(closed),
    "-- 每一行扣分、加分的事由",
    ...views.map(closed),
    ...["applied", "tally", "cap", "ledger", "score"].map((name) => modelSql(name).trim())
  ];
}

function closed(sql: string): string {
  return `${sql};`;
}

function collected(target: string, source: string, scheme: string, i: number): string {
  const select = `select ${quotedString(scheme)} as scheme, * from ${source}`;
  return i === 0 ? `create temp table ${target} as ${select};` : `insert into ${target} ${select};`;
}

const DIGEST = `-- 摘要：每个单位的各行按序连起来求 SHA-256，各单位再连起来求一次
create temp table digest as
select sha256(string_agg(line, chr(10) order by line)) as digest from (
  select ${unitLineSql("seq")} as line
  from ledger group by unit_code
);`;

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
