// What a check says: of each subject, that it breaks the clause, that nobody can say, or nothing.

import type {Obligation} from "./owed.ts";
import type {World} from "./world.ts";

/** A subject that breaks the clause, or of which nobody can say. */
export interface Offending {
  readonly subject: string;
  readonly because_kind: "违反" | "不详";
}

/** A check before it is known whether the regime has it. */
export interface Check {
  readonly id: string;
  readonly needs: string;
  /** What the parameter's value must have. */
  readonly when?: (value: Record<string, unknown>) => boolean;
  readonly rows: (world: World, obligations: readonly Obligation[]) => readonly (Offending | null)[];
}

export function breach(subject: unknown): Offending {
  return {subject: String(subject), because_kind: "违反"};
}

export function unknown(subject: unknown): Offending {
  return {subject: String(subject), because_kind: "不详"};
}

/** Breach, unknown or neither. */
export function told(subject: unknown, broken: boolean | null): Offending | null {
  if (broken === null) return unknown(subject);
  return broken ? breach(subject) : null;
}
