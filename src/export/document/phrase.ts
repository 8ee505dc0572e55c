import {tableNamed} from "../../contract/index.ts";
import {clockBasis} from "../../regime/clock.ts";
import type {ClockLength, Regime} from "../../regime/types.ts";
import {chineseDate} from "../official/date.ts";
import type {Block} from "../official/document.ts";

/** Room for the pen where the office's files say nothing. */
export const BLANK = "＿＿＿＿";

/** Room for a day that is not known. */
export const OPEN_DAY = "＿＿＿＿年＿＿月＿＿日";

/** A day in a sentence, or room for the pen. @example dayWords("2025-01-05") // "2025年1月5日" */
export function dayWords(day: string | null): string {
  return day === null ? OPEN_DAY : chineseDate(day);
}

/** Two days as a stretch, the year said once. @example stretchWords("2025-03-03", "2025-03-07") // "2025年3月3日至3月7日" */
export function stretchWords(from: string | null, to: string | null): string {
  if (from === null || to === null) return `${dayWords(from)}至${dayWords(to)}`;
  if (from === to) return chineseDate(from);
  const end = from.slice(0, 4) === to.slice(0, 4) ? chineseDate(to).slice(5) : chineseDate(to);
  return `${chineseDate(from)}至${end}`;
}

/**
 * A clause as a document cites it: the office's short number written out.
 * Shape: numbers of one regime, parted by 、; what is not understood stays as it is.
 * @example clauseWords("三（三）5") // "第三部分第（三）项第5点"
 * @example clauseWords("第七条（五）") // "第七条第（五）项"
 */
export function clauseWords(clause: string): string {
  return joined(clause.split("、").map(oneClause));
}

/** Clauses one after the other; what two have in common at the start is said once. */
function joined(clauses: readonly (readonly string[])[]): string {
  return clauses
    .map((parts, i) => {
      const before = clauses[i - 1] ?? [];
      const differs = parts.findIndex((part, k) => part !== before[k]);
      return parts.slice(differs > 0 && before.length === 4 ? differs : 0).join("");
    })
    .join("、");
}

/** 通知, the part, the item and the point of a clause; alone what is not understood. */
function oneClause(clause: string): readonly string[] {
  const [, prefix = "", part = "", item = "", point = ""] =
    /^(方案|通知)?(第[一二三四五六七八九十]+条|[一二三四五六七八九十]+|缺)(（[一二三四五六七八九十]+）)?(\d+)?$/.exec(clause) ?? [];
  if (part === "") return [clause];
  const head = part === "缺" ? "摘录所缺部分" : part.startsWith("第") ? part : `第${part}部分`;
  return [prefix === "通知" ? "通知" : "", head, item && `第${item}项`, point && `第${point}点`];
}

/** The regime with its document number. @example lawWords(regime) // "《某区安全生产巡查工作制度》（某政办字〔2023〕18号）" */
export function lawWords({title, document_no}: Regime): string {
  return `《${title}》${document_no === null ? "" : `（${document_no}）`}`;
}

/** The regime's short name, as a document says it once it has named it in full. @example shortLaw(regime) // "《工作制度》" */
export function shortLaw({title}: Regime): string {
  const [, kind = title] =
    /(工作制度|工作规则|实施方案|管理办法|实施办法|实施细则|办法|规定|规则|制度)(?:（[^）]*）)?$/.exec(title) ?? [];
  return `《${kind}》`;
}

/** What a document is based on: the regime with its short name, and the clauses, each once, in the order given. */
export function basisWords(regime: Regime, clauses: readonly (string | null)[]): string {
  const known = [...new Set(clauses.flatMap((clause) => clause?.split("、") ?? []))];
  const number = regime.document_no === null ? "" : `${regime.document_no}，`;
  return `《${regime.title}》（${number}以下简称${shortLaw(regime)}）${clauseWords(known.join("、"))}`;
}

