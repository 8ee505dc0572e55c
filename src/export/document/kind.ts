import {fault} from "../../fault.ts";
import type {Regime} from "../../regime/types.ts";
import {stampOf} from "../../release/stamp.ts";
import type {Scored} from "../../warehouse/scored.ts";
import type {OfficialDocument} from "../official/document.ts";

/** What a document may be about, each by its number; `month` as 2025-06. */
export const SUBJECTS = ["unit", "inspection", "visit", "finding", "month"] as const;
export type Subject = (typeof SUBJECTS)[number];

/** What is written into a document besides its facts: all of it may be absent. */
export interface DocumentOptions extends Readonly<Partial<Record<Subject, string>>> {
  /** 发文字号; absent: the document is a 代拟稿. */
  readonly number?: string | undefined;
  /** 签发人. */
  readonly signer?: string | undefined;
  /** 成文日期, ISO; absent: left open for the pen. */
  readonly date?: string | undefined;
  /** 主送机关 in place of the document's own. */
  readonly addressee?: string | undefined;
  /** 联系人和电话, printed as （联系人：…）. */
  readonly contact?: string | undefined;
}

/** A kind of document that an office may issue from a result. */
export interface DocumentKind {
  /** As written on the command line. */
  readonly name: string;
  /** What the office calls it: 通报, 整改通知… */
  readonly title: string;
  /** What it says, in a line of `export document --list`. */
  readonly about: string;
  /** What it must be told it is about; of a list within exactly one. */
  readonly takes: readonly (Subject | readonly Subject[])[];
  /** What it may be told besides. */
  readonly may?: readonly Subject[];
  /** The clause that provides it, on a day; null: the regime does not know such a document. */
  needs(regime: Regime, day: string): string | null;
  /** Whether it is a letter about what is still to be done, made from the workspace as it stands unless a release is named; default no. */
  readonly isWorking?: boolean;
  /** Whether an office may write it on a day where no clause provides it; default no. */
  isFree?(regime: Regime, day: string): boolean;
  /** Why it may not be written where the regime forbids it; null: the regime merely says nothing. */
  because?(regime: Regime, day: string): string | null;
  /** Drafts it. Errors: Fault 2 for a number that is not there, Fault 3 for what may not be written. */
  make(scored: Scored, options: DocumentOptions): Promise<OfficialDocument>;
}

/** The day by which deadlines are over in a letter that says how things stand: its own, or that of its facts where that is later. */
export function dayOfTelling({date}: DocumentOptions, as_of: string): string {
  return date !== undefined && date > as_of ? date : as_of;
}

/** The parts of a document that are the same whatever it says. */
export type DocumentHead = Pick<
  OfficialDocument,
  "issuer" | "number" | "signer" | "signature" | "date" | "note" | "copies" | "printed" | "stamp"
>;

/**
 * The head, foot and stamp of a document of this office: 发文机关标志, 发文字号, 签发人, 署名, 成文日期, 附注, 版记.
 * @example {...officialHead(scored, options), title: "关于……的通报", addressee: "各镇街：", body, annexes: []}
 */
export function officialHead(scored: Scored, {number, signer, date, contact}: DocumentOptions): DocumentHead {
  const {authority} = scored.space;
  return {
    issuer: `${authority}文件`,
    number: number ?? null,
    signer: signer ?? null,
    signature: authority,
    date: date ?? null,
    note: contact === undefined ? null : `（联系人：${contact}）`,
    copies: [],
    printed: {by: authority, on: date ?? null},
    stamp: stampOf(scored)
  };
}

/** The clause that provides a document. Errors: Fault 3 when the regime knows none. @example demandClause(kind, regime, "2025-12-31") */
export function demandClause(kind: Pick<DocumentKind, "title" | "needs" | "because">, regime: Regime, day: string): string {
  const clause = kind.needs(regime, day);
  if (clause !== null) return clause;
  throw fault(3, {
    place: null,
    what: `${kind.because?.(regime, day) ?? `${regime.text === "摘录" ? "所据文本为网页摘录，未见规定" : "制度没有规定"}${kind.title}`}（${regime.title}）`,
    advice: "本制度可以生成的文书见 xunheng export document --list"
  });
}

/**
 * The clause that a document is made on; null for one that needs none.
 * Errors: Fault 3 when the regime provides none and the document needs one.
 * @example groundOf(circular, regime, "2025-12-31")
 */
export function groundOf(
  kind: Pick<DocumentKind, "title" | "needs" | "because" | "isFree">,
  regime: Regime,
  day: string
): string | null {
  return kind.needs(regime, day) === null && kind.isFree?.(regime, day) ? null : demandClause(kind, regime, day);
}

/**
 * That a document is told what it is about, and nothing else.
 * Errors: Fault 2 naming the option that is missing, given twice over or of no use.
 * @example checkSubjects(notice, {inspection: "W-01"})
 */
export function checkSubjects({title, takes, may = []}: DocumentKind, options: DocumentOptions): void {
  const given = SUBJECTS.filter((s) => options[s] !== undefined);
  for (const one of takes) {
    const choices = typeof one === "string" ? [one] : one;
    const written = choices.map((s) => `--${s}`).join("或");
    const count = choices.filter((s) => given.includes(s)).length;
    if (count === 0) throw fault(2, {place: null, what: `没有说是哪一件的${title}`, advice: `请写上 ${written}`});
    if (count > 1) throw fault(2, {place: null, what: `${title}只能写 ${written} 其中一个`, advice: "请去掉多余的"});
  }
  const known = new Set([...takes.flat(), ...may]);
  const stray = given.filter((s) => !known.has(s)).map((s) => `--${s}`);
  if (stray.length > 0) throw fault(2, {place: null, what: `${title}用不上 ${stray.join("、")}`, advice: "请去掉"});
}

/** The clause of a parameter that is in force on a day, null where the document is silent. @example clauseOf(regime, "publish", day) */
export function clauseOf(regime: Regime, name: string, day: string): string | null {
  const parameter = regime.parameters[name];
  return parameter?.values.some(({from}) => from <= day) ? parameter.clause : null;
}
