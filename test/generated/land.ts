import {parseRegime} from "../../src/regime/parse.ts";
import {parameterOn} from "../../src/regime/resolve.ts";
import type {Regime} from "../../src/regime/types.ts";
import {findDefinition} from "../../src/workspace/workspace.ts";

/** What a regime says that generated schemes and rows must know, and what a score depends on. */
export interface Land {
  readonly regime: Regime;
  /** Kinds of units, those the generated scheme is for first. */
  readonly unit_kinds: readonly string[];
  /** Kinds of inspections that a row may have. */
  readonly kinds: readonly string[];
  readonly items: readonly string[];
  /** As a second implementation is told about the regime. */
  readonly rules: RegimeRules;
}

/** The part of a regime that scoring needs, as plain data. */
export interface RegimeRules {
  readonly counts: readonly string[];
  readonly extended_counts: boolean;
  readonly exempt: readonly {readonly extended_from?: string; readonly kind?: string; readonly unit_kind?: string}[];
  readonly extension_max: number;
  readonly cycle: {readonly years: number; readonly start: string} | null;
}

/** Regimes that differ: some kinds count as coverage or all, with and without a cycle, exempt by extension, by kind, or not at all. */
export const LANDS = ["mudan-2023", "hunan-2021", "hainan-2016", "shandong-2018", "gongzhuling"] as const;

const known = new Map<string, Land>();

/** A regime of data/regimes as a land; read once. */
export function landNamed(id: string): Land {
  const before = known.get(id);
  if (before) return before;
  const {text, file} = findDefinition("regimes", id, null);
  const regime = parseRegime(text, file);
  const land = {
    regime,
    unit_kinds: regime.unit_kinds,
    kinds: Object.keys(regime.kinds),
    items: regime.items.map((i) => i.no),
    rules: rulesOf(regime)
  };
  known.set(id, land);
  return land;
}

function rulesOf(regime: Regime): RegimeRules {
  // The generated years are all later than the first date of every parameter.
  const on = (name: string) => parameterOn(regime)(name, "2025-12-31") as Record<string, unknown> | undefined;
  const coverage = on("cycle") ?? on("round") ?? {};
  const {by_extended = [], by_kind = [], unit_kinds = [undefined]} = (on("exempt") ?? {}) as Record<string, (string | undefined)[]>;
  const reasons = [
    ...by_extended.map((extended_from) => ({extended_from: extended_from as string})),
    ...by_kind.map((kind) => ({kind: kind as string}))
  ];
  const {years, start} = (on("cycle") ?? {}) as {years?: number; start?: string};
  return {
    counts: (coverage.counts as string[] | undefined) ?? Object.keys(regime.kinds),
    extended_counts: coverage.extended_counts === true,
    exempt: unit_kinds.flatMap((unit_kind) => reasons.map((r) => (unit_kind === undefined ? r : {...r, unit_kind}))),
    extension_max: Number((on("extension") as {max_times?: number} | undefined)?.max_times ?? 0),
    cycle: years === undefined || start === undefined ? null : {years, start}
  };
}
