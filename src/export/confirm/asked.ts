import {createHash} from "node:crypto";
import type {Rule} from "../../scheme/types.ts";
import {groupBy} from "../../score/group.ts";
import type {ScoreResult} from "../../score/types.ts";
import {leavingTables} from "../../site/leaving.ts";
import {quotedString} from "../../sql.ts";
import {unitLineSql} from "../../warehouse/run.ts";
import type {Scored} from "../../warehouse/scored.ts";

/** A deduction that a unit is asked about. */
export interface AskedRow {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly year: number;
  readonly rule_id: string;
  readonly rule_name: string;
  readonly subject_kind: string;
  /** What the points were lost by; the rule's id where it is no single thing. */
  readonly subject: string;
  /** Why, as leadership may read it. */
  readonly because: string;
  /** The finding as it was described, where that may be told. */
  readonly description: string | null;
  readonly found_on: string | null;
  readonly breach: string | null;
  readonly basis: string | null;
  /** Thousandths of a point that it costs, positive; null for a veto that costs a grade and no points. */
  readonly milli: number | null;
  /** `ZY-<unit's result>-<this deduction>-<check>`, eight hex digits each: what an answer is about; the check goes over what is loaded back. */
  readonly digest: string;
}

interface Row {
  readonly scheme: string;
  readonly unit_code: string;
  readonly rule_id: string;
  readonly kind: string;
  /** As in the ledger, and as it may be told. */
  readonly subject: string | null;
  readonly told: string | null;
  readonly is_closed: boolean;
  readonly milli: number;
  readonly because: string;
  readonly description: string | null;
  readonly found_on: string | null;
  readonly breach: string | null;
  readonly basis: string | null;
}

/** What an 异议 calls the rows of a grain. */
const SUBJECTS: Readonly<Record<string, string>> = {finding: "问题", accident: "事故"};

/** Kinds of ledger rows by which a unit loses points. */
const LOSING = ["扣分", "比率", "分档", "同比", "位次", "评议", "否决"];

/**
 * The deductions that units are asked to confirm, by unit and in ledger order: what each costs by itself, before caps.
 * Left out: clues, cases, tips and what is not fed back (nobody is told of them here), rows that 异议复核 or 择高 gave back. Rows whose number
 * may not be told come together, a rule at a time.
 * Shape: an open result in, plain rows out.
 * @example (await askedRows(scored)).filter((row) => row.unit_code === "990101")
 */
export async function askedRows(scored: Scored): Promise<AskedRow[]> {
  const {db, schemes, result, year} = scored;
  const leaving = await leavingTables(scored, "leadership");
  const [ledger, finding, text] = [
    await leaving.select("ledger", null),
    await leaving.select("finding", "finding"),
    await leaving.select("finding-text", "finding")
  ];
  const seen = async (sql: string, column: string) =>
    (await db.rows<{column_name: string}>(`describe ${sql}`)).some((c) => c.column_name === column);
  const [dated, told] = [await seen(finding, "found_on"), await seen(text, "description")];
  await db.run(`create or replace temp table asked_finding as select * from (${finding})`);
  await db.run(`create or replace temp table asked_text as select * from (${text})`);
  const rows =
    await db.rows<Row>(`select e.scheme, e.unit_code, e.rule_id, e.kind, l.subject, e.subject as told, c.subject is not null as is_closed,
    l.milli, e.because, ${told ? "t.description" : "null"} as description, ${dated ? "cast(f.found_on as varchar)" : "null"} as found_on, e.breach, e.basis
  from (${ledger}) e
  join ledger l on l.scheme = e.scheme and l.unit_code = e.unit_code and l.seq = e.seq
  left join closed_subject c on c.subject = l.subject
  left join asked_finding f on f.finding_id = e.subject and f.scored_unit = e.unit_code
  left join asked_text t on t.finding_id = f.finding_id
  where l.milli < 0 and l.kind in (${LOSING.map(quotedString).join(", ")}) and not coalesce(ends_with(l.subject, '@原'), false)
    and not exists (select 1 from ledger b where b.scheme = l.scheme and b.unit_code = l.unit_code and b.kind = '择高返还' and b.rule_id = l.rule_id and b.subject = l.subject)
  order by e.scheme, e.unit_code, e.seq`);
  const [digests, vetoes] = [await unitDigests(scored), await toldVetoes(scored)];
  const rules = new Map(schemes.flatMap(({scheme}) => scheme.rules.map((rule) => [`${scheme.id} ${rule.id}`, rule] as const)));
  const shown = rows.filter((row) => !row.is_closed && rules.get(`${row.scheme} ${row.rule_id}`)?.over !== "tip");
  const byUnit = groupBy(shown, (row) => `${row.scheme} ${row.unit_code}`);
  return result.schemes.flatMap(({scheme, units}) =>
    units.flatMap((unit) => {
      const own = byUnit.get(`${scheme} ${unit.unit_code}`) ?? [];
      const of = (id: string) => rules.get(`${scheme} ${id}`) as Rule;
      const lines = [
        ...grouped(own).map((row) => askedRow(row, of(row.rule_id))),
        ...vetoRows(vetoes.get(`${scheme} ${unit.unit_code}`) ?? [], own, of)
      ];
      const about = {unit_code: unit.unit_code, unit_name: unit.unit_name, year};
      return lines.map((line) => sealed({...about, ...line}, digests.get(unit.unit_code) ?? ""));
    })
  );
}

