/** What one batch says of a key: its content, or that the row was rejected. */
export type Said = string | null;

/** One thing that happened to a source, in order. */
export type Event =
  | {
      readonly kind: "snapshot" | "append" | "corrections";
      readonly n: number;
      readonly at: string;
      readonly rows: ReadonlyMap<string, Said>;
    }
  | {readonly kind: "revoke"; readonly n: number; readonly at: string}
  | {readonly kind: "accept"; readonly n: number; readonly at: string};

/** A stretch of time in which a key had one content. */
export interface Version {
  readonly key: string;
  readonly content: string;
  readonly from: string;
  readonly to: string | null;
}

/** What a source comes to: its versions by key and time, and the keys that it no longer brings but that still count. */
export interface World {
  readonly versions: readonly Version[];
  readonly withdrawn: readonly string[];
}

interface Known {
  content: string;
  from: string;
  to: string | null;
  /** The last batch that accepted it. */
  last: number;
  /** Whether a snapshot ever accepted it. */
  whole: boolean;
}

type Loaded = Extract<Event, {rows: unknown}>;

/**
 * The reference: walks through the events one by one and keeps what is known of every key.
 * `accept` has as n the last batch there was; `revoke` the batch it revokes, which is as if it had never been loaded.
 */
export function world(events: readonly Event[]): World {
  const revoked = new Set(events.flatMap((e) => (e.kind === "revoke" ? [e.n] : [])));
  const loads = events.filter((e): e is Loaded => "rows" in e && !revoked.has(e.n));
  const known = new Map<string, Known>();
  const versions: Version[] = [];
  const close = (key: string, v: Known, to: string) => {
    versions.push({key, content: v.content, from: v.from, to});
    v.to = to;
  };
  for (const event of events) {
    if (event.kind === "accept") for (const key of missing(event.n)) close(key, known.get(key) as Known, event.at);
    if (!("rows" in event) || revoked.has(event.n)) continue;
    for (const [key, content] of event.rows) {
      if (content === null) continue;
      const v = known.get(key);
      const whole = event.kind === "snapshot" || v?.whole === true;
      if (v && v.to === null && v.content === content) {
        known.set(key, {...v, last: event.n, whole});
        continue;
      }
      if (v && v.to === null) close(key, v, event.at);
      known.set(key, {content, from: event.at, to: null, last: event.n, whole});
    }
  }
  for (const [key, v] of known) if (v.to === null) versions.push({key, content: v.content, from: v.from, to: null});
  return {versions: versions.toSorted(byKey), withdrawn: missing(Number.POSITIVE_INFINITY)};

  /** Keys in force that some snapshot brought, and that the last one up to batch n, and what came after it, does not. */
  function missing(n: number): string[] {
    const snapshot = loads.findLast((l) => l.kind === "snapshot" && l.n <= n);
    if (!snapshot) return [];
    return [...known]
      .filter(([key, v]) => v.to === null && v.whole && v.last < snapshot.n && !snapshot.rows.has(key))
      .map(([key]) => key)
      .sort();
  }
}

function byKey(a: Version, b: Version): number {
  return a.key < b.key
    ? -1
    : a.key > b.key
      ? 1
      : a.from < b.from
        ? -1
        : a.from > b.from
          ? 1
          : (a.to ?? "~") < (b.to ?? "~")
            ? -1
            : 1;
}
