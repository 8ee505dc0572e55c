import type {Rows} from "../facts.ts";
import {dice} from "./dice.ts";
import {LANDS, type Land, landNamed} from "./land.ts";
import {generatedRows} from "./rows.ts";
import {generatedScheme, type SchemeSpec} from "./scheme.ts";

/** One scoring to try: a scheme, the rows it is put to, and the days of judgement. */
export interface Case {
  readonly seed: number;
  readonly land: Land;
  readonly scheme: SchemeSpec;
  readonly rows: Rows;
  readonly as_of: string;
  readonly decisions_until: string;
  readonly year: number;
  /** The round that is scored; null where the scheme's period is another. */
  readonly round: string | null;
}

/** Cut-offs: the usual ones mostly; in the middle of the year, later than the year, decisions ending before the day. */
const DAYS = [
  ["2025-12-31", "2026-01-10"],
  ["2025-12-31", "2026-01-10"],
  ["2025-12-31", "2025-12-31"],
  ["2025-06-30", "2025-06-30"],
  ["2026-02-15", "2026-02-15"],
  ["2025-12-31", "2025-12-10"]
] as const;

/**
 * A case from a seed; the same seed gives the same one on every machine.
 * @example await scoreCase(generatedCase(4711))
 */
export function generatedCase(seed: number): Case {
  const d = dice(seed);
  const land = landNamed(d.pick(LANDS));
  const scheme = generatedScheme(seed + 1, land, {extended: true});
  const rows = generatedRows(seed + 2, land, scheme);
  const [as_of, decisions_until] = d.pick(DAYS);
  return {
    seed,
    land,
    scheme,
    rows,
    as_of,
    decisions_until,
    year: 2025,
    round: scheme.period === "round" ? d.pick(["1", "2"]) : null
  };
}
