import {closeSync, existsSync, fstatSync, openSync, readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {z} from "zod";
import {LIMITS} from "../../loaders/limits.ts";
import {fault} from "../fault.ts";
import {canonicalJson} from "../placed-yaml.ts";
import {dayNumber, dayText} from "../regime/day.ts";
import type {CalendarDay} from "../regime/types.ts";
import type {Scored} from "../warehouse/scored.ts";
import {shownPath, type Workspace} from "../workspace/workspace.ts";

/** Names of a release's own files, beside facts/ and schemes/. */
export const PARTS = {
  regime: "regime.yaml",
  calendar: "calendar.json",
  office: "workspace.json",
  scores: "scores.json",
  assessment: "assessment.json",
  ledger: "ledger.parquet",
  checks: "checks.json",
  decisions: "decisions.jsonl",
  script: "score.sql",
  readme: "README.md",
  facts: "facts",
  schemes: "schemes"
} as const;

const name = z.string().min(1).max(200);
const id = z.string().regex(/^[\w-]{1,100}$/);

const officeSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,100}$/),
  authority: name,
  demo: z.boolean(),
  year: z.int().min(1949).max(2999),
  round: name.nullable(),
  named_units: z.record(name, name),
  mask_numbers: z.boolean(),
  regime: id,
  schemes: z.array(id).min(1).max(100)
});

/** What a release keeps of its office's xunheng.yaml. */
export type OfficeFile = z.infer<typeof officeSchema>;

/** The text of workspace.json: what of xunheng.yaml a result depends on. @example officeText(scored) */
export function officeText({space, year}: Pick<Scored, "space" | "year">): string {
  const {id, authority, demo, round, named_units, mask_numbers, regime, schemes} = space;
  return `${canonicalJson({id, authority, demo, year, round, named_units, mask_numbers, regime, schemes} satisfies Omit<OfficeFile, "schemes" | "named_units"> & {schemes: readonly string[]; named_units: object})}\n`;
}

/**
 * The office of a release, as a workspace without sources whose directory is the release's.
 * Errors: Fault 2 when workspace.json is missing or not of that shape.
 */
export function readOffice(directory: string): Workspace {
  const at = resolve(directory);
  const office = checked(join(at, PARTS.office), officeSchema);
  const state = join(at, ".xunheng");
  return {
    ...office,
    directory: at,
    ...{as_of: null, decisions_until: null, sources: [], limits: LIMITS},
    state: {
      directory: state,
      batches: join(state, "batches"),
      warehouse: join(state, "warehouse.duckdb"),
      decisions: join(state, "decisions.jsonl"),
      lock: join(state, "lock")
    }
  };
}

const calendarSchema = z.strictObject({
  first: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  days: z.record(z.string().regex(/^\d{4}$/), z.string().regex(/^[WwRr]{1,366}$/)),
  names: z.record(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), z.string().max(50))
});

/**
 * The text of calendar.json: a letter a day, by years: W a workday, R a rest day, small where the year's schedule is not published.
 * @example calendarText(scored.calendar)
 */
export function calendarText(calendar: readonly CalendarDay[]): string {
  const days: Record<string, string> = {};
  const names: Record<string, string> = {};
  for (const {day, is_workday, published, name} of calendar) {
    const letter = is_workday ? "W" : "R";
    days[day.slice(0, 4)] = (days[day.slice(0, 4)] ?? "") + (published ? letter : letter.toLowerCase());
    if (name !== undefined) names[day] = name;
  }
  return `${JSON.stringify({first: calendar[0]?.day, days, names}, null, 1)}\n`;
}

/** The calendar of a release. Errors: Fault 2 when calendar.json is missing or not of that shape, or has a gap. */
export function readCalendarFile(directory: string): readonly CalendarDay[] {
  const file = join(directory, PARTS.calendar);
  const {first, days, names} = checked(file, calendarSchema);
  const from = dayNumber(first);
  const calendar = Object.entries(days)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([year, letters]) => [...letters].map((letter) => ({year, letter})))
    .map(({year, letter}, i): CalendarDay & {year: string} => {
      const day = dayText(from + i);
      const upper = letter.toUpperCase();
      const name = names[day];
      return {day, is_workday: upper === "W", published: letter === upper, ...(name === undefined ? {} : {name}), year};
    });
  if (Number.isNaN(from) || calendar.some(({day, year}) => !day.startsWith(year)))
    throw fault(2, {place: {file: shownPath(file)}, what: "日历缺了日子或多了日子", advice: "文件被改动过，请用原来的文件"});
  return calendar.map(({year: _, ...day}) => day);
}

/** A text of a release beyond this is none of ours; rules are far shorter. */
const LARGEST = {text: 256 * 2 ** 20, rules: 4 * 2 ** 20};

/**
 * The text of a file of a release, checked to be UTF-8. Errors: Fault 2.
 * @example partText("offices/x/.xunheng/releases/x-2025-r1/regime.yaml")
 */
export function partText(file: string, kind: keyof typeof LARGEST = "text"): string {
  const place = {file: shownPath(file)};
  if (!existsSync(file)) throw fault(2, {place, what: "没有这个文件", advice: "审定件不完整，请向提供者要完整的一份"});
  const handle = openSync(file, "r");
  try {
    const size = fstatSync(handle);
    if (!size.isFile() || size.size > LARGEST[kind])
      throw fault(2, {place, what: "不是普通文件，或太大", advice: "请用原来的文件"});
    return new TextDecoder("utf-8", {fatal: true}).decode(readFileSync(handle));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw fault(2, {place, what: "文件不是 UTF-8", advice: "文件被改动过，请用原来的文件"});
  } finally {
    closeSync(handle);
  }
}

/** JSON of a release's file in the shape it must have. Errors: Fault 2. */
function checked<T>(file: string, schema: z.ZodType<T>): T {
  const place = {file: shownPath(file)};
  const result = schema.safeParse(parsedJson(file));
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.join(".") || "整个文件";
  throw fault(2, {place, what: `${path} 缺少或不对`, advice: "文件被改动过，或由另一个版本写成；请用原来的文件"});
}

/** A file of a release as JSON. Errors: Fault 2. */
export function parsedJson(file: string): unknown {
  const text = partText(file);
  try {
    return JSON.parse(text);
  } catch {
    throw fault(2, {place: {file: shownPath(file)}, what: "不是 JSON", advice: "文件被改动过，请用原来的文件"});
  }
}
