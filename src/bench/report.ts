import type {Run, Seconds} from "./measure.ts";

/** One line of the table of promises: the program's work against the same by hand. */
export interface Line {
  readonly work: "load" | "facts" | "score" | "ledger" | "digest";
  readonly seconds: number;
  readonly against: "hand_load" | "hand_tally";
  readonly against_seconds: number;
  readonly ratio: number;
  readonly at_most: number;
  /** null: too small for a promise. */
  readonly holds: boolean | null;
}

/** What was measured at one size. */
export interface Measured {
  readonly findings: number;
  readonly events: number;
  readonly units: number;
  readonly rules: number;
  readonly ledger_rows: number;
  readonly lines: readonly Line[];
  /** Medians of every phase. */
  readonly seconds: Seconds;
  readonly digest: string;
  /** The digest kept in test/bench; null for sizes without one. */
  readonly reference: string | null;
  /** Why the result must not be trusted; empty when it may. */
  readonly failures: readonly string[];
}

/** The promises are made at a million findings; below, fixed costs say more than the work. */
const PROMISED_FROM = 1_000_000;

/**
 * Each line's phases. The score and the ledger each begin at the facts, so both carry the causes although one command
 * computes them once.
 */
const WORKS = [
  {work: "load", phases: ["load"], against: "hand_load", at_most: 3},
  {work: "facts", phases: ["facts"], against: "hand_tally", at_most: 2},
  {work: "score", phases: ["causes", "tally", "units"], against: "hand_tally", at_most: 1},
  {work: "ledger", phases: ["causes", "ledger", "ledger_file"], against: "hand_tally", at_most: 1.2},
  {work: "digest", phases: ["digest"], against: "hand_tally", at_most: 0.5}
] as const satisfies readonly {work: Line["work"]; phases: readonly (keyof Seconds)[]; against: Line["against"]; at_most: number}[];

/**
 * Medians of several runs as ratios, and whether the result is the right one.
 * Errors: RangeError without runs.
 * Source: 7-promises, Speed.
 */
export function measured(size: {findings: number; units: number}, runs: readonly Run[], reference: string | null): Measured {
  const [first] = runs;
  if (!first) throw new RangeError("至少要跑一次");
  const seconds = Object.fromEntries(
    (Object.keys(first.seconds) as (keyof Seconds)[]).map((key) => [key, median(runs.map((run) => run.seconds[key]))])
  ) as Seconds;
  const lines = WORKS.map(({work, phases, against, at_most}): Line => {
    const spent = median(runs.map((run) => phases.reduce((sum, phase) => sum + run.seconds[phase], 0)));
    const ratio = spent / seconds[against];
    const holds = size.findings < PROMISED_FROM ? null : ratio <= at_most;
    return {work, seconds: spent, against, against_seconds: seconds[against], ratio, at_most, holds};
  });
  return {
    ...size,
    events: 3 * size.findings,
    rules: first.rules,
    ledger_rows: first.ledger_rows,
    lines,
    seconds,
    digest: first.digest,
    reference,
    failures: failuresOf(runs, reference, lines)
  };
}

function failuresOf(runs: readonly Run[], reference: string | null, lines: readonly Line[]): string[] {
  const digests = new Set(runs.map(({digest}) => digest));
  const differing = Math.max(...runs.map((run) => run.differing));
  return [
    ...(digests.size > 1 ? ["各次运行的摘要不同"] : []),
    ...(reference !== null && !digests.has(reference) ? ["摘要与对照不同"] : []),
    ...(differing > 0 ? [`与手写的汇总相差${differing}行`] : []),
    ...lines.filter(({holds}) => holds === false).map(({work, ratio, at_most}) => `${work} ${ratio.toFixed(2)}倍，超过${at_most}倍`)
  ];
}

/** The middle of the values in order; of an even number the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2;
}
