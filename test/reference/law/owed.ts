// One thing owed by somebody because of a clause.

/** One thing owed, before it is known whether it is late. */
export interface Owed {
  readonly kind: string;
  readonly parameter: string;
  readonly subject: string;
  readonly start_on: string | null;
  readonly due_on: string | null;
  readonly done_on: string | null;
  /** Only the office's reading gives the last day; the document writes none. */
  readonly is_read?: boolean;
  /** false: nothing in the data would show that it was done. */
  readonly is_known?: boolean;
}

export interface Obligation extends Owed {
  readonly late: boolean;
  readonly is_known: boolean;
}
