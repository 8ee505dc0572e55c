-- The fact views of the other grains. Grain: the key of the table each is named for; rows given to the unit that answers for them.
-- Reads: <table>_asof, scored_of, inspection_state, inspection_clock, response_first, finding_input, appeal_effective. Variables: as_of.
-- Columns: documented in src/contract/fact.ts.
create or replace temp table response_first as
select inspection_id, min(submitted_on) as responded_on from response_asof where kind = '首次' group by inspection_id;

-- finding_told: what other grains ask of findings as decided.
create or replace temp table finding_told as
select finding_id, inspection_id, visit_id, severity from finding_input where variant = 'decided';

create or replace temp table inspection_view as
with counted as (
  select inspection_id, count(*) as finding_count from finding_told where inspection_id is not null group by inspection_id
), visited as (
  select inspection_id, count(*) as visit_count from visit_asof group by inspection_id
)
select i.* replace (s.unit_code as unit_code), s.scored_unit, s.is_counted, getvariable('as_of') as as_of,
  (getvariable('as_of') - i.ended_on)::bigint as age_days,
  coalesce(f.finding_count, 0)::bigint as finding_count,
  coalesce(v.visit_count, 0)::bigint as visit_count,
  c.report_due_on,
  case when i.ended_on is not null and c.report_due_on is not null then greatest(0, coalesce(i.reported_on, getvariable('as_of')) - c.report_due_on) end::bigint as report_days_late,
  c.response_due_on, c.response_due_state,
  r.responded_on,
  case when c.response_due_on is not null and getvariable('has_response') then greatest(0, coalesce(r.responded_on, getvariable('as_of')) - c.response_due_on) end::bigint as response_days_late,
  coalesce(c.response_due_on < getvariable('as_of'), false) as is_response_due,
  case when getvariable('has_response') then r.responded_on is not null end as is_responded
from inspection_asof i
join inspection_state s on s.inspection_id = i.inspection_id
left join inspection_clock c on c.inspection_id = i.inspection_id
left join response_first r on r.inspection_id = i.inspection_id
left join counted f on f.inspection_id = i.inspection_id
left join visited v on v.inspection_id = i.inspection_id;

create or replace temp table visit_view as
with counted as (select visit_id, count(*) as finding_count from finding_told where visit_id is not null group by visit_id)
select t.*, coalesce(s.scored_unit, i.covers_unit) as scored_unit, coalesce(i.is_counted, true) as is_counted, getvariable('as_of') as as_of,
  (getvariable('as_of') - t.visited_on)::bigint as age_days, coalesce(c.finding_count, 0)::bigint as finding_count,
  i.kind as inspection_kind, i.ended_on as inspection_ended_on, i.round_no
from visit_asof t
left join scored_of s on s.unit_code = t.unit_code and t.visited_on >= s.epoch_from and t.visited_on < s.epoch_to
left join inspection_state i on i.inspection_id = t.inspection_id
left join counted c on c.visit_id = t.visit_id;

create or replace temp table accident_input as
select 'decided' as variant, t.* from accident_asof t
anti join (select * from appeal_effective where subject_kind = '事故' and decision = '撤销') a on a.subject_id = t.accident_id
union all
select 'found', t.* from accident_asof t
semi join (select * from appeal_effective where subject_kind = '事故' and decision = '撤销') a on a.subject_id = t.accident_id;

create or replace temp table accident_view as
select t.*, s.scored_unit, true as is_counted, getvariable('as_of') as as_of, (getvariable('as_of') - t.occurred_on)::bigint as age_days,
  t.concluded_on is not null as is_concluded
from accident_input t
left join scored_of s on s.unit_code = t.unit_code and t.occurred_on >= s.epoch_from and t.occurred_on < s.epoch_to;

create or replace temp table action_view as
select t.*, coalesce(s.scored_unit, i.covers_unit) as scored_unit, true as is_counted, getvariable('as_of') as as_of,
  (getvariable('as_of') - t.taken_on)::bigint as age_days, f.severity as finding_severity, i.round_no
from action_asof t
left join scored_of s on s.unit_code = t.unit_code and t.taken_on >= s.epoch_from and t.taken_on < s.epoch_to
left join inspection_state i on i.inspection_id = t.inspection_id
left join finding_told f on f.finding_id = t.finding_id;

create or replace temp table tip_view as
select t.*, coalesce(s.scored_unit, i.covers_unit) as scored_unit, true as is_counted, getvariable('as_of') as as_of,
  (getvariable('as_of') - t.received_on)::bigint as age_days, t.outcome = '查实' as is_confirmed, i.round_no
from tip_asof t
left join scored_of s on s.unit_code = t.unit_code and t.received_on >= s.epoch_from and t.received_on < s.epoch_to
left join inspection_state i on i.inspection_id = t.inspection_id;

create or replace temp table unit_view as
select t.*, t.unit_code as scored_unit, true as is_counted, getvariable('as_of') as as_of, null::bigint as age_days
from unit_version_now t
where t.valid_from <= getvariable('as_of') and coalesce(t.valid_to, date '9999-12-31') > getvariable('as_of')
  and t.unit_kind in (select unit_kind from applies_kind)
qualify row_number() over (partition by t.unit_code order by t.valid_from desc) = 1;

create or replace temp table appraisal_view as
select t.*, coalesce(h.heir_code, t.unit_code) as scored_unit, true as is_counted, getvariable('as_of') as as_of, null::bigint as age_days,
  case when t.unit_code is distinct from coalesce(h.heir_code, t.unit_code) then concat(t.item_code, '#', t.unit_code) else t.item_code end as appraisal_no
from appraisal_asof t left join heir h on h.unit_code = t.unit_code
where t.year = getvariable('year');

create or replace temp table response_view as
select t.*, coalesce(s.scored_unit, i.covers_unit) as scored_unit, true as is_counted, getvariable('as_of') as as_of,
  (getvariable('as_of') - t.submitted_on)::bigint as age_days,
  concat(t.inspection_id, '#', t.seq_no, case when t.unit_code is distinct from coalesce(s.scored_unit, i.covers_unit) then concat('#', t.unit_code) else '' end) as response_no, i.round_no
from response_asof t
left join scored_of s on s.unit_code = t.unit_code and t.submitted_on >= s.epoch_from and t.submitted_on < s.epoch_to
left join inspection_state i on i.inspection_id = t.inspection_id;
