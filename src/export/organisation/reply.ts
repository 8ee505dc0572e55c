import type {Stamp} from "../../release/stamp.ts";
import {groupBy} from "../../score/group.ts";
import type {Asked} from "./asked.ts";
import {knownArising} from "./fact.ts";
import {dayAfter, dayBefore, earlier, later, order} from "./tenure.ts";
import type {Exemption, OfficialTenure, OrganisationData, OrganisationFinding, OrganisationUnit, Tenure} from "./types.ts";

/** What a standing release gives for an answer: its extract, all tenures it knows, and the names that units ever had. */
export interface KnownRelease {
  readonly data: OrganisationData;
  readonly tenures: readonly Tenure[];
  /** Unit codes by name, former names too. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
}

/** The stretch that is asked about; open ends are null. */
export interface AskedPeriod {
  readonly from: string | null;
  readonly until: string | null;
}

/** Whether the list's row names one person. Same names are listed and never guessed. */
export type Found = "已找到" | "同名" | "编号与姓名不符" | "查无此人";

/** Somebody whom a row may mean. */
export interface Candidate {
  readonly person_id: string;
  readonly person_name: string;
  readonly unit_name: string;
  readonly duty: string;
  readonly from_on: string;
  readonly to_on: string | null;
}

/** A stretch of a tenure for which no approved result of the unit stands (任期内无审定记录); both days belong to it. */
export interface WithoutRecord {
  /** 没有审定结果, or what a result says of a unit that was not inspected: 未巡查, 当年不再安排 … */
  readonly because: string;
  readonly unit_name: string;
  readonly duty: string;
  readonly from_on: string;
  readonly to_on: string;
}

/** What one approved result says of the findings in a person's tenures. */
export interface PersonRecord {
  readonly release: string;
  readonly tenures: readonly OfficialTenure[];
}

/** The answer about one row of the list: tenures, days and findings, and no score, rank, grade, count or sum. */
export interface PersonReply {
  readonly row: number;
  readonly asked: {readonly person_id: string | null; readonly name: string | null; readonly unit: string | null};
  readonly found: Found;
  readonly person_id: string | null;
  readonly person_name: string | null;
  /** For 同名 and 编号与姓名不符. */
  readonly candidates: readonly Candidate[];
  readonly tenures: readonly Tenure[];
  readonly without_record: readonly WithoutRecord[];
  readonly records: readonly PersonRecord[];
}

/** An approved result that the answer is taken from. */
export interface ReplyRelease {
  readonly stamp: Stamp;
  readonly period: OrganisationData["period"];
  readonly power: OrganisationData["power"];
  /** Results of the units in which the people asked about held a post; of units, not of people. */
  readonly units: readonly OrganisationUnit[];
  readonly findings: readonly OrganisationFinding[];
  readonly exemptions: readonly Exemption[];
}

/** The answer to a 函询. */
export interface EnquiryReply {
  readonly request: string;
  readonly period: AskedPeriod;
  /** Newest first. */
  readonly releases: readonly ReplyRelease[];
  readonly persons: readonly PersonReply[];
  readonly notes: readonly string[];
}

/**
 * Answers a 函询 from all standing releases of a workspace, each for its own period.
 * Shape: rows of the list and releases (newest first) in; a reply a row, in the order of the list. Days asked about belong to the period.
 * @example replyTo("组函〔2026〕3号", readAsked(file), releases, {from: "2024-01-01", until: null}).persons[0]?.found
 */
export function replyTo(
  request: string,
  asked: readonly Asked[],
  releases: readonly KnownRelease[],
  period: AskedPeriod
): EnquiryReply {
  const history = historyOf(releases);
  const persons = asked.map((one) => personReply(one, history, releases, period));
  return {
    ...{request, period, persons, notes: notesOf(releases)},
    releases: releases.map(({data}) => {
      const told = persons.flatMap((p) => p.records.filter((r) => r.release === data.stamp.release?.id).flatMap((r) => r.tenures));
      const ids = new Set(told.flatMap((t) => t.findings.map((f) => f.finding_id)));
      const findings = data.findings.filter((f) => ids.has(f.finding_id));
      const codes = new Set([...told.map((t) => t.unit_code), ...findings.map((f) => f.scored_unit)]);
      return {
        ...{stamp: data.stamp, period: data.period, power: data.power, findings},
        units: data.units.filter((u) => codes.has(u.unit_code)),
        exemptions: data.exemptions.filter((e) => e.finding_id !== null && ids.has(e.finding_id))
      };
    })
  };
}

/** Tenures by person, as the newest release that knows the person has them. */
function historyOf(releases: readonly KnownRelease[]): Map<string, readonly Tenure[]> {
  const history = new Map<string, readonly Tenure[]>();
  for (const {tenures} of releases)
    for (const [id, own] of groupBy(tenures, (t) => t.person_id)) if (!history.has(id)) history.set(id, own);
  return history;
}

function personReply(
  {row, ...asked}: Asked,
  history: ReadonlyMap<string, readonly Tenure[]>,
  releases: readonly KnownRelease[],
  period: AskedPeriod
): PersonReply {
  const {found, ids} = matched(asked, history, releases);
  const none = {row, asked, found, person_id: null, person_name: null, tenures: [], without_record: [], records: []};
  const [id] = ids;
  if (found !== "已找到" || id === undefined)
    return {...none, candidates: ids.flatMap((one) => (history.get(one) ?? []).map(candidateOf))};
  const tenures = (history.get(id) ?? []).filter((t) => overlap(t, period) !== null);
  return {
    ...{row, asked, found, person_id: id, person_name: lastName(history.get(id) ?? [])},
    ...{candidates: [], tenures},
    without_record: tenures.flatMap((tenure) => withoutRecord(tenure, releases, period)),
    records: releases.flatMap(({data}) => recordOf(id, data, period))
  };
}

function matched(
  {person_id, name, unit}: Omit<Asked, "row">,
  history: ReadonlyMap<string, readonly Tenure[]>,
  releases: readonly KnownRelease[]
): {found: Found; ids: string[]} {
  if (person_id !== null) {
    const own = history.get(person_id);
    if (!own) return {found: "查无此人", ids: []};
    const fits = name === null || own.some((t) => plainName(t.person_name) === plainName(name));
    return {found: fits ? "已找到" : "编号与姓名不符", ids: [person_id]};
  }
  const codes = new Set(unit === null ? [] : [unit, ...releases.flatMap((r) => r.codes.get(unit) ?? [])]);
  const ids = [...history]
    .filter(([, own]) => own.some((t) => plainName(t.person_name) === plainName(name ?? "") && codes.has(t.unit_code)))
    .map(([id]) => id)
    .sort(order);
  return {found: ids.length === 0 ? "查无此人" : ids.length === 1 ? "已找到" : "同名", ids};
}

/** A name without the blanks that two-character names are written with. */
function plainName(name: string): string {
  return name.replace(/[\s\u3000]+/gu, "");
}

function lastName(tenures: readonly Tenure[]): string | null {
  return [...tenures].sort((a, b) => order(a.from_on, b.from_on)).at(-1)?.person_name ?? null;
}

function candidateOf({person_id, person_name, unit_name, duty, from_on, to_on}: Tenure): Candidate {
  return {person_id, person_name, unit_name, duty, from_on, to_on};
}

interface Stretch {
  readonly from_on: string;
  readonly to_on: string;
}

const LAST = "9999-12-31";

/** What of a tenure lies in the period asked about; null: nothing. */
function overlap({from_on, to_on}: Pick<Tenure, "from_on" | "to_on">, {from, until}: AskedPeriod): Stretch | null {
  const start = from !== null && from > from_on ? from : from_on;
  const end = earlier(to_on ?? LAST, until ?? LAST);
  return start <= end ? {from_on: start, to_on: end} : null;
}

/**
 * Stretches of a tenure within the period asked about for which no release stands that has a result of its unit. What lies after the last
 * 统计截止日 is not known at all and is said once for the whole answer.
 */
function withoutRecord(tenure: Tenure, releases: readonly KnownRelease[], period: AskedPeriod): WithoutRecord[] {
  const {person_id, unit_code, unit_name, duty} = tenure;
  const asked = overlap(tenure, period);
  const known = releases
    .map(({data}) => data.stamp.as_of)
    .sort(order)
    .at(-1);
  if (asked === null || known === undefined) return [];
  const end = earlier(asked.to_on, known);
  const own = releases.flatMap(({data}) => {
    const tenures = data.officials.filter((o) => o.person_id === person_id && o.unit_code === unit_code && o.duty === duty);
    const covered = data.units.find((u) => u.unit_code === unit_code)?.covered ?? "已巡查";
    if (tenures.length === 0) return [];
    return [{...data.period, because: covered === "已巡查" || tenures.some((o) => o.findings.length > 0) ? null : covered}];
  });
  const open: WithoutRecord[] = [];
  const add = (from_on: string, to_on: string, because: string) => {
    if (from_on <= to_on) open.push({because, unit_name, duty, from_on, to_on});
  };
  let next = asked.from_on;
  for (const {from, to, because} of own.sort((a, b) => order(a.from, b.from))) {
    if (to < next || from > end) continue;
    add(next, dayBefore(from), "没有审定结果");
    if (because !== null) add(later(from, next), earlier(to, end), because);
    next = dayAfter(to);
  }
  add(next, end, "没有审定结果");
  return open;
}

function recordOf(person: string, data: OrganisationData, period: AskedPeriod): PersonRecord[] {
  const release = data.stamp.release?.id;
  const findings = new Map(data.findings.map((f) => [f.finding_id, f]));
  const tenures = data.officials
    .filter((o) => o.person_id === person && overlap(o, period) !== null)
    .map((o) => ({...o, findings: o.findings.filter((f) => isAsked(findings.get(f.finding_id), period, data.stamp.as_of))}));
  return release === undefined || tenures.length === 0 ? [] : [{release, tenures}];
}

/** Whether a finding was there on a day of the period asked about. */
function isAsked(finding: OrganisationFinding | undefined, {from, until}: AskedPeriod, as_of: string): boolean {
  if (!finding) return false;
  const first = knownArising(finding.arose_on, finding.found_on) ?? finding.found_on;
  if (until !== null && first !== null && first > until) return false;
  return from === null || (finding.closed_on ?? as_of) >= from;
}

function notesOf(releases: readonly KnownRelease[]): string[] {
  const known =
    releases
      .map(({data}) => data.stamp.as_of)
      .sort(order)
      .at(-1) ?? "";
  return [
    "只依据本单位现行的审定结果答复，各结果只说明其自身期间；“任期内无审定记录”只表示该期间没有审定结果，不表示有或者没有问题。",
    `任职情况以最近一个审定结果所附的任职资料为准；${known}以后的任职和结果，没有审定资料。`,
    "同名、编号与姓名不符的，列出可能的人员，没有认定；请核对后另行来函。",
    "只列任期与问题日期的对照，不对个人计分、排名、评级、计数或合计，不构成对个人责任的认定。",
    ...new Set(releases.flatMap(({data}) => data.notes.slice(1)))
  ];
}
