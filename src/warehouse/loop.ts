import {type Column, tableNamed} from "../contract/index.ts";
import type {Regime} from "../regime/types.ts";
import {isStage} from "../regime/vocabulary.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";
import {modelSql} from "./model.ts";

/** What a stage of the loop is recorded for: the finding itself, the place it was found at, or the whole inspection. */
type Scope = (typeof SCOPES)[number];

/** The nearest first: a stage that is recorded in several ways is of the nearest. */
const SCOPES = ["问题", "点位", "巡查"] as const;

/** Where a stage is looked for: `source` is a table of the contract, `words` what counts there. */
interface Recorded {
  readonly source: "rectification" | "action" | "finding" | "visit" | "inspection" | "response";
  readonly words: readonly {readonly word: string; readonly is_named: boolean}[];
  readonly is_flag: boolean;
  readonly scope: Scope;
  readonly said: string;
  /** Columns without which nothing is recorded. */
  readonly reads: readonly string[];
}

interface LoopValue {
  readonly stages: readonly string[];
  readonly maps?: Readonly<Record<string, string | readonly string[]>>;
}

/** What shows that a finding was put right; 完成 stands for all of them. */
const FINISHING = ["立行立改", "完成", "验收", "销号"] as const;

/** Columns of a finding that say when something happened to it. */
const FINDING_DAYS = ["found_on", "handed_on", "arose_on"];

/**
 * Builds how far every finding has come in its regime's own loop: `loop_stage`, `loop_event`, `loop_fault`, `loop_finding`
 * (src/models/law/loop.sql); and `five_missing`, what of 五落实 each finding lacks.
 * Needs: the base tables of buildLaw. Set-based. A regime that lists no stages leaves all of them empty.
 * @example await buildLoop(db, regime, kept); await db.rows("select stage, count(*) from loop_finding group by stage")
 */
export async function buildLoop(db: Database, regime: Regime, kept: ReadonlySet<string>): Promise<void> {
  await db.run(loopSql(regime, kept));
  await db.run(modelSql("law/loop"));
  await db.run(fiveSql(regime));
}

/** Tables that say what the stages are and what records each: `loop_stage` and `loop_map`. */
function loopSql(regime: Regime, kept: ReadonlySet<string>): string {
  const stages: string[] = [];
  const maps: string[] = [];
  for (const {value, from, to} of datedValues(regime, "loop")) {
    const span = `date ${quotedString(from)}, date ${quotedString(to)}`;
    let after = 0;
    for (const [i, stage] of (value as LoopValue).stages.entries()) {
      const recorded = [(value as LoopValue).maps?.[stage] ?? []].flat().flatMap((map) => {
        const found = recordedIn(map);
        return found?.reads.every((name) => kept.has(name)) ? [found] : [];
      });
      const said = recorded.length === 0 ? "null" : quotedString(recorded.map((one) => one.said).join("或"));
      const scope = SCOPES.find((s) => recorded.some((one) => one.scope === s)) ?? null;
      stages.push(
        `(${span}, ${i + 1}, ${quotedString(stage)}, ${said}, ${scope === null ? "null" : quotedString(scope)}, ${after})`
      );
      for (const {source, words, is_flag} of recorded)
        for (const {word, is_named} of words)
          maps.push(
            `(date ${quotedString(from)}, ${i + 1}, ${quotedString(source)}, ${quotedString(word)}, ${is_named}, ${is_flag})`
          );
      if (scope !== null && scope !== "巡查") after = i + 1;
    }
  }
  const table = (name: string, columns: string, rows: readonly string[]) =>
    `create or replace temp table ${name} (${columns})${rows.length === 0 ? "" : `; insert into ${name} values ${rows.join(", ")}`}`;
  return `${table("loop_stage", "from_on date, to_on date, stage_no integer, stage varchar, recorded_by varchar, scope varchar, after_no integer", stages)};
${table("loop_map", "from_on date, stage_no integer, source varchar, word varchar, is_named boolean, is_flag boolean", maps)}`;
}

/** What a value of `maps` means; null for a column that says no day. */
function recordedIn(map: string): Recorded | null {
  if (isStage(map)) {
    const words =
      map === "完成"
        ? FINISHING.map((word) => ({word, is_named: word !== "验收" && word !== "销号"}))
        : [{word: map, is_named: true}];
    return {
      source: "rectification",
      words,
      is_flag: false,
      scope: "问题",
      said: `整改记录“${map}”`,
      reads: ["rectification.stage"]
    };
  }
  const kinds = /^action\.kind=(.+)$/.exec(map)?.[1]?.split("|");
  if (kinds) {
    const words = kinds.map((word) => ({word, is_named: true}));
    return {
      source: "action",
      words,
      is_flag: false,
      scope: "问题",
      said: `督办措施“${kinds.join("”或“")}”`,
      reads: ["action.kind"]
    };
  }
  const [table = "", name = ""] = map.split(".");
  const column = tableNamed(table).columns.find((c) => c.name === name);
  const scope = column ? scopeOf(table, column) : null;
  if (!column || scope === null) return null;
  return {
    source: table as Recorded["source"],
    words: [{word: map, is_named: true}],
    is_flag: column.type === "boolean",
    scope,
    said: `${tableNamed(table).title}“${column.header}”`,
    reads: [map]
  };
}

function scopeOf(table: string, {name, type}: Column): Scope | null {
  if (table === "visit") return "点位";
  if (table === "finding") return FINDING_DAYS.includes(name) ? "问题" : null;
  return type === "date" && (table === "inspection" || (table === "response" && name === "submitted_on")) ? "巡查" : null;
}

/** `five_missing`: a row for each of 措施, 责任, 资金, 时限, 预案 that a finding lacks, by the value in force on the day found. */
function fiveSql(regime: Regime): string {
  const selects = datedValues(regime, "five_in_place").flatMap(({value, from, to}) => {
    const {columns} = value as {columns: Readonly<Record<string, string>>};
    return Object.entries(columns).map(([name, column], i) => {
      const own = column.replace(/^finding\./, "");
      // The date given with the finding, not one derived from a clock.
      const cell = own === "due_on" ? "given_due_on" : quotedIdentifier(own);
      return `select finding_id, ${i} as five_no, ${quotedString(name)} as name from law_finding where found_on >= date ${quotedString(from)} and found_on < date ${quotedString(to)} and is_own and ${cell} is null`;
    });
  });
  const rows =
    selects.length === 0
      ? "select null::varchar as finding_id, null::integer as five_no, null::varchar as name limit 0"
      : selects.join(" union all ");
  return `create or replace temp table five_missing as ${rows}`;
}

function datedValues(regime: Regime, name: string): {value: unknown; from: string; to: string}[] {
  const values = regime.parameters[name]?.values ?? [];
  return values.map(({from, value}, i) => ({value, from, to: values[i + 1]?.from ?? "9999-12-31"}));
}
