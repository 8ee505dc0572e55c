import {basename, join} from "node:path";
import {fault} from "../fault.ts";
import {momentText} from "../moment.ts";
import {type KeptRun, readRun, runAbout, writeRun} from "../warehouse/kept-run.ts";
import {openScored, type ScoreOptions} from "../warehouse/scored.ts";
import {openWarehouse} from "../warehouse/warehouse.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {schemeText} from "./scheme-file.ts";

/** What a command line says of the two sides. */
export interface DiffFlags {
  readonly from?: string;
  readonly to?: string;
  readonly fromKnownAt?: string;
  readonly toKnownAt?: string;
  readonly scheme?: string;
  readonly against?: string;
  readonly fromRun?: string;
  readonly toRun?: string;
}

/** A side with the name that stories use. */
export type NamedRun = KeptRun & {readonly label: string};

interface Request {
  readonly run: string | undefined;
  readonly as_of: string | undefined;
  readonly known_at: string | undefined;
  readonly scheme: string | undefined;
}

/**
 * Both sides of a comparison, scored or read, each in a file of its own.
 * @param common cut-offs that hold for both sides
 * @param scratch a directory for what is scored now
 * Errors: Fault 2 when nothing says what to compare, a side is said twice over, or the sides have different regimes.
 */
export async function openSides(
  workspace: string,
  flags: DiffFlags,
  common: ScoreOptions,
  scratch: string
): Promise<{from: NamedRun; to: NamedRun; demo: boolean}> {
  const [before, after] = requestsOf(flags);
  const space = before.run === undefined || after.run === undefined ? openWorkspace(workspace) : null;
  // The warehouse is brought up to date once, before two scorings read it side by side.
  if (space) (await openWarehouse(space)).close();
  const open = (request: Request, name: string) =>
    request.run === undefined && space ? scoredSide(space, request, common, join(scratch, name)) : readRun(request.run ?? "");
  const [from, to] = await Promise.all([open(before, "from.parquet"), open(after, "to.parquet")]);
  const regimes = [from, to].map((side) => side.about.result.regime);
  if (regimes[0] !== regimes[1])
    throw fault(2, {place: null, what: `两边的制度不同（${regimes.join("、")}）`, advice: "只能比较同一制度的结果"});
  const [one, two] = sameKinds(from, to, before, after);
  return {
    from: {...one, label: labelOf(one, two, before)},
    to: {...two, label: labelOf(two, one, after)},
    demo: from.about.demo || to.about.demo
  };
}

function requestsOf(flags: DiffFlags): [Request, Request] {
  // --scheme is looked at against the other: the other is where one comes from.
  const from = {run: flags.fromRun, as_of: flags.from, known_at: flags.fromKnownAt, scheme: flags.against};
  const to = {run: flags.toRun, as_of: flags.to, known_at: flags.toKnownAt, scheme: flags.scheme};
  if ([...Object.values(from), ...Object.values(to)].every((v) => v === undefined))
    throw fault(2, {place: null, what: "没有说明与什么比", advice: "例如 xunheng diff --from 2025-11-30，更多见 --help"});
  for (const [name, {run, ...others}] of Object.entries({"--from-run": from, "--to-run": to}))
    if (run !== undefined && Object.values(others).some((v) => v !== undefined))
      throw fault(2, {place: null, what: `${name} 的运行已经定了日期和办法`, advice: "同一边请不要再写日期、时间或办法"});
  return [from, to];
}

async function scoredSide(space: Workspace, request: Request, common: ScoreOptions, file: string): Promise<KeptRun> {
  const as_of = request.as_of ?? common.as_of;
  const scored = await openScored(space.directory, {
    ...common,
    as_of,
    known_at: request.known_at ?? common.known_at,
    year: common.year ?? yearOf(as_of, space),
    scheme: request.scheme === undefined ? undefined : schemeText(request.scheme, space.directory)
  });
  try {
    const about = await runAbout(scored);
    await writeRun(scored.db, file, about);
    return {file, about};
  } finally {
    scored.close();
  }
}

/** A date before the assessment year is scored by its own year. */
function yearOf(as_of: string | undefined, {year}: Workspace): number | undefined {
  const own = Number(as_of?.slice(0, 4));
  return own < year ? own : undefined;
}

/** When one side was scored by another scheme, units of other kinds than that scheme's are no part of the comparison. */
function sameKinds(from: KeptRun, to: KeptRun, before: Request, after: Request): [KeptRun, KeptRun] {
  if ((before.scheme === undefined) === (after.scheme === undefined)) return [from, to];
  const other = before.scheme === undefined ? to : from;
  const kinds = new Set(other.about.result.schemes.flatMap((s) => s.units.map((u) => u.unit_kind)));
  const only = (side: KeptRun): KeptRun => {
    const {result} = side.about;
    const schemes = result.schemes.map((s) => ({...s, units: s.units.filter((u) => kinds.has(u.unit_kind))}));
    return {...side, about: {...side.about, result: {...result, schemes: schemes.filter((s) => s.units.length > 0)}}};
  };
  return [only(from), only(to)];
}

/** What tells a side from the other: its date, else what was known, else its scheme, else its run. */
function labelOf({about: {result}}: KeptRun, {about: {result: other}}: KeptRun, {scheme}: Request): string {
  if (result.as_of !== other.as_of) return result.as_of;
  const names = (r: typeof result) => r.schemes.map((s) => s.name).join("、");
  const ids = (r: typeof result) => r.schemes.map((s) => s.scheme).join("、");
  if (names(result) !== names(other)) return `“${names(result)}”`;
  if (ids(result) !== ids(other)) return `办法${ids(result)}`;
  if (scheme !== undefined) return `办法${basename(scheme, ".yaml")}`;
  if (result.decisions_until !== other.decisions_until) return `决定计至${result.decisions_until}`;
  if (result.known_at !== other.known_at) return `数据截止${momentText(result.known_at)}`;
  return `运行${result.run.slice(0, 8)}`;
}
