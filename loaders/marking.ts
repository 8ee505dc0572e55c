import {fault, type Place} from "../src/fault.ts";

const BEFORE_STAR = /(?<!商业\s*)(绝\s*密|机\s*密|秘\s*密)\s*[★☆]/u;
const ALONE = /(?<![\p{L}])(绝密|机密|秘密)级?(?![\p{L}])/u;
const SPACED = /^(绝密|机密|秘密)级?$/u;

/**
 * The secrecy marking in a text outside the data: 绝密, 机密 or 秘密 by itself or before ★. 商业秘密 or 保密协议 is none.
 * @example findMarking("密级：机密") // "机密"
 * @example findMarking("商业秘密管理") // null
 */
export function findMarking(text: string): string | null {
  const spaced = text.replace(/[\s\u00a0\u3000]+/g, "");
  return findStarred(text) ?? ALONE.exec(text)?.[1] ?? SPACED.exec(spaced)?.[1] ?? null;
}

/** The marking in a data cell: only directly before ★. */
export function findStarred(text: string): string | null {
  return BEFORE_STAR.exec(text)?.[0].replace(/\s+/g, "") ?? null;
}

/** Refuses a file whose text outside the data carries a marking. Errors: Fault 3. */
export function refuseMarked(text: string, place: Place): void {
  refuse(findMarking(text), place);
}

/** Refuses a file with a marking before ★ in a data cell. Errors: Fault 3. */
export function refuseStarred(text: string, place: Place): void {
  refuse(findStarred(text), place);
}

function refuse(marking: string | null, place: Place): void {
  if (marking === null) return;
  throw fault(3, {place, what: `有密级标志“${marking}”`, advice: "本系统不处理涉密文件，整个文件未读；请按保密规定处理"});
}
