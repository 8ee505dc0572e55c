import * as Plot from "npm:@observablehq/plot";
import {hashLink} from "./dom.js";
import {points, signed} from "./format.js";
import {COLOUR} from "./theme.js";
import type {LedgerRow, SchemeFacts} from "./types.js";

/** One step from the full points to the score. */
export interface Step {
  readonly name: string;
  readonly milli: number;
  /** Where it begins and ends, in milli-points. */
  readonly from: number;
  readonly to: number;
  readonly kind: "start" | "loss" | "gain" | "returned" | "score";
  /** What a click shows in the ledger. */
  readonly filter: Readonly<Record<string, string>>;
}

const RETURNED = ["择高返还", "封顶返还"];

/**
 * The steps of a unit's waterfall: 基础 first, rules by what they cost, what was taken back, then 加分, 折算, 取整, 否决, and the
 * score at the end; rows as first found and their 复核 are one step, left out because it comes to nothing. Steps add up: each begins where the one before ended.
 * Shape: the unit's ledger rows in; beyond `most` rules the small ones are one step.
 */
export function waterfallSteps(ledger: readonly LedgerRow[], scheme: SchemeFacts, most = 9): Step[] {
  const sum = (rows: readonly LedgerRow[]) => rows.reduce((total, e) => total + e.milli, 0);
  const base = ledger.filter((e) => e.kind === "基础");
  const names = new Map(scheme.rules.map((r) => [r.id, r.name]));
  const late = ["加分", "复核", "折算", "取整", "否决", ...RETURNED];
  const rules = [...groups(ledger.filter((e) => e.kind !== "基础" && !late.includes(e.kind) && !isOriginal(e)))]
    .map(([rule, rows]) => ({name: names.get(rule) ?? rule, milli: sum(rows), filter: {rule}}))
    .filter((r) => r.milli !== 0)
    .toSorted((a, b) => Math.abs(b.milli) - Math.abs(a.milli) || (a.filter.rule < b.filter.rule ? -1 : 1));
  const shown = rules.length > most + 1 ? rules.slice(0, most) : rules;
  const others = rules.slice(shown.length);
  const rest =
    others.length > 0 ? [{name: `其他${others.length}条规则`, milli: others.reduce((t, r) => t + r.milli, 0), filter: {}}] : [];
  const kinds = [...RETURNED, "加分", "复核", "折算", "取整", "否决"].flatMap((kind) => {
    const rows = ledger.filter((e) => (isOriginal(e) ? "复核" : e.kind) === kind);
    return sum(rows) === 0 ? [] : [{name: kind, milli: sum(rows), filter: {kind}}];
  });
  let at = sum(base);
  const first: Step = {
    name: scheme.start === "full" ? "满分" : "从零计分",
    milli: at,
    from: 0,
    to: at,
    kind: "start",
    filter: {kind: "基础"}
  };
  const middle = [...shown, ...rest, ...kinds].map(({name, milli, filter}): Step => {
    const from = at;
    at += milli;
    const returned = RETURNED.includes(name);
    return {name, milli, from, to: at, kind: returned ? "returned" : milli < 0 ? "loss" : "gain", filter};
  });
  return [first, ...middle, {name: "得分", milli: at, from: 0, to: at, kind: "score", filter: {}}];
}

/** A row as first found, before 异议复核: with its 复核 row it comes to nothing. */
export function isOriginal({kind, subject}: LedgerRow): boolean {
  return kind === "复核" || subject?.endsWith("@原") === true;
}

function groups(ledger: readonly LedgerRow[]): Map<string, LedgerRow[]> {
  const byRule = new Map<string, LedgerRow[]>();
  for (const entry of ledger) byRule.set(entry.rule_id ?? "", [...(byRule.get(entry.rule_id ?? "") ?? []), entry]);
  return byRule;
}

const FILL = {start: "#eaeef2", loss: COLOUR.loss, gain: COLOUR.gain, returned: COLOUR.returned, score: "#57606a"} as const;

/** The waterfall as a drawing: names on the left, a bar a step, its points with sign; a click filters the ledger. */
export function waterfall(steps: readonly Step[], {unit, width}: {unit: string; width: number}): SVGSVGElement | HTMLElement {
  const rows = steps.map((step, i) => ({
    ...step,
    key: `${i}`,
    label: step.kind === "start" || step.kind === "score" ? points(step.milli) : signed(step.milli)
  }));
  const {low, high} = extent(steps);
  return Plot.plot({
    width,
    height: 26 * rows.length + 34,
    marginLeft: Math.min(width * 0.38, 14 * Math.max(...rows.map((r) => r.name.length)) + 14),
    marginRight: 16,
    marginTop: 4,
    marginBottom: 26,
    style: {fontSize: "13px", background: "none", fontFamily: "inherit", color: COLOUR.ink},
    x: {domain: [low, high], tickFormat: (d: number) => String(d / 1000), grid: true, label: null, ticks: 6},
    y: {domain: rows.map((r) => r.key), tickFormat: (k: string) => rows[Number(k)]?.name ?? "", label: null, tickSize: 0},
    marks: [
      Plot.barX(rows, {
        x1: (r) => Math.max(low, Math.min(r.from, r.to)),
        x2: (r) => Math.max(r.from, r.to),
        y: "key",
        fill: (r) => FILL[r.kind as Step["kind"]],
        stroke: COLOUR.ink2,
        strokeWidth: 0.5,
        insetTop: 3,
        insetBottom: 3,
        href: (r) => hashLink({unit, ...r.filter}),
        ariaLabel: (r) => `${r.name} ${r.label}`
      }),
      Plot.ruleY(rows.slice(0, -1), {y: "key", x1: "to", x2: "to", stroke: COLOUR.ink2}),
      Plot.text(rows, {
        x: (r) => Math.max(r.from, r.to),
        y: "key",
        text: "label",
        textAnchor: "start",
        dx: 5,
        fill: COLOUR.ink,
        fontVariant: "tabular-nums"
      })
    ]
  });
}

/** Where the axis begins and ends, in milli-points: at zero when the unit lost much, else at ten points below the lowest step. */
export function extent(steps: readonly Step[]): {low: number; high: number} {
  const reached = steps.flatMap((r) => (r.kind === "start" || r.kind === "score" ? [r.to] : [r.from, r.to]));
  const [least, most] = [Math.min(...reached), Math.max(...reached)];
  const room = Math.max(2000, (most - least) * 0.18);
  const low = least < 50_000 ? Math.min(0, least) : Math.max(0, Math.floor((least - room) / 10_000) * 10_000);
  return {low, high: most + room};
}
