-- Summons of those who are late or whose work was sent back, and what comes of every summons.
-- Grain: kind, parameter, subject. Reads: law_finding, action_asof, rectification_asof, parameter, kept_column, unit_now. Variables: as_of. Gives: rows of owed_shape.
-- A finding done before the summons had to take place needs none any more. A summons that names no finding counts for those of the inspection
-- that it names; naming none, for those of its unit.
with rule as (
  select *, value->>'$.action' as action, list_contains(cast(value->'$.when' as varchar[]), '逾期未整改') as is_late,
    list_contains(cast(value->'$.when' as varchar[]), '整改不力') as is_weak
  from parameter where name = 'summon_late' and modality <> '可以'
), returned as (
  select finding_id, max(on_date) as returned_on from rectification_asof where stage = '退回' group by finding_id
), owing as (
  select f.finding_id, f.unit_code, f.unit_name, f.inspection_id, f.done_on as settled_on, f.source_file, f.source_sheet, f.source_row, r.action,
    case when r.is_late and (f.done_on > f.due_on or (f.done_on is null and f.due_on < getvariable('as_of'))) then f.due_on end as late_on,
    case when r.is_weak then b.returned_on end as returned_on
  from law_finding f
  join rule r on f.found_on >= r.from_on and f.found_on < r.to_on
  left join returned b on b.finding_id = f.finding_id
  where f.is_own
), started as (
  select *, coalesce(late_on, returned_on) as start_on, case when late_on is not null then '整改期限届满于' else '整改退回于' end as event
  from owing where coalesce(late_on, returned_on) is not null
), known as (
  select coalesce(bool_or(name = 'action.kind'), false) as is_known from kept_column
), at_large as (
  select * from action_asof where finding_id is null
)
select '约谈' as kind, 'summon_late' as parameter, '办公室' as "by", '问题' as subject_kind, s.finding_id as subject, s.unit_code, s.unit_name, s.inspection_id,
  s.finding_id, s.start_on as in_force_on, s.event, s.start_on, '解释' as due_source,
  least(a.taken_on, b.taken_on, c.taken_on) as done_on, s.settled_on, k.is_known, s.source_file, s.source_sheet, s.source_row
from started s
cross join known k
asof left join (select * from action_asof where finding_id is not null) a
  on a.finding_id = s.finding_id and a.kind = s.action and s.start_on < a.taken_on
asof left join (select * from at_large where inspection_id is not null) b
  on b.inspection_id = s.inspection_id and b.kind = s.action and s.start_on < b.taken_on
asof left join (select * from at_large where inspection_id is null) c
  on c.unit_code = s.unit_code and c.kind = s.action and s.start_on < c.taken_on
union all
select '约谈落实情况', p.name, '被巡查单位', '督办措施', a.action_id, a.unit_code, u.unit_name, a.inspection_id, a.finding_id, a.taken_on, '约谈于', a.taken_on, '解释',
  coalesce(a.closed_on, case when a.result is not null then a.taken_on end), null,
  exists (select 1 from kept_column where name in ('action.closed_on', 'action.result')), a.source_file, a.source_sheet, a.source_row
from action_asof a
join parameter p on p.name = 'summon_report' and a.taken_on >= p.from_on and a.taken_on < p.to_on
left join (select unit_code, arg_max(unit_name, valid_from) as unit_name from unit_version_now group by unit_code) u on u.unit_code = a.unit_code
where a.kind = '约谈'