/** A clause behind what a document asks. @example citeOf(regime, "must_rectify") // "（《工作制度》第四部分第（二）项第1点）" */
export function citeOf(regime: Regime, parameter: string): string {
  return cited(regime, regime.parameters[parameter]?.clause ?? "");
}

/** A clause in brackets. */
export function cited(regime: Regime, clause: string): string {
  return `（${shortLaw(regime)}${clauseWords(clause)}）`;
}

/** Organs of places: who answers letters that name only the place. */
const ORGANS: readonly (readonly [RegExp, string])[] = [
  [/街道$/, "办事处"],
  [/[省市县区州镇乡旗]$/, "人民政府"]
];

const PLACES = ["设区市", "市州", "市县", "县区", "镇街"];

/**
 * The organ of a unit that a letter is sent to; a unit that is no place stands as it is.
 * @example organName("某某镇", "镇街") // "某某镇人民政府"
 */
export function organName(name: string, kind: string | null): string {
  if (kind === null || !PLACES.includes(kind)) return name;
  const place = placeName(name);
  const organ = ORGANS.find(([end]) => end.test(place))?.[1];
  return organ === undefined ? name : `${place}${organ}`;
}

/** A place without what an office noted behind its name. @example placeName("某市（试点）") // "某市" */
export function placeName(name: string): string {
  return name.replace(/（[^（）]*）$/, "");
}

/** The committee whose office writes. @example committeeName("某区安全生产委员会办公室") // "某区安全生产委员会" */
export function committeeName(authority: string): string {
  return authority.replace(/办公室$/, "");
}

/** A length of time. @example lengthWords({length: 10, unit: "workdays"}) // "10个工作日" */
export function lengthWords({length, unit}: Pick<ClockLength, "length" | "unit">): string {
  return `${length}${{workdays: "个工作日", days: "日", months: "个月"}[unit]}`;
}

/** The law by which a period is counted, as a document cites it. @example periodLaw("2025-03-01") // "《中华人民共和国民法典》第二百条至第二百零四条" */
export function periodLaw(start: string): string {
  return clockBasis(start).replace(/^(民法典|民法总则|民法通则)/, "《中华人民共和国$1》");
}

/** A regime's own word for a thing, else the usual one. */
export function wordOf({words}: Regime, key: string, otherwise: string): string {
  return words[key] ?? otherwise;
}

/** The regime's own name of a kind of inspection, with the field before it. @example kindWords(regime, "全面") // "安全生产全面巡查" */
export function kindWords(regime: Regime, kind: string): string {
  return `安全生产${regime.kinds[kind] ?? wordOf(regime, "inspection", "巡查")}`;
}

/**
 * What a date column says was done, as a subject and a verb.
 * @example stepWords("inspection.report_approved_on") // {what: "报告", verb: "审定"}
 */
export function stepWords(column: string): {readonly what: string; readonly verb: string} {
  const [table = "", name = ""] = column.split(".");
  const header = tableNamed(table).columns.find((c) => c.name === name)?.header ?? column;
  const [, what = header, verb = "办理"] = /^(.*)(审定|批准)日期$/.exec(header) ?? [];
  return {what, verb};
}

/** A paragraph. */
export function text(...parts: readonly string[]): Block {
  return {kind: "text", text: parts.join("")};
}

/** A heading. */
export function heading(level: 1 | 2 | 3 | 4, words: string): Block {
  return {kind: "heading", level, text: words};
}

/** Counts with their names; those of none are left out. @example countsWords([["重大", 2], ["较大", 0]], "个") // "重大2个" */
export function countsWords(counts: readonly (readonly [name: string, count: number])[], measure: string): string {
  return counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name}${count}${measure}`)
    .join("、");
}

/** A sentence with exactly one final stop. */
export function sentence(words: string): string {
  return `${words.trim().replace(/[。；;，,、.]+$/, "")}。`;
}
