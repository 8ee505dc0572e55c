import {existsSync, readdirSync, readFileSync} from "node:fs";
import {basename, join, relative, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {LOADERS} from "../../loaders/index.ts";
import {LIMITS, type Limits} from "../../loaders/limits.ts";
import type {Source} from "../../loaders/loader.ts";
import {UNREAD} from "../contract/header.ts";
import {TABLES, tableNamed} from "../contract/index.ts";
import {Fault, fault, listed, nearestName, type Place} from "../fault.ts";
import {type PlacedYaml, parsePlaced} from "../placed-yaml.ts";
import {knownKeys, zodComplaints} from "../placed-zod.ts";
import {completionComplaints} from "./completion-check.ts";

/** Where the program's own regimes, schemes, calendars and samples are. */
export const DATA = fileURLToPath(new URL("../../data", import.meta.url));

/** The installation's directory. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, {error: "日期应写成2025-12-31的样子；请改写"})
  .refine(isDate, {error: "日期不存在；请核对"});
const name = z.string().regex(/^[\p{L}\p{N}_-]+$/u, {error: "名称只能用字母、数字、汉字、-和_；请改写"});

/** Keys that some kinds of sources have beside those of all. */
const OPTIONS = [...new Set(Object.values(LOADERS).flatMap(({options}) => Object.keys(options)))];
const TYPED_OPTIONS = ["path", "sheet", "hidden"];
const optionKeys = OPTIONS.filter((name) => !TYPED_OPTIONS.includes(name));

const limit = z.int().min(1).max(Number.MAX_SAFE_INTEGER);

const sourceSchema = z.strictObject({
  name: name.optional(),
  table: z.string(),
  loader: z.string(),
  path: z.string().optional(),
  sheet: z.union([z.string(), z.array(z.string())]).optional(),
  hidden: z.enum(["skip", "read"]).optional(),
  mode: z.enum(["snapshot", "append"]).optional(),
  columns: z.record(z.string(), z.string()).optional(),
  values: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  constants: z.record(z.string(), z.string()).optional(),
  filled: z
    .union([
      z.string(),
      z
        .array(z.string())
        .min(1)
        .transform((names) => names.join(","))
    ])
    .optional(),
  ...(Object.fromEntries(optionKeys.map((key) => [key, z.string().optional()])) as Record<string, z.ZodOptional<z.ZodString>>)
});

const workspaceSchema = z.strictObject({
  authority: z.string().min(1),
  regime: z.string(),
  schemes: z.array(z.string()).min(1),
  year: z.int().min(1949).max(2999),
  as_of: date.optional(),
  decisions_until: date.optional(),
  round: z.string().optional(),
  demo: z.boolean().optional(),
  named_units: z.record(z.string(), z.string()).optional(),
  mask_numbers: z.boolean().optional(),
  limits: z
    .strictObject({
      workbook_mib: limit.optional(),
      unpacked_mib: limit.optional(),
      columns: limit.optional(),
      cell_chars: limit.optional(),
      rows: limit.optional()
    })
    .optional(),
  sources: z.array(sourceSchema)
});

/** An office's workspace: what xunheng.yaml says, and where its state lives. */
export interface Workspace {
  readonly id: string;
  readonly directory: string;
  readonly authority: string;
  readonly regime: string;
  readonly schemes: readonly string[];
  readonly year: number;
  readonly as_of: string | null;
  readonly decisions_until: string | null;
  readonly round: string | null;
  readonly demo: boolean;
  readonly named_units: Readonly<Record<string, string>>;
  readonly sources: readonly Source[];
  readonly limits: Limits;
  /** Whether mobile and identity numbers inside free text are masked in marts and exports. */
  readonly mask_numbers: boolean;
  /** `.xunheng/…` */
  readonly state: {
    readonly directory: string;
    readonly batches: string;
    readonly warehouse: string;
    readonly decisions: string;
    readonly lock: string;
  };
}

/**
 * Reads a workspace.
 * Errors: Fault 2 when there is no xunheng.yaml or something in it is wrong, every complaint with its place.
 * @example openWorkspace("data/samples/x").authority
 */
export function openWorkspace(path: string): Workspace {
  const directory = resolve(path);
  const file = join(directory, "xunheng.yaml");
  if (!existsSync(file)) {
    throw fault(2, {
      place: {file: shownPath(file)},
      what: "没有这个文件",
      advice: "用 -w 指出工作区目录，或用 xunheng --help 看怎样建立工作区"
    });
  }
  return parseWorkspace(readWritten(file), shownPath(file), directory);
}

/**
 * The text of a file that people write: xunheng.yaml, a regime, a scheme, its cases. A byte order mark of UTF-8 is left out.
 * Errors: Fault 2 when the bytes are not UTF-8; an office's editor may save GBK or UTF-16.
 * @example readWritten("data/schemes/x.yaml")
 */
export function readWritten(path: string): string {
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(readFileSync(path));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw fault(2, {place: {file: shownPath(path)}, what: "文件不是 UTF-8", advice: "请另存为 UTF-8"});
  }
}

