-- training-missing: inspections whose team had not been trained by the day they began.
-- Grain: subject (inspection). Reads: inspection_step. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select inspection_id as subject, unit_code, inspection_id, coalesce(done_on, started_on) as on_date,
  case
    when done_on is null then concat(called, '于', started_on, '进驻，', word('team', '巡查组'), '成员没有集中培训')
    when done_on > coalesce(limit_on, started_on) then concat(called, '于', started_on, '进驻，', word('team', '巡查组'), '成员', done_on, '才集中培训')
  end as because,
  false as unknown, batch_id, source_file, source_sheet, source_row
from inspection_step('training')
where started_on is not null
