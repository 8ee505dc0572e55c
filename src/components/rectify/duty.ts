import type {BookParameter} from "../regime/book.js";
import {keptBack} from "../secrecy.js";
import type {Owed, OwedState, RectifyView} from "./types.js";

/** Something that a document may ask to be done about findings. */
interface DutyKind {
  readonly kind: string;
  readonly parameter: string;
  /** What it is about, in a few words. */
  readonly about: string;
  /** For the office's own analysts alone. */
  readonly inside?: boolean;
}

const KINDS: readonly DutyKind[] = [
  {kind: "整改情况报告", parameter: "rectify_report", about: "报送整改情况"},
  {kind: "后续定期报告", parameter: "periodic_report", about: "首次报告之后定期再报"},
  {kind: "约谈", parameter: "summon_late", about: "约谈：逾期未整改或整改不力"},
  {kind: "约谈", parameter: "summon", about: "约谈：突出问题"},
  {kind: "约谈落实情况", parameter: "summon_report", about: "约谈之后的落实情况"},
  {kind: "挂牌督办", parameter: "list_major", about: "挂牌督办"},
  {kind: "书面报告", parameter: "report_major", about: "重大情况报告"},
  {kind: "移交", parameter: "hand_over", about: "移交", inside: true},
  {kind: "移送纪检监察", parameter: "hand_over_discipline", about: "移送纪检监察", inside: true},
  {kind: "曝光", parameter: "expose", about: "曝光"},
  {kind: "验收销号", parameter: "loop", about: "整改之后验收销号"},
  {kind: "公布", parameter: "publish", about: "公布结果"}
];

/** Duties about a whole inspection: no filter of findings picks them. */
const WHOLE = ["整改情况报告", "后续定期报告", "公布"];

/** A duty with all that was owed under it. */
export interface Duty extends DutyKind {
  readonly rule: BookParameter;
  readonly rows: readonly Owed[];
  /** Why nothing is counted: the document only allows it, does not say how, the filter is of findings, or it may not be told; null where it is counted. */
  readonly uncounted: string | null;
}

/** Duties that the document has, in the order of the page. */
export function dutiesOf(view: RectifyView): Duty[] {
  const {book, owed, space, loop} = view;
  return KINDS.flatMap((duty) => {
    const rule = book.parameters.find((p) => p.name === duty.parameter && !p.silent);
    if (!rule || (duty.inside && space.audience !== "analyst")) return [];
    const rows = owed.filter((o) => o.kind === duty.kind && o.parameter === duty.parameter);
    if (duty.parameter === "loop" && rows.length === 0) return [];
    const isApart = WHOLE.includes(duty.kind) && Boolean(view.state.severity || view.state.year);
    const why = rows.length > 0 ? null : (keptBack(space) ?? uncounted(rule, loop.unrecorded.includes(duty.parameter), isApart));
    return [{...duty, rule, rows, uncounted: why}];
  });
}

function uncounted({modality}: BookParameter, unrecorded: boolean, isApart: boolean): string | null {
  if (modality === "可以") return "可以，不作要求";
  if (unrecorded) return "文件没有说以什么形式，不核对";
  return isApart ? "对整次巡查的要求，不随问题筛选" : null;
}

/** What the document does not ask, in the order of the page. */
export function silentDuties({book}: Pick<RectifyView, "book">): string[] {
  return KINDS.filter((duty) => !book.parameters.some((p) => p.name === duty.parameter && !p.silent)).map((duty) => duty.about);
}

/** How many of them stand so. */
export function countOf(rows: readonly Owed[], ...states: readonly OwedState[]): number {
  return rows.filter((o) => states.includes(o.state)).length;
}