/** A path as people see it: relative to where they stand when that is shorter. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near || ".";
}

/** Checks the text of an xunheng.yaml. Errors: Fault 2. */
export function parseWorkspace(text: string, file: string, directory: string): Workspace {
  const placed = parsePlaced(text, file);
  if (placed.complaints.length > 0) throw new Fault(2, placed.complaints);
  const checked = workspaceSchema.safeParse(placed.value);
  if (!checked.success) throw new Fault(2, zodComplaints(checked.error, placed, knownKeys(workspaceSchema)));
  const spec = checked.data;
  const complaints = [
    ...idComplaints(directory, file),
    ...spec.sources.flatMap((source, i) => sourceComplaints(source, i, placed)),
    ...spec.sources.flatMap((source, i) => optionComplaints(source, i, placed))
  ];
  const names = spec.sources.map((s) => s.name ?? s.table);
  for (const [i, source] of names.entries()) {
    if (names.indexOf(source) < i)
      complaints.push({
        place: placed.at(["sources", i]),
        what: `来源 ${source} 写了两次`,
        advice: "同一张表有几个来源时，请用name给每个来源起名"
      });
  }
  if (spec.schemes.length !== new Set(spec.schemes).size)
    complaints.push({place: placed.at(["schemes"]), what: "评分办法写重了", advice: "请删去一个"});
  if (complaints.length > 0) throw new Fault(2, complaints);
  const state = join(directory, ".xunheng");
  return {
    id: basename(directory),
    directory,
    authority: spec.authority,
    regime: spec.regime,
    schemes: spec.schemes,
    year: spec.year,
    as_of: spec.as_of ?? null,
    decisions_until: spec.decisions_until ?? null,
    round: spec.round ?? null,
    demo: spec.demo ?? false,
    named_units: spec.named_units ?? {},
    sources: spec.sources.map((s) => ({
      name: s.name ?? s.table,
      table: s.table,
      loader: s.loader,
      ...(s.path === undefined ? {} : {path: s.path}),
      ...(s.sheet === undefined ? {} : {sheet: s.sheet}),
      ...(s.hidden === undefined ? {} : {hidden: s.hidden}),
      options: ownOptions(s),
      columns: s.columns ?? {},
      values: s.values ?? {},
      ...(s.constants === undefined ? {} : {constants: s.constants}),
      ...(s.filled === undefined ? {} : {filled: s.filled}),
      mode: s.mode ?? "snapshot"
    })),
    limits: {...LIMITS, ...spec.limits},
    mask_numbers: spec.mask_numbers ?? true,
    state: {
      directory: state,
      batches: join(state, "batches"),
      warehouse: join(state, "warehouse.duckdb"),
      decisions: join(state, "decisions.jsonl"),
      lock: join(state, "lock")
    }
  };
}

