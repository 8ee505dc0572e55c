import {tableNamed} from "../contract/index.ts";
import {fault, nearestName} from "../fault.ts";
import {type ClockValue, clockValue, dueDate, fixedDay} from "../regime/clock.ts";
import {isParameter, knownClock, PARAMETERS} from "../regime/parameters.ts";
import {parseRegime} from "../regime/parse.ts";
import {parameterOn} from "../regime/resolve.ts";
import type {CalendarDay, ClockUnit, Due, Parameter, Regime} from "../regime/types.ts";
import {isDay} from "../regime/vocabulary.ts";
import {readCalendar} from "../workspace/calendar.ts";
import {findDefinition} from "../workspace/workspace.ts";

/** Options of `clock` as typed: a regime's clock, or a length of one's own. */
export interface ClockOptions {
  /** The day the period starts; not counted. */
  readonly on?: string | undefined;
  readonly regime?: string | undefined;
  readonly clock?: string | undefined;
  readonly length?: string | undefined;
  readonly unit?: string | undefined;
  /** 顺延 or 不顺延, with a length of one's own. */
  readonly restDay?: string | undefined;
}

/** Where the calendar and regimes come from. */
export interface ClockEffects {
  readonly calendar: () => readonly CalendarDay[];
  readonly regime: (id: string) => Regime;
}

/** The files of the program, and of a workspace when one is named. */
export function clockEffects(directory: string | null = null): ClockEffects {
  return {
    calendar: () => readCalendar(directory),
    regime: (id) => {
      const {text, file} = findDefinition("regimes", id, directory);
      return parseRegime(text, file);
    }
  };
}

/** `clock --json`. */
export interface ClockResult extends Due {
  readonly clause: string | null;
}

const UNITS: Readonly<Record<ClockUnit, string>> = {workdays: "个工作日", days: "日", months: "个月"};
const REST_DAYS = ["顺延", "不顺延"] as const;
/** As long as a regime may write. */
const LONGEST = 999;

/**
 * When something is due: a regime's clock, or a length of one's own, from a start day.
 * Shape: due_on null and state 未公布 when a schedule it needs is not known, 未规定 when the regime is silent.
 * Errors: Fault 2 for missing, contradictory or unreadable options, an unknown regime or clock.
 * Source: 5-commands, clock; 3-regimes, Clocks.
 * @example await clock({on: "2025-04-28", length: "5", unit: "workdays"}) // {due_on: "2025-05-08", state: "确定", clause: null, …}
 */
export async function clock(options: ClockOptions, effects: ClockEffects = clockEffects()): Promise<ClockResult> {
  const on = dayOption(options.on);
  if (options.regime !== undefined || options.clock !== undefined) {
    const spare = (["length", "unit", "restDay"] as const).find((name) => options[name] !== undefined);
    if (spare) throw wrong(`${FLAGS[spare]} 不能与 --regime、--clock 同时使用`, "请只选一种问法");
    if (options.regime === undefined) throw wrong("没有 --regime", "请给出制度编号，编号见 data/regimes");
    return regimeClock(effects.regime(options.regime), options.clock, on, effects);
  }
  if (options.length === undefined && options.unit === undefined)
    throw wrong("没有说明是哪个时限", "请给出 --regime 和 --clock，或 --length 和 --unit");
  return {...answer(effects, on, ownClock(options)), clause: null};
}

const FLAGS = {length: "--length", unit: "--unit", restDay: "--rest-day"} as const;

function ownClock({length, unit, restDay}: ClockOptions): ClockValue {
  if (length === undefined || !/^\d{1,3}$/.test(length) || Number(length) < 1)
    throw wrong(length === undefined ? "没有 --length" : `--length “${length}”不对`, `请给出1到${LONGEST}的整数`);
  if (unit === undefined || !Object.hasOwn(UNITS, unit)) {
    const near = unit === undefined ? null : nearestName(unit, Object.keys(UNITS));
    const all = "可用：workdays（工作日）、days（日）、months（月）";
    throw wrong(unit === undefined ? "没有 --unit" : `--unit “${unit}”不对`, near ? `是否指 ${near}？${all}` : all);
  }
  const rest_day = REST_DAYS.find((word) => word === (restDay ?? "不顺延"));
  if (!rest_day) throw wrong(`--rest-day “${restDay}”不对`, `可用：${REST_DAYS.join("、")}`);
  return {length: Number(length), unit: unit as ClockUnit, rest_day};
}

