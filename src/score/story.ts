import type {DiffEntry, DiffSide, Ruling, Standing} from "./diff.ts";
import {groupBy} from "./group.ts";
import {points} from "./score.ts";
import {signedPoints} from "./signed.ts";
import type {Milli} from "./types.ts";

/** What a story is told from. */
export interface StoryOf {
  readonly unit: {
    readonly unit_code: string;
    readonly from: Standing | null;
    readonly to: Standing | null;
    readonly delta_milli: Milli | null;
  };
  readonly from: DiffSide;
  readonly to: DiffSide;
  readonly rows: readonly DiffEntry[];
  readonly ruleName: (id: string) => string;
}

/** A cause and what it comes to. */
export interface Part {
  readonly text: string;
  readonly milli: Milli;
}

/** Causes told one by one; the others are told together. */
const MOST_PARTS = 4;

/**
 * One sentence on what became of a unit: the difference, then its causes, greatest first, which add up to it.
 * @example storyOf(…) // "比2025-11-30少1.50分：2条问题逾期（−1.00），1条举报查实（−1.00），1条异议复核撤销（+0.50）"
 */
export function storyOf(story: StoryOf): string {
  const {unit, from} = story;
  if (unit.delta_milli === null) return unscoredStory(story);
  const parts = shortened(partsOf(story));
  const head =
    unit.delta_milli === 0
      ? `与${from.label}${parts.length === 0 ? "相同" : "同分"}`
      : `比${from.label}${unit.delta_milli < 0 ? "少" : "多"}${points(Math.abs(unit.delta_milli))}分`;
  const [was, is] = [unit.from?.grade ?? null, unit.to?.grade ?? null];
  const grade = was === is ? "" : `；等次由“${was ?? "无"}”变为“${is ?? "无"}”`;
  const [wasOpen, isOpen] = [unit.from?.provisional === true, unit.to?.provisional === true];
  const provisional = wasOpen === isOpen ? "" : isOpen ? "；现为暂定" : "；不再是暂定";
  return `${head}${parts.length > 0 ? `：${parts.map(partText).join("，")}` : ""}${grade}${provisional}`;
}

/** The causes of a difference, greatest first; their milli add up to the rows'. Causes that come to nothing are left out. */
export function partsOf({unit, from, to, rows, ruleName}: StoryOf): Part[] {
  const rulings = newRulings(from.rulings, to.rulings);
  const told = rows.map((row) => ({row, cause: causeOf(row, leadingRow(row, rows), {unit, rulings, rows, ruleName})}));
  const groups = [...groupBy(told, ({cause}) => cause.key).values()];
  return groups
    .map((group): Part => {
      const milli = group.reduce((sum, {row}) => sum + row.delta_milli, 0);
      const n = new Set(group.map(({row}) => plainSubject(row))).size;
      return {text: group[0]?.cause.text(n, milli) ?? "", milli};
    })
    .filter((part) => part.milli !== 0)
    .toSorted((a, b) => Math.abs(b.milli) - Math.abs(a.milli) || (a.text < b.text ? -1 : 1));
}

interface Cause {
  readonly key: string;
  readonly text: (n: number, milli: Milli) => string;
}

interface Known {
  readonly unit: StoryOf["unit"];
  readonly rulings: readonly {readonly ruling: Ruling; readonly gone: boolean}[];
  readonly rows: readonly DiffEntry[];
  readonly ruleName: (id: string) => string;
}

/** The row that a subject's 择高返还 belongs to: the greatest of its other rows. Other rows lead themselves. */
function leadingRow(row: DiffEntry, rows: readonly DiffEntry[]): DiffEntry {
  if (row.subject === null || (row.kind !== "扣分" && row.kind !== "加分" && row.kind !== "择高返还")) return row;
  const mine = rows.filter((r) => r.subject === row.subject && (r.kind === "扣分" || r.kind === "加分" || r.kind === "择高返还"));
  if (!mine.some((r) => r.kind === "择高返还")) return row;
  return mine.filter((r) => r.kind !== "择高返还").toSorted((a, b) => Math.abs(b.delta_milli) - Math.abs(a.delta_milli))[0] ?? row;
}

function causeOf(row: DiffEntry, lead: DiffEntry, known: Known): Cause {
  const ruled = rulingOn(row, known);
  if (ruled) return ruledCause(ruled, row, known.rows);
  const name = lead.rule_id === null ? "" : known.ruleName(lead.rule_id);
  const plain = (text: string): Cause => ({key: text, text: () => text});
  switch (lead.kind) {
    case "扣分":
    case "加分":
      if (lead.subject?.endsWith("@原")) return plain("异议复核");
      return countedCause(lead, name);
    case "择高返还":
      return {key: "择高", text: (_, milli) => `择高返还${milli > 0 ? "增加" : "减少"}`};
    case "复核":
      return plain("异议复核");
    case "比率":
    case "分档":
    case "同比":
    case "位次":
      return {key: `figure ${lead.rule_id}`, text: (_, milli) => `${name}${milli < 0 ? "变差" : "变好"}`};
    case "评议":
      return plain(`${name}${lead.from_milli === null ? "计入" : lead.to_milli === null ? "不再计" : "改变"}`);
    case "封顶返还":
      return {key: "封顶", text: (_, milli) => `封顶返还${milli > 0 ? "增加" : "减少"}`};
    case "折算":
    case "取整":
      return {key: "折算取整", text: () => scalingText(known.rows)};
    case "否决":
      return plain(vetoText(lead, name));
    case "基础":
      return plain(
        lead.from_milli === null ? "巡查内容改为计分" : lead.to_milli === null ? "巡查内容不再计分" : "巡查内容满分调整"
      );
  }
}

