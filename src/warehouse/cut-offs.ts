import {fault} from "../fault.ts";
import {inBeijing} from "../moment.ts";
import {isDate, type Workspace} from "../workspace/workspace.ts";
import type {CutOffs} from "./fact.ts";
import type {ScoreOptions} from "./scored.ts";

/**
 * Cut-offs of a command: options first, then xunheng.yaml, then today; decisions_until of xunheng.yaml belongs to its as_of and to no
 * other day. known_at is by Beijing's clock. Errors: Fault 2 for a date or time that does not exist.
 */
export function cutOffs(space: Workspace, options: ScoreOptions): CutOffs {
  const as_of = options.as_of ?? space.as_of ?? options.today;
  if (!as_of) throw fault(2, {place: null, what: "没有统计截止日", advice: "在xunheng.yaml写as_of，或用 --as-of 2025-12-31"});
  const isOwn = options.as_of === undefined || options.as_of === space.as_of;
  const decisions_until = options.decisions_until ?? (isOwn ? space.decisions_until : null) ?? as_of;
  for (const [name, value] of [
    ["--as-of", as_of],
    ["--decisions-until", decisions_until]
  ] as const)
    if (!isDate(value)) throw fault(2, {place: null, what: `${name} 的日期“${value}”不存在`, advice: "请写成2025-12-31的样子"});
  return {as_of, decisions_until, known_at: options.known_at === undefined ? null : knownAt(options.known_at)};
}

/** The moment of --known-at by Beijing's clock; the end of a day that is written alone. */
function knownAt(text: string): string {
  const advice = "请写成2025-12-31或2025-12-31T18:00:00+08:00";
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59.999999+08:00` : text;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(moment))
    throw fault(2, {place: null, what: `--known-at 的时间“${text}”不明确`, advice});
  const known = inBeijing(moment);
  if (known === null) throw fault(2, {place: null, what: `--known-at 的时间“${text}”不存在`, advice});
  return known;
}
