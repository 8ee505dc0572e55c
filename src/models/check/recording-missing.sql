-- recording-missing: inspections, or places looked at, of which no picture or sound was kept, by the flags that the document's words are kept in.
-- Grain: subject (inspection or visit). Reads: inspection_under, visit_under, inspection_flag, visit_flag.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with asked_inspection as (
  select *, unnest(cast(value->'$.flags' as varchar[])) as name from inspection_under('recording') where started_on is not null
), asked_visit as (
  select *, unnest(cast(value->'$.flags' as varchar[])) as name from visit_under('recording')
), answered as (
  select i.inspection_id as subject, i.unit_code, i.inspection_id, i.started_on as on_date, concat(i.called, '的', word('inspection', '巡查'), '过程') as called, f.flag,
    i.batch_id, i.source_file, i.source_sheet, i.source_row
  from asked_inspection i
  left join inspection_flag f on f.inspection_id = i.inspection_id and f.name = i.name
  where i.name like 'inspection.%'
  union all
  select v.visit_id, v.unit_code, v.inspection_id, v.visited_on, concat(v.called, '的检查过程'), f.flag,
    v.batch_id, v.source_file, v.source_sheet, v.source_row
  from asked_visit v
  left join visit_flag f on f.visit_id = v.visit_id and f.name = v.name
  where v.name like 'visit.%'
)
select subject, unit_code, inspection_id, on_date, case when not bool_and(flag) then concat(called, '没有影像记录') end as because,
  coalesce(bool_and(flag), true) and count(flag) < count(*) as unknown, batch_id, source_file, source_sheet, source_row
from answered
group by subject, unit_code, inspection_id, on_date, called, batch_id, source_file, source_sheet, source_row
