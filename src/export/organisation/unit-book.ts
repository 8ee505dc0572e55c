import {order} from "./tenure.ts";

/** A unit as it was from a day on; `valid_to` is the first day on which it is no longer in use. */
export interface UnitVersion {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_kind: string;
  readonly parent_code: string | null;
  readonly successor_code: string | null;
  readonly valid_from: string;
  readonly valid_to: string | null;
}

/** A unit that answers for a finding, and since and until when where not from first to last. */
export interface Answering {
  readonly unit_code: string;
  /** The day it took over from a unit that was merged into it; null: it answered from the first. */
  readonly since: string | null;
  /** The first day on which it was no longer in use; null: in use on 统计截止日. */
  readonly until: string | null;
}

/** More steps up or on than any administration has: a ring of codes ends there. */
const MOST_STEPS = 12;

/** All units through time, to be asked which of them answers for what. */
export class UnitBook {
  private readonly versions = new Map<string, UnitVersion[]>();

  /** @param as_of 统计截止日: what becomes of units later is not looked at */
  constructor(
    versions: readonly UnitVersion[],
    private readonly as_of: string
  ) {
    for (const version of [...versions].sort((a, b) => order(a.valid_from, b.valid_from))) {
      const own = this.versions.get(version.unit_code) ?? [];
      own.push(version);
      this.versions.set(version.unit_code, own);
    }
  }

  /** The unit as it was on a day; undefined: not in use. */
  on(code: string, day: string): UnitVersion | undefined {
    return this.versions.get(code)?.findLast((v) => v.valid_from <= day && (v.valid_to === null || v.valid_to > day));
  }

  /** Its name, the last one up to 统计截止日. */
  name(code: string): string {
    const own = this.versions.get(code) ?? [];
    return (own.findLast((v) => v.valid_from <= this.as_of) ?? own[0])?.unit_name ?? code;
  }

  /** The first day after `day` on which the unit is no longer in use, up to 统计截止日; null: still in use then. */
  end(code: string, day: string): string | null {
    let version = this.on(code, day);
    while (version?.valid_to) {
      if (version.valid_to > this.as_of) return null;
      const next = this.on(code, version.valid_to);
      if (!next) return version.valid_to;
      version = next;
    }
    return null;
  }

  /**
   * The units that answer for something of a unit that happened on a day: itself, those above it up to the one that is scored, and
   * whoever has taken the place of one of them since.
   * Shape: a code, an ISO day, the kinds that the scheme scores, and the unit that was scored where no unit above is of such a kind.
   * @example book.answering("990101-05", "2025-03-01", new Set(["镇街"]), "990101")
   */
  answering(code: string, day: string, kinds: ReadonlySet<string>, scored: string | null): Answering[] {
    const path = this.path(code, day, kinds);
    const units = path.reached || scored === null || path.units.includes(scored) ? path.units : [...path.units, scored];
    const found = new Map<string, Answering>();
    for (const unit of units) {
      let [at, since]: [string | null, string | null] = [unit, null];
      for (let step = 0; at !== null && step < MOST_STEPS; step++) {
        const until = this.end(at, since ?? day);
        const known = found.get(at);
        // Whoever answered from the first has not taken it over from anybody.
        if (!known || (known.since !== null && since !== null && since < known.since) || since === null)
          found.set(at, {unit_code: at, since, until});
        [at, since] = until === null ? [null, null] : [this.successor(at), until];
      }
    }
    return [...found.values()];
  }

  /** The scored unit that a unit belonged to on a day, or null. */
  scoredOf(code: string, day: string, kinds: ReadonlySet<string>): string | null {
    const {units, reached} = this.path(code, day, kinds);
    return reached ? (units.at(-1) ?? null) : null;
  }

  /** The unit that stands in a unit's place on 统计截止日, if it is of a scored kind; itself while in use. */
  heir(code: string, kinds: ReadonlySet<string>): string | null {
    let at: string | null = code;
    for (let step = 0; at !== null && step < MOST_STEPS; step++) {
      const version: UnitVersion | undefined = this.on(at, this.as_of);
      if (version) return this.scoredOf(at, this.as_of, kinds);
      at = this.successor(at);
    }
    return null;
  }

  /** From a unit upwards to the first of a scored kind; a unit no longer in use stands for its successor. */
  private path(code: string, day: string, kinds: ReadonlySet<string>): {units: string[]; reached: boolean} {
    const units: string[] = [];
    let at: string | null = code;
    for (let step = 0; at !== null && step < MOST_STEPS; step++) {
      const version: UnitVersion | undefined = this.on(at, day);
      if (version) units.push(at);
      if (version && kinds.has(version.unit_kind)) return {units, reached: true};
      at = version ? version.parent_code : this.successor(at);
    }
    return {units: units.slice(0, 1), reached: false};
  }

  private successor(code: string): string | null {
    return this.versions.get(code)?.findLast((v) => v.successor_code !== null)?.successor_code ?? null;
  }
}
