import type {Slot} from "./bulk.ts";
import {type Crew, drawn, peopleOf} from "./crew.ts";
import {addDays} from "./day.ts";
import {add, type Draft, type Row} from "./world.ts";

/** A place that may be visited: an enterprise and the unit code its findings are written under. */
export interface Enterprise {
  readonly unit_code: string;
  readonly unit_name: string;
  readonly parent_code: string;
  readonly industry: string;
  readonly credit_code: string;
  /** Whether it is a unit of its own; else its findings are written under the place it is in. */
  readonly listed: boolean;
}

/** One person of a team by role: 职级 as written, whether 现职. */
export type Seat = readonly [role: "组长" | "副组长" | "组员" | "专家", rank: string];

/** An inspection and what goes with it. Days are counted from its end; null: never. */
export interface InspectionSpec {
  readonly id: string;
  readonly unit_code: string;
  readonly kind: string;
  readonly level: string;
  readonly start: string;
  readonly end: string;
  readonly team: readonly Seat[];
  readonly team_no: string;
  /** The people of a team that stays together; without: drawn at random for each inspection. */
  readonly crew?: Crew;
  /** What is particular about who sits on the n-th seat. */
  readonly seats?: Readonly<Record<number, Row>>;
  readonly enterprises?: readonly Enterprise[];
  /** How many of the visits, the last ones, find nothing. */
  readonly clean?: number;
  readonly report?: number | null;
  /** Days from the report to its approval; negative where it is approved before it goes out. */
  readonly approved?: number;
  readonly fed_back?: number | null;
  /** Days from the feedback to the unit's report. */
  readonly response?: number | null;
  readonly handling?: boolean;
  readonly weight?: number;
  readonly layer?: Slot["layer"];
  readonly more?: Row;
  readonly visit?: Row;
}

/** Writes an inspection, its team, its visits and the unit's report; returns it as a slot for findings. */
export function inspect(w: Draft, spec: InspectionSpec): Slot {
  const {
    id,
    unit_code,
    start,
    end,
    report = 6,
    approved = 5,
    fed_back = 20,
    response = 45,
    enterprises = [],
    handling = true
  } = spec;
  const after = (days: number | null) => (days === null ? null : addDays(end, days));
  const reported_on = after(report);
  const fed_back_on = after(fed_back);
  const settled = fed_back_on === null ? null : addDays(fed_back_on, 12);
  add(w, "inspection", {
    inspection_id: id,
    unit_code,
    kind: spec.kind,
    organiser_level: spec.level,
    team_no: spec.team_no,
    planned_from: start,
    planned_to: end,
    approved_on: addDays(start, -21),
    notified_on: addDays(start, -7),
    trained_on: addDays(start, -4),
    announced_on: start,
    hotline_on: start,
    started_on: start,
    ended_on: end,
    left_on: end,
    reported_on,
    report_approved_on: reported_on && addDays(reported_on, approved),
    notice_approved_on: fed_back_on && addDays(fed_back_on, -2),
    fed_back_on,
    feedback_received_on: fed_back_on,
    result_approved_on: settled,
    organ_sent_on: settled && addDays(settled, 4),
    published_on: settled && addDays(settled, 7),
    archived_on: settled && addDays(settled, 15),
    recorded: true,
    ...spec.more
  });
  addTeam(w, spec);
  if (response !== null && fed_back_on !== null) {
    add(w, "response", {
      inspection_id: id,
      unit_code,
      kind: "首次",
      submitted_on: addDays(fed_back_on, response),
      seq_no: 1,
      document_no: `整改〔${start.slice(0, 4)}〕${Number(unit_code.slice(-2)) || 1}号`,
      has_handling: handling
    });
  }
  return {
    inspection_id: id,
    unit_code,
    from: start,
    to: end,
    fed_back_on: fed_back_on ?? addDays(end, 20),
    places: enterprises.map((enterprise, i) => addVisit(w, spec, enterprise, i)).slice(0, enterprises.length - (spec.clean ?? 0)),
    weight: spec.weight ?? 1,
    layer: spec.layer ?? "党委政府"
  };
}

function addTeam(w: Draft, {id, team, crew, start, end, seats = {}}: InspectionSpec): void {
  const people = crew ? peopleOf(crew, id, team.length) : drawn(id, team.length);
  for (const [i, n] of people.entries()) {
    const [role, rank] = team[i] as Seat;
    add(w, "member", {
      inspection_id: id,
      member_id: `P${String(n).padStart(4, "0")}`,
      role,
      rank,
      employer_code: `9909${String((n % 12) + 1).padStart(2, "0")}`,
      in_service: role !== "专家",
      from_on: start,
      to_on: end,
      recusal_declared_on: addDays(start, -5),
      recusal_result: "无须",
      ...seats[i]
    });
  }
}

function addVisit(w: Draft, {id, start, end, visit}: InspectionSpec, enterprise: Enterprise, i: number): Slot["places"][number] {
  const day = addDays(start, i);
  const visited_on = day > end ? end : day;
  const visit_id = `${id}-D${String(i + 1).padStart(2, "0")}`;
  add(w, "visit", {
    visit_id,
    inspection_id: id,
    unit_code: enterprise.parent_code,
    place_name: enterprise.unit_name,
    visited_on,
    place_kind: enterprise.industry,
    credit_code: enterprise.credit_code,
    checkers: "检查人员甲、检查人员乙",
    credentials_shown: true,
    record_no: `J${visit_id}`,
    record_signed: true,
    signer_role: i % 3 === 2 ? "现场负责人" : "主要负责人",
    slip_no: `B${visit_id}`,
    recorded: true,
    ...visit
  });
  return {visit_id, unit_code: enterprise.listed ? enterprise.unit_code : enterprise.parent_code, visited_on};
}