/** The keys of a source that only its kind of loader has. */
function ownOptions(source: z.infer<typeof sourceSchema>): Record<string, string> {
  const said = new Map(Object.entries(source));
  return Object.fromEntries(optionKeys.flatMap((key) => (said.get(key) === undefined ? [] : [[key, String(said.get(key))]])));
}

/** A key that means nothing to the source's loader would be passed over in silence. */
function optionComplaints(source: z.infer<typeof sourceSchema>, i: number, placed: PlacedYaml) {
  const loader = Object.hasOwn(LOADERS, source.loader) ? LOADERS[source.loader] : undefined;
  if (!loader) return [];
  const known = Object.keys(loader.options);
  return OPTIONS.filter((key) => source[key as keyof typeof source] !== undefined && !known.includes(key)).map((key) => ({
    place: placed.keyAt(["sources", i, key]),
    what: `${source.loader}（${loader.title}）没有选项 ${key}`,
    advice: `可用：${listed(known)}`
  }));
}

function idComplaints(directory: string, file: string) {
  if (/^[a-z0-9-]+$/.test(basename(directory))) return [];
  return [
    {
      place: {file},
      what: `工作区目录名“${basename(directory)}”不合规则`,
      advice: "目录名就是它的编号，只能用小写字母、数字和-，请改名"
    }
  ];
}

function sourceComplaints(source: z.infer<typeof sourceSchema>, i: number, placed: PlacedYaml) {
  const at = (...path: (string | number)[]) => placed.at(["sources", i, ...path]);
  const tables = TABLES.map((t) => t.name);
  if (!tables.includes(source.table)) {
    const near = nearestName(source.table, tables);
    return [{place: at("table"), what: `没有表 ${source.table}`, advice: near ? `是否指 ${near}？` : `可用：${listed(tables)}`}];
  }
  const table = tableNamed(source.table);
  const known = table.columns;
  const targets = Object.entries(source.columns ?? {}).flatMap(([header, target]) =>
    target === UNREAD ? [] : [{target, place: at("columns", header)}]
  );
  const mapped = Object.keys(source.values ?? {}).map((target) => ({
    target,
    place: placed.keyAt(["sources", i, "values", target])
  }));
  const unknown = [...targets, ...mapped]
    .filter(({target}) => !known.some((c) => c.name === target))
    .map(({target, place}) => {
      const near = nearestName(
        target,
        known.map((c) => c.name)
      );
      return {
        place,
        what: `表 ${source.table} 没有列 ${target}`,
        advice: near ? `是否指 ${near}？` : `可用列见 xunheng describe ${source.table}`
      };
    });
  return [...unknown, ...completionComplaints(source, i, table, placed)];
}

/**
 * The text of a regime or scheme: the workspace's own first, then the program's. `named`: where the id was written.
 * Errors: Fault 2 naming the ids there are.
 */
export function findDefinition(
  kind: "regimes" | "schemes",
  id: string,
  directory: string | null,
  named: Place | null = null
): {text: string; file: string} {
  const places = [...(directory ? [join(directory, kind)] : []), join(DATA, kind)];
  for (const place of places) {
    const file = join(place, `${id}.yaml`);
    if (/^[\w-]+$/.test(id) && existsSync(file)) return {text: readWritten(file), file: shownPath(file)};
  }
  const ids = places
    .flatMap((p) => (existsSync(p) ? readdirSync(p) : []))
    .filter((f) => /^[\w-]+\.yaml$/.test(f))
    .map((f) => f.slice(0, -5));
  const near = nearestName(id, ids);
  const what = kind === "regimes" ? "制度" : "评分办法";
  throw fault(2, {
    place: named,
    what: `没有${what} ${id}`,
    advice: near ? `是否指 ${near}？` : ids.length > 0 ? `可用：${listed(ids)}` : `请在 ${kind} 目录里写一份`
  });
}

/** Whether a text is a day that exists. */
export function isDate(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
