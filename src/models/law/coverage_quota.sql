-- coverage_quota: what must be reached in a month or a year, and what was. Grain: parameter, stretch_from.
-- Reads: parameter, own_inspection, visit_asof, unit_now, coverage_inspection, coverage_stretch. Variables: as_of, year.
-- Columns: parameter (month_quota, year_quota, yearly_share), clause, modality, stretch_from, stretch_to (a month of the year up to that
-- of as_of, or the year), need, have (by as_of), reached_on (day of the last one needed; null: not reached), word 次 户 个.
-- 次: a trip_no within the month; visits without one: those of one day by one team; inspections without any visit: one by day begun and team.
-- 户: a credit code, or the name where there is none, however often visited. 个: a unit of the kinds named whose inspection of a kind that counts ended in the year.
create or replace temp table coverage_quota as
with span as (
  select 'month_quota' as parameter, cast(m as date) as stretch_from, last_day(cast(m as date)) as stretch_to
  from generate_series(make_date(getvariable('year'), 1, 1), make_date(getvariable('year'), 12, 1), interval 1 month) as t(m)
  where cast(m as date) <= getvariable('as_of')
  union all
  select name, make_date(getvariable('year'), 1, 1), make_date(getvariable('year'), 12, 31)
  from (values ('year_quota'), ('yearly_share')) as v(name) where make_date(getvariable('year'), 1, 1) <= getvariable('as_of')
), asked as (
  select s.*, p.clause, p.modality, cast(p.value->'$.unit_kinds' as varchar[]) as unit_kinds,
    cast(coalesce(p.value->>'$.trips', p.value->>'$.places', p.value->>'$.at_least') as bigint) as need,
    case s.parameter when 'month_quota' then '次' when 'year_quota' then '户' else '个' end as word
  from span s
  join parameter p on p.name = s.parameter
    and least(s.stretch_to, getvariable('as_of')) >= p.from_on and least(s.stretch_to, getvariable('as_of')) < p.to_on
), visited as (
  select v.visited_on, v.trip_no, v.credit_code, v.place_name, i.team_no
  from visit_asof v join own_inspection i on i.inspection_id = v.inspection_id
), trip as (
  select visited_on as on_day, case when trip_no is not null then concat('n:', trip_no) else concat('d:', visited_on, ':', team_no) end as thing from visited
  union all
  select i.started_on, concat('d:', i.started_on, ':', i.team_no) from own_inspection i
  where i.started_on is not null and i.inspection_id not in (select inspection_id from visit_asof)
), thing as (
  select 'month_quota' as parameter, on_day, thing, null::varchar as unit_kind from trip
  union all
  select 'year_quota', visited_on, coalesce(credit_code, place_name), null from visited
  union all
  select 'yearly_share', i.ended_on, u.unit_code, u.unit_kind
  from coverage_inspection i
  join unit_now u on u.unit_code = i.covers_code
  join (select counts, extended_counts from coverage_stretch order by is_current desc, stretch_from desc limit 1) c
    on list_contains(c.counts, i.kind) and (i.is_own or c.extended_counts)
  where i.ended_on is not null
), first_of as (
  select a.parameter, a.stretch_from, t.thing, min(t.on_day) as on_day
  from asked a
  join thing t on t.parameter = a.parameter and t.on_day between a.stretch_from and a.stretch_to
    and (a.unit_kinds is null or list_contains(a.unit_kinds, t.unit_kind))
  group by all
), ordered as (
  select *, row_number() over (partition by parameter, stretch_from order by on_day, thing) as n from first_of
)
select a.parameter, a.clause, a.modality, a.stretch_from, a.stretch_to, a.need, count(o.n) as have,
  min(o.on_day) filter (where o.n = a.need) as reached_on, a.word
from asked a
left join ordered o on o.parameter = a.parameter and o.stretch_from = a.stretch_from
group by all;
