import {TABLES} from "../contract/index.ts";
import {type Cycle, periodOf} from "../regime/period.ts";
import {parameterOn} from "../regime/resolve.ts";
import type {Scheme} from "../scheme/types.ts";
import {quotedIdentifier, quotedList} from "../sql.ts";
import type {CheckResult} from "../warehouse/check.ts";
import type {Database} from "../warehouse/duckdb.ts";
import {SEMANTICS} from "../warehouse/run.ts";
import type {Scored} from "../warehouse/scored.ts";
import {withdrawnRows} from "../warehouse/withdrawn.ts";
import type {Batch} from "../workspace/batch.ts";
import type {Release} from "./list.ts";
import type {SourceDoubts} from "./source-doubt.ts";

/** Kinds of things that stand in the way of an approval, in the order in which they are told. */
export const OBSTACLES = ["来源", "得分", "评议", "异议", "暂定", "退回", "挂起", "撤走", "违反", "办法", "语义"] as const;
export type ObstacleKind = (typeof OBSTACLES)[number];

/** Something that stands in the way of an approval until it is done or waived with a reason. */
export interface Obstacle {
  /** The kind, or `kind:which` where there are several of a kind: `违反:report-late`. */
  readonly id: string;
  readonly kind: ObstacleKind;
  /** A sentence without its stop; names nobody, because a waiver of it is printed for outsiders too. */
  readonly what: string;
  /** The first of the things by their numbers, for those who work in the office; null: not listed. */
  readonly which: string | null;
  readonly count: number;
  readonly clause: string | null;
  /** Shows the things one by one. */
  readonly command: string;
}

/** Names that a sentence lists. */
const NAMED = 5;

/**
 * All that stands in the way of approving a result, in the order of OBSTACLES.
 * @param checks every check of the regime (checkScored)
 * @param batches all batches of the workspace
 * @param sources what the workspace's sources hold beyond them (sourceDoubts)
 * @param earlier the releases that there are
 */
export async function findObstacles(
  scored: Scored,
  {
    checks,
    batches,
    earlier,
    sources = {never: [], changed: []}
  }: {
    checks: readonly CheckResult[];
    batches: readonly Batch[];
    earlier: readonly Release[];
    sources?: SourceDoubts;
  }
): Promise<Obstacle[]> {
  const {db, schemes} = scored;
  const rules = schemes.map((s) => s.scheme);
  return [
    ...unread(sources),
    ...unscored(scored),
    ...(await pendingJudgements(db, rules)),
    ...(await pendingAppeals(db)),
    ...(await otherDoubts(db, rules)),
    ...(await openRows(db)),
    ...(await openWithdrawals(db, batches)),
    ...checks.flatMap(breach),
    ...rules.flatMap((scheme) => unissued(scheme, scored)),
    ...otherSemantics(earlier)
  ];
}

function obstacle(kind: ObstacleKind, count: number, what: string, command: string, which: readonly string[] = []): Obstacle[] {
  return count === 0 ? [] : [{id: kind, kind, what, which: someOf(which), count, clause: null, command}];
}

/** Sources that were never loaded, or not as they stand now: the result may be of half the data. */
function unread({never, changed}: SourceDoubts): Obstacle[] {
  const parts = [
    ...(never.length > 0 ? [`${never.length}个来源从未装入`] : []),
    ...(changed.length > 0 ? [`${changed.length}个来源的文件在装入之后有变动或读不到`] : [])
  ];
  return obstacle("来源", never.length + changed.length, parts.join("，"), "xunheng load", [...never, ...changed]);
}

/** A result without a single score is mostly one without its data. */
function unscored({result}: Pick<Scored, "result">): Obstacle[] {
  const isEmpty = result.schemes.every(({units}) => units.every((u) => u.milli === null));
  return obstacle("得分", isEmpty ? 1 : 0, "没有一个单位有得分", "xunheng score");
}

