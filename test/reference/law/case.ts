import {TABLES} from "../../../src/contract/index.ts";
import type {Regime} from "../../../src/regime/types.ts";
import {runChecks} from "../../../src/warehouse/check.ts";
import {buildLaw} from "../../../src/warehouse/law.ts";
import {readCalendar} from "../../../src/workspace/calendar.ts";
import {openRows, type Rows} from "../../facts.ts";
import {type Dice, dayAfter, dice} from "../../generated/dice.ts";
import {type Difference, differences, programFacts, referenceFacts} from "./compare.ts";
import {inventedRegime} from "./land.ts";
import {obligations} from "./obligation.ts";
import {lawOffice} from "./office.ts";
import {visibleRows} from "./rows.ts";

/** An office and a day to look at it. */
export interface LawCase {
  readonly rows: Rows;
  readonly regime: Regime;
  readonly as_of: string;
  readonly decisions_until: string;
  readonly year: number;
  readonly named_units: Readonly<Record<string, string>>;
}

const CALENDAR = readCalendar(null);
const KEPT = new Set(TABLES.flatMap(({name, columns}) => columns.map((column) => `${name}.${column.name}`)));

/** A case from a seed: the day looked at is often the last day of something, or the day before or after. */
export function lawCase(seed: number): LawCase {
  const d = dice(seed);
  const regime = inventedRegime(d);
  const rows = lawOffice(d, regime, CALENDAR);
  const {groups = []} = (regime.parameters.round?.values.at(-1)?.value ?? {}) as {groups?: {units: string[]}[]};
  const lasting = (rows.unit ?? [])
    .filter((u) => u.valid_from === "0001-01-01" && u.valid_to === null)
    .map((u) => String(u.unit_code));
  const codes = [
    ...lasting,
    ...(rows.unit ?? []).filter((u) => lasting.includes(String(u.successor_code))).map((u) => String(u.unit_code))
  ];
  const named = ["济南市", ...groups.flatMap(({units}) => units)].map((name) => [name, d.pick(codes)] as const);
  const named_units = Object.fromEntries(named);
  const as_of = lookedAt(d, {rows, regime, named_units});
  const year = d.pick([0, 0, 0, 1]);
  return {
    rows,
    regime,
    named_units,
    as_of,
    decisions_until: dayAfter(as_of, d.pick([0, 0, 30])),
    year: Number(as_of.slice(0, 4)) - year
  };
}

function lookedAt(d: Dice, office: Pick<LawCase, "rows" | "regime" | "named_units">): string {
  const far = {...office, calendar: CALENDAR, as_of: "2027-12-31", decisions_until: "2027-12-31", year: 2024};
  const days = obligations(far).flatMap(({due_on}) =>
    due_on !== null && due_on >= "2024-06-01" && due_on < "2027-06-01" ? [due_on] : []
  );
  if (days.length === 0 || d.chance(0.3)) return d.pick(["2025-12-31", "2025-06-30", "2026-02-28", "2024-12-31", "2027-01-31"]);
  return dayAfter(d.pick(days), d.pick([-1, 0, 1]));
}

/** Where program and reference do not agree about a case. */
export async function lawDifferences({rows, regime, named_units, as_of, decisions_until, year}: LawCase): Promise<Difference[]> {
  const db = await openRows(rows, {threads: 1});
  try {
    const when = {as_of, decisions_until, known_at: null};
    await buildLaw(db, {regime, calendar: CALENDAR, when, year, named_units, kept: KEPT, extension: null});
    const ran = await runChecks(db, {regime, when, kept: KEPT});
    const input = {rows: await visibleRows(db), regime, calendar: CALENDAR, as_of, decisions_until, year, named_units};
    return differences(await programFacts(db, ran), referenceFacts(input, ran));
  } finally {
    db.close();
  }
}
