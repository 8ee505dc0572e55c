-- notice-missing: inspections that began before the inspected had been told: the day itself is not 提前.
-- Grain: subject (inspection). Reads: inspection_step. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select inspection_id as subject, unit_code, inspection_id, coalesce(done_on, started_on) as on_date,
  case
    when done_on is null then concat(called, '于', started_on, '进驻，此前没有告知', word('unit', '被巡查单位'))
    when done_on = started_on and is_before then concat(called, '进驻当日（', started_on, '）才告知', word('unit', '被巡查单位'))
    when done_on > started_on then concat(called, '于', started_on, '进驻，', done_on, '才告知', word('unit', '被巡查单位'))
  end as because,
  false as unknown, batch_id, source_file, source_sheet, source_row
from inspection_step('notice')
where started_on is not null