/** Units with judgements that nobody has given yet. Reads: tally. */
async function pendingJudgements(db: Database, schemes: readonly Scheme[]): Promise<Obstacle[]> {
  const rows = await pendingRows(db, schemes, "judge");
  return obstacle("评议", rows.length, `${rows.length}项评议尚未作出`, "xunheng score", rows);
}

/** Vetoes that wait for an accident's conclusion, and deadlines that no schedule gives yet. Reads: tally, unit_all. */
async function otherDoubts(db: Database, schemes: readonly Scheme[]): Promise<Obstacle[]> {
  const vetoes = await pendingRows(db, schemes, "veto");
  const undated = await db.list(
    "select distinct concat(unit_name, '（', unit_code, '）') from unit_all where due_unpublished and covered = '已巡查' order by 1"
  );
  const parts = [
    ...(vetoes.length > 0 ? [`${vetoes.length}项否决待事故批复结案`] : []),
    ...(undated.length > 0 ? [`${undated.length}个单位有期限落在节假日安排未公布的年份`] : [])
  ];
  return obstacle("暂定", vetoes.length + undated.length, `得分暂定：${parts.join("，")}`, "xunheng score", [
    ...vetoes,
    ...undated
  ]);
}

async function pendingRows(db: Database, schemes: readonly Scheme[], measure: "judge" | "veto"): Promise<string[]> {
  const ids = schemes.flatMap((scheme) => scheme.rules.filter((r) => r.measure.kind === measure).map((r) => r.id));
  if (ids.length === 0) return [];
  return db.list(
    `select concat(unit_code, ' ', rule_id) from tally where bucket = 'pending' and rule_id in ${quotedList(ids)} group by unit_code, rule_id order by unit_code, rule_id`
  );
}

async function pendingAppeals(db: Database): Promise<Obstacle[]> {
  const ids = await db.list("select distinct appeal_id from appeal_asof where decided_on is null order by appeal_id");
  return obstacle("异议", ids.length, `${ids.length}件异议复核尚未决定`, "xunheng score", ids);
}

/** Rejected and held rows that nobody corrected or waived. */
async function openRows(db: Database): Promise<Obstacle[]> {
  const count = async (rows: string) =>
    Number(
      await db.value(`select count(*) from (select distinct r.source_name, r.source_file, r.source_sheet, r.source_row, r.mark from (${rows}) r
left join settled s on s.source_name = r.source_name and s.mark = r.mark where s.state is null)`)
    );
  const columns = "source_name, source_file, source_sheet, source_row, mark";
  const rejected = await count(`select ${columns} from reject`);
  const held = await count(
    TABLES.map(({name}) => `select ${columns} from ${quotedIdentifier(`${name}_held`)}`).join(" union all ")
  );
  return [
    ...obstacle("退回", rejected, `${rejected}条台账记录有误，未计入结果，也未更正`, "xunheng rejects"),
    ...obstacle("挂起", held, `${held}条台账记录所依附的记录尚未登记，未计入结果`, "xunheng rejects")
  ];
}

async function openWithdrawals(db: Database, batches: readonly Batch[]): Promise<Obstacle[]> {
  const sources = [...new Set(batches.map((b) => b.source))].toSorted();
  let count = 0;
  for (const source of sources) count += (await withdrawnRows(db, batches, source)).length;
  return obstacle("撤走", count, `${count}条台账记录后来不再报送，仍计入结果`, "xunheng accept-withdrawals --list");
}

/** Checks that tell of clues: their titles are not for those who get the result. */
const UNTOLD = new Set(["clue-not-handed-over", "discipline-not-handed-over"]);

function breach({id, title, clause, grade, rows}: CheckResult): Obstacle[] {
  if (grade !== "违反" || rows === 0) return [];
  if (UNTOLD.has(id)) {
    const what = `一项程序检查${rows}处未办结`;
    return [{id: `违反:${id}`, kind: "违反", what, which: title, count: rows, clause: null, command: `xunheng check --only ${id}`}];
  }
  return [
    {
      id: `违反:${id}`,
      kind: "违反",
      what: `${title}${rows}处`,
      which: null,
      count: rows,
      clause,
      command: `xunheng check --only ${id}`
    }
  ];
}