function countedCause({rule_id, subject, from_milli, to_milli, delta_milli}: DiffEntry, name: string): Cause {
  const [what, ending] =
    from_milli === null
      ? ["new", ""]
      : to_milli === null
        ? ["gone", "不再计"]
        : delta_milli < 0
          ? ["less", "扣得更多"]
          : ["more", "扣得更少"];
  return {key: `${rule_id} ${what}`, text: (n) => `${subject === null ? "" : `${n}条`}${name}${ending}`};
}

function vetoText({from_milli, to_milli}: DiffEntry, name: string): string {
  if (from_milli === null) return `一票否决“${name}”`;
  return to_milli === null ? `一票否决“${name}”不再适用` : `一票否决“${name}”随其他分值变动`;
}

function scalingText(rows: readonly DiffEntry[]): string {
  return ["折算", "取整"].filter((kind) => rows.some((r) => r.kind === kind)).join("、");
}

/** Rulings that count on one side only. */
function newRulings(from: readonly Ruling[], to: readonly Ruling[]): Known["rulings"] {
  const key = ({appeal_id, decision}: Ruling) => `${appeal_id} ${decision}`;
  const without = (list: readonly Ruling[], others: readonly Ruling[]) => {
    const known = new Set(others.map(key));
    return list.filter((r) => !known.has(key(r)));
  };
  return [
    ...without(to, from).map((ruling) => ({ruling, gone: false})),
    ...without(from, to).map((ruling) => ({ruling, gone: true}))
  ];
}

function rulingOn(row: DiffEntry, {rulings, unit}: Known): Known["rulings"][number] | undefined {
  const subject = plainSubject(row);
  return rulings.find(({ruling: {subject_kind, subject_id, unit_code}}) => {
    if (subject_kind === "评议") return row.kind === "评议" && row.rule_id === subject_id && unit_code === unit.unit_code;
    if (subject_kind === "否决")
      return row.kind === "否决" && (subject === subject_id || row.rule_id === subject_id) && unit_code === unit.unit_code;
    return (
      (subject_kind === "问题" || subject_kind === "事故") && subject !== null && subject === subject_id && row.kind !== "否决"
    );
  });
}

function ruledCause({ruling, gone}: Known["rulings"][number], row: DiffEntry, rows: readonly DiffEntry[]): Cause {
  if (gone) return {key: `gone ${ruling.decision}`, text: (n) => `${n}条异议复核${ruling.decision}未计入`};
  if (!ruling.moves) return {key: ruling.decision, text: (n) => `${n}条异议复核${ruling.decision}`};
  const mine = rows.filter((r) => plainSubject(r) === plainSubject(row));
  const takes = mine.reduce((sum, r) => sum + r.delta_milli, 0) < 0;
  return {
    key: takes ? "takes" : "gives",
    text: (n) => `${n}条异议复核变更责任单位，${takes ? "改由本单位承担" : "改由他单位承担"}`
  };
}

function plainSubject({subject, rule_id}: DiffEntry): string | null {
  return subject === null ? rule_id : subject.replace(/@原$/, "");
}

function shortened(parts: readonly Part[]): Part[] {
  if (parts.length <= MOST_PARTS + 1) return [...parts];
  const rest = parts.slice(MOST_PARTS);
  const milli = rest.reduce((sum, part) => sum + part.milli, 0);
  return [...parts.slice(0, MOST_PARTS), {text: `其他${rest.length}项`, milli}];
}

function partText({text, milli}: Part): string {
  return `${text}（${milli === 0 ? "0" : signedPoints(milli)}）`;
}

/** Words for a unit that has no score on one side, or on both. */
function unscoredStory({unit, from, to}: StoryOf): string {
  const [was, is] = [stateText(unit.from), stateText(unit.to)];
  if (was === is) return `${from.label}和${to.label}都${was}`;
  return `${from.label}：${was}；${to.label}：${is}`;
}

function stateText(standing: Standing | null): string {
  if (!standing) return "不在名单里";
  if (standing.score !== null) return `${standing.covered}，得${standing.score}分`;
  return standing.covered === "已巡查" ? "已巡查，没有可计分的内容" : `${standing.covered}，没有得分`;
}
