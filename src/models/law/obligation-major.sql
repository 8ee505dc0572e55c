-- What grave or criminal findings call for: listing, written report, hand-over, exposure, summons.
-- Grain: kind, parameter, finding_id. Reads: concerned, law_finding, parameter, action_asof, rectification_asof, kept_column. Gives: rows of owed_shape.
with rule as (
  select *, value->>'$.action' as action,
    case name when 'list_major' then '挂牌督办' when 'report_major' then '书面报告' when 'hand_over' then '移交' when 'hand_over_discipline' then '移送纪检监察'
      when 'expose' then '曝光' else '约谈' end as kind,
    case when name in ('report_major', 'summon') then '巡查组' else '办公室' end as "by",
    case name when 'hand_over' then list_distinct([value->>'$.action', '移送纪检监察', '立案', '行政处罚']) else [value->>'$.action'] end as actions
  from parameter
  where name in ('list_major', 'report_major', 'hand_over', 'hand_over_discipline', 'expose', 'summon') and (value->>'$.action') is not null and modality <> '可以'
), owing as (
  select r.kind, r."by", r.name, r.actions, f.finding_id, f.unit_code, f.unit_name, f.inspection_id, f.found_on, f.source_file, f.source_sheet, f.source_row
  from concerned c
  join law_finding f on f.finding_id = c.finding_id
  join rule r on r.name = c.parameter and f.found_on >= r.from_on and f.found_on < r.to_on
  where f.is_own
), done as (
  select o.name, o.finding_id, a.taken_on
  from owing o join action_asof a on a.finding_id = o.finding_id and list_contains(o.actions, a.kind)
  union all
  -- An action about the whole inspection counts for each of its findings; a summons, for those of the unit summoned.
  select o.name, o.finding_id, a.taken_on
  from owing o join action_asof a on a.finding_id is null and a.inspection_id = o.inspection_id and list_contains(o.actions, a.kind)
  where o.name = 'report_major' or (o.name = 'summon' and a.unit_code = o.unit_code)
  union all
  select o.name, o.finding_id, e.on_date
  from owing o join rectification_asof e on e.finding_id = o.finding_id and e.stage = '移交督办'
  where o.name = 'hand_over'
), first_done as (
  select name, finding_id, min(taken_on) as done_on from done group by name, finding_id
), known as (
  select coalesce(bool_or(name = 'action.kind'), false) as is_known from kept_column
)
select o.kind, o.name as parameter, o."by", '问题' as subject_kind, o.finding_id as subject, o.unit_code, o.unit_name, o.inspection_id, o.finding_id,
  o.found_on as in_force_on, '发现于' as event, o.found_on as start_on, '解释' as due_source, d.done_on, k.is_known,
  o.source_file, o.source_sheet, o.source_row
from owing o
cross join known k
left join first_done d on d.name = o.name and d.finding_id = o.finding_id