type Line = Omit<AskedRow, "unit_code" | "unit_name" | "year" | "digest">;

/** Rows of one unit; those whose number may not be told are one row a rule. */
function grouped(rows: readonly Row[]): Row[] {
  const hidden = new Map<string, Row & {n: number}>();
  const lines: Row[] = [];
  for (const row of rows) {
    if (row.subject === null || row.told !== null) {
      lines.push(row);
      continue;
    }
    const before = hidden.get(row.rule_id);
    const line = {...row, milli: row.milli + (before?.milli ?? 0), n: 1 + (before?.n ?? 0)};
    hidden.set(row.rule_id, line);
    if (!before) lines.push(line);
  }
  return lines.map((row) => {
    const all = row.subject !== null && row.told === null ? hidden.get(row.rule_id) : undefined;
    return all ? {...all, subject: null, because: `${all.because}（共${all.n}处）`} : row;
  });
}

function askedRow({rule_id, kind, subject, because, description, found_on, breach, basis, milli}: Row, rule: Rule): Line {
  const kindOf = () => {
    if (kind === "否决" || rule.measure.kind === "veto") return "否决";
    if (rule.measure.kind === "judge") return "评议";
    return subject === null ? "计分" : (SUBJECTS[rule.over ?? ""] ?? "计分");
  };
  return {
    ...{rule_id, rule_name: rule.name, subject_kind: kindOf(), subject: subject ?? rule_id},
    ...{because, description, found_on, breach, basis, milli: -milli}
  };
}

type Veto = ScoreResult["schemes"][number]["units"][number]["vetoes"][number];

/** Vetoes that limit the grade and stand in no ledger row. */
function vetoRows(vetoes: readonly Veto[], rows: readonly Row[], of: (id: string) => Rule): Line[] {
  const inLedger = new Set(rows.flatMap((row) => (row.kind === "否决" ? [row.rule_id] : [])));
  const asked = vetoes
    .filter((v) => of(v.rule_id).over !== "tip" && !inLedger.has(v.rule_id))
    .map(({rule_id, name, effect, subject}) => ({
      ...{rule_id, rule_name: name, subject_kind: "否决", subject: subject ?? rule_id, because: `${name}：${effect}`},
      ...{description: null, found_on: null, breach: of(rule_id).breach, basis: of(rule_id).basis, milli: null}
    }));
  // Those whose numbers may not be told are asked about once.
  return asked.filter((a, i) => asked.findIndex((b) => b.rule_id === a.rule_id && b.subject === a.subject) === i);
}

/** Vetoes by scheme and unit as leadership may be told of them, without those by what nobody is told of. Needs: leavingTables. */
async function toldVetoes({db, result}: Scored): Promise<ReadonlyMap<string, readonly Veto[]>> {
  const closed = new Set(await db.list("select subject from closed_subject"));
  const told = await db.rows<{key: string; vetoes: string}>("select concat(scheme, ' ', unit_code) as key, vetoes from unit_score");
  const own = new Map(result.schemes.flatMap(({scheme, units}) => units.map((u) => [`${scheme} ${u.unit_code}`, u.vetoes])));
  return new Map(
    told.map(({key, vetoes}) => [
      key,
      (JSON.parse(vetoes) as Veto[]).filter((_, i) => !closed.has(own.get(key)?.[i]?.subject ?? ""))
    ])
  );
}

/** Eight hex digits of each unit's whole result: every result has workbooks of its own, whatever becomes of other units. */
async function unitDigests({db, result}: Scored): Promise<ReadonlyMap<string, string>> {
  const lines = await db.rows<{unit_code: string; line: string}>(
    `select unit_code, ${unitLineSql("seq")} as line from ledger group by unit_code`
  );
  const vetoes = new Map(result.schemes.flatMap(({units}) => units.map((u) => [u.unit_code, u.vetoes])));
  return new Map(lines.map(({unit_code, line}) => [unit_code, hash([line, JSON.stringify(vetoes.get(unit_code) ?? [])])]));
}

function sealed(row: Omit<AskedRow, "digest">, unit: string): AskedRow {
  const own = hash([row.unit_code, row.year, row.rule_id, row.subject_kind, row.subject, row.milli ?? "", row.because]);
  return {...row, digest: `ZY-${unit}-${own}-${rowCheck({...row, digest: `ZY-${unit}-${own}`})}`};
}

/** What is loaded back of a row that was sent out. */
export type SentRow = Pick<AskedRow, "unit_code" | "year" | "rule_id" | "subject_kind" | "subject" | "milli" | "digest">;

/** Eight hex digits over what is loaded back of a row; src/models/check/suspicious.sql computes the same. */
export function rowCheck({unit_code, year, rule_id, subject_kind, subject, milli, digest}: SentRow): string {
  const [, unit = "", own = ""] = digest.split("-");
  return hash([unit_code, year, rule_id, subject_kind, subject, milli ?? "", unit, own]);
}

function hash(parts: readonly (string | number)[]): string {
  return createHash("sha256").update(parts.join("\u001f")).digest("hex").slice(0, 8);
}
