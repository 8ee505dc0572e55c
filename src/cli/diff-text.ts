import {momentText} from "../moment.ts";
import {type Diff, type DiffEntry, isChanged, type SideHead, type Standing, type UnitDiff} from "../score/diff.ts";
import {signedPoints} from "../score/signed.ts";
import {DEMO_LINE, markdownTable} from "./markdown.ts";
import {textTable} from "./output.ts";

interface Shown {
  readonly unit: string | undefined;
  readonly demo: boolean;
}

const UNIT_HEADER = ["单位", "名称", "原得分", "现得分", "变化", "名次", "原因"];
const ROW_HEADER = ["变化", "类别", "内容", "规则", "对象", "原分值", "现分值", "增减", "原因", "来源"];

/** A comparison for the terminal: units that changed, or every row of one unit. */
export function diffText(diff: Diff, {unit, demo}: Shown): string {
  const head = `${demo ? "演示数据\n" : ""}从 ${sideText(diff.from)}\n到 ${sideText(diff.to)}\n\n`;
  const [one] = diff.units;
  if (unit !== undefined && one) return `${head}${unitHead(one)}\n${one.story}。\n\n${rowsText(one, textTable)}`;
  const changed = diff.units.filter(isChanged);
  const table = changed.length === 0 ? "没有变化。\n" : textTable(UNIT_HEADER, changed.map(unitRow));
  return `${head}${table}\n${sumsText(diff)}`;
}

/** A comparison as a document: heading, table, sums. */
export function diffMarkdown(diff: Diff, {unit, demo}: Shown): string {
  const [one] = diff.units;
  const title = unit !== undefined && one ? `# ${unitHead(one)} 得分变化\n\n` : "# 得分变化\n\n";
  const head = `${title}${demo ? DEMO_LINE : ""}- 从：${sideText(diff.from)}\n- 到：${sideText(diff.to)}\n\n`;
  if (unit !== undefined && one) return `${head}${one.story}。\n\n${rowsText(one, markdownTable)}`;
  const changed = diff.units.filter(isChanged);
  const table = changed.length === 0 ? "没有变化。\n" : markdownTable(UNIT_HEADER, changed.map(unitRow));
  return `${head}${table}\n${sumsText(diff)}`;
}

function sideText({label, as_of, decisions_until, known_at, period, schemes, provisional, digest}: SideHead): string {
  const parts = [
    ...(label === as_of ? [] : [label]),
    `统计截止日${as_of}`,
    `决定计至${decisions_until}`,
    `数据截止${momentText(known_at)}`,
    `期间${period.from}至${period.to}`,
    `办法${schemes.join("、")}`,
    ...(provisional ? ["暂定"] : []),
    `摘要${digest.slice(0, 12)}`
  ];
  return parts.join(" · ");
}

function unitHead({unit_name, unit_code}: UnitDiff): string {
  return `${unit_name}（${unit_code}）`;
}

function unitRow({unit_code, unit_name, from, to, delta_milli, story}: UnitDiff): (string | null)[] {
  return [
    unit_code,
    unit_name,
    from?.score ?? null,
    to?.score ?? null,
    delta_milli === null ? null : deltaText(delta_milli),
    rankText(from, to),
    story
  ];
}

function rankText(from: Standing | null, to: Standing | null): string {
  const [was, is] = [from?.rank ?? null, to?.rank ?? null];
  return was === is ? `${is ?? ""}` : `${was ?? "无"}→${is ?? "无"}`;
}

/** Every row that differs, what each group comes to, and that it adds up. */
function rowsText(unit: UnitDiff, table: typeof textTable): string {
  const groups = [
    ["新增", unit.added],
    ["消失", unit.removed],
    ["改变", unit.changed],
    ["封顶、折算", unit.caps]
  ] as const;
  const rows = groups.flatMap(([name, entries]) => entries.map((e) => entryRow(name, e)));
  if (rows.length === 0) return "没有一行不同。\n";
  const parts = groups.filter(([, entries]) => entries.length > 0).map(([name, entries]) => `${name}${deltaText(sum(entries))}`);
  const total = sum(groups.flatMap(([, entries]) => entries));
  const items = unit.items.map((i) => `${i.item}：${deltaText(i.delta_milli)}`);
  return [
    table(ROW_HEADER, rows),
    `\n${parts.join("，")}；合计${deltaText(total)}分${unit.delta_milli === null ? "（一边没有得分）" : ""}。\n`,
    items.length > 0 ? `按巡查内容：${items.join("，")}。\n` : ""
  ].join("");
}

function entryRow(name: string, e: DiffEntry): (string | null)[] {
  return [
    name,
    e.kind,
    e.item,
    e.rule_id,
    e.subject,
    e.from_milli === null ? null : deltaText(e.from_milli),
    e.to_milli === null ? null : deltaText(e.to_milli),
    deltaText(e.delta_milli),
    e.because,
    e.file === null ? null : `${e.file}:${e.row}`
  ];
}

function sumsText({sums, units}: Diff): string {
  const quiet = units.filter((u) => !isChanged(u)).length;
  const standings = [
    `${sums.higher}个升，${sums.lower}个降，${sums.same}个同分`,
    ...(sums.one_sided > 0 ? [`${sums.one_sided}个只有一边有得分`] : []),
    ...(sums.neither > 0 ? [`${sums.neither}个两边都没有得分`] : [])
  ];
  const parts = [`${sums.units}个单位：${standings.join("，")}`, ...(quiet > 0 ? [`其中${quiet}个毫无变化，未列出`] : [])];
  const rows = `新增${sums.added.n}行${deltaText(sums.added.milli)}，消失${sums.removed.n}行${deltaText(sums.removed.milli)}，改变${sums.changed.n}行${deltaText(sums.changed.milli)}，封顶、折算、取整${sums.caps.n}行${deltaText(sums.caps.milli)}；合计${deltaText(sums.delta_milli)}分。`;
  return `${parts.join("；")}。\n两边都有得分的单位：${rows}\n`;
}

function deltaText(milli: number): string {
  return signedPoints(milli);
}

function sum(entries: readonly DiffEntry[]): number {
  return entries.reduce((total, e) => total + e.delta_milli, 0);
}
