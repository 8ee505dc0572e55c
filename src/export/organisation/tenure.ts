import type {PostRecord, Tenure} from "./types.ts";

/** A row of the table 任职, as of 统计截止日: a later departure reads as null. */
export interface OfficialRow extends PostRecord {
  readonly person_id: string;
  readonly person_name: string;
  readonly unit_code: string;
  readonly duty: string;
  readonly portfolio: string | null;
}

/** Duties for some industries only: with other industries another tenure begins. */
const DIVIDED = new Set(["分管行业负责人", "部门分管负责人"]);

/** Whether a duty is for the industries that its portfolio names, and not for the whole unit. */
export function isDivided(duty: string): boolean {
  return DIVIDED.has(duty);
}

/**
 * Tenures from rows of posts: rows of one person, unit and duty that touch or overlap are one tenure, because a new term, or acting for a
 * post and then holding it, is no new beginning. A gap of a day or more begins another.
 * Shape: rows in, tenures by unit, duty, first day and person out.
 * @example tenuresOf([{…, from_on: "2021-01-01", to_on: "2024-05-31"}, {…, from_on: "2024-06-01", to_on: null}]).length // 1
 */
export function tenuresOf(rows: readonly OfficialRow[], nameOf: (unit: string) => string): Tenure[] {
  const groups = new Map<string, OfficialRow[]>();
  for (const row of rows) {
    const divided = isDivided(row.duty) ? row.portfolio : null;
    const key = JSON.stringify([row.person_id, row.unit_code, row.duty, divided]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => stretches(group, nameOf)).sort(tenureOrder);
}

function stretches(rows: readonly OfficialRow[], nameOf: (unit: string) => string): Tenure[] {
  const tenures: Tenure[] = [];
  for (const row of [...rows].sort((a, b) => order(a.from_on, b.from_on) || order(a.post, b.post))) {
    const {person_id, person_name, unit_code, duty, portfolio, ...rest} = row;
    const {post, acting, from_on, to_on, appoint_doc} = rest;
    const record: PostRecord = {post, acting, from_on, to_on, appoint_doc};
    const last = tenures.at(-1);
    if (last && (last.to_on === null || from_on <= dayAfter(last.to_on)))
      tenures[tenures.length - 1] = {
        ...last,
        // As the last record says: names and portfolios are those that hold now.
        ...{person_name, portfolio: portfolio ?? last.portfolio},
        to_on: last.to_on === null || to_on === null ? null : later(to_on, last.to_on),
        posts: [...last.posts, record]
      };
    else
      tenures.push({
        ...{person_id, person_name, unit_code, unit_name: nameOf(unit_code), duty, portfolio, from_on, to_on},
        posts: [record]
      });
  }
  return tenures;
}

/** Duties in the order in which a unit's officials are listed. */
const DUTIES = ["党委主要负责人", "政府主要负责人", "部门主要负责人", "分管安全生产负责人", "分管行业负责人", "部门分管负责人"];

function tenureOrder(a: Tenure, b: Tenure): number {
  return (
    order(a.unit_code, b.unit_code) ||
    DUTIES.indexOf(a.duty) - DUTIES.indexOf(b.duty) ||
    order(a.from_on, b.from_on) ||
    order(a.person_id, b.person_id) ||
    order(a.portfolio ?? "", b.portfolio ?? "")
  );
}

/** Posts held on a day, both ends included. */
export function postsOn({posts}: Pick<Tenure, "posts">, day: string): PostRecord[] {
  return posts.filter((p) => p.from_on <= day && (p.to_on === null || p.to_on >= day));
}

/** Whether somebody only acted for the post on a day; null: not in office, or not on record. */
export function actingOn(tenure: Pick<Tenure, "posts">, day: string): boolean | null {
  const held = postsOn(tenure, day).map((p) => p.acting);
  if (held.length === 0) return null;
  if (held.includes(false)) return false;
  return held.includes(null) ? null : true;
}

/** Calendar days from one ISO day to another. @example daysBetween("2025-01-01", "2025-01-31") // 30 */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The next calendar day. @example dayAfter("2024-02-28") // "2024-02-29" */
export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/** The calendar day before. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** Bytewise order of texts. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The earlier of two ISO days. */
export function earlier(a: string, b: string): string {
  return order(a, b) <= 0 ? a : b;
}

/** The later of two ISO days. */
export function later(a: string, b: string): string {
  return order(a, b) >= 0 ? a : b;
}
