// The fact views as of a day.
//
// Readings taken:
// - the day a fact is dated by, for its scored unit and age_days, is its year_by column; an inspection that has not ended is
//   looked up on its start, else on as_of, and has no age;
// - rows of a unit_fact are the units of scored kinds of as_of (decided after comparing: an office hardly expects its enterprises);
// - appraisals are those of the scored year, and belong to the heir of the unit they name (decided after comparing);
// - repeat_no counts the findings of the period, whether is_counted or not; null outside it, 1 without category;
// - finding_count and visit_count leave out findings withdrawn by decision; an action on such a finding has no finding_severity;
// - responded_on is the first response of kind 首次; is_confirmed of a tip without outcome is not known;
// - clocks of inspections (report_due_on, response_due_on …) are as given, else null.

import {FACTS} from "../../../src/contract/fact.ts";
import {Fraction} from "../fraction.ts";
import type {Clocks, ReferenceInput, ReferenceUnit} from "../input.ts";
import {compareBytes, Day, day, groupBy, type Row, text, type Value} from "../value.ts";
import {Appeals} from "./appeals.ts";
import {Coverage} from "./coverage.ts";
import {inOrder, rectified} from "./finding.ts";
import {inPeriod, type Period, ROUND} from "./period.ts";
import {rowsOn, typedRows} from "./table.ts";
import {Units} from "./units.ts";

/** What a world is seen by; `heirs_on` is the day whose heirs facts belong to, `as_first_found` leaves 问题 and 事故 undecided. */
export interface Sight {
  readonly as_of: Day;
  readonly heirs_on: Day;
  readonly period: Period;
  readonly as_first_found?: boolean;
}

/** Facts of every grain as of a day. */
export class World {
  readonly units: Units;
  readonly appeals: Appeals;
  /** Judgements of any date. */
  readonly judgements: readonly Row[];
  private readonly coverage: Coverage;
  private readonly facts: ReadonlyMap<string, readonly Row[]>;
  private readonly shared = new Map<string, Row[]>();

  constructor(
    private readonly input: ReferenceInput,
    readonly sight: Sight
  ) {
    const {rows, scheme, regime, year} = input;
    this.units = new Units(typedRows(rows, "unit"), scheme.applies_to);
    this.appeals = new Appeals(typedRows(rows, "appeal"), Day.of(input.decisions_until));
    this.judgements = typedRows(rows, "judgement");
    const inspections = this.table("inspection")
      .map((row) => this.appeals.changed("覆盖", text(row, "inspection_id"), row))
      .filter((row) => row !== null);
    this.coverage = new Coverage(
      inspections,
      sight.period,
      {regime, latest: scheme.several_inspections === "latest", year},
      (code) => this.units.heir(code, sight.heirs_on)
    );
    this.facts = new Map(Object.entries(this.views(inspections)));
    for (const [grain, list] of this.facts) {
      for (const [unit, mine] of groupBy(list, (row) => text(row, "scored_unit"))) this.shared.set(`${grain} ${unit}`, mine);
    }
  }

  /** All rows of a fact view, or those scored for one unit. */
  rows(grain: string, scored_unit?: string): readonly Row[] {
    return (scored_unit === undefined ? this.facts.get(grain) : this.shared.get(`${grain} ${scored_unit}`)) ?? [];
  }

  /** A unit's own row of unit_fact; null when it did not exist that day. */
  unit(unit_code: string): Row | null {
    return this.rows("unit").find((row) => text(row, "unit_code") === unit_code) ?? null;
  }

  covered(unit: Row): ReferenceUnit["covered"] {
    return this.coverage.of(text(unit, "unit_code") ?? "", text(unit, "unit_kind") ?? "");
  }

  lookedAt(unit_code: string, item: string): boolean {
    return this.coverage.lookedAt(unit_code, item);
  }

  private table(name: string): Row[] {
    return rowsOn(this.input.rows, name, this.sight.as_of);
  }

  private decided(kind: "问题" | "事故", name: "finding" | "accident"): Row[] {
    const rows = this.table(name);
    if (this.sight.as_first_found) return rows;
    return rows.map((row) => this.appeals.changed(kind, text(row, `${name}_id`), row)).filter((row) => row !== null);
  }

