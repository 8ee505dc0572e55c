-- hotline-missing: inspections that ended without having made public how to report to them.
-- Grain: subject (inspection). Reads: inspection_step. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select inspection_id as subject, unit_code, inspection_id, coalesce(done_on, ended_on) as on_date,
  case
    when done_on is null then concat(called, '于', ended_on, '结束，没有公布举报渠道')
    when done_on > ended_on then concat(called, '于', ended_on, '结束，', done_on, '才公布举报渠道')
  end as because,
  false as unknown, batch_id, source_file, source_sheet, source_row
from inspection_step('hotline')
where started_on is not null and ended_on is not null
