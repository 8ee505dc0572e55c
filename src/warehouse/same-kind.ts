import {factOf} from "../contract/fact.ts";
import type {Rule} from "../scheme/types.ts";
import {plainPoints} from "../score/signed.ts";
import type {Milli} from "../score/types.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";
import type {Database, Row} from "./duckdb.ts";
import type {Scored} from "./scored.ts";

/** What a finding of the same kind cost, under one rule. */
export interface SameKindRow {
  readonly unit_code: string;
  readonly unit_name: string | null;
  readonly finding_id: string;
  readonly rule_id: string;
  readonly milli: Milli;
  /** What 择高 gave back of it. */
  readonly returned_milli: Milli;
  readonly because: string | null;
  /** Why it cost more or less than the finding asked about; null when it cost the same. */
  readonly differs: string | null;
}

/** 同类同扣: what the same kind of fact cost elsewhere. */
export interface SameKind {
  readonly severity: string;
  readonly category: string | null;
  readonly item: string;
  /** The rules under which the finding was charged; all rules over findings when there is none. */
  readonly rules: readonly string[];
  readonly rows: readonly SameKindRow[];
  /** Findings of the same kind that cost nothing under these rules. */
  readonly free: readonly string[];
}

interface Alike extends SameKindRow {
  readonly scheme: string;
}

/**
 * Compares a finding with others of its severity, category and item that were charged under the same rules.
 * Shape: null when the finding is not in the facts (struck, or later). Needs a scored database.
 * @example (await sameKind(scored, "F1"))?.rows.filter((r) => r.differs !== null)
 */
export async function sameKind({db, schemes}: Scored, finding_id: string): Promise<SameKind | null> {
  const id = quotedString(finding_id);
  const own = await db.row<{severity: string; category: string | null; item: string}>(
    `select severity, category, item from finding_all where finding_id = ${id} limit 1`
  );
  if (!own) return null;
  const charged = await db.rows<Alike>(`${chargedSql()} where f.finding_id = ${id} order by l.rule_id`);
  const rules = schemes
    .flatMap((s) => s.scheme.rules.map((rule) => ({scheme: s.scheme.id, rule})))
    .filter(({rule}) => rule.over === "finding");
  const names = new Set(charged.map((r) => r.rule_id));
  const mine = rules.filter(({rule}) => names.size === 0 || names.has(rule.id));
  const alike = `f.finding_id <> ${id} and f.severity = ${quotedString(own.severity)} and f.item = ${quotedString(own.item)} and f.category is not distinct from ${own.category === null ? "null" : quotedString(own.category)}`;
  const list = mine.map(({rule}) => quotedString(rule.id)).join(", ") || "''";
  const rows = await db.rows<Alike>(
    `${chargedSql()} where ${alike} and l.rule_id in (${list}) order by l.rule_id, l.unit_code, f.finding_id`
  );
  const decisive = await decisiveValues(
    db,
    mine.map((m) => m.rule),
    [finding_id, ...rows.map((r) => r.finding_id)]
  );
  const shown = rows.map(({scheme: _, ...row}): SameKindRow => {
    const rule = mine.find((m) => m.rule.id === row.rule_id)?.rule;
    const own = charged.find((c) => c.rule_id === row.rule_id);
    const values = (finding: string) => decisive.get(finding) ?? {};
    return {...row, differs: rule ? differsText(rule, row, own, values(row.finding_id), values(finding_id)) : null};
  });
  const free = await db.list(
    `select distinct f.finding_id from finding_all f where ${alike} and f.scored_unit is not null and not exists (select 1 from ledger l where l.subject = f.finding_id and l.unit_code = f.scored_unit and l.rule_id in (${list})) order by 1`
  );
  return {...own, rules: mine.map(({rule}) => rule.id), rows: shown, free};
}

/** Rows charged for findings, with what 择高 gave back of each. */
function chargedSql(): string {
  return `select l.scheme, l.unit_code, u.unit_name, f.finding_id, l.rule_id, l.milli, coalesce(b.milli, 0)::bigint as returned_milli, l.because
    from finding_all f
    join (select * from ledger where kind in ('扣分', '加分')) l on l.scheme = f.scheme and l.unit_code = f.scored_unit and l.subject = f.finding_id
    left join (select * from ledger where kind = '择高返还') b
      on b.scheme = l.scheme and b.unit_code = l.unit_code and b.rule_id = l.rule_id and b.subject = l.subject
    left join unit_all u on u.scheme = l.scheme and u.unit_code = l.unit_code`;
}

/** Columns that decide what a row of the rule costs. */
function decisiveColumns({measure, weight, escalate}: Rule): string[] {
  const cost = measure.kind === "deduct" || measure.kind === "bonus" ? measure.cost : null;
  const columns = cost === null ? [] : "expression" in cost ? cost.expression.columns : [cost.by];
  return [...new Set([...columns, ...(weight ? [weight.by] : []), ...(escalate?.by ?? [])])];
}

async function decisiveValues(db: Database, rules: readonly Rule[], findings: readonly string[]): Promise<Map<string, Row>> {
  const columns = [...new Set(rules.flatMap(decisiveColumns))];
  if (columns.length === 0) return new Map();
  const list = columns.map((c) => `cast(${quotedIdentifier(c)} as varchar) as ${quotedIdentifier(c)}`).join(", ");
  const rows = await db.rows(
    `select finding_id as "finding id", ${list} from finding_all where finding_id in (${findings.map(quotedString).join(", ")}) and scored_unit is not null`
  );
  return new Map(rows.map((row) => [String(row["finding id"]), row]));
}

function differsText(rule: Rule, row: SameKindRow, own: Alike | undefined, values: Row, ownValues: Row): string | null {
  const {columns} = factOf("finding");
  const unlike = decisiveColumns(rule)
    .filter((c) => values[c] !== ownValues[c])
    .map((c) => {
      const title = columns.find((x) => x.name === c)?.doc.split(/[：；，]/)[0] ?? c;
      const weighed = rule.weight?.by === c ? "（权重）" : "";
      return `${title}${weighed}：此处${values[c] ?? "空"}，所问${ownValues[c] ?? "空"}`;
    });
  const again = /（同类第\d+次.*?）/.exec(row.because ?? "")?.[0];
  const returned = row.returned_milli !== 0 ? ["同一问题另有更重的扣分，择高后返还"] : [];
  if (!own) return ["所问的问题没有按这条规则计分", ...returned].join("；");
  if (own.milli === row.milli && own.returned_milli === row.returned_milli) return null;
  const cost = own.milli === row.milli ? [] : [`分值${plainPoints(row.milli)}，所问${plainPoints(own.milli)}`, ...unlike];
  const repeat = again && own.milli !== row.milli ? [`重复加重${again}`] : [];
  const ownReturned = own.returned_milli !== 0 && row.returned_milli === 0 ? ["所问的问题另有更重的扣分，已择高返还"] : [];
  return [...cost, ...repeat, ...returned, ...ownReturned].join("；");
}
