import {fault} from "../fault.ts";
import {parseRegime} from "../regime/parse.ts";
import type {Regime} from "../regime/types.ts";
import {planOf} from "../scheme/plan.ts";
import type {Scheme} from "../scheme/types.ts";
import {
  type Appraised,
  type AssessedUnit,
  type Assessment,
  assessUnits,
  type UnitAssessment,
  type UsedResult
} from "../score/assessment.ts";
import {coveredText} from "../score/assessment-words.ts";
import {groupBy} from "../score/group.ts";
import type {ScoreResult, TallyRow, UnitScore} from "../score/types.ts";
import {quotedString} from "../sql.ts";
import {findDefinition, openWorkspace} from "../workspace/workspace.ts";
import type {Database} from "./duckdb.ts";
import {resultsElsewhere} from "./elsewhere.ts";
import {modelSql} from "./model.ts";
import {openScored, type Scored, type ScoreOptions, type Scoring} from "./scored.ts";

/** A scheme's part of the annual assessment. */
export interface SchemeAssessment {
  readonly scheme: string;
  readonly name: string;
  readonly uninspected: Scheme["uninspected"];
  readonly assessment: Assessment;
  readonly units: readonly UnitAssessment[];
  /** What an office should look at before it hands this on. */
  readonly warnings: readonly string[];
}

/** A scored workspace with what the annual assessment takes from it; close `scored` after use. */
export interface Assessed {
  readonly scored: Scored;
  /** The assessment year. */
  readonly year: number;
  readonly schemes: readonly SchemeAssessment[];
  /** Schemes of the workspace that say nothing of the assessment. */
  readonly silent: readonly string[];
}

/**
 * Scores a workspace and computes what the annual assessment takes from the result.
 * Shape: leaves `assessment` and `assessment_total` (src/models/assessment.sql) in the open database.
 * Errors: Fault 3 where the regime gives no such power, for the assessment at all or for the kinds of units scored; Fault 2 when no
 * scheme says how the result is used, with a line to paste; and those of openScored.
 * @example const {scored, schemes} = await openAssessed("offices/x"); scored.close()
 */
export async function openAssessed(directory: string, options: ScoreOptions = {}): Promise<Assessed> {
  const space = openWorkspace(directory);
  const definition = findDefinition("regimes", space.regime, space.directory);
  requirePower(parseRegime(definition.text, definition.file));
  const scored = await openScored(directory, options);
  try {
    return await assessScored(scored);
  } catch (error) {
    scored.close();
    throw error;
  }
}

/**
 * What the annual assessment takes from a result: of a workspace as it stands, or of a release.
 * Errors: those of openAssessed.
 */
export async function assessScored(scored: Scored): Promise<Assessed> {
  const {space, regime, when, calendar, year, result, db} = scored;
  const schemes = scored.schemes.map((s) => s.scheme);
  requirePower(regime);
  requireUses(regime, schemes);
  const scoring = {...{regime, schemes, when, calendar, year}, known_at: result.known_at, round: space.round};
  const assessed = await assessDatabase(db, scoring, result);
  return {scored, year, schemes: assessed, silent: schemes.flatMap((s) => (s.assessment ? [] : [s.name]))};
}

/**
 * What the annual assessment takes from a scored database. Earlier years and higher levels are scored in sessions of their own, so
 * that nothing of the result changes.
 * Shape: the database, scoring and result of scoreDatabase in; the schemes that have an `assessment` out.
 */
export async function assessDatabase(db: Database, scoring: Scoring, result: ScoreResult): Promise<SchemeAssessment[]> {
  const assessed: SchemeAssessment[] = [];
  for (const scheme of scoring.schemes) {
    const {assessment, id, name, uninspected} = scheme;
    if (!assessment) continue;
    const units = result.schemes.find((s) => s.scheme === id)?.units ?? [];
    const given = await givenUnits(db, scoring, scheme, units);
    const word = scoring.regime.words.inspection ?? "巡查";
    const plan = planOf(scheme);
    assessed.push({
      ...{scheme: id, name, uninspected, assessment},
      units: assessUnits(plan, assessment, given, word),
      warnings: doubleClaims(scheme, assessment)
    });
  }
  await writeModel(db, assessed);
  return assessed;
}

/** Each unit with the result that the scheme's policy gives it, and what the assessment's own table says. */
async function givenUnits(db: Database, scoring: Scoring, scheme: Scheme, units: readonly UnitScore[]): Promise<AssessedUnit[]> {
  const {year, regime} = scoring;
  const tally = groupBy(
    await db.rows<TallyRow>(`select * exclude (scheme) from tally where scheme = ${quotedString(scheme.id)}`),
    (row) => row.unit_code
  );
  const inspected = new Set(await db.list(inspectedSql(scheme.id, year)));
  const appraised = groupBy(await db.rows<Appraised & {unit_code: string}>(APPRAISED), (row) => row.unit_code);
  const missing = units.filter((u) => u.covered !== "已巡查").map((u) => u.unit_code);
  const elsewhere = await resultsElsewhere(db, scoring, scheme, missing);
  const word = regime.words.inspection ?? "巡查";
  return units.map((unit) => {
    const here: UsedResult = {source: "本年巡查", year, level: null, score: unit, tally: tally.get(unit.unit_code) ?? []};
    const result = unit.covered === "已巡查" ? here : (elsewhere.found.get(unit.unit_code) ?? null);
    return {
      unit,
      inspected_in_year: inspected.has(unit.unit_code),
      result,
      none: `${coveredText(unit.covered, word, unit.covered_because)}，${elsewhere.none}`,
      appraised: appraised.get(unit.unit_code) ?? []
    };
  });
}