function regimeClock(regime: Regime, name: string | undefined, on: string, effects: ClockEffects): ClockResult {
  const parameter = name === undefined ? undefined : regime.parameters[name];
  if (
    name === undefined ||
    !isParameter(name) ||
    !(parameter ? parameter.values.some((v) => clockValue(v.value)) : knownClock(name))
  )
    throw notAClock(regime, name);
  if (!parameter) return {...silent(regime, name), clause: null};
  const value = parameterOn(regime)(name, on);
  const length = clockValue(value);
  if (!length) return {...notYet(parameter, on), clause: parameter.clause};
  const due = answer(effects, on, length);
  const steps = [ruleText(regime, parameter, value, length), ...due.steps, ...parameter.interpretation.map(readingText)];
  return {...due, steps, clause: parameter.clause};
}

function answer({calendar}: ClockEffects, on: string, length: ClockValue): Due {
  return "fixed_day" in length ? fixedDay(on.slice(0, 7), length.fixed_day) : dueDate(calendar(), on, length);
}

function silent({text, title}: Regime, name: string): Due {
  const why = text === "摘录" ? "所据文本为网页摘录，未见此规定" : "制度未规定";
  return {due_on: null, state: "未规定", steps: [`${title}：${PARAMETERS[name]?.title ?? name}，${why}`]};
}

function notYet({title, values}: Parameter, on: string): Due {
  const first = values.find(({value}) => clockValue(value))?.from;
  return {due_on: null, state: "未规定", steps: [`${title}自${first}起才有规定，${on}时未规定`]};
}

/** What the regime says, in a line: 《…》三（三）4：巡查报告，自巡查的结束日期起10个工作日内. */
function ruleText({title}: Regime, parameter: Parameter, value: unknown, length: ClockValue): string {
  const rule = "fixed_day" in length ? `每月${length.fixed_day}日前` : `${startText(value)}${length.length}${UNITS[length.unit]}内`;
  return `${title}${parameter.clause}：${parameter.title}，${rule}（${parameter.word ?? parameter.modality}）`;
}

function startText(value: unknown): string {
  const {start, every} = value as {start?: unknown; every?: unknown};
  const [table = "", column] = String(start ?? "").split(".");
  if (table === "") return every === undefined ? "自起因之日起" : "自上次报告起每";
  const {title, columns} = tableNamed(table);
  return `自${title}的${columns.find((c) => c.name === column)?.header ?? column}起`;
}

function readingText({question, answer, basis, decided_by}: Parameter["interpretation"][number]): string {
  return `解释：${question}——${answer}（${basis}；解释单位：${decided_by}）`;
}

function dayOption(on: string | undefined): string {
  if (on === undefined) throw wrong("没有 --on", "请给出起算日，如 --on 2025-04-28");
  if (!isDay(on)) throw wrong(`--on “${on}”不是日期`, "请写成2025-04-28的样子");
  return on;
}

function notAClock({id, parameters}: Regime, name: string | undefined) {
  const clocks = Object.keys(parameters).filter((key) => parameters[key]?.values.some((v) => clockValue(v.value)));
  const all =
    clocks.length > 0
      ? `${id} 的时限有：${clocks.map((key) => `${key}（${parameters[key]?.title}）`).join("、")}`
      : `${id} 没有时限`;
  if (name === undefined) return wrong("没有 --clock", all);
  if (isParameter(name)) return wrong(`${name}（${PARAMETERS[name]?.title}）不是时限`, all);
  const near = nearestName(name, Object.keys(PARAMETERS).filter(knownClock));
  return wrong(`没有时限 ${name}`, near ? `是否指 ${near}？${all}` : all);
}

function wrong(what: string, advice: string) {
  return fault(2, {place: null, what, advice});
}

/**
 * The answer for a terminal: the date, its clause, then the steps, numbered.
 * @example clockText(await clock({on: "2025-04-28", length: "5", unit: "workdays"}))
 */
export function clockText({due_on, state, clause, steps}: ClockResult): string {
  const head = due_on === null ? state : `${due_on}（${state}）`;
  return `${[clause === null ? head : `${head}  ${clause}`, ...steps.map((step, i) => `  ${i + 1}. ${step}`)].join("\n")}\n`;
}
