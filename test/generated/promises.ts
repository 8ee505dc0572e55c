import {printScheme} from "../../src/scheme/print.ts";
import type {Scheme} from "../../src/scheme/types.ts";
import {groupBy} from "../../src/score/group.ts";
import {scoreUnits} from "../../src/score/score.ts";
import type {LedgerEntry} from "../../src/score/types.ts";
import {shuffled} from "../generate.ts";
import type {Case} from "./case.ts";
import {type Looked, parsed, scoreCase} from "./look.ts";

/** A promise that every score must keep: what breaks it, as sentences; none when it is kept. */
export type Promised = (one: Case, looked: Looked) => string[] | Promise<string[]>;

const sum = (rows: readonly {readonly milli: number}[]) => rows.reduce((total, {milli}) => total + milli, 0);

/** What must be true of any score of any scheme over any rows; titles complete “a generated score …”. */
export const PROMISES: Readonly<Record<string, Promised>> = {
  "has a ledger that sums to the score of every unit": (_, {units, ledger}) => {
    const rows = groupBy(ledger, (e) => e.unit_code);
    return units.flatMap(({unit_code, milli}) => {
      const mine = rows.get(unit_code);
      return (mine ? sum(mine) : null) === milli ? [] : [`${unit_code}: ${milli}, but ${mine ? sum(mine) : "no rows"}`];
    });
  },
  "has a tally that agrees with the ledger rule by rule": (_, {tally, ledger}) => {
    const scored = new Set(ledger.map((e) => e.unit_code));
    const counted = tally.filter((t) => !["na", "pending"].includes(t.bucket) && scored.has(t.unit_code));
    return differences(
      sums(counted.map((t) => ({...t, milli: t.raw_milli}))),
      sums(ledger.filter((e) => e.rule_id !== null && !CAPS_AND_AFTER.includes(e.kind)))
    );
  },
  "is the same when it is computed from plan and tally alone": (_, {plan, before, tally, units}) => {
    const again = scoreUnits(plan, before, tally).map((u) =>
      JSON.stringify({...u, vetoes: [...new Set(u.vetoes.map((v) => v.rule_id))]})
    );
    const result = units.map((u) => JSON.stringify({...u, vetoes: [...new Set(u.vetoes.map((v) => v.rule_id))]}));
    return result.filter((text, i) => text !== again[i]);
  },
  "has ledger keys that are unique": (_, {ledger}) => {
    const keys = groupBy(ledger, (e) => JSON.stringify([e.unit_code, e.kind, e.item, e.rule_id, e.subject]));
    return [...keys].flatMap(([key, rows]) => (rows.length > 1 ? [`${key}: ${rows.length} rows`] : []));
  },
  "has ledger rows numbered without gaps, in order of kind, item, rule and subject": (_, {ledger}) =>
    [...groupBy(ledger, (e) => e.unit_code)].flatMap(([unit, rows]) =>
      rows.every((e, i) => e.seq === i + 1) ? [] : [`${unit}: ${rows.map((e) => e.seq).join(" ")}`]
    ),
  "lies between 0 and 100 and the bonus cap": (_, {units, bonus_cap_milli}) =>
    units.flatMap(({unit_code, milli}) =>
      milli === null || (milli >= 0 && milli <= 100_000 + bonus_cap_milli) ? [] : [`${unit_code}: ${milli}`]
    ),
  "gives every item between nothing and its full points, as the ledger adds them up": (_, {units, ledger}) => {
    const rows = groupBy(ledger, (e) => JSON.stringify([e.unit_code, e.item]));
    return units.flatMap(({unit_code, items, milli}) =>
      items.flatMap(({item, full, score, applies}) => {
        const added = rows.get(JSON.stringify([unit_code, item]));
        const shown = milli === null ? null : score === null ? null : Math.round(Number(score) * 1000);
        const isRight = added === undefined ? shown === null : applies && shown === sum(added);
        const isWithin = shown === null || (shown >= 0 && shown <= Math.round(Number(full) * 1000));
        return isRight && isWithin ? [] : [`${unit_code} ${item}: ${score} of ${full}, ledger ${added ? sum(added) : "none"}`];
      })
    );
  },
  "is nothing for units that were not inspected, and something for the others unless nothing applies": (_, {units}) =>
    units.flatMap((u) => {
      const isSeen = u.covered === "已巡查" && u.items.some((i) => i.applies);
      return isSeen === (u.milli !== null) && (u.milli === null) === (u.grade === null)
        ? []
        : [`${u.unit_code}: ${u.covered} ${u.milli}`];
    }),
  "is the same for rows in another order, on 1, 2 or 4 threads": async (one, {result: {run, digest}}) => {
    const wrong: string[] = [];
    for (const threads of [2, 4]) {
      const {result} = await scoreCase({...one, rows: shuffled(one.rows, one.seed + threads)}, {threads});
      if (result.digest !== digest) wrong.push(`digest on ${threads} threads: ${result.digest}, not ${digest}`);
      if (result.run !== run) wrong.push(`run on ${threads} threads`);
    }
    return wrong;
  },
  "comes of a scheme that prints so that it reads back the same": async (one) => {
    const once = await parsed(one);
    const twice = await parsed(one, printScheme(once));
    return meaning(once) === meaning(twice) && once.canonical === twice.canonical ? [] : [printScheme(once)];
  }
};

/** Kinds that no rule's tally has a part in: what a cap takes back, and what follows the items. */
const CAPS_AND_AFTER: readonly LedgerEntry["kind"][] = ["封顶返还", "折算", "取整", "否决"];

function sums(rows: readonly {unit_code: string; rule_id: string | null; milli: number}[]): Map<string, number> {
  const groups = groupBy(rows, (r) => `${r.unit_code} ${r.rule_id}`);
  return new Map([...groups].map(([key, list]): [string, number] => [key, sum(list)]).filter(([, milli]) => milli !== 0));
}

function differences(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string[] {
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys].flatMap((key) => (a.get(key) === b.get(key) ? [] : [`${key}: ${a.get(key) ?? 0}, but ${b.get(key) ?? 0}`]));
}

/** A scheme without the places of its rules, which printing moves. */
function meaning(scheme: Scheme): string {
  return JSON.stringify({...scheme, rules: scheme.rules.map(({place: _, ...rule}) => rule)});
}
