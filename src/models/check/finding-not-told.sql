-- finding-not-told: findings that were not told to the inspected promptly.
-- Grain: subject (finding). Reads: finding_under, concerned, parameter. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
-- The document gives no time: the office's own reading (undated) does, so that what was told, whenever, holds; without one nothing is ever missing.
with told as (
  select f.*, cast(u.value->>'$.length' as integer) as length, u.value->>'$.unit' as unit,
    stretch_end(f.found_on, cast(u.value->>'$.length' as integer), u.value->>'$.unit') as last_on
  from finding_under('finding_told') f
  left join parameter u on u.name = 'undated' and f.found_on >= u.from_on and f.found_on < u.to_on
  left join concerned c on c.parameter = 'finding_told' and c.finding_id = f.finding_id
  where c.finding_id is not null or (f.value->'$.findings') is null
)
select finding_id as subject, unit_code, inspection_id, last_on as on_date,
  case when handed_on is null and last_on < getvariable('as_of')
    then late_text(called, '告知', last_on, due_text('发现于', found_on, length, unit, '解释', last_on, last_on, '确定'), handed_on) end as because,
  false as unknown, batch_id, source_file, source_sheet, source_row
from told
