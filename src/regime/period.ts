/** A stretch of time that scores are for; both days belong to it. */
export interface Period {
  readonly kind: "year" | "cycle" | "round";
  readonly from: string;
  readonly to: string;
  readonly round_no: string | null;
}

/** Where a cycle starts and how long it runs: the regime's parameter `cycle`. */
export interface Cycle {
  readonly years: number;
  readonly start: string;
}

/**
 * The period of a scheme.
 * Shape: `year` runs to 31 December or as_of, `cycle` is the one that holds 31 December of the year; `round` takes inspections
 * by their round and everything else by the year.
 * Errors: RangeError when as_of lies before the period, or a cycle is asked of a regime that has none.
 * Source: 4-scheme, Time.
 * @example periodOf("year", 2025, "2025-12-31", null, null).from // "2025-01-01"
 */
export function periodOf(kind: Period["kind"], year: number, as_of: string, cycle: Cycle | null, round_no: string | null): Period {
  if (as_of < `${year}-01-01`) throw new RangeError(`统计截止日${as_of}早于${year}年1月1日`);
  if (kind !== "cycle")
    return {kind, from: `${year}-01-01`, to: earlier(`${year}-12-31`, as_of), round_no: kind === "round" ? round_no : null};
  if (!cycle) throw new RangeError("制度没有规定巡查周期，评分办法不能按周期计分");
  const first = Number(cycle.start.slice(0, 4));
  const rest = cycle.start.slice(4);
  // The cycle that holds 31 December of the year: the last start not after it.
  const begin = first + Math.floor((year - first) / cycle.years) * cycle.years;
  const end = new Date(Date.UTC(begin + cycle.years, Number(rest.slice(1, 3)) - 1, Number(rest.slice(4, 6)) - 1));
  return {kind, from: `${begin}${rest}`, to: earlier(end.toISOString().slice(0, 10), as_of), round_no: null};
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
