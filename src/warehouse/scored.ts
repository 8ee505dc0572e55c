import {maskVariable} from "../contract/mask.ts";
import {type Fault, fault} from "../fault.ts";
import {momentText} from "../moment.ts";
import {parseRegime} from "../regime/parse.ts";
import {type Cycle, type Period, periodOf} from "../regime/period.ts";
import {parameterOn} from "../regime/resolve.ts";
import type {CalendarDay, Regime} from "../regime/types.ts";
import type {ReleaseHead} from "../release/stamp.ts";
import {compileScheme} from "../scheme/compile.ts";
import {neededColumns} from "../scheme/needed.ts";
import {parseScheme} from "../scheme/parse.ts";
import {planOf} from "../scheme/plan.ts";
import type {Scheme} from "../scheme/types.ts";
import {scoreUnits} from "../score/score.ts";
import {
  KINDS,
  type LedgerEntry,
  type Plan,
  type PointsRow,
  type ScoredUnit,
  type ScoreResult,
  type UnitScore
} from "../score/types.ts";
import {quotedString} from "../sql.ts";
import {listBatches} from "../workspace/batch.ts";
import {readCalendar} from "../workspace/calendar.ts";
import {findDefinition, openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {buildBefore, comparedGrains, settleBefore} from "./before.ts";
import {cutOffs} from "./cut-offs.ts";
import {schemeDoubts, spaceDoubts} from "./doubt.ts";
import type {Database, EngineOptions} from "./duckdb.ts";
import {createExpressionParser} from "./expression.ts";
import {buildFacts, type CutOffs, type FactOptions, type Needed, prepareFacts} from "./fact.ts";
import {keptColumns} from "./kept-column.ts";
import {modelSql} from "./model.ts";
import {resultDigest, runId} from "./run.ts";
import {openWarehouse, openWarehouseAt} from "./warehouse.ts";

/** What may be said otherwise than xunheng.yaml says. */
export interface ScoreOptions extends EngineOptions {
  readonly as_of?: string | undefined;
  readonly decisions_until?: string | undefined;
  /** Timestamp with offset, or a date (its end at +08:00). */
  readonly known_at?: string | undefined;
  readonly year?: number | undefined;
  /** A scheme instead of the workspace's. */
  readonly scheme?: {readonly text: string; readonly file: string} | undefined;
  /** The day it is, for a workspace that names no as_of; the caller reads the clock. */
  readonly today?: string | undefined;
  /** As of Scoring. */
  readonly columns?: "all" | "needed" | undefined;
  readonly kept?: ((scheme: Scheme, db: Database) => Promise<void>) | undefined;
}

/** A scored workspace with its engine still open: `ledger`, `tally`, `finding_all`, `unit_all`, `inspection_all`, `visit_all` and the fact views. */
export interface Scored {
  readonly space: Workspace;
  readonly regime: Regime;
  readonly schemes: readonly {readonly scheme: Scheme; readonly plan: Plan}[];
  readonly when: CutOffs;
  /** The assessment year. */
  readonly year: number;
  readonly calendar: readonly CalendarDay[];
  readonly result: ScoreResult;
  readonly db: Database;
  /** The release that this was opened from; absent for a workspace as it stands. */
  readonly released?: ReleaseHead;
  /** The visible tables once more, in a database of their own: for a score under other conditions. */
  again(): Promise<Database>;
  /** Columns that the office's files have, as `table.column` (see keptColumns). */
  kept(): Promise<ReadonlySet<string>>;
  close(): void;
}

/** Rules by their texts: a command looks at an office several times, and its rules are the same each time. */
const knownRegimes = new Map<string, Regime>();
const knownSchemes = new Map<string, Scheme>();

/** A file of rules: what is in it, and its name for messages. */
export interface RuleText {
  readonly text: string;
  readonly file: string;
}

/** The rules of a workspace: its regime and schemes, checked. */
export async function openRules(space: Workspace, override?: ScoreOptions["scheme"]): Promise<{regime: Regime; schemes: Scheme[]}> {
  const definition = findDefinition("regimes", space.regime, space.directory);
  return readRules(definition, override ? [override] : space.schemes.map((id) => findDefinition("schemes", id, space.directory)));
}

/** Rules from their texts, checked: a regime and the schemes that go with it. Errors: Fault 2. */
export async function readRules(definition: RuleText, texts: readonly RuleText[]): Promise<{regime: Regime; schemes: Scheme[]}> {
  const law = JSON.stringify([definition.file, definition.text]);
  const regime = knownRegimes.get(law) ?? parseRegime(definition.text, definition.file);
  knownRegimes.set(law, regime);
  const keys = texts.map(({text, file}) => JSON.stringify([law, file, text]));
  await readSchemes(texts, keys, regime);
  const schemes = keys.flatMap((key) => knownSchemes.get(key) ?? []);
  for (const [i, scheme] of schemes.entries()) {
    const clash = schemes.slice(0, i).find((s) => s.applies_to.some((kind) => scheme.applies_to.includes(kind)));
    if (clash)
      throw fault(2, {
        place: {file: texts[i]?.file ?? ""},
        what: `与评分办法 ${clash.id} 适用的单位类别重叠`,
        advice: "一个工作区的几个办法应各管各的单位类别"
      });
  }
  return {regime, schemes};
}

/** Checks the schemes that are not known yet. */
async function readSchemes(
  texts: readonly {readonly text: string; readonly file: string}[],
  keys: readonly string[],
  regime: Regime
): Promise<void> {
  if (keys.every((key) => knownSchemes.has(key))) return;
  const expression = await createExpressionParser();
  try {
    for (const [i, {text, file}] of texts.entries()) {
      const key = keys[i] as string;
      if (!knownSchemes.has(key)) knownSchemes.set(key, await parseScheme(text, file, {regime, expression}));
    }
  } finally {
    expression.close();
  }
}

/**
 * Scores a workspace.
 * Errors: Fault 2 for a bad date, regime or scheme; and when nothing has been loaded yet.
 * @example const {result, close} = await openScored("offices/x"); close()
 */
export async function openScored(directory: string, options: ScoreOptions = {}): Promise<Scored> {
  const space = openWorkspace(directory);
  const {regime, schemes} = await openRules(space, options.scheme);
  const when = cutOffs(space, options);
  const again = () => (when.known_at ? openWarehouseAt(space, when.known_at, options) : openWarehouse(space, options));
  const db = await again();
  try {
    await demandLoaded(db, space, when);
    await db.run(maskVariable(space));
    const [calendar, year] = [readCalendar(space.directory), options.year ?? space.year];
    const known = when.known_at ?? String(await db.value("select strftime(known_at, '%Y-%m-%dT%H:%M:%S.%f+08:00') from meta"));
    const result = await scoreDatabase(db, {
      regime,
      schemes,
      calendar,
      when,
      known_at: known,
      year,
      round: space.round,
      columns: options.columns,
      kept: options.kept
    });
    return {
      space,
      regime,
      schemes: schemes.map((scheme) => ({scheme, plan: planOf(scheme)})),
      when,
      year,
      calendar,
      result,
      db,
      again,
      kept: () => keptColumns(db, space.state.batches),
      close: () => db.close()
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Errors: Fault 2 when nothing has been loaded, or nothing by the moment asked about. */
export async function demandLoaded(db: Database, space: Workspace, {known_at}: CutOffs): Promise<void> {
  if (Number(await db.value("select count(*) from batch")) === 0) throw nothingLoaded(space, known_at);
}

/** That there is no data: none by that moment, or none at all. */
function nothingLoaded({id, state}: Workspace, known_at: string | null): Fault {
  const [first] = listBatches(state.batches);
  if (known_at === null || !first)
    return fault(2, {place: null, what: `工作区 ${id} 还没有数据`, advice: "先用 xunheng load 装入"});
  return fault(2, {
    place: null,
    what: `工作区 ${id} 那时（${momentText(known_at)}）还没有装入数据`,
    advice: `最早的一批装入于${momentText(first.at)}，请把 --known-at 写得晚一些`
  });
}

/** What a database is scored by. */
export interface Scoring {
  readonly regime: Regime;
  readonly schemes: readonly Scheme[];
  readonly calendar: readonly CalendarDay[];
  readonly when: CutOffs;
  readonly known_at: string;
  readonly year: number;
  /** The round the workspace names; null: the last one of which an inspection has ended. */
  readonly round: string | null;
  /** A finding that is taken as never found: for what it cost. */
  readonly without?: string | undefined;
  /** Called when a phase of the work ends; the bench takes the time. */
  readonly phase?: (ended: Phase) => void;
  /** Whether findings keep all their columns, for pages and explanations, or those that rules read. */
  readonly columns?: "all" | "needed" | undefined;
  /** Called when a scheme is scored and its facts still stand; the script of `score --sql` takes them. */
  readonly kept?: ((scheme: Scheme, db: Database) => Promise<void>) | undefined;
}

/** Phases of scoring, in order: facts to digest; with several schemes the first five come once a scheme. */
export type Phase = "facts" | "causes" | "tally" | "units" | "ledger" | "run" | "digest";

/**
 * Scores the visible tables of an open database; leaves `ledger`, `tally`, `finding_all`, `unit_all` and `inspection_all` in it.
 * Errors: Fault 2 when the cut-offs lie before the period.
 */
export async function scoreDatabase(
  db: Database,
  {regime, schemes, calendar, when, known_at, year, round, without, columns, phase = () => {}, kept = async () => {}}: Scoring
): Promise<ScoreResult> {
  const cycle = (parameterOn(regime)("cycle", when.as_of) ?? null) as Cycle | null;
  const scored: ScoreResult["schemes"][number][] = [];
  const warnings: string[] = [];
  await db.run(
    `create or replace temp table kind_order as select * from (values ${KINDS.map((k, i) => `(${quotedString(k)}, ${i + 1})`).join(", ")}) as v(kind, kind_no)`
  );
  // The schemes' rows come together in one table, so they keep the same columns.
  const needed = columns === "needed" ? new Set(schemes.flatMap((scheme) => neededColumns(scheme, "finding"))) : null;
  let period: Period | null = null;
  for (const [i, scheme] of schemes.entries()) {
    await prepareFacts(db, when, {regime, calendar, year, without}, scheme);
    period = schemePeriod(scheme, year, when.as_of, cycle, scheme.period === "round" ? (round ?? (await lastRound(db))) : null);
    await factsOf(db, scheme, {regime, calendar, year, without, needed}, when, period);
    phase("facts");
    await computeCauses(db, scheme);
    phase("causes");
    await db.run(modelSql("tally"));
    phase("tally");
    const units = await schemeUnits(db, planOf(scheme));
    phase("units");
    await db.run(modelSql("cap"));
    await db.run(modelSql("ledger"));
    phase("ledger");
    await kept(scheme, db);
    scored.push({scheme: scheme.id, name: scheme.name, units});
    await collect(db, scheme.id, i, schemes.length);
    warnings.push(...(await schemeDoubts(db, scheme, period)));
  }
  if (!period) throw fault(2, {place: null, what: "工作区没有评分办法"});
  const unassigned = await db.rows<{finding_id: string; unit_code: string}>(
    "select finding_id, any_value(unit_code order by unit_code) as unit_code from finding_all group by finding_id having count(scored_unit) = 0 order by finding_id"
  );
  warnings.push(...(await spaceDoubts(db, when)));
  const {as_of, decisions_until} = when;
  const run = await runId(db, {
    regime: regime.canonical,
    schemes: schemes.map((s) => s.canonical),
    calendar: calendar.map(({day, is_workday, published}) => [day, is_workday, published]),
    as_of,
    decisions_until,
    period,
    year
  });
  phase("run");
  const digest = await resultDigest(db, "ledger_key");
  phase("digest");
  return {
    run,
    digest,
    regime: regime.id,
    as_of,
    decisions_until,
    known_at,
    period,
    provisional: scored.some(({units}) => units.some((u) => u.provisional)),
    schemes: scored,
    unassigned,
    warnings
  };
}

/** Facts of a scheme; prepared anew after a look at what they were a year earlier, where a rule compares. */
async function factsOf(
  db: Database,
  scheme: Scheme,
  base: FactOptions & {readonly needed: Needed},
  when: CutOffs,
  period: Period
): Promise<void> {
  const isCompared = comparedGrains(scheme).length > 0;
  if (isCompared) {
    await buildBefore(db, when, base, scheme, period);
    await prepareFacts(db, when, base, scheme);
  }
  await buildFacts(db, scheme, base.regime, period, base.needed);
  if (isCompared) await settleBefore(db, scheme);
}

function schemePeriod(scheme: Scheme, year: number, as_of: string, cycle: Cycle | null, round: string | null): Period {
  try {
    return periodOf(scheme.period, year, as_of, cycle, round);
  } catch (error) {
    throw fault(2, {place: null, what: (error as Error).message, advice: "请核对 --as-of、--year 与制度的周期"});
  }
}

/** The last round of which an inspection has ended. */
async function lastRound(db: Database): Promise<string | null> {
  const sql =
    "select round_no from inspection_asof where round_no is not null order by ended_on desc nulls last, round_no desc limit 1";
  return (await db.value<string>(sql)) ?? null;
}

/** What happened under each rule, and what of it stays: all that tally and ledger read. */
async function computeCauses(db: Database, scheme: Scheme): Promise<void> {
  const {plan, applicability, causes, views} = compileScheme(scheme);
  await db.run(modelSql("function"));
  await db.run(modelSql("judged"));
  try {
    for (const statement of [...plan, ...applicability, ...causes, ...views]) await db.run(statement);
  } catch (error) {
    throw (await overflowOf(db, scheme)) ?? error;
  }
  await db.run(modelSql("applied"));
}

/** The first rule that the engine cannot compute over these facts by itself: a number beyond what it can hold. */
async function overflowOf(db: Database, scheme: Scheme): Promise<Fault | null> {
  for (const rule of scheme.rules) {
    const {applicability, causes} = compileScheme({...scheme, items: [], rules: [rule], caps: []});
    try {
      for (const statement of [...applicability, ...causes]) await db.run(statement);
    } catch (error) {
      const what = `规则 ${rule.id} 在现有数据上算不出来（${(error as Error).message.split("\n")[0]}）`;
      return fault(2, {place: rule.place, what, advice: "多半是数值过大，请核对所用各列的数据和算式"});
    }
  }
  return null;
}

/** Results of a scheme's units, from its tally. */
async function schemeUnits(db: Database, plan: Plan): Promise<UnitScore[]> {
  const units = await db.rows<ScoredUnit & {due_unpublished: boolean}>(
    "select unit_code, unit_name, unit_kind, peer_group, sort_order, covered, covered_because, due_unpublished as provisional, pending_appeals from unit_state order by sort_order nulls last, unit_code"
  );
  const tally = await db.rows<PointsRow>("select unit_code, rule_id, bucket, num, raw_milli from scheme_tally");
  const vetoes = await db.rows<{unit_code: string; rule_id: string; subject: string}>(
    "select unit_code, rule_id, subject from veto_hit where not is_pending order by unit_code, rule_id, subject"
  );
  return scoreUnits(plan, units, tally).map((unit) => ({
    ...unit,
    vetoes: unit.vetoes.flatMap((v) => {
      const subjects = vetoes.filter((h) => h.unit_code === unit.unit_code && h.rule_id === v.rule_id);
      return subjects.map(({subject}) => ({...v, subject}));
    })
  }));
}

/** Adds a scheme's rows to those of the whole workspace; the only scheme of a workspace is looked at where it lies. */
async function collect(db: Database, scheme: string, i: number, of: number): Promise<void> {
  const sources = {
    ledger: "scheme_ledger",
    ledger_key: "scheme_key",
    tally: "scheme_tally",
    finding_all: "finding_fact",
    unit_all: "unit_state",
    inspection_all: "inspection_fact",
    visit_all: "visit_fact",
    action_all: "action_fact",
    accident_all: "accident_fact",
    tip_all: "tip_fact",
    response_all: "response_fact"
  };
  for (const [target, source] of Object.entries(sources)) {
    const select = `select ${quotedString(scheme)} as scheme, * from ${source}`;
    await db.run(i > 0 ? `insert into ${target} ${select}` : `create temp ${of === 1 ? "view" : "table"} ${target} as ${select}`);
  }
}

/** Ledger rows of the whole workspace, or of one unit. */
export async function ledgerRows(db: Database, unit?: string): Promise<LedgerEntry[]> {
  const where = unit === undefined ? "" : ` where unit_code = ${quotedString(unit)}`;
  return db.rows<LedgerEntry>(`select * exclude (scheme) from ledger${where} order by unit_code, seq`);
}
