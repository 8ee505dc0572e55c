// Units over time: who stood above whom, who inherited from whom.
//
// Readings taken:
// - a version holds from valid_from up to, but not on, valid_to; managed_by moves no points;
// - the way up uses the parents of the fact's date; a unit that was no longer there that day is replaced by its successor of
//   that day, one that was not there yet ends the way;
// - the unit found is then followed to its heir of the statistics date (not the units passed on the way up); if the heir is not
//   of a scored kind, the way up goes on from there; where that finds nobody, the inspected unit answers (decided after comparing);
// - the inspected unit of `else the inspected unit` does not climb.

import {compareBytes, type Day, day, type Row, text} from "../value.ts";

/** The units of a workspace, with all their versions. */
export class Units {
  private readonly versions = new Map<string, Row[]>();

  constructor(
    rows: readonly Row[],
    private readonly kinds: readonly string[]
  ) {
    for (const row of rows) {
      const code = text(row, "unit_code") ?? "";
      this.versions.set(code, [...(this.versions.get(code) ?? []), row]);
    }
  }

  /** The version of a unit in force on a day, or null. */
  on(code: string, date: Day): Row | null {
    return this.versions.get(code)?.find((row) => holdsOn(row, date)) ?? null;
  }

  /** All versions in force on a day, by code. */
  allOn(date: Day): Row[] {
    const codes = [...this.versions.keys()].sort(compareBytes);
    return codes.map((code) => this.on(code, date)).filter((row) => row !== null);
  }

  /** The unit itself while it lasts, else its successor's heir. */
  heir(code: string, date: Day): string {
    const seen = new Set<string>();
    for (let at = code; ; ) {
      if (this.on(at, date) !== null || seen.has(at)) return at;
      seen.add(at);
      const next = this.successor(at, date);
      if (next === null) return at;
      at = next;
    }
  }

  /**
   * The unit a fact is scored for: nearest self-or-ancestor of a scored kind on the fact's date, else the inspected unit if of
   * such a kind, else null; then its heir on the statistics date.
   */
  scored(code: string, date: Day, heirs_on: Day, inspected: string | null): string | null {
    const found = this.climb(code, date);
    if (found !== null) {
      const heir = this.heir(found, heirs_on);
      const version = this.on(heir, heirs_on);
      const scored = version === null ? null : this.isScored(version) ? heir : this.climb(heir, heirs_on);
      if (scored !== null) return scored;
    }
    if (inspected === null) return null;
    const present = this.heir(inspected, heirs_on);
    const version = this.on(present, heirs_on);
    return version !== null && this.isScored(version) ? present : null;
  }

  isScored(version: Row): boolean {
    return this.kinds.includes(text(version, "unit_kind") ?? "");
  }

  private climb(code: string, date: Day): string | null {
    const seen = new Set<string>();
    let at: string | null = code;
    while (at !== null && !seen.has(at)) {
      seen.add(at);
      const version = this.on(at, date);
      if (version === null) at = this.successor(at, date);
      else if (this.isScored(version)) return at;
      else at = text(version, "parent_code");
    }
    return null;
  }

  /** Who took over from a unit that is gone by a day. */
  private successor(code: string, date: Day): string | null {
    const gone = (this.versions.get(code) ?? []).filter((row) => (day(row, "valid_to")?.number ?? Infinity) <= date.number);
    const last = gone.reduce<Row | null>((a, b) => (a === null || ends(b) > ends(a) ? b : a), null);
    return last === null ? null : text(last, "successor_code");
  }
}

function ends(row: Row): number {
  return day(row, "valid_to")?.number ?? Infinity;
}

function holdsOn(row: Row, date: Day): boolean {
  const [from, to] = [day(row, "valid_from"), day(row, "valid_to")];
  return (from === null || from.number <= date.number) && (to === null || date.number < to.number);
}
