-- cycle-coverage: units that were not inspected in a cycle, once it is over.
-- Grain: subject (unit), cycle. Reads: obligation. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select subject, unit_code, inspection_id, due_on as on_date,
  case when done_on is null then concat(unit_name, '未覆盖（', because, '）') end as because,
  false as unknown, source_file, source_sheet, source_row
from obligation
where kind = '周期巡查' and due_on between getvariable('law_from') and getvariable('law_to')
