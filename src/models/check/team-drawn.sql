-- team-drawn: inspections whose team was not drawn by lot.
-- Grain: subject (inspection). Reads: inspection_under, inspection_flag. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select i.inspection_id as subject, i.unit_code, i.inspection_id, i.started_on as on_date,
  case when not f.flag then concat(i.called, '的', word('team', '巡查组'), '人员不是随机抽调的') end as because,
  f.flag is null as unknown, i.batch_id, i.source_file, i.source_sheet, i.source_row
from inspection_under('random_draw') i
left join inspection_flag f on f.inspection_id = i.inspection_id and f.name = (i.value->>'$.flag')
where i.started_on is not null
