import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {measure, type Run} from "../bench/measure.ts";
import {BENCH, writeOffice} from "../bench/office.ts";
import {type Measured, measured} from "../bench/report.ts";
import {fault} from "../fault.ts";
import {Database} from "../warehouse/duckdb.ts";
import {textTable} from "./output.ts";

/** Options of `bench` as typed. */
export interface BenchOptions {
  /** Numbers of findings, separated by commas. */
  readonly findings?: string | undefined;
  readonly runs?: string | undefined;
}

/** What a bench uses of the world. */
export interface BenchEffects {
  /** Seconds of a steady clock. */
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/** The real clock, no progress. */
const EFFECTS: BenchEffects = {now: () => performance.now() / 1000, progress: () => {}};

/** The JSON of `bench --json`. */
export interface BenchResult {
  readonly duckdb: string;
  readonly threads: number;
  readonly runs: number;
  /** Peak memory of the process, MiB. */
  readonly peak_mib: number;
  readonly sizes: readonly Measured[];
  /** Seconds per finding at the last size against the first; 1 is linear. */
  readonly growth: Readonly<Record<string, number>> | null;
}

/** As many units as a province has towns, and at least twenty findings for each. */
const UNITS = 3000;
const FINDINGS_PER_UNIT = 20;
const WORK_NAMES = {load: "装入", facts: "推出事实", score: "计分", ledger: "写出台账", digest: "摘要"} as const;
const AGAINST_NAMES = {hand_load: "read_csv", hand_tally: "手写汇总"} as const;

/**
 * Measures load, facts, score, ledger and digest on synthetic offices as ratios to the SQL of test/bench.
 * Shape: medians of `runs` runs a size (default 100000 findings, 5 runs); the digest is held against the one kept in
 * test/bench/digest.json, the tally against the one written by hand.
 * Errors: Fault 2 for numbers that are none.
 * Source: 7-promises, Speed.
 * @example benchText(await bench({findings: "100000,1000000", runs: "5"}))
 */
export async function bench(options: BenchOptions, effects: BenchEffects = EFFECTS): Promise<BenchResult> {
  const sizes = (options.findings ?? "100000").split(",").map((text) => count("--findings", text, 100_000_000));
  const runs = count("--runs", options.runs ?? "5", 99);
  const done: Measured[] = [];
  for (const findings of sizes) done.push(await benchSize(findings, runs, effects));
  const db = await Database.open();
  try {
    return {
      duckdb: String(await db.value("select version()")),
      threads: Number(await db.value("select current_setting('threads')")),
      runs,
      peak_mib: Math.round(process.resourceUsage().maxRSS / 1024),
      sizes: done,
      growth: growthOf(done)
    };
  } finally {
    db.close();
  }
}

async function benchSize(findings: number, runs: number, {now, progress}: BenchEffects): Promise<Measured> {
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-bench-"));
  const directory = join(scratch, "bench");
  const units = Math.min(UNITS, Math.ceil(findings / FINDINGS_PER_UNIT));
  try {
    progress(`生成${findings}个问题`);
    await writeOffice(directory, {findings, units});
    const results: Run[] = [];
    for (let run = 1; run <= runs; run++) {
      progress(`${findings}个问题，第${run}次，共${runs}次`);
      results.push(await measure(directory, now));
    }
    return measured({findings, units}, results, referenceDigest(findings));
  } finally {
    rmSync(scratch, {recursive: true, force: true});
  }
}

/** The digest that this size must give, kept with the SQL. */
function referenceDigest(findings: number): string | null {
  const file = join(BENCH, "digest.json");
  if (!existsSync(file)) return null;
  return (JSON.parse(readFileSync(file, "utf8")) as Record<string, string>)[findings] ?? null;
}

function growthOf(sizes: readonly Measured[]): Record<string, number> | null {
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (!first || !last || first === last) return null;
  return Object.fromEntries(
    last.lines.map(({work, seconds}, i) => {
      const before = first.lines[i]?.seconds ?? Number.NaN;
      return [work, seconds / last.findings / (before / first.findings)];
    })
  );
}

function count(flag: string, text: string, most: number): number {
  const n = /^[1-9]\d{0,8}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(n <= most)) throw fault(2, {place: null, what: `${flag} “${text}”不对`, advice: `请给出1到${most}的整数`});
  return n;
}

/** Whether every result is the right one and, where promised, fast enough. */
export function benchHolds({sizes}: BenchResult): boolean {
  return sizes.every(({failures}) => failures.length === 0);
}

/** The tables for a terminal. */
export function benchText({duckdb, threads, runs, peak_mib, sizes, growth}: BenchResult): string {
  const tables = sizes.map((size) => {
    const rows = size.lines.map((line) => [
      WORK_NAMES[line.work],
      line.seconds.toFixed(3),
      AGAINST_NAMES[line.against],
      line.against_seconds.toFixed(3),
      line.ratio.toFixed(2),
      String(line.at_most),
      line.holds === null ? "" : line.holds ? "是" : "否"
    ]);
    const digest = size.reference === null ? "无对照" : size.reference === size.digest ? "与对照相同" : "与对照不同";
    return [
      `${size.findings}个问题、${size.events}条整改记录、${size.units}个单位、${size.rules}条规则，台账${size.ledger_rows}行\n`,
      textTable(["工作", "秒", "对照", "秒", "倍数", "上限", "达到"], rows),
      `各段秒数 ${Object.entries(size.seconds)
        .map(([phase, seconds]) => `${phase} ${seconds.toFixed(3)}`)
        .join(" · ")}\n`,
      `装入每秒${Math.round((size.findings + size.events) / size.seconds.load)}行，read_csv每秒${Math.round((size.findings + size.events) / size.seconds.hand_load)}行\n`,
      `摘要 ${size.digest}（${digest}）\n`,
      ...size.failures.map((failure) => `× ${failure}\n`)
    ].join("");
  });
  const grown = growth
    ? [
        `每个问题用时，最后一组是第一组的：${Object.entries(growth)
          .map(([work, times]) => `${WORK_NAMES[work as keyof typeof WORK_NAMES]} ${times.toFixed(2)}倍`)
          .join("、")}\n`
      ]
    : [];
  return [
    tables.join("\n"),
    ...grown,
    `DuckDB ${duckdb} · ${threads}个线程 · 各${runs}次取中位数 · 内存峰值${peak_mib} MiB\n`
  ].join("");
}
