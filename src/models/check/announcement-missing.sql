-- announcement-missing: inspections that ended without having been announced where they took place.
-- Grain: subject (inspection). Reads: inspection_step. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select inspection_id as subject, unit_code, inspection_id, coalesce(done_on, ended_on) as on_date,
  case
    when done_on is null then concat(called, '于', ended_on, '结束，没有公布', what)
    when done_on > ended_on then concat(called, '于', ended_on, '结束，', done_on, '才公布', what)
  end as because,
  false as unknown, batch_id, source_file, source_sheet, source_row
from (select *, coalesce(array_to_string(cast(value->'$.what' as varchar[]), '、'), '进驻公告') as what from inspection_step('announcement'))
where started_on is not null and ended_on is not null