/** A scheme that is not issued, or in force only after the period it judges has begun: 不溯及既往. */
function unissued(scheme: Scheme, {regime, when, year}: Pick<Scored, "regime" | "when" | "year">): Obstacle[] {
  const {id, name, document_no, issued_by, issued_on, effective_from} = scheme;
  const missing = Object.entries({
    "文号（document_no）": document_no,
    "印发机关（issued_by）": issued_by,
    "印发日期（issued_on）": issued_on,
    "施行日期（effective_from）": effective_from
  }).flatMap(([word, value]) => (value === null ? [word] : []));
  const cycle = (parameterOn(regime)("cycle", when.as_of) ?? null) as Cycle | null;
  const {from} = periodOf(scheme.period, year, when.as_of, cycle, null);
  const late = [
    ...(issued_on !== null && issued_on > from ? [`${issued_on}印发`] : []),
    ...(effective_from !== null && effective_from > from ? [`${effective_from}施行`] : [])
  ];
  const what = [
    ...(missing.length > 0 ? [`没有写${missing.join("、")}，未正式印发`] : []),
    ...(late.length > 0 ? [`${late.join("、")}，晚于所评期间的第一天${from}（不溯及既往）`] : [])
  ].join("；");
  if (what === "") return [];
  return [
    {
      id: `办法:${id}`,
      kind: "办法",
      what: `《${name}》${what}`,
      which: null,
      count: 1,
      clause: null,
      command: `xunheng scheme show ${id}`
    }
  ];
}

/** Earlier releases were computed otherwise: they cannot be compared with this one number by number. */
function otherSemantics(earlier: readonly Release[]): Obstacle[] {
  const last = earlier.findLast((r) => r.state !== "已撤回");
  const before = last?.approval.args.semantics;
  if (!last || before === SEMANTICS) return [];
  const what = `上一个审定结果 ${last.id} 按语义版本${before}计算，本程序是${SEMANTICS}，同样的数据会得出别的分`;
  return obstacle("语义", 1, what, `xunheng release show ${last.id}`);
}

function someOf(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  return `${names.slice(0, NAMED).join("、")}${names.length > NAMED ? "等" : ""}`;
}

/** A waiver as it was asked for: of one obstacle (`违反:report-late`) or of all of a kind (`违反`). */
export interface WaiverAsked {
  readonly id: string;
  readonly reason: string;
}

/** An obstacle that was waived. */
export interface Waived {
  readonly obstacle: Obstacle;
  readonly reason: string;
}

/**
 * Parts obstacles into those waived and those that still stand; a waiver of one goes before one of its kind. `needless` are waivers of
 * what does not stand in the way.
 */
export function waive(
  obstacles: readonly Obstacle[],
  asked: readonly WaiverAsked[]
): {waived: Waived[]; standing: Obstacle[]; needless: WaiverAsked[]} {
  const reasonOf = (o: Obstacle) => (asked.find((w) => w.id === o.id) ?? asked.find((w) => w.id === o.kind))?.reason;
  return {
    waived: obstacles.flatMap((one) => {
      const reason = reasonOf(one);
      return reason === undefined ? [] : [{obstacle: one, reason}];
    }),
    standing: obstacles.filter((one) => reasonOf(one) === undefined),
    needless: asked.filter((w) => !obstacles.some((o) => o.id === w.id || o.kind === w.id))
  };
}

/** An obstacle as a waiver of it is printed everywhere: `巡查报告逾期或缺少3处（三（三）4）`. */
export function waivedText({what, clause}: Obstacle): string {
  return `${what}${clause === null ? "" : `（${clause}）`}`;
}

/** An obstacle as the office sees it: `评议 1项评议尚未作出：990103 R4-2`. */
export function obstacleText(one: Obstacle): string {
  return `${one.id} ${waivedText(one)}${one.which === null ? "" : `：${one.which}`}`;
}
