/** Where something is wrong: a file, and a place in it when known. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing that is wrong, and what to do about it. */
export interface Complaint {
  readonly place: Place | null;
  /** What was wrong with the value seen; Chinese, without the final stop. */
  readonly what: string;
  /** What to do. */
  readonly advice?: string;
}

/** How a program ends when something is wrong: 2 wrong use, 3 refused by rule, 4 unreachable source or engine. */
export type FaultExit = 2 | 3 | 4;

/**
 * One or more complaints that stop a command. The message is one line a complaint, `文件:行:列: 什么不对；怎么办`.
 * @example throw fault(2, {place: {file: "a.yaml", line: 3, column: 1}, what: "没有 regime", advice: "请写上制度编号"})
 */
export class Fault extends Error {
  override readonly name = "Fault";
  constructor(
    readonly exit: FaultExit,
    readonly complaints: readonly Complaint[]
  ) {
    super(complaintsText(complaints));
  }
}

/** A fault of one or several complaints. */
export function fault(exit: FaultExit, ...complaints: Complaint[]): Fault {
  return new Fault(exit, complaints);
}

/** Complaints beyond these help no one who reads them one by one. */
const MOST = 50;

function complaintsText(complaints: readonly Complaint[]): string {
  const more = complaints.length - MOST;
  const lines = complaints.slice(0, MOST).map(complaintText);
  return [...lines, ...(more > 0 ? [`还有${more}处；请先改正以上各处，再检查一次`] : [])].join("\n");
}

/** Names that an advice offers: at most twenty, each once. */
const OFFERED = 20;

/**
 * Names one after the other as an advice lists them.
 * @example listed(["a", "b", "a"]) // "a、b"
 */
export function listed(names: Iterable<string>): string {
  const distinct = [...new Set(names)];
  return `${distinct.slice(0, OFFERED).join("、")}${distinct.length > OFFERED ? `等${distinct.length}个` : ""}`;
}

/** One line: `文件:行:列: 什么不对；怎么办`. */
export function complaintText({place, what, advice}: Complaint): string {
  return `${place ? `${placeText(place)}: ` : ""}${what}${advice ? `；${advice}` : ""}`;
}

function placeText({file, line, column}: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}

/**
 * The known name nearest to a mistyped one, or null when none is near.
 * Units: edits of one character (insert, delete, replace, swap of neighbours); at most a third of the length, at least 2.
 * @example nearestName("days_overdu", ["days_overdue", "due_on"]) // "days_overdue"
 */
export function nearestName(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name, candidate, least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let row = Array.from({length: b.length + 1}, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? limit;
}
