-- unit_state: how far each unit of the scheme has been covered, and what makes its score provisional.
-- Grain: unit_code. Reads: unit_view, inspection_state, inspection_asof, heir, exempt_by, finding_fact, inspection_view, appeal_asof.
create or replace temp table unit_state as
with own as (
  select covers_unit as unit_code, bool_or(ended_in_period) as is_inspected,
    bool_or(case when getvariable('round_no') is not null then round_no = getvariable('round_no') and started_on is not null and ended_on is null
      else started_on <= getvariable('period_to') and coalesce(ended_on > getvariable('period_to'), true) end) as is_under_way,
    coalesce(bool_or(ended_in_period and is_counted and items is null), false) as saw_all,
    string_agg(items, '、' order by inspection_id) filter (where ended_in_period and is_counted) as items
  from inspection_state where is_own and covers_unit is not null group by covers_unit
), exempting as (
  select h.heir_code as unit_code, arg_min(e.because, (i.started_on, i.inspection_id)) as because
  from inspection_asof i
  join inspection_state d on d.inspection_id = i.inspection_id
  join heir h on h.unit_code = d.unit_code
  join exempt_by e on (e.extended_from = i.extended_from or (e.kind = i.kind and i.extended_from is null))
    and (e.unit_kind is null or e.unit_kind = h.heir_kind)
  where year(i.started_on) = getvariable('year') and i.started_on <= getvariable('as_of')
  group by h.heir_code
), unpublished as (
  select distinct scored_unit as unit_code from finding_fact where due_source = '未公布'
  union
  select distinct scored_unit from inspection_view where response_due_state = '未公布'
), appealed as (
  select coalesce(s.scored_unit, h.heir_code, a.unit_code) as unit_code, count(*) as pending
  from appeal_asof a
  left join scored_of s on s.unit_code = a.unit_code and a.filed_on >= s.epoch_from and a.filed_on < s.epoch_to
  left join heir h on h.unit_code = a.unit_code
  where a.decided_on is null group by 1
)
select u.unit_code, u.unit_name, u.unit_kind, u.peer_group, u.sort_order, u.tile_col, u.tile_row, u.exposure,
  case when o.is_inspected then '已巡查' when o.is_under_way then '巡查中' when x.because is not null then '当年不再安排' else '未巡查' end as covered,
  case when not coalesce(o.is_inspected or o.is_under_way, false) then x.because end as covered_because,
  case when o.saw_all then null else o.items end as items,
  n.unit_code is not null as due_unpublished,
  coalesce(p.pending, 0)::bigint as pending_appeals
from unit_view u
left join own o on o.unit_code = u.unit_code
left join exempting x on x.unit_code = u.unit_code
left join unpublished n on n.unit_code = u.unit_code
left join appealed p on p.unit_code = u.unit_code;
