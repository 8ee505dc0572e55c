-- not-cooperating: findings by whose category the office records that an inspection was refused or hindered.
-- Grain: subject (finding). Reads: finding_under. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select finding_id as subject, unit_code, inspection_id, found_on as on_date,
  case when list_contains(cast(value->'$.categories' as varchar[]), category) then concat(called, '记录的是“', category, '”（', found_on, '）') end as because,
  false as unknown, batch_id, source_file, source_sheet, source_row
from finding_under('cooperate')
