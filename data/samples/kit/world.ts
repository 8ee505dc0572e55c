/** A value as the office knows it: days ISO, yes/no as boolean. A text where a day belongs is written as it stands. */
export type Value = string | number | boolean | null | undefined;

/** One row of a contract table, by contract column. */
export type Row = Readonly<Record<string, Value>>;

/** A finding with what happened to it. */
export interface Story {
  readonly finding: Row;
  readonly events: readonly Row[];
  /** Measures taken because of it. */
  readonly actions?: readonly Row[];
}

/** Everything an office knows before it is written into files. Findings made in bulk come after the listed ones. */
export interface World {
  readonly rows: Map<string, Row[]>;
  /** The bulk: how many, and the i-th. */
  readonly bulk: {readonly count: number; readonly story: (i: number) => Story};
}

/** A world in the making: its bulk is set last, when all inspections are known. */
export type Draft = {-readonly [K in keyof World]: World[K]};

/** An empty world. */
export function world(): Draft {
  return {rows: new Map(), bulk: {count: 0, story: () => ({finding: {}, events: []})}};
}

/** Adds rows to a table. */
export function add({rows}: World, table: string, ...more: Row[]): void {
  const list = rows.get(table);
  if (list) list.push(...more);
  else rows.set(table, more);
}

/** Adds findings with their events. */
export function tell(w: World, ...stories: Story[]): void {
  for (const {finding, events, actions = []} of stories) {
    add(w, "finding", finding);
    add(w, "rectification", ...events);
    add(w, "action", ...actions);
  }
}

/** The rows of a table, the bulk included; made anew at each call, so that any number fits into memory. */
export function* rowsOf({rows, bulk}: World, table: string): Generator<Row> {
  yield* rows.get(table) ?? [];
  if (!["finding", "rectification", "action"].includes(table)) return;
  for (let i = 0; i < bulk.count; i++) {
    const {finding, events, actions = []} = bulk.story(i);
    if (table === "finding") yield finding;
    else yield* table === "action" ? actions : events;
  }
}

/** What a first hand-in had otherwise: how many of the newest findings it lacked, those missing since, and those changed since. */
export interface Earlier {
  readonly lacked: number;
  readonly missing: Row;
  /** Finding → what stood there. */
  readonly changed: Readonly<Record<string, Row>>;
}

/** The world as it was handed in before. */
export function before(now: World, {lacked, missing, changed}: Earlier): World {
  const rows = new Map(now.rows);
  const findings = (now.rows.get("finding") ?? []).map((row) => ({...row, ...changed[String(row.finding_id)]}));
  rows.set("finding", [...findings, missing]);
  return {rows, bulk: {...now.bulk, count: Math.max(0, now.bulk.count - lacked)}};
}
