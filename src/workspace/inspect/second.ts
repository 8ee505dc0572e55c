import {GROUP, headerKey, matchHeader, UNREAD} from "../../contract/header.ts";
import {tableNamed} from "../../contract/index.ts";
import {BLANKS} from "../../contract/value.ts";
import {scalar} from "./entry.ts";
import type {Fit} from "./guess.ts";

/** A second source that reads, from the rows of a list of findings, what became of each. */
export interface SecondSource {
  /** Name of the source. */
  readonly source: string;
  /** The header with the day, and the stage it is of. */
  readonly header: string;
  readonly stage: string;
  /** Whether nothing is left for a person to say: the header means one day only, and only days stand below it. */
  readonly settled: boolean;
  /** The entry of `sources:` to paste. */
  readonly entry: string;
}

/** Stage → headers that offices put over its day. */
const DAYS: Readonly<Record<string, string>> = {
  完成: "整改完成时间 整改完成日期 完成整改时间 完成整改日期 完成时间 完成日期 实际完成时间 实际完成日期 实际整改时间 实际整改日期 整改完毕时间 整改到位时间 整改办结时间 办结时间 办结日期 整改时间 整改日期",
  验收: "验收时间 验收日期 整改验收时间 整改验收日期 验收通过时间 复查验收时间 复查验收日期 复查时间 复查日期 整改复查时间 整改复查日期 复核时间 复核日期",
  销号: "销号时间 销号日期 问题销号时间 问题销号日期 整改销号时间 整改销号日期 验收销号时间 验收销号日期 闭环时间"
};

/** Headers that may mean another day; what the clerk has to look at. */
const DOUBTS: readonly (readonly [RegExp, string])[] = [
  [/^整改(时间|日期)$/, "若是期限而不是完成的日期，删去这一项"],
  [/^办结|办结时间$/, "若是销号的日期，把完成改成销号"],
  [/^(整改)?复[查核](时间|日期)$/, "若只是去看过、没有通过验收，删去这一项"],
  [/^闭环/, "若只是整改完成、没有销号，把销号改成完成"]
];

/** So many words that are no day are listed. */
const MOST_WORDS = 10;

/**
 * The sources that read the events of a list of findings, one for each stage whose day has a column.
 * @param below the texts below a header cell
 * @param said lines that say where the sheet is: loader, path, sheet and options
 * @param taken names of sources there are
 */
export function secondSources(
  {table, head, cells}: Fit,
  below: (i: number) => readonly string[],
  said: readonly string[],
  taken: readonly string[]
): SecondSource[] {
  const id = cells.findIndex(({column}) => column === "finding_id");
  if (table.name !== "finding" || id < 0) return [];
  const found: SecondSource[] = [];
  const events = tableNamed("rectification");
  const own = matchHeader(head.cells, events, {name: events.name, columns: {}}).columns;
  for (const [i, cell] of cells.entries()) {
    const stage = cell.how === "不读" ? stageOf(head.cells[i] ?? "") : null;
    if (stage === null || found.some((other) => other.stage === stage)) continue;
    const source = freeName(stage, taken);
    const doubt = DOUBTS.find(([header]) => header.test(keyOf(head.cells[i] ?? "")))?.[1];
    const mapped = cells.flatMap(({header}, c): [string, string][] => {
      if (c === id) return own[c] === "finding_id" ? [] : [[header, "finding_id"]];
      if (c === i) return [[header, "on_date"]];
      return own[c] === null || own[c] === undefined ? [] : [[header, UNREAD]];
    });
    const words = wordLines(below(i));
    const lines = [
      `# 同一个表再读一遍：填了“${cell.header}”的行，各是一件“${stage}”${doubt ? `；${doubt}` : ""}`,
      `- name: ${source}`,
      `  table: ${events.name}`,
      ...said,
      "  columns:",
      ...mapped.map(([header, column]) => `    ${scalar(header)}: ${column}`),
      ...words,
      "  constants:",
      `    stage: ${stage}`,
      "  filled: on_date"
    ];
    const settled = words.length === 0 && doubt === undefined;
    found.push({source, header: cell.header, stage, settled, entry: lines.map((line) => `  ${line}\n`).join("")});
  }
  return found;
}

/** What stands in the column and is no day, for the clerk to say of which rows nothing has happened yet. */
function wordLines(cells: readonly string[]): string[] {
  const words = new Set(cells.map((cell) => cell.replace(/\s+/g, " ").trim()));
  const odd = [...words].filter((word) => !["", ...BLANKS].includes(word) && !/\d/.test(word)).slice(0, MOST_WORDS);
  if (odd.length === 0) return [];
  const lines = odd.map((word) => `  #     ${scalar(word)}: "/"`);
  return ["  # values:                # 不是日期，会退回；意思是还没有的，去掉行首的#，那些行就不算", "  #   on_date:", ...lines];
}

function stageOf(cell: string): string | null {
  const key = keyOf(cell);
  return Object.keys(DAYS).find((stage) => DAYS[stage]?.split(" ").includes(key)) ?? null;
}

/** The lowest header without what stands in brackets; with the group above it when it is only 时间 or 日期. */
function keyOf(cell: string): string {
  const parts = cell.split(GROUP).map((part) => headerKey(part).replace(/\([^()]*\)/g, ""));
  const last = parts.at(-1) ?? "";
  return /^(时间|日期)$/.test(last) ? `${(parts.at(-2) ?? "").replace(/(情况|结果)$/, "")}${last}` : last;
}

function freeName(stage: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? stage : `${stage}-${n}`;
    if (!taken.includes(name)) return name;
  }
}
