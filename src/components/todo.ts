/** A row of the mart todo: something owed and not done, or several findings of one unit due on one day. */
export interface TodoRow {
  readonly kind: string;
  readonly parameter: string;
  readonly clause: string;
  readonly modality: string;
  readonly grade: string | null;
  readonly by: string;
  readonly subject_kind: string;
  /** null: several, or not to be told. */
  readonly subject: string | null;
  readonly unit_code: string | null;
  readonly unit_name: string | null;
  readonly inspection_id: string | null;
  readonly finding_id: string | null;
  readonly due_on: Date;
  readonly due_source: string | null;
  /** Calendar days; below 0: late. */
  readonly days_left: number;
  readonly n: number;
  readonly n_major: number;
  readonly because: string | null;
}

/** A line of 待办: one row of the mart, or everything of one kind about findings that is late. */
export interface TodoLine {
  /** The most urgent row stands for all. */
  readonly first: TodoRow;
  readonly rows: readonly TodoRow[];
  readonly n: number;
  readonly n_major: number;
  readonly isLate: boolean;
}

/**
 * 待办 as it is read: late lines first, the longest overdue on top, then by day. What is late about findings is summed by kind and clause,
 * so that sixty findings do not drown a report; what is still to come stays apart by unit and day, 问题整改 below the rest of its day.
 * @example todoLines(rows).filter((line) => line.isLate).length
 */
export function todoLines(rows: readonly TodoRow[]): TodoLine[] {
  const lines = new Map<string, TodoRow[]>();
  for (const [i, row] of rows.entries()) {
    const isSummed = row.days_left < 0 && row.subject_kind === "问题";
    const key = isSummed ? [row.kind, row.clause, row.modality, row.by].join("\n") : String(i);
    lines.set(key, [...(lines.get(key) ?? []), row]);
  }
  return [...lines.values()].map(lineOf).toSorted(byUrgency);
}

function lineOf(group: readonly TodoRow[]): TodoLine {
  const rows = group.toSorted((a, b) => a.days_left - b.days_left || order(a.unit_code ?? "", b.unit_code ?? ""));
  const first = rows[0] as TodoRow;
  const {n, n_major} = todoCount(rows);
  return {first, rows, n, n_major, isLate: first.days_left < 0};
}

function byUrgency(a: TodoLine, b: TodoLine): number {
  const bulk = ({first}: TodoLine) => Number(first.kind === "问题整改");
  return (
    Number(b.isLate) - Number(a.isLate) ||
    a.first.days_left - b.first.days_left ||
    bulk(a) - bulk(b) ||
    order(a.first.kind, b.first.kind) ||
    order(a.first.unit_code ?? "", b.first.unit_code ?? "")
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many things rows stand for, and how many of them are about major findings. */
export function todoCount(rows: readonly TodoRow[]): {n: number; n_major: number} {
  return {n: rows.reduce((sum, r) => sum + r.n, 0), n_major: rows.reduce((sum, r) => sum + r.n_major, 0)};
}

/** Rows that are late, and those that fall due within 30 days. */
export function lateAndSoon(rows: readonly TodoRow[]): {late: readonly TodoRow[]; soon: readonly TodoRow[]} {
  return {late: rows.filter((r) => r.days_left < 0), soon: rows.filter((r) => r.days_left >= 0)};
}
