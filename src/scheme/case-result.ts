import type {Place} from "../fault.ts";
import {groupBy} from "../score/group.ts";
import type {LedgerEntry, Milli, UnitScore} from "../score/types.ts";
import type {ExpectedEntry, ExpectedUnit, SchemeCase} from "./case.ts";
import {NO_ROW} from "./case-schema.ts";
import {milliOf, pointsText} from "./decimal.ts";

/** One thing that came out otherwise than expected, as texts. */
export interface Difference {
  readonly place: Place;
  readonly unit_code: string;
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

/**
 * What of a result is otherwise than a case expects.
 * Shape: units and ledger rows of the scheme in; differences in the order of the case.
 * @example caseDifferences(one, units, ledger) // []
 */
export function caseDifferences(one: SchemeCase, units: readonly UnitScore[], ledger: readonly LedgerEntry[]): Difference[] {
  return [...one.units.flatMap((expected) => unitDifferences(expected, units)), ...ledgerDifferences(one.ledger, ledger)];
}

function unitDifferences(expected: ExpectedUnit, units: readonly UnitScore[]): Difference[] {
  const {unit_code, place} = expected;
  const unit = units.find((u) => u.unit_code === unit_code);
  const differ = (what: string, wanted: string, actual: string): Difference[] =>
    wanted === actual ? [] : [{place, unit_code, what, expected: wanted, actual}];
  if (!unit) return [{place, unit_code, what: "单位", expected: "在计分单位之中", actual: "不在"}];
  return [
    ...(expected.score_milli === undefined ? [] : differ("得分", pointsWords(expected.score_milli), pointsWords(unit.milli))),
    ...(expected.grade === undefined ? [] : differ("等次", expected.grade ?? "无", unit.grade ?? "无")),
    ...(expected.rank === undefined ? [] : differ("名次", String(expected.rank ?? "无"), String(unit.rank ?? "无"))),
    ...(expected.covered === undefined ? [] : differ("巡查", expected.covered, unit.covered)),
    ...(expected.provisional === undefined ? [] : differ("暂定", yes(expected.provisional), yes(unit.provisional))),
    ...expected.items.flatMap(({item, milli}) => {
      const score = unit.items.find((i) => i.item === item)?.score ?? null;
      return differ(`内容${item}`, pointsWords(milli), pointsWords(score === null ? null : milliOf(Number(score))));
    }),
    ...(expected.vetoes === undefined ? [] : differ("否决", listed(expected.vetoes), listed(unit.vetoes.map((v) => v.rule_id))))
  ];
}

function yes(value: boolean): string {
  return value ? "是" : "否";
}

function listed(ids: readonly string[]): string {
  const distinct = [...new Set(ids)].toSorted();
  return distinct.length === 0 ? "无" : distinct.join("、");
}

function pointsWords(milli: Milli | null): string {
  return milli === null ? "不计" : pointsText(milli);
}

/** Rows expected of a unit and rule (of a unit and kind, for rows of no rule) must be exactly those there are. */
function ledgerDifferences(expected: readonly ExpectedEntry[], ledger: readonly LedgerEntry[]): Difference[] {
  const groups = groupBy(expected, groupOf);
  return [...groups.values()].flatMap((wanted) => {
    const [first] = wanted as [ExpectedEntry];
    const found = ledger.filter(
      (row) =>
        row.unit_code === first.unit_code &&
        (first.rule_id === null ? row.rule_id === null && row.kind === first.kind : row.rule_id === first.rule_id)
    );
    const left = [...found];
    const missing = wanted.filter((entry) => {
      if (entry.kind === NO_ROW) return false;
      const at = left.findIndex((row) => agrees(entry, row));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    if (missing.length === 0 && left.length === 0) return [];
    const rows = wanted.filter((entry) => entry.kind !== NO_ROW).map(expectedText);
    const what = first.rule_id === null ? `台账（${first.kind}）` : `台账（规则 ${first.rule_id}）`;
    return [
      {
        place: (missing[0] ?? first).place,
        unit_code: first.unit_code,
        what,
        expected: rows.join("；") || "没有",
        actual: found.map(rowText).join("；") || "没有"
      }
    ];
  });
}

function groupOf({unit_code, rule_id, kind}: ExpectedEntry): string {
  return JSON.stringify([unit_code, rule_id ?? kind, rule_id === null]);
}

function agrees(entry: ExpectedEntry, row: LedgerEntry): boolean {
  const same = (key: "item" | "subject") => entry[key] === undefined || entry[key] === row[key];
  return entry.kind === row.kind && same("item") && same("subject") && (entry.milli === undefined || entry.milli === row.milli);
}

function expectedText({kind, item, subject, milli}: ExpectedEntry): string {
  return [kind, item === undefined ? null : `内容${item}`, subject, milli === undefined ? null : pointsText(milli)]
    .filter(Boolean)
    .join(" ");
}

function rowText({kind, item, subject, milli}: LedgerEntry): string {
  return expectedText({
    unit_code: "",
    place: {file: ""},
    kind,
    rule_id: null,
    ...(item === null ? {} : {item}),
    ...(subject === null ? {} : {subject}),
    milli
  });
}