  private views(inspections: readonly Row[]): Record<string, Row[]> {
    const {as_of, period} = this.sight;
    const visits = this.table("visit");
    const findings = this.decided("问题", "finding");
    const responses = this.table("response");
    const actions = this.table("action");
    const byId = new Map(inspections.map((row) => [text(row, "inspection_id"), row]));
    const severity = new Map(findings.map((row) => [text(row, "finding_id"), row.severity ?? null]));
    const found = tally(findings, "inspection_id");
    const foundAt = tally(findings, "visit_id");
    const visited = tally(visits, "inspection_id");
    const events = groupBy(this.table("rectification"), (row) => text(row, "finding_id"));
    const named = groupBy(actions, (row) => text(row, "finding_id"));
    const extension_max = this.input.scheme.extension?.max_times ?? this.input.regime.extension_max;
    const of = (row: Row) => {
      const inspection = byId.get(text(row, "inspection_id"));
      return {
        inspection_kind: inspection?.kind ?? null,
        inspection_ended_on: inspection?.ended_on ?? null,
        round_no: inspection?.round_no ?? null
      };
    };
    const view = (grain: string, rows: readonly Row[], derived: (row: Row) => Record<string, Value>, on?: (row: Row) => Day) =>
      rows.map((row) => this.fact(grain, row, byId.get(text(row, "inspection_id")), derived(row), on?.(row)));
    return {
      finding: numbered(
        view("finding", findings, (row) => {
          const id = text(row, "finding_id");
          const kinds = (named.get(id) ?? []).map((action) => text(action, "kind"));
          return {
            ...rectified(row, inOrder(events.get(id) ?? []), as_of, extension_max),
            transferred: kinds.some((kind) => kind === "行业移交" || kind === "移送纪检监察"),
            listed: kinds.includes("挂牌督办"),
            summoned: kinds.includes("约谈"),
            ...of(row)
          };
        }),
        period
      ),
      inspection: view(
        "inspection",
        inspections,
        (row) => {
          const first = responses
            .filter((r) => text(r, "inspection_id") === text(row, "inspection_id") && text(r, "kind") === "首次")
            .flatMap((r) => day(r, "submitted_on") ?? [])
            .sort((a, b) => a.number - b.number)[0];
          return {
            finding_count: count(found, row, "inspection_id"),
            visit_count: count(visited, row, "inspection_id"),
            responded_on: first ?? null,
            is_responded: first !== undefined,
            ...timed(row, first ?? null, as_of, this.input.clocks?.[text(row, "inspection_id") ?? ""])
          };
        },
        (row) => day(row, "ended_on") ?? day(row, "started_on") ?? as_of
      ),
      visit: view("visit", visits, (row) => ({finding_count: count(foundAt, row, "visit_id"), ...of(row)})),
      accident: view("accident", this.decided("事故", "accident"), (row) => ({is_concluded: (row.concluded_on ?? null) !== null})),
      action: view("action", actions, (row) => ({
        finding_severity: severity.get(text(row, "finding_id")) ?? null,
        ...of(row)
      })),
      tip: view("tip", this.table("tip"), (row) => {
        const outcome = text(row, "outcome");
        return {is_confirmed: outcome === null ? null : outcome === "查实", ...of(row)};
      }),
      response: view("response", responses, (row) => of(row)).map((row) => {
        const own = text(row, "unit_code") === text(row, "scored_unit") ? "" : `#${text(row, "unit_code")}`;
        return {...row, response_no: `${text(row, "inspection_id")}#${text(row, "seq_no")}${own}`};
      }),
      unit: view(
        "unit",
        this.units.allOn(as_of).filter((row) => this.units.isScored(row)),
        () => ({}),
        () => as_of
      ),
      appraisal: view(
        "appraisal",
        this.table("appraisal").filter((row) => text(row, "year") === String(this.input.year)),
        (row) => {
          const [code, heir] = [text(row, "unit_code") ?? "", this.units.heir(text(row, "unit_code") ?? "", this.sight.heirs_on)];
          const no = text(row, "item_code") ?? "";
          return {scored_unit: heir, appraisal_no: heir === code ? no : `${no}#${code}`};
        }
      )
    };
  }

  private fact(grain: string, row: Row, inspection: Row | undefined, derived: Record<string, Value>, looked_up?: Day): Row {
    const {as_of, heirs_on} = this.sight;
    const view = FACTS.find((fact) => fact.grain === grain);
    const dated = view?.year_by ? day(row, view.year_by) : null;
    const counted = grain === "finding" || grain === "visit" || grain === "inspection";
    return {
      ...Object.fromEntries(view?.columns.map((column) => [column.name, null]) ?? []),
      ...row,
      as_of,
      age_days: dated === null ? null : Fraction.ratio(as_of.number - dated.number),
      is_counted: !counted || this.coverage.isCounted(text(row, "inspection_id")),
      scored_unit: this.units.scored(
        text(row, "unit_code") ?? "",
        looked_up ?? dated ?? as_of,
        heirs_on,
        inspection ? text(inspection, "unit_code") : null
      ),
      [ROUND]: inspection?.round_no ?? null,
      ...derived
    };
  }
}

/** Gives findings their repeat_no. */
function numbered(findings: readonly Row[], period: Period): Row[] {
  const seen = new Map<string, number>();
  const ordered = [...findings].sort(
    (a, b) =>
      (day(a, "found_on")?.number ?? 0) - (day(b, "found_on")?.number ?? 0) ||
      compareBytes(text(a, "finding_id") ?? "", text(b, "finding_id") ?? "")
  );
  return ordered.map((row) => {
    if (!inPeriod(row, "found_on", period)) return {...row, repeat_no: null};
    const category = text(row, "category");
    const key = JSON.stringify([text(row, "scored_unit"), category]);
    const n = category === null ? 1 : (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    return {...row, repeat_no: Fraction.ratio(n)};
  });
}

/** What follows from an inspection's clocks: due dates, and calendar days late until today or the day it was done. */
function timed(row: Row, responded_on: Day | null, as_of: Day, clocks: Clocks | undefined): Record<string, Value> {
  const [report, response] = [clocks?.report_due_on, clocks?.response_due_on].map((on) => (on ? Day.of(on) : null));
  const late = (due: Day | null | undefined, done: Day | null) =>
    due ? Fraction.ratio(Math.max(0, (done ?? as_of).number - due.number)) : null;
  return {
    report_due_on: report ?? null,
    report_days_late: day(row, "ended_on") === null ? null : late(report, day(row, "reported_on")),
    response_due_on: response ?? null,
    response_due_state: clocks?.response_due_state ?? null,
    response_days_late: late(response, responded_on),
    is_response_due: response ? response.number < as_of.number : false
  };
}

function tally(rows: readonly Row[], column: string): Map<string | null, number> {
  return new Map([...groupBy(rows, (row) => text(row, column))].map(([key, list]) => [key, list.length]));
}

function count(counts: ReadonlyMap<string | null, number>, row: Row, column: string): Fraction {
  return Fraction.ratio(counts.get(text(row, column)) ?? 0);
}
