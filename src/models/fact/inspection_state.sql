-- inspection_state: whom each inspection covers and whether its rows count.
-- Grain: inspection_id. Reads: inspection_asof, appeal_effective, scored_of, heir, applies_kind, counting_kind.
-- Variables: period_from, period_to, round_no (null unless the period is a round), several (latest or sum), extended_counts.
-- Columns: inspection_id, kind, ended_on, round_no, unit_code (as decided), scored_unit (covers_unit where nobody answered that day), covers_unit (the inspected unit itself
-- or its heir, when of the scheme's kinds; a merged unit's inspection does not replace its heir's), is_own (counts as coverage), ended_in_period, is_counted.
create or replace temp table inspection_state as
with decided as (
  select i.* replace (coalesce(a.new_unit_code, i.unit_code) as unit_code)
  from inspection_asof i
  left join appeal_effective a on a.subject_kind = '覆盖' and a.subject_id = i.inspection_id and a.decision = '变更'
), placed as (
  select i.inspection_id, i.kind, i.started_on, i.ended_on, i.round_no, i.unit_code, i.items, s.scored_unit,
    case when h.heir_kind in (select unit_kind from applies_kind) then h.heir_code end as covers_unit,
    i.kind in (select kind from counting_kind) and (i.extended_from is null or getvariable('extended_counts')) as is_own,
    coalesce(case when getvariable('round_no') is not null then i.round_no = getvariable('round_no') and i.ended_on is not null
      else i.ended_on between getvariable('period_from') and getvariable('period_to') end, false) as ended_in_period
  from decided i
  left join heir h on h.unit_code = i.unit_code
  left join scored_of s on s.unit_code = i.unit_code
    and coalesce(i.ended_on, i.started_on, i.planned_from, getvariable('as_of')) >= s.epoch_from
    and coalesce(i.ended_on, i.started_on, i.planned_from, getvariable('as_of')) < s.epoch_to
), ordered as (
  select *, case when is_own and ended_in_period
    then row_number() over (partition by unit_code, is_own and ended_in_period order by ended_on desc, inspection_id desc) end as recency
  from placed
)
select * exclude (recency) replace (coalesce(scored_unit, covers_unit) as scored_unit), getvariable('several') = 'sum' or coalesce(recency, 1) = 1 as is_counted from ordered;
