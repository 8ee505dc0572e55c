import {TABLES, tableNamed} from "../../src/contract/index.ts";
import type {Rows} from "../facts.ts";
import type {Case} from "./case.ts";
import type {Row} from "./rows.ts";
import type {ItemSpec, RuleSpec, SchemeSpec} from "./scheme.ts";

/**
 * A smaller case that still fails: rules, options, rows and values are left out for as long as it does.
 * Shape: `fails` says whether a case shows the fault; a case that cannot be scored at all should count as not failing.
 * @example await smallest(one, async (c) => disagreements(c, await scoreCase(c)).length > 0)
 */
export async function smallest(one: Case, fails: (one: Case) => Promise<boolean>): Promise<Case> {
  let best = one;
  for (;;) {
    const before = size(best);
    for (const table of Object.keys(best.rows)) best = await withFewerRows(best, table, fails);
    for (const variants of [fewerRules, simplerRules, simplerHead, fewerItems]) best = await firstOf(best, variants, fails);
    best = await firstOf(best, plainerRows, fails);
    if (size(best) >= before) return best;
  }
}

function size({scheme, rows}: Case): number {
  return JSON.stringify([scheme, rows]).length;
}

/** Takes the first variant that still fails, again and again, until none does. */
async function firstOf(one: Case, variants: (one: Case) => Iterable<Case>, fails: (one: Case) => Promise<boolean>): Promise<Case> {
  let best = one;
  for (;;) {
    let found: Case | null = null;
    for (const variant of variants(best)) {
      if (size(variant) < size(best) && (await fails(variant))) {
        found = variant;
        break;
      }
    }
    if (!found) return best;
    best = found;
  }
}

/** Leaves out ever smaller stretches of a table's rows, and the rows that named them. */
async function withFewerRows(one: Case, table: string, fails: (one: Case) => Promise<boolean>): Promise<Case> {
  let best = one;
  const length = () => best.rows[table]?.length ?? 0;
  for (let part = length(); part >= 1; part = Math.floor(part / 2)) {
    for (let from = 0; from < length(); ) {
      const left = (best.rows[table] ?? []).filter((_, i) => i < from || i >= from + part);
      const smaller = {...best, rows: closed({...best.rows, [table]: left})};
      if (await fails(smaller)) best = smaller;
      else from += part;
    }
  }
  return best;
}

/** Rows whose parents are all there: a program holds the others back. */
function closed(rows: Rows): Rows {
  const left: Record<string, readonly Row[]> = {};
  for (const {name, references} of TABLES) {
    left[name] = ((rows[name] ?? []) as readonly Row[]).filter((row) =>
      references.every(({column, table, target}) => {
        const value = row[column] ?? null;
        return value === null || (left[table] ?? []).some((parent) => parent[target] === value);
      })
    );
  }
  return Object.fromEntries(Object.keys(rows).map((name) => [name, left[name] ?? []]));
}

function* fewerRules(one: Case): Iterable<Case> {
  for (const rule of one.scheme.rules) {
    const rules = one.scheme.rules.filter((r) => r !== rule);
    if (rules.length > 0) yield withScheme(one, {...one.scheme, rules, ...capsWithout(one.scheme, rule.id)});
  }
}

function capsWithout({caps}: SchemeSpec, id: string): {caps?: unknown} {
  if (!Array.isArray(caps)) return {};
  const left = caps
    .map((cap) => ({...cap, rules: cap.rules.filter((r: string) => r !== id)}))
    .filter((cap) => cap.rules.length > 0);
  return {caps: left};
}

const OPTIONS = ["where", "applies", "needs", "cap", "highest_of", "because", "weight", "escalate", "window", "year_by", "once"];

function* simplerRules(one: Case): Iterable<Case> {
  for (const [i, rule] of one.scheme.rules.entries()) {
    const put = (changed: RuleSpec) =>
      withScheme(one, {...one.scheme, rules: one.scheme.rules.map((r, n) => (n === i ? changed : r))});
    for (const option of OPTIONS) if (option in rule) yield put(without(rule, option));
    for (const [key, part] of Object.entries(rule)) {
      if (typeof part !== "object" || part === null || Array.isArray(part)) continue;
      for (const option of ["among", "empty", "per", "within"])
        if (option in part) yield put({...rule, [key]: without(part, option)});
      for (const option of ["of", "among", "count", "sum"]) {
        for (const text of ["true", "1"]) {
          if (option in part) yield put({...rule, [key]: {...part, [option]: text}});
        }
      }
    }
    for (const option of ["where", "applies"]) {
      if (typeof rule[option] === "string" && rule[option] !== "true") yield put({...rule, [option]: "true"});
      if (typeof rule[option] === "string" && rule[option] !== "false") yield put({...rule, [option]: "false"});
    }
    if (rule.deduct !== undefined && rule.deduct !== 1) yield put({...rule, deduct: 1});
    if (rule.bonus !== undefined && rule.bonus !== 1) yield put({...rule, bonus: 1});
  }
}

function* simplerHead(one: Case): Iterable<Case> {
  const {scheme} = one;
  for (const option of ["caps", "extension"]) if (option in scheme) yield withScheme(one, without(scheme, option));
  if (scheme.applies_to.length > 1)
    for (const kind of scheme.applies_to)
      yield withScheme(one, {...scheme, applies_to: scheme.applies_to.filter((k) => k !== kind)});
  if (scheme.period === "cycle") yield withScheme(one, {...scheme, period: "year"});
  for (const [i, item] of scheme.items.entries()) {
    if (!("applies" in item)) continue;
    yield withScheme(one, {...scheme, items: scheme.items.map((other, n) => (n === i ? without(item, "applies") : other))});
  }
}

/** Items without rules give their points to another. */
function* fewerItems(one: Case): Iterable<Case> {
  const {items, rules} = one.scheme;
  for (const item of items) {
    if (items.length === 1 || rules.some((r) => String(r.item ?? "").startsWith(item.no))) continue;
    const [first, ...rest] = items.filter((other) => other !== item) as [ItemSpec, ...ItemSpec[]];
    const full = Math.round((first.full + item.full) * 1000) / 1000;
    yield withScheme(one, {...one.scheme, items: [{...first, full}, ...rest]});
  }
}

/** Rows with a value less. */
function* plainerRows(one: Case): Iterable<Case> {
  for (const [table, rows] of Object.entries(one.rows)) {
    const {columns, key} = tableNamed(table);
    const optional = columns.filter((c) => !c.required && c.fallback === null && !key.includes(c.name)).map((c) => c.name);
    for (const name of optional) {
      if (!rows.some((row) => (row[name] ?? null) !== null)) continue;
      yield {...one, rows: {...one.rows, [table]: rows.map((row) => without(row, name))}};
      if (rows.length < 2) continue;
      for (const [i, row] of rows.entries()) {
        if ((row[name] ?? null) === null) continue;
        yield {...one, rows: {...one.rows, [table]: rows.map((other, n) => (n === i ? without(row, name) : other))}};
      }
    }
  }
}

function withScheme(one: Case, scheme: SchemeSpec): Case {
  return {...one, scheme};
}

function without<T extends object>(object: T, key: string): T {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)) as T;
}
