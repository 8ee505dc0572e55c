-- credentials-not-shown: places looked at by people who had not shown who they were.
-- Grain: subject (visit). Reads: visit_under, visit_flag. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select v.visit_id as subject, v.unit_code, v.inspection_id, v.visited_on as on_date,
  case when not f.flag then concat(v.called, '检查时没有出示证件') end as because,
  f.flag is null as unknown, v.batch_id, v.source_file, v.source_sheet, v.source_row
from visit_under('credentials') v
left join visit_flag f on f.visit_id = v.visit_id and f.name = (v.value->>'$.flag')
