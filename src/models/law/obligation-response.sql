-- What the inspected unit reports: first within its clock, then at intervals while anything is open.
-- Grain: kind, inspection_id. Reads: own_inspection, inspection_day, response_asof, law_finding, parameter, kept_column, column_word. Gives: rows of owed_shape.
-- No extension moves these days: 延期 is about a finding's own deadline.
with answered as (
  select inspection_id, min(submitted_on) filter (where kind = '首次') as first_on, max(submitted_on) as last_on
  from response_asof group by inspection_id
), unsettled as (
  select inspection_id, count(*) as n from law_finding where done_on is null group by inspection_id
), known as (
  select count(*) > 0 as is_known from kept_column where name = 'response.submitted_on'
), clock as (
  select '整改情况报告' as kind, p.name, i.inspection_id, s.day as start_on, happened(h.header) as event, p.from_on, p.value, a.first_on as done_on
  from parameter p
  join inspection_day s on s.name = (p.value->>'$.start') and s.day >= p.from_on and s.day < p.to_on
  join own_inspection i on i.inspection_id = s.inspection_id
  join column_word h on h.name = s.name
  left join answered a on a.inspection_id = i.inspection_id
  where p.name = 'rectify_report'
  union all
  select '后续定期报告', p.name, i.inspection_id, a.last_on, concat('还有', u.n, '个问题没有完成整改，最近一次报告于'), p.from_on, p.value->'$.every', null
  from parameter p
  join answered a on a.first_on is not null and a.last_on >= p.from_on and a.last_on < p.to_on
  join own_inspection i on i.inspection_id = a.inspection_id
  join unsettled u on u.inspection_id = i.inspection_id
  where p.name = 'periodic_report'
)
select c.kind, c.name as parameter, '被巡查单位' as "by", '巡查' as subject_kind, i.inspection_id as subject, i.unit_code, i.unit_name, i.inspection_id,
  c.start_on as in_force_on, c.event, c.start_on, cast(c.value->>'$.length' as integer) as length, c.value->>'$.unit' as unit,
  c.value->>'$.rest_day' as rest_day, '文件' as due_source, c.done_on, k.is_known, i.source_file, i.source_sheet, i.source_row
from clock c
join own_inspection i on i.inspection_id = c.inspection_id
cross join known k
qualify row_number() over (partition by c.kind, i.inspection_id order by c.from_on desc) = 1
