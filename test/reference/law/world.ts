// What an office's tables say on a day, as the law looks at them.
//
// Readings taken:
// - receipt of the feedback is the day it was given where nothing else is said, decided before the cut at as_of;
// - own: not extended from a higher level and not a 回头看 of `return_visit`, by the value of as_of;
// - an inspection's unit is the one that 覆盖 appeals decided; findings are as 异议复核 left them, struck ones gone;
// - a finding belongs to the office unless its inspection is another's;
// - a clock that starts in a finding may be finding_due: it gives a date only where neither the finding nor 立即整改 does;
//   an extension moves that date too.

import {parameterOn} from "../../../src/regime/resolve.ts";
import type {Regime} from "../../../src/regime/types.ts";
import {Appeals} from "../facts/appeals.ts";
import {inOrder, rectified} from "../facts/finding.ts";
import {rowsOn, typedRows} from "../facts/table.ts";
import {Units} from "../facts/units.ts";
import {Fraction} from "../fraction.ts";
import type {Rows} from "../input.ts";
import {compareBytes, Day, groupBy, type Row, text} from "../value.ts";
import {Clock, type LastDay, type Length, type Published, SILENT} from "./clock.ts";

export type Cell = string | number | boolean | null;
/** A row whose days are ISO text. */
export type Line = Readonly<Record<string, Cell>>;

export interface LawInput {
  /** Typed raw rows per contract table, visible and with unique keys; columns left out are null. */
  readonly rows: Rows;
  readonly regime: Regime;
  readonly calendar: readonly Published[];
  readonly as_of: string;
  readonly decisions_until: string;
  readonly year: number;
  /** Name the regime uses → unit_code. */
  readonly named_units?: Readonly<Record<string, string>>;
  /** 延期 that the office's own scheme allows. */
  readonly extension_max?: number;
}

/** The tables as of the day. */
export class World {
  readonly as_of: string;
  readonly from: string;
  readonly to: string;
  readonly year: number;
  readonly clock: Clock;
  readonly units: Units;
  readonly inspections: readonly Line[];
  readonly own: readonly Line[];
  /** Kinds that look again at what an earlier inspection found: they cover nothing. */
  readonly again: ReadonlySet<string>;
  /** Findings of anybody's inspections. */
  readonly allFindings: readonly Line[];
  /** Findings of the office, decided, with due_on, due_source, given_due_on, done_on, closed_on. */
  readonly findings: readonly Line[];
  readonly members: ReadonlyMap<Cell, readonly Line[]>;
  readonly visits: readonly Line[];
  readonly responses: readonly Line[];
  readonly actions: readonly Line[];
  /** Rectification events by finding, in order. */
  readonly events: ReadonlyMap<Cell, readonly Line[]>;
  private readonly byId: ReadonlyMap<Cell, Line>;

  constructor(readonly input: LawInput) {
    const {rows, as_of, year} = input;
    this.as_of = as_of;
    this.year = year;
    this.from = `${year}-01-01`;
    this.to = as_of < `${year}-12-31` ? as_of : `${year}-12-31`;
    this.clock = new Clock(input.calendar);
    this.units = new Units(typedRows(rows, "unit"), []);
    const on = Day.of(as_of);
    const table = (name: string) => rowsOn(received(rows), name, on);
    const appeals = new Appeals(typedRows(rows, "appeal"), Day.of(input.decisions_until));
    const changed = (kind: "问题" | "覆盖", name: string): Row[] =>
      table(name)
        .map((row) => appeals.changed(kind, text(row, `${name}_id`), row))
        .filter((row) => row !== null);
    this.inspections = changed("覆盖", "inspection").map(line);
    this.byId = new Map(this.inspections.map((i) => [i.inspection_id ?? null, i]));
    this.again = new Set(this.value<{kinds: string[]}>("return_visit", as_of)?.kinds);
    this.own = this.inspections.filter((i) => i.extended_from === null && !this.again.has(String(i.kind)));
    this.members = groupBy(table("member").map(line), (m) => m.inspection_id ?? null);
    this.visits = table("visit").map(line);
    this.responses = table("response").map(line);
    this.actions = table("action").map(line);
    const events = groupBy(table("rectification"), (row) => text(row, "finding_id"));
    this.events = new Map([...events].map(([id, list]) => [id, inOrder(list).map(line)]));
    const own = new Set(this.own.map((i) => i.inspection_id ?? null));
    this.allFindings = changed("问题", "finding").map((row) =>
      this.finding(row, inOrder(events.get(text(row, "finding_id")) ?? []), on)
    );
    this.findings = this.allFindings.filter((f) => f.inspection_id === null || own.has(f.inspection_id ?? null));
  }

