-- What each of the office's own inspections calls for: report, its approval, feedback, publication, archive, word to the organisation department.
-- Grain: kind, parameter, inspection_id. Reads: own_inspection, inspection_day, parameter, kept_column, column_word. Gives: rows of owed_shape.
-- A clock is followed by the value in force on the day it starts; where the document gives no length, by parameter undated.
with rule as (
  select '巡查报告' as kind, '巡查组' as "by", name, from_on, to_on, value->>'$.start' as starts, coalesce(value->>'$.done', 'inspection.reported_on') as ends,
    value, null as unless
  from parameter where name = 'report'
  union all
  select '报告审定', '巡查组', name, from_on, to_on, 'inspection.reported_on', value->>'$.column', null, null
  from parameter where name = 'report_approval' and (value->>'$.column') is not null
  union all
  select '报告审定', '办公室', name, from_on, to_on, 'inspection.reported_on', value->>'$.after', null, null
  from parameter where name = 'feedback_order'
  union all
  select '反馈', '巡查组', name, from_on, to_on, value->>'$.start', value->>'$.column', value, null
  from parameter where name = 'feedback' and (value->>'$.length') is not null
  union all
  -- Feedback waits for the approval where one is prescribed, and for the end of the inspection where none is.
  select '反馈', '巡查组', f.name, greatest(f.from_on, o.from_on), least(f.to_on, o.to_on), o.value->>'$.after', f.value->>'$.column', null, null
  from parameter f join parameter o on o.name = 'feedback_order' and o.from_on < f.to_on and o.to_on > f.from_on
  where f.name = 'feedback' and (f.value->>'$.length') is null
  union all
  select '反馈', '巡查组', name, from_on, to_on, 'inspection.ended_on', value->>'$.column', null, 'feedback_order'
  from parameter where name = 'feedback' and (value->>'$.length') is null
  union all
  select '公布', '办公室', name, from_on, to_on, value->>'$.after', value->>'$.column', null, null from parameter where name = 'publish'
  union all
  select '归档', '巡查组', name, from_on, to_on, 'inspection.ended_on', value->>'$.column', null, null from parameter where name = 'archive'
  union all
  select '通报组织部门', '办公室', name, from_on, to_on, value->>'$.after', value->>'$.column', null, null from parameter where name = 'organ_order'
)
select r.kind, r.name as parameter, r."by", '巡查' as subject_kind, i.inspection_id as subject, i.unit_code, i.unit_name, i.inspection_id,
  s.day as in_force_on, happened(h.header) as event, s.day as start_on,
  cast(r.value->>'$.length' as integer) as length, r.value->>'$.unit' as unit, r.value->>'$.rest_day' as rest_day,
  case when r.value is null then '解释' else '文件' end as due_source,
  d.day as done_on, r.ends in (select name from kept_column) as is_known, i.source_file, i.source_sheet, i.source_row
from rule r
join inspection_day s on s.name = r.starts and s.day >= r.from_on and s.day < r.to_on
join own_inspection i on i.inspection_id = s.inspection_id
join column_word h on h.name = r.starts
left join inspection_day d on d.inspection_id = i.inspection_id and d.name = r.ends
left join parameter u on u.name = r.unless and s.day >= u.from_on and s.day < u.to_on
where u.name is null and (r.kind <> '反馈' or i.ended_on is not null)
qualify row_number() over (partition by r.kind, r.name, i.inspection_id order by r.from_on desc) = 1
