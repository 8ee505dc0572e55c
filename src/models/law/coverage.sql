-- How far each unit has been covered, and by when the others must be.
-- Reads: parameter, regime_kind, inspection_asof, appeal_effective, heir, unit_now, unit_version_now, named_unit. Variables: as_of, law_from, year.

-- coverage_stretch: the stretches of time in which units are to be covered.
-- Grain: parameter, stretch_no. Each cycle that overlaps [law_from, as_of] or holds as_of (the value in force on its last day, or on as_of);
-- each group of the round in force, its month; for units inspected that neither is for, and where there is no rule at all, the year, which
-- owes nothing (parameter null; enterprises are places visited and not listed). What counts is the rule's, as in the scores.
-- Columns: parameter (cycle, round, null), clause, modality, round_no, stretch_no (1 is the first cycle or group), stretch_from, stretch_to (both
-- days belong to it), is_current (holds as_of; always for a round and the year), counts (kinds that cover), extended_counts, unit_kinds.
create or replace temp table coverage_stretch as
with target as (
  select cast(value->'$.unit_kinds' as varchar[]) as unit_kinds from parameter
  where name = 'targets' and getvariable('as_of') >= from_on and getvariable('as_of') < to_on
), every_kind as (
  select list(kind order by kind) as kinds from regime_kind where kind not in (select kind from return_kind)
), cycle as (
  select p.clause, p.modality, p.from_on, p.to_on, cast(p.value->>'$.start' as date) as start_on, 12 * cast(p.value->>'$.years' as integer) as months,
    cast(p.value->'$.counts' as varchar[]) as counts, coalesce(cast(p.value->>'$.extended_counts' as boolean), false) as extended_counts,
    cast(p.value->'$.unit_kinds' as varchar[]) as unit_kinds
  from parameter p where p.name = 'cycle'
), turn as (
  select c.*, n + 1 as stretch_no, cast(c.start_on + to_months(cast(n * c.months as integer)) as date) as stretch_from,
    cast(c.start_on + to_months(cast((n + 1) * c.months as integer)) as date) - 1 as stretch_to
  from cycle c,
    unnest(range(0, greatest(0, 1 + (year(greatest(getvariable('as_of'), getvariable('law_from'))) - year(c.start_on)) * 12 // c.months + 1))) as t(n)
), cycled as (
  select 'cycle' as parameter, t.clause, t.modality, null::varchar as round_no, t.stretch_no::bigint as stretch_no, t.stretch_from, t.stretch_to,
    getvariable('as_of') between t.stretch_from and t.stretch_to as is_current, coalesce(t.counts, k.kinds) as counts, t.extended_counts,
    coalesce(t.unit_kinds, (select unit_kinds from target)) as unit_kinds
  from turn t, every_kind k
  where least(t.stretch_to, getvariable('as_of')) >= t.from_on and least(t.stretch_to, getvariable('as_of')) < t.to_on
    and t.stretch_from <= getvariable('as_of')
    and t.stretch_to >= least(getvariable('law_from'), getvariable('as_of'))
), grouped as (
  select p.clause, p.modality, p.value->>'$.round_no' as round_no, cast(p.value->'$.counts' as varchar[]) as counts,
    unnest(cast(p.value->'$.groups' as json[])) as item, generate_subscripts(cast(p.value->'$.groups' as json[]), 1) as group_no
  from parameter p where p.name = 'round' and getvariable('as_of') >= p.from_on and getvariable('as_of') < p.to_on
), rounded as (
  select 'round' as parameter, g.clause, g.modality, g.round_no, g.group_no::bigint as stretch_no,
    cast(concat(g.item->>'$.month', '-01') as date) as stretch_from, last_day(cast(concat(g.item->>'$.month', '-01') as date)) as stretch_to,
    true as is_current, coalesce(g.counts, k.kinds) as counts, false as extended_counts, null::varchar[] as unit_kinds
  from grouped g, every_kind k
), ruled as (
  select * from cycled union all select * from rounded
), free as (
  -- Kinds inspected that no cycle is for.
  select case when cycles is null and targets = ['企业'] then targets
    else [kind for kind in targets if kind <> '企业' and not list_contains(coalesce(cycles, []), kind)] end as unit_kinds
  from (select (select unit_kinds from target) as targets, (select flatten(list(unit_kinds)) from cycled) as cycles)
)
select * from ruled
union all
select null, null, null, null, 1, make_date(getvariable('year'), 1, 1), make_date(getvariable('year'), 12, 31), true,
  coalesce(c.counts, k.kinds), coalesce(c.extended_counts, false), f.unit_kinds
from every_kind k cross join free f
left join (select counts, extended_counts from ruled order by parameter, is_current desc, stretch_from desc limit 1) c on true
where not exists (select 1 from ruled) or len(f.unit_kinds) > 0;

-- coverage_inspection: every inspection with the unit that it covers. Grain: inspection_id.
-- Columns: those of inspection_asof with unit_code as decided; covers_code (the unit itself or its heir), is_own (made by this office), unit_name (on that day).
create or replace temp table coverage_inspection as
with decided as (
  select i.* replace (coalesce(a.new_unit_code, i.unit_code) as unit_code)
  from inspection_asof i
  left join appeal_effective a on a.subject_kind = '覆盖' and a.subject_id = i.inspection_id and a.decision = '变更'
), placed as (
  select d.*, coalesce(d.started_on, d.ended_on, d.planned_from, getvariable('as_of')) as placed_on from decided d
)
select d.* exclude (placed_on), h.heir_code as covers_code, d.extended_from is null as is_own, coalesce(u.unit_name, d.unit_code) as unit_name
from placed d
left join heir h on h.unit_code = d.unit_code
left join unit_version_now u on u.unit_code = d.unit_code
qualify row_number() over (
  partition by d.inspection_id
  order by coalesce(u.valid_from <= d.placed_on and coalesce(u.valid_to, date '9999-12-31') > d.placed_on, false) desc, u.valid_from desc nulls last
) = 1;

-- coverage_round_unit: the units that a round names. Grain: round_no, group_no, unit_name (the document's). unit_code null: the workspace does not say which.
create or replace temp table coverage_round_unit as
with grouped as (
  select p.value->>'$.round_no' as round_no, unnest(cast(p.value->'$.groups' as json[])) as item,
    generate_subscripts(cast(p.value->'$.groups' as json[]), 1) as group_no
  from parameter p where p.name = 'round' and getvariable('as_of') >= p.from_on and getvariable('as_of') < p.to_on
), named as (
  select round_no, group_no, item->>'$.month' as month, unnest(cast(item->'$.units' as varchar[])) as unit_name,
    generate_subscripts(cast(item->'$.units' as varchar[]), 1) as place_no
  from grouped
)
select g.round_no, g.group_no::bigint as group_no, g.month, g.place_no::bigint as place_no, g.unit_name, coalesce(h.heir_code, n.unit_code) as unit_code
from named g
left join named_unit n on n.name = g.unit_name
left join heir h on h.unit_code = n.unit_code;

-- coverage_member: units of each stretch, in use or gone since it began. Grain: parameter, stretch_no, unit_code.
create or replace temp table coverage_member as
with life as (
  select unit_code, min(valid_from) as came_on, case when bool_or(valid_to is null) then null else max(valid_to) end as went_on,
    arg_max(unit_name, valid_from) as unit_name, arg_max(unit_kind, valid_from) as unit_kind, arg_max(peer_group, valid_from) as peer_group,
    arg_max(sort_order, valid_from) as sort_order
  from unit_version_now group by unit_code
), present as (
  select s.parameter, s.stretch_no, u.unit_code
  from coverage_stretch s join unit_now u on s.unit_kinds is null or list_contains(s.unit_kinds, u.unit_kind)
  where s.parameter is distinct from 'round'
    and (s.parameter is not null or u.unit_code not in (select unit_code from coverage_round_unit where unit_code is not null))
  union
  select 'round', r.group_no, r.unit_code from coverage_round_unit r where r.unit_code is not null
)
select p.parameter, p.stretch_no, u.unit_code, u.unit_name, u.unit_kind, u.peer_group, u.sort_order, u.tile_col, u.tile_row, l.came_on,
  null::date as went_on, null::varchar as merged_into
from present p
join unit_now u on u.unit_code = p.unit_code
join life l on l.unit_code = p.unit_code
union all
select s.parameter, s.stretch_no, l.unit_code, l.unit_name, l.unit_kind, l.peer_group, l.sort_order, null, null, l.came_on, l.went_on, h.heir_code
from coverage_stretch s
join life l on list_contains(s.unit_kinds, l.unit_kind) and l.went_on > s.stretch_from and l.went_on <= getvariable('as_of')
left join heir h on h.unit_code = l.unit_code
where s.parameter is distinct from 'round';

-- coverage_exempt: units that need not be inspected again this year, because another inspection came first. Grain: unit_code.
-- The other inspection came earlier in the year than any of this office's of the kinds barred. Columns: unit_code, exempt_id, exempt_on, exempt_because.
create or replace temp table coverage_exempt as
with rule as (
  select p.clause, cast(p.value->'$.by_extended' as varchar[]) as by_extended, cast(p.value->'$.by_kind' as varchar[]) as by_kind,
    cast(p.value->'$.bars' as varchar[]) as bars, cast(p.value->>'$.same_year_earlier' as boolean) as only_earlier,
    cast(p.value->'$.unit_kinds' as varchar[]) as unit_kinds
  from parameter p
  where p.name = 'exempt' and least(make_date(getvariable('year'), 12, 31), getvariable('as_of')) >= p.from_on
    and least(make_date(getvariable('year'), 12, 31), getvariable('as_of')) < p.to_on
), this_year as (
  select i.*, h.heir_kind from coverage_inspection i join heir h on h.unit_code = i.unit_code
  where year(i.started_on) = getvariable('year') and i.started_on <= getvariable('as_of')
), other as (
  select i.covers_code as unit_code, i.inspection_id, i.started_on, r.bars, r.only_earlier,
    case when i.is_own then concat('当年已安排', k.word, '（', r.clause, '）')
      else concat(i.extended_from, case when length(i.extended_from) = 1 then '级' else '' end, '当年已延伸巡查（', r.clause, '）') end as because
  from rule r
  join this_year i on (r.unit_kinds is null or list_contains(r.unit_kinds, i.heir_kind))
    and case when i.is_own then list_contains(r.by_kind, i.kind) else list_contains(r.by_extended, i.extended_from) end
  left join regime_kind k on k.kind = i.kind
  qualify row_number() over (partition by i.covers_code order by i.started_on, i.inspection_id) = 1
)
select o.unit_code, o.inspection_id as exempt_id, o.started_on as exempt_on, o.because as exempt_because
from other o
where not o.only_earlier or not exists (
  select 1 from this_year b
  where b.covers_code = o.unit_code and b.is_own and list_contains(o.bars, b.kind) and b.started_on <= o.started_on and b.inspection_id <> o.inspection_id
);

-- coverage_unit: each unit in each stretch. Grain: parameter, stretch_no, unit_code.
-- Columns: unit_code, unit_name, unit_kind, peer_group, sort_order, tile_col, tile_row; parameter, clause, modality, round_no, stretch_no,
-- stretch_from, stretch_to, is_current (as in coverage_stretch); is_owed (the document asks for it: a rule is there and the unit is in use);
-- covered_on, covering_id (the first inspection that covers: it ended in the stretch, or is of the round); under_way_id (begun, not ended);
-- extended_id, extended_by (inspections that higher levels extended to the unit this year: the first one, the levels);
-- exempt_id, exempt_on, exempt_because (coverage_exempt); state 已巡查 巡查中 当年不再安排 未巡查 已撤并 in the stretch; year_state the same within
-- the year; last_ended_on (end of the last inspection that counts, ever); next_by (last day by which it must be covered, null when it
-- is, or nothing is owed); is_new (came after the stretch began), came_on (null: always there); went_on (first day no longer in use), merged_into, merged_name (its heir;
-- such rows are not owed); planned_id, planned_from (the next inspection planned and not begun); rank_next (who is next among the
-- uncovered of current stretches: those exempt this year last, then by next_by, last_ended_on with never first, official order).
create or replace temp table coverage_unit as
with covering as (
  select covers_code as target_code, * from coverage_inspection
  union all
  select unit_code, * from coverage_inspection where unit_code is distinct from covers_code
), looked as (
  select m.parameter, m.stretch_no, m.unit_code,
    case when s.parameter = 'round' then i.round_no = s.round_no and i.ended_on is not null
      else i.ended_on between s.stretch_from and s.stretch_to end as covers,
    case when s.parameter = 'round' then i.round_no = s.round_no and i.started_on is not null and i.ended_on is null
      else i.started_on <= least(s.stretch_to, getvariable('as_of')) and coalesce(i.ended_on > s.stretch_to, true) end as is_under_way,
    i.ended_on between make_date(getvariable('year'), 1, 1) and make_date(getvariable('year'), 12, 31) as covers_year,
    i.started_on <= least(make_date(getvariable('year'), 12, 31), getvariable('as_of'))
      and coalesce(i.ended_on > make_date(getvariable('year'), 12, 31), true) as is_under_way_year,
    i.started_on is null and i.ended_on is null and i.is_own and (s.parameter is distinct from 'round' or coalesce(i.round_no, s.round_no) = s.round_no) as is_plan,
    s.stretch_from, i.inspection_id, i.started_on, i.ended_on, i.planned_from
  from coverage_member m
  join coverage_stretch s on s.parameter is not distinct from m.parameter and s.stretch_no = m.stretch_no
  join covering i on i.target_code = m.unit_code
  where list_contains(s.counts, i.kind) and (i.is_own or s.extended_counts)
), counted as (
  select parameter, stretch_no, unit_code,
    min(ended_on) filter (where covers) as covered_on,
    arg_min(inspection_id, (ended_on, inspection_id)) filter (where covers) as covering_id,
    arg_max(inspection_id, (started_on, inspection_id)) filter (where is_under_way) as under_way_id,
    coalesce(bool_or(covers_year), false) as covered_year,
    coalesce(bool_or(is_under_way_year), false) as under_way_year,
    max(ended_on) as last_ended_on,
    coalesce(arg_min(inspection_id, (planned_from, inspection_id)) filter (where is_plan and planned_from >= getvariable('as_of')),
      arg_max(inspection_id, (planned_from, inspection_id)) filter (where is_plan and planned_from >= stretch_from)) as planned_id,
    coalesce(min(planned_from) filter (where is_plan and planned_from >= getvariable('as_of')),
      max(planned_from) filter (where is_plan and planned_from >= stretch_from)) as planned_from
  from looked group by all
), extended as (
  select covers_code as unit_code, arg_min(inspection_id, (started_on, inspection_id)) as extended_id,
    string_agg(distinct extended_from, '、' order by extended_from) as extended_by
  from coverage_inspection
  where not is_own and year(started_on) = getvariable('year') and started_on <= getvariable('as_of') group by covers_code
), stated as (
  select m.*, s.clause, s.modality, s.round_no, s.stretch_from, s.stretch_to, s.is_current, s.parameter is not null and m.went_on is null as is_owed,
    c.covered_on, c.covering_id, case when c.covered_on is null then c.under_way_id end as under_way_id, x.extended_id, x.extended_by,
    e.exempt_id, e.exempt_on, e.exempt_because, c.last_ended_on, c.planned_id, c.planned_from,
    case when m.went_on is not null then '已撤并' when c.covered_on is not null then '已巡查' when c.under_way_id is not null then '巡查中'
      when e.exempt_on <= s.stretch_to then '当年不再安排' else '未巡查' end as state,
    case when m.went_on is not null then '已撤并' when c.covered_year then '已巡查' when c.under_way_year then '巡查中'
      when e.exempt_on is not null then '当年不再安排' else '未巡查' end as year_state
  from coverage_member m
  join coverage_stretch s on s.parameter is not distinct from m.parameter and s.stretch_no = m.stretch_no
  left join counted c on c.parameter is not distinct from m.parameter and c.stretch_no = m.stretch_no and c.unit_code = m.unit_code
  left join extended x on x.unit_code = m.unit_code
  left join coverage_exempt e on e.unit_code = m.unit_code
), dated as (
  select t.*, case when t.is_owed and t.covered_on is null then t.stretch_to end as next_by,
    t.went_on is null and t.is_current and t.state in ('未巡查', '当年不再安排') as is_waiting
  from stated t
)
select d.unit_code, d.unit_name, d.unit_kind, d.peer_group, d.sort_order, d.tile_col, d.tile_row, d.parameter, d.clause, d.modality, d.round_no,
  d.stretch_no, d.stretch_from, d.stretch_to, d.is_current, d.is_owed, d.covered_on, d.covering_id, d.under_way_id, d.extended_id, d.extended_by,
  d.exempt_id, d.exempt_on, d.exempt_because, d.state, d.year_state, d.last_ended_on, d.next_by, d.came_on > d.stretch_from as is_new,
  nullif(d.came_on, date '0001-01-01') as came_on, d.went_on, d.merged_into, h.unit_name as merged_name, d.planned_id, d.planned_from,
  case when d.is_waiting then row_number() over (
    partition by d.parameter, d.is_waiting
    order by d.state = '当年不再安排', d.next_by, d.last_ended_on nulls first, d.sort_order nulls last, d.unit_code
  ) end::bigint as rank_next
from dated d
left join unit_now h on h.unit_code = d.merged_into;