/** Units of a scheme that an inspection which counts as coverage has visited in the year itself. Reads: inspection_all, heir, counting_kind. */
function inspectedSql(scheme: string, year: number): string {
  return `select distinct h.heir_code from inspection_all i join heir h on h.unit_code = i.unit_code
    where i.scheme = ${quotedString(scheme)} and year(i.ended_on) = ${year} and i.is_counted
      and i.kind in (select kind from counting_kind) and (i.extended_from is null or getvariable('extended_counts'))`;
}

/**
 * Rows of the assessment's own table for the year: of a unit that took another's place its own, else its one predecessor's; of
 * several predecessors none speaks for it. Reads: appraisal_asof, heir.
 */
const APPRAISED = `select unit_code, item_code, item_name, cast("full" * 1000 as bigint) as full_milli, cast(points * 1000 as bigint) as points_milli
from (
  select a.* replace (coalesce(h.heir_code, a.unit_code) as unit_code), a.unit_code = coalesce(h.heir_code, a.unit_code) as is_own
  from appraisal_asof a left join heir h on h.unit_code = a.unit_code
  where a.year = getvariable('year')
)
window w as (partition by unit_code, item_code order by is_own desc, source_file, source_row)
qualify row_number() over w = 1 and (is_own or count(*) over (partition by unit_code, item_code) = 1)
order by unit_code, item_code`;

/** A rule that counts by itself while the item it belongs to takes an item's place: its points are in the assessment twice. */
function doubleClaims({rules}: Scheme, {uses}: Assessment): string[] {
  return uses.flatMap(({rule}) => {
    const item = rules.find((r) => r.id === rule?.id)?.placed_item;
    const pair = uses.flatMap((use) => use.map).find((p) => p.item === item);
    if (!rule || !pair) return [];
    return [
      `规则${rule.id}“${rule.name}”的分值也在替代${pair.code}的内容${pair.item}里，一事计了两次；如非本意，请调整 map 或 uses`
    ];
  });
}

async function writeModel(db: Database, schemes: readonly SchemeAssessment[]): Promise<void> {
  const rows = schemes.flatMap(({scheme, units}) =>
    units.flatMap(({unit_code, unit_name, unit_kind, covered, milli, source, source_year, indicators}) =>
      indicators.map((i) => ({
        ...{scheme, unit_code, unit_name, unit_kind, covered, score_milli: milli, source, source_year},
        ...i
      }))
    )
  );
  const totals = schemes.flatMap(({scheme, units}) =>
    units.flatMap(({unit_code, total}) => (total ? [{scheme, unit_code, ...total}] : []))
  );
  await db.set("assessment_rows", JSON.stringify(rows.map((row, row_no) => ({row_no, ...row}))));
  await db.set("assessment_totals", JSON.stringify(totals.map((row, row_no) => ({row_no, ...row}))));
  await db.run(modelSql("assessment"));
}

function requirePower(regime: Regime): void {
  if (regime.assessment.length > 0) return;
  throw fault(3, {
    place: null,
    what: `${regime.title}（${regime.id}）没有规定${regime.words.inspection ?? "巡查"}结果用于年度考核`,
    advice: "没有依据不能提供给考核；条款见 xunheng regime clauses"
  });
}

/** A scheme that says how the result is used; a line to paste where none does, unless no clause reaches its units. */
function requireUses(regime: Regime, schemes: readonly Scheme[]): void {
  if (schemes.some((s) => s.assessment !== null)) return;
  const [scheme] = schemes;
  if (!scheme) return;
  const clauses = regime.assessment.filter((a) => a.unit_kinds.some((kind) => scheme.applies_to.includes(kind)));
  if (clauses.length === 0) {
    const [{clause, unit_kinds} = {clause: "", unit_kinds: []}] = regime.assessment;
    const what = `制度${clause}只及于${unit_kinds.join("、")}，不及于${scheme.applies_to.join("、")}`;
    throw fault(3, {place: null, what, advice: "没有依据不能提供给考核"});
  }
  const uses = clauses.map(({what, force, unit_kinds}) => {
    const kinds = scheme.applies_to.every((kind) => unit_kinds.includes(kind))
      ? ""
      : `, unit_kinds: [${scheme.applies_to.filter((kind) => unit_kinds.includes(kind)).join(", ")}]`;
    return `{what: ${what}, force: ${force}${force === "替代" ? `, map: {A-07: "${scheme.items[0]?.no}"}` : ""}${kinds}}`;
  });
  const example = `assessment: {year_indicator: {code: AQ-03, name: 安全生产巡查, full: 10}, uses: [${uses.join(", ")}]}`;
  throw fault(2, {
    place: {file: scheme.rules[0]?.place.file ?? scheme.id},
    what: "没有写 assessment，不知道结果怎样用于年度考核",
    advice: `请加上一行并按本级考核办法改写，如 ${example}`
  });
}
