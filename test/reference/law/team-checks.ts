// The people: how many, of what rank, present throughout, the same as before, without ties to whom they inspect.
//
// Readings taken:
// - present: on the day the inspection started; somebody without dates was there;
// - an inspection without a single member row says nothing about its team; nor does a team compared with such a one;
// - to come late is a breach (declared interpretation); to leave early is one without leave, not known where nothing says whether
//   it was approved, and always one where the document knows no leave;
// - a rank that is wrong is a breach whatever is blank beside it.

import {type Check, type Offending, told, unknown} from "./check.ts";
import type {Line, World} from "./world.ts";

type Value = Readonly<Record<string, unknown>>;

const CORE = ["组长", "副组长", "组员"];

function membersOf(world: World, inspection: Line): readonly Line[] {
  return world.members.get(inspection.inspection_id ?? null) ?? [];
}

/** Members of the inspections judged, with their inspection and the parameter's value on its day. */
function members<T extends Value>(world: World, name: string): (readonly [Line, Line, T])[] {
  return world.judged.flatMap((i) => {
    const value = world.value<T>(name, world.anchor(i));
    return value ? membersOf(world, i).map((m) => [m, i, value] as const) : [];
  });
}

function subject(member: Line): string {
  return `${member.inspection_id}#${member.member_id}`;
}

function isAbove(a: Line[string] | undefined, b: Line[string] | undefined): boolean {
  return typeof a === "string" && typeof b === "string" && a > b;
}

function cameLate(member: Line, inspection: Line): boolean {
  return isAbove(member.from_on, inspection.started_on);
}

function leftEarly(world: World, member: Line, inspection: Line): boolean {
  return isAbove(inspection.ended_on ?? world.as_of, member.to_on);
}

interface Size extends Value {
  readonly min?: number;
  readonly max?: number;
  readonly leaders: number;
  readonly deputies: number;
  readonly experts_count?: boolean;
  readonly by_unit?: Readonly<Record<string, number>>;
}

function size(world: World): (Offending | null)[] {
  return world.judged.map((i) => {
    const value = world.value<Size>("team_size", world.anchor(i));
    if (!value) return null;
    const all = membersOf(world, i);
    if (all.length === 0) return unknown(i.inspection_id);
    const present = all.filter((m) => !cameLate(m, i) && !isAbove(i.started_on, m.to_on));
    const count = (...roles: string[]) => present.filter((m) => roles.includes(String(m.role))).length;
    const n = count(...CORE, ...(value.experts_count === true ? ["专家"] : []));
    const named = Object.entries(value.by_unit ?? {}).find(([name]) => world.input.named_units?.[name] === i.unit_code);
    const most = named?.[1] ?? value.max ?? Number.POSITIVE_INFINITY;
    return told(
      i.inspection_id,
      n < (value.min ?? 0) || n > most || count("组长") !== value.leaders || count("副组长") !== value.deputies
    );
  });
}

interface Rank {
  readonly ranks?: readonly string[];
  readonly in_service?: boolean;
}

function rank(world: World): (Offending | null)[] {
  return members<{leader?: Rank; deputy?: Rank}>(world, "leader_rank").map(([m, , value]) => {
    const wanted = m.role === "组长" ? value.leader : m.role === "副组长" ? value.deputy : undefined;
    const faults: (boolean | null)[] = [];
    if (wanted?.ranks) faults.push(m.rank === null ? null : !wanted.ranks.includes(String(m.rank)));
    if (wanted?.in_service === true) faults.push(m.in_service === null ? null : m.in_service === false);
    return told(subject(m), faults.includes(true) ? true : faults.includes(null) ? null : false);
  });
}

function detached(world: World): (Offending | null)[] {
  return members(world, "detached").map(([m, i]) => {
    if (m.role === "专家") return null;
    if (cameLate(m, i) || !leftEarly(world, m, i)) return told(subject(m), cameLate(m, i));
    const knows = world.value("leave", world.anchor(i)) !== undefined;
    const excused = knows ? m.leave_approved : m.leave_approved === true;
    return told(subject(m), excused === null ? null : excused === false);
  });
}

function leave(world: World): (Offending | null)[] {
  return members<{approvals: readonly {roles: readonly string[]}[]}>(world, "leave").map(([m, i, {approvals}]) => {
    const asked = approvals.some(({roles}) => roles.includes(String(m.role)));
    if (!asked || !leftEarly(world, m, i)) return null;
    return told(subject(m), m.leave_approved === null ? null : m.leave_approved === false);
  });
}

function changed(world: World): (Offending | null)[] {
  return world.judged.map((i) => {
    const value = world.value<{keep_percent?: number}>("same_team", world.anchor(i));
    if (!value) return null;
    const core = (of: Line) => membersOf(world, of).filter((m) => CORE.includes(String(m.role)));
    if (value.keep_percent === undefined) {
      if (membersOf(world, i).length === 0) return unknown(i.inspection_id);
      return told(
        i.inspection_id,
        core(i).some((m) => cameLate(m, i) || isAbove(i.ended_on, m.to_on))
      );
    }
    const before = previous(world, i);
    if (!before) return null;
    const old = core(before).map((m) => m.member_id);
    if (old.length === 0 || membersOf(world, i).length === 0) return unknown(i.inspection_id);
    const now = new Set(core(i).map((m) => m.member_id));
    const kept = old.filter((id) => now.has(id)).length;
    return told(i.inspection_id, kept * 100 < value.keep_percent * old.length);
  });
}

/** The inspection that the same team made before in the same calendar year. */
function previous(world: World, inspection: Line): Line | undefined {
  const key = (i: Line) => `${i.started_on} ${i.inspection_id}`;
  const year = (i: Line) => String(i.started_on).slice(0, 4);
  return world.own
    .filter((i) => i.started_on !== null && i.team_no !== null && i.team_no === inspection.team_no && year(i) === year(inspection))
    .filter((i) => key(i) < key(inspection))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .at(-1);
}

function recusal(world: World): (Offending | null)[] {
  return members(world, "recusal").map(([m, i]) => {
    const declared = m.recusal_declared_on !== null && !isAbove(m.recusal_declared_on, i.started_on);
    return told(subject(m), !declared || m.recusal_result === null);
  });
}

function drawn(world: World): (Offending | null)[] {
  return world.judged.map((i) => {
    const value = world.value<{flag: string}>("random_draw", world.anchor(i));
    if (!value) return null;
    const flag = i[value.flag.split(".")[1] ?? ""] ?? null;
    return told(i.inspection_id, flag === null ? null : flag === false);
  });
}

export const teamChecks: readonly Check[] = [
  {id: "team-size", needs: "team_size", rows: size},
  {id: "leader-rank", needs: "leader_rank", rows: rank},
  {id: "team-drawn", needs: "random_draw", rows: drawn},
  {id: "team-detached", needs: "detached", rows: detached},
  {id: "team-leave", needs: "leave", rows: leave},
  {id: "team-changed", needs: "same_team", rows: changed},
  {id: "recusal-undeclared", needs: "recusal", rows: recusal}
];
