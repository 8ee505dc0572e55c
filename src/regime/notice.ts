import {z} from "zod";
import {type Complaint, Fault} from "../fault.ts";
import {byPlace, type Path, type PlacedYaml, parsePlaced} from "../placed-yaml.ts";
import {knownKeys, zodComplaints} from "../placed-zod.ts";
import {dayNumber, dayText, weekdayOf} from "./day.ts";
import {day, isDay, text} from "./vocabulary.ts";

/** The State Council's schedule of one year, as a notice file states it. */
export interface Notice {
  readonly year: number;
  /** 国办发明电〔2025〕7号 */
  readonly document_no: string;
  readonly file: string;
  /** Days off, with the weekend days that belong to them. */
  readonly holidays: readonly {readonly day: string; readonly name: string}[];
  /** 调休: Saturdays and Sundays that are worked. */
  readonly workdays: readonly string[];
}

const SPAN = /^(\d{4}-\d{2}-\d{2})(?:\s*至\s*(\d{4}-\d{2}-\d{2}))?$/;
/** No holiday is longer; a longer span is a slip of the pen. */
const LONGEST_SPAN = 15;

const span = z.string().refine(
  (value) => {
    const [, from = "", to = from] = SPAN.exec(value) ?? [];
    return isDay(from) && isDay(to) && from <= to && dayNumber(to) - dayNumber(from) < LONGEST_SPAN;
  },
  {
    error: ({input}) =>
      `“${input}”不是日期，也不是一段日期；请写成2027-01-01，或2027-02-05 至 2027-02-11（不超过${LONGEST_SPAN}天）`
  }
);
const spans = z.array(span).min(1);

const noticeSchema = z.strictObject({
  year: z.int().min(2000).max(2999),
  document_no: text,
  issued_on: day.optional(),
  holidays: z.record(text, spans),
  workdays: z.array(span)
});
type Spec = z.infer<typeof noticeSchema>;

/** Every schedule has these; a file that lacks one is half written, and its year must not pass for published. */
const FESTIVALS = ["元旦", "春节", "劳动", "国庆"];
/** Days off since 2008. */
const FESTIVALS_2008 = ["清明", "端午", "中秋"];
/** Days off in every year by 全国年节及纪念日放假办法. */
const ALWAYS_OFF = ["01-01", "05-01", "10-01", "10-02", "10-03"];

/**
 * Reads a notice file (its form: data/calendars/README.md).
 * Errors: Fault 2 with every complaint and its place: unknown key, a day that does not exist or of another year, a day
 * listed twice, a 调休 day that is no weekend, a festival that is missing.
 * @example parseNotice(text, "data/calendars/2027.yaml").workdays // ["2027-02-20"]
 */
export function parseNotice(text: string, file: string): Notice {
  const placed = parsePlaced(text, file);
  if (placed.complaints.length > 0) throw new Fault(2, placed.complaints);
  const checked = noticeSchema.safeParse(placed.value);
  if (!checked.success) throw new Fault(2, zodComplaints(checked.error, placed, knownKeys(noticeSchema)).sort(byPlace));
  const days = listedDays(checked.data);
  const complaints = [...dayComplaints(days, checked.data, placed), ...missing(days, checked.data, placed)];
  if (complaints.length > 0) throw new Fault(2, complaints.sort(byPlace));
  return {
    year: checked.data.year,
    document_no: checked.data.document_no,
    file,
    holidays: days.flatMap(({day, name}) => (name === null ? [] : [{day, name}])),
    workdays: days.flatMap(({day, name}) => (name === null ? [day] : []))
  };
}

/** One day as listed; name null for a 调休 workday. */
interface Listed {
  readonly day: string;
  readonly name: string | null;
  readonly path: Path;
}

function listedDays({holidays, workdays}: Spec): Listed[] {
  const off = Object.entries(holidays).flatMap(([name, list]) =>
    list.flatMap((written, i) => daysOf(written).map((day) => ({day, name, path: ["holidays", name, i]})))
  );
  const on = workdays.flatMap((written, i) => daysOf(written).map((day) => ({day, name: null, path: ["workdays", i]})));
  return [...off, ...on];
}

function daysOf(written: string): string[] {
  const [, from = "", to = from] = SPAN.exec(written) ?? [];
  const first = dayNumber(from);
  return Array.from({length: dayNumber(to) - first + 1}, (_, i) => dayText(first + i));
}

function dayComplaints(days: readonly Listed[], {year}: Spec, placed: PlacedYaml): Complaint[] {
  const seen = new Set<string>();
  return days.flatMap(({day, name, path}): Complaint[] => {
    const place = placed.at(path);
    const found: Complaint[] = [];
    if (seen.has(day)) found.push({place, what: `${day}列了两次`, advice: "一天只能是放假或上班中的一种，请只留一处"});
    seen.add(day);
    // 元旦 of 2019 began on 2018-12-30: a schedule may reach into the December before.
    if (!day.startsWith(`${year}-`) && !day.startsWith(`${year - 1}-12-`))
      found.push({place, what: `${day}不在${year}年`, advice: "请核对通知原文；每年的通知单独一个文件"});
    const weekday = weekdayOf(dayNumber(day));
    if (name === null && weekday % 6 !== 0)
      found.push({
        place,
        what: `${day}是星期${"日一二三四五六"[weekday]}，本来就是工作日`,
        advice: "调休上班日只列周六、周日，请核对"
      });
    return found;
  });
}

function missing(days: readonly Listed[], {year, holidays}: Spec, placed: PlacedYaml): Complaint[] {
  const place = placed.keyAt(["holidays"]);
  const names = Object.keys(holidays).join(" ");
  const off = new Set(days.flatMap(({day, name}) => (name === null ? [] : [day])));
  const advice = "请照通知原文补全；不完整的安排不能使用";
  return [
    ...[...FESTIVALS, ...(year < 2008 ? [] : FESTIVALS_2008)]
      .filter((festival) => !names.includes(festival))
      .map((festival) => ({
        place,
        what: `${year}年的安排里没有${festival}`,
        advice
      })),
    ...ALWAYS_OFF.filter((date) => !off.has(`${year}-${date}`)).map((date) => ({
      place,
      what: `${year}-${date}是法定节假日，但没有列为放假`,
      advice
    }))
  ];
}
