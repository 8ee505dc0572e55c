-- refusing-to-rectify: findings by whose category the office records that rectification was refused, or of which nothing at all was heard long after their date.
-- Grain: subject (finding). Reads: finding_under, rectification_asof. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with heard as (
  select distinct finding_id from rectification_asof
), judged as (
  select f.*, list_contains(cast(f.value->'$.categories' as varchar[]), f.category) as is_refused, cast(f.value->'$.silent'->>'$.length' as integer) as length,
    f.value->'$.silent'->>'$.unit' as unit, h.finding_id is null as is_silent,
    stretch_end(f.due_on, cast(f.value->'$.silent'->>'$.length' as integer), f.value->'$.silent'->>'$.unit') as silent_until
  from finding_under('must_rectify') f
  left join heard h on h.finding_id = f.finding_id
)
select finding_id as subject, unit_code, inspection_id, case when is_refused then found_on else silent_until end as on_date,
  nullif(concat_ws('；',
    case when is_refused then concat(called, '记录的是“', category, '”（', found_on, '）') end,
    case when is_silent and silent_until < getvariable('as_of') then concat(called, '的整改期限是', due_on, '，至', getvariable('as_of'), '逾期', getvariable('as_of') - due_on,
      '日，没有任何整改记录，超过本单位解释的', length_text(length, unit)) end), '') as because,
  false as unknown, batch_id, source_file, source_sheet, source_row
from judged