  /** What the regime says on a day, or undefined. */
  value<T>(name: string, day: string): T | undefined {
    return parameterOn(this.input.regime)(name, day) as T | undefined;
  }

  /** Whether the clause binds. */
  binds(name: string): boolean {
    const parameter = this.input.regime.parameters[name];
    return parameter !== undefined && parameter.modality !== "可以";
  }

  inspection(id: Cell | undefined): Line | undefined {
    return this.byId.get(id ?? null);
  }

  /** The day by which a rule about an inspection is chosen. */
  anchor(inspection: Line): string {
    return String(inspection.started_on ?? inspection.ended_on ?? this.as_of);
  }

  /** Own inspections that started in the year looked at. */
  get judged(): readonly Line[] {
    return this.own.filter((i) => i.started_on !== null && this.isIn(this.anchor(i)));
  }

  /** Whether a day lies in the year looked at, up to as_of. */
  isIn(day: string): boolean {
    return this.from <= day && day <= this.to;
  }

  /** The end of what the document leaves without a time, by the office's reading. */
  undated(start: string): LastDay {
    const length = this.value<Length>("undated", start);
    return length ? this.clock.last(start, length) : SILENT;
  }

  /** Who stands in a unit's place today. */
  heir(unit_code: Cell | undefined): string {
    return this.units.heir(String(unit_code), Day.of(this.as_of));
  }

  /** Units of some kinds in use on a day, by code. */
  unitsOn(day: string, kinds: readonly string[]): readonly Line[] {
    return this.units
      .allOn(Day.of(day))
      .map(line)
      .filter((u) => kinds.includes(String(u.unit_kind)))
      .sort((a, b) => compareBytes(String(a.unit_code), String(b.unit_code)));
  }

  private finding(row: Row, events: readonly Row[], on: Day): Line {
    const extension = this.value<{max_times: number; apply_before_due: boolean}>("extension", this.as_of);
    const allowed = this.input.extension_max ?? extension?.max_times ?? 0;
    const anyDay = this.input.extension_max === undefined && extension?.apply_before_due === false;
    const asked = anyDay
      ? events.map((event) => (event.applied_on ? {...event, applied_on: Day.of("0001-01-01")} : event))
      : events;
    const [start, value] = this.findingClock(line(row));
    const ruled = start === null || value === undefined ? SILENT : this.clock.last(start, value);
    const found = {...line(row), ...line(rectified(row, asked, on, allowed, ruled.due_on === null ? null : Day.of(ruled.due_on)))};
    return found.due_on === null ? {...found, due_source: ruled.state} : found;
  }

  private findingClock(finding: Line): readonly [string | null, Length | undefined] {
    for (const {from, value} of (this.input.regime.parameters.finding_due?.values ?? []).toReversed()) {
      const [table, column = ""] = String((value as {start: string}).start).split(".");
      const start = table === "finding" ? (finding[column] ?? null) : null;
      if (typeof start === "string" && start >= from) return [start, value as Length];
    }
    return [null, undefined];
  }
}

function received(rows: Rows): Rows {
  const inspection = (rows.inspection ?? []).map((row) => ({
    ...row,
    feedback_received_on: row.feedback_received_on ?? row.fed_back_on ?? null
  }));
  return {...rows, inspection};
}

function line(row: Row): Line {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Day ? value.toString() : value instanceof Fraction ? Number(value.num) / Number(value.den) : value
    ])
  );
}
