-- The result as it may be told outside the office; scores stay as they are.
-- outside_unit. Grain: unit_code. Units of which nothing of this period may be told: those that were not inspected, and those of
-- which some inspection that counts is not fed back, so that nobody can tell which. Empty where the regime keeps nothing back.
-- unit_score, item_score: without them and without units that may not be named; ranks are among those that are left.
-- outside_shown. Grain: finding_id. Findings that may be told of at least one unit.
-- outside_masked. Grain: grain, subject. Rows with a day that may not be told.
-- Reads: unit_score, item_score, unit_all, inspection_all, visit_all, finding_all, action_all, tip_all, response_all, outside_inspection,
-- outside_finding, closed_subject, secret_unit, heir. Variables: has_until, period_from.
create or replace temp table outside_unit as
with sealed as (
  select inspection_id, anchor_on from outside_inspection where is_sealed
), not_told as (
  select unit_code from unit_score where covered <> '已巡查'
  union
  select unnest([a.scored_unit, h.heir_code]) from inspection_all a join sealed i on i.inspection_id = a.inspection_id
  left join heir h on h.unit_code = a.unit_code
  where a.is_counted and coalesce(i.anchor_on >= getvariable('period_from'), a.visit_count + a.finding_count > 0)
  union
  select a.scored_unit from visit_all a join sealed i on i.inspection_id = a.inspection_id
  where a.is_counted and a.visited_on >= getvariable('period_from')
  union
  select a.scored_unit from finding_all a join outside_finding f on f.finding_id = a.finding_id
  where f.is_sealed and a.is_counted
    and (greatest(a.found_on, a.due_on, a.done_on, a.closed_on, a.last_on) >= getvariable('period_from') or not a.is_done)
  union
  select scored_unit from action_all where action_id in (select subject from closed_subject where is_sealed) and taken_on >= getvariable('period_from')
  union
  select scored_unit from tip_all where tip_id in (select subject from closed_subject where is_sealed) and received_on >= getvariable('period_from')
  union
  select a.scored_unit from response_all a join sealed i on i.inspection_id = a.inspection_id
  where a.submitted_on >= getvariable('period_from')
)
select unit_code from not_told where unit_code is not null and getvariable('has_until');

create or replace temp table unit_score as
select s.* exclude (is_told, unit_kind, peer_group) replace (
  case when is_told then covered else '未反馈' end as covered,
  case when is_told then covered_because end as covered_because,
  case when is_told then milli end as milli,
  case when is_told then grade end as grade,
  case when is_told and rank is not null
    then rank() over (partition by scheme, unit_kind, peer_group, is_told and rank is not null order by rank) end::integer as rank,
  is_told and provisional as provisional,
  case when is_told then provisional_because else '' end as provisional_because,
  case when is_told then vetoes else '[]' end as vetoes)
from (
  select s.*, o.unit_code is null as is_told, u.unit_kind, u.peer_group
  from unit_score s
  left join outside_unit o on o.unit_code = s.unit_code
  left join unit_all u on u.scheme = s.scheme and u.unit_code = s.unit_code
  where s.unit_code not in (select unit_code from secret_unit)
) s;

create or replace temp table item_score as
select * from item_score
where unit_code not in (select unit_code from outside_unit) and unit_code not in (select unit_code from secret_unit);

create or replace temp table outside_masked as
select distinct 'finding' as grain, a.finding_id as subject from finding_all a join outside_finding f on f.finding_id = a.finding_id
where least(a.due_on, a.given_due_on, a.done_on, a.closed_on, a.last_on) <= f.told_on
union
select 'action', a.action_id from action_all a
left join outside_finding f on f.finding_id = a.finding_id left join outside_inspection i on i.inspection_id = a.inspection_id
where least(a.taken_on, a.effective_on, a.closed_on) <= greatest(f.told_on, i.told_on)
union
select 'tip', a.tip_id from tip_all a join outside_inspection i on i.inspection_id = a.inspection_id
where least(a.received_on, a.closed_on) <= i.told_on;

create or replace temp table outside_shown as
select distinct a.finding_id from finding_all a join outside_finding f on f.finding_id = a.finding_id
where a.finding_id not in (select subject from closed_subject)
  and (a.scored_unit is null or a.scored_unit not in (select unit_code from secret_unit))
  and not coalesce(a.scored_unit in (select unit_code from outside_unit) and f.anchor_on >= getvariable('period_from'), false);
