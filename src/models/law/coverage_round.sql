-- Campaigns, counties, and inspections as a calendar shows them.
-- Reads: coverage_round_unit, coverage_stretch, coverage_unit, coverage_inspection, parameter, own_inspection, unit_in_epoch, visit_asof, law_finding, unit_version_now.
-- Variables: as_of, law_from.

-- coverage_county: the counties that an inspection has to cover. Grain: inspection_id, county_code. Own inspections that have begun or ended, where
-- the document asks for every county (county_coverage). Columns: inspection_id, unit_code, county_code, county_name, visits, findings (of that
-- inspection, there or below), is_seen (either).
create or replace temp table coverage_county as
with recursive asked as (
  select i.inspection_id, i.unit_code, coalesce(i.ended_on, getvariable('as_of')) as on_day, cast(p.value->'$.unit_kinds' as varchar[]) as unit_kinds
  from own_inspection i
  join parameter p on p.name = 'county_coverage' and i.anchor_on >= p.from_on and i.anchor_on < p.to_on
), walk as (
  select a.inspection_id, a.unit_code, a.unit_kinds, e.epoch_from, a.unit_code as at_code, null::varchar as county_code, 0 as depth
  from asked a join epoch e on e.epoch_from <= a.on_day and e.epoch_to > a.on_day
  union all
  select w.inspection_id, w.unit_code, w.unit_kinds, w.epoch_from, n.unit_code,
    coalesce(w.county_code, case when list_contains(w.unit_kinds, n.unit_kind) then n.unit_code end), w.depth + 1
  from walk w join unit_in_epoch n on n.epoch_from = w.epoch_from and n.next_code = w.at_code and n.unit_kind is not null and w.depth < 12
), within_county as (
  select distinct inspection_id, unit_code, epoch_from, county_code, at_code from walk where county_code is not null
), visited as (
  select inspection_id, unit_code, count(*) as n from visit_asof group by all
), found as (
  select inspection_id, unit_code, count(*) as n from law_finding group by all
)
select w.inspection_id, w.unit_code, w.county_code, any_value(u.unit_name order by u.valid_from desc) as county_name,
  coalesce(sum(v.n), 0)::bigint as visits, coalesce(sum(f.n), 0)::bigint as findings, coalesce(sum(v.n), 0) + coalesce(sum(f.n), 0) > 0 as is_seen
from within_county w
left join visited v on v.inspection_id = w.inspection_id and v.unit_code = w.at_code
left join found f on f.inspection_id = w.inspection_id and f.unit_code = w.at_code
left join unit_version_now u on u.unit_code = w.county_code and w.at_code = w.county_code and u.valid_from <= w.epoch_from
  and coalesce(u.valid_to, date '9999-12-31') > w.epoch_from
group by w.inspection_id, w.unit_code, w.county_code;

-- coverage_round: each unit that the round names. Grain: round_no, group_no, place_no.
-- Columns: clause, round_no, group_no, month, place_no (order in the document), unit_name (the document's), unit_code (null: the workspace does not say which),
-- held_name (the unit's own name), inspection_id (the round's inspection of a kind that counts, the first to begin), started_on, ended_on,
-- in_month (begun in the group's month; null: not begun), counties, counties_seen, counties_missing (names; null when no document asks for them).
create or replace temp table coverage_round as
with county as (
  select inspection_id, count(*) as counties, count(*) filter (where is_seen) as counties_seen,
    string_agg(county_name, '、' order by county_code) filter (where not is_seen) as counties_missing
  from coverage_county group by inspection_id
), made as (
  select s.stretch_no, i.* from coverage_stretch s
  join coverage_inspection i on s.parameter = 'round' and i.round_no = s.round_no and list_contains(s.counts, i.kind) and i.is_own
    and coalesce(i.started_on, i.ended_on) is not null
)
select s.clause, r.round_no, r.group_no, r.month, r.place_no, r.unit_name, r.unit_code, u.unit_name as held_name, i.inspection_id, i.started_on, i.ended_on,
  strftime(i.started_on, '%Y-%m') = r.month as in_month, c.counties, c.counties_seen, c.counties_missing
from coverage_round_unit r
join coverage_stretch s on s.parameter = 'round' and s.stretch_no = r.group_no
left join unit_now u on u.unit_code = r.unit_code
left join made i on i.stretch_no = r.group_no and i.covers_code = r.unit_code
left join county c on c.inspection_id = i.inspection_id
qualify row_number() over (partition by r.group_no, r.place_no order by i.started_on nulls last, i.inspection_id) = 1;

-- coverage_visit: inspections, own and extended, that touch the stretches shown or the year. Grain: inspection_id.
-- Columns: inspection_id, unit_code, unit_name (on that day), covers_code (the unit or its heir), kind, round_no, team_no, extended_from (null: this
-- office's own), counts (covers, by the document), started_on, ended_on, planned_from, planned_to,
-- state 已结束 巡查中 计划 过期未进驻 (the planned days are over and it has not begun).
create or replace temp table coverage_visit as
with first_day as (
  select least(min(stretch_from), getvariable('law_from')) as day from coverage_stretch
), rule as (
  select counts, extended_counts from coverage_stretch order by is_current desc, stretch_from desc limit 1
)
select i.inspection_id, i.unit_code, i.unit_name, i.covers_code, i.kind, i.round_no, i.team_no, i.extended_from,
  list_contains(r.counts, i.kind) and (i.is_own or r.extended_counts) as counts, i.started_on, i.ended_on, i.planned_from, i.planned_to,
  case when i.ended_on is not null then '已结束' when i.started_on is not null then '巡查中'
    when coalesce(i.planned_to, i.planned_from) < getvariable('as_of') then '过期未进驻' else '计划' end as state
from coverage_inspection i, first_day f, rule r
where coalesce(i.ended_on, i.started_on, i.planned_to, i.planned_from) >= f.day or (i.started_on is not null and i.ended_on is null);
