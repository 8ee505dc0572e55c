-- plan-missing: inspections that began without an approved plan.
-- Grain: subject (inspection). Reads: inspection_step. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select inspection_id as subject, unit_code, inspection_id, coalesce(done_on, started_on) as on_date,
  case
    when done_on is null then concat(called, '于', started_on, '进驻，没有', word('inspection', '巡查'), '方案的批准日期')
    when done_on > coalesce(limit_on, started_on) then concat(called, '于', started_on, '进驻，', word('inspection', '巡查'), '方案', done_on, '才批准')
  end as because,
  false as unknown, batch_id, source_file, source_sheet, source_row
from inspection_step('plan')
where started_on is not null
