-- stage-order: findings that skipped a stage of the regime's own loop, or reached one before the one that precedes it.
-- Grain: subject (finding). Reads: finding_under, loop_fault. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
-- A stage counts from its first day, also when a later 退回 undid it: the order was left all the same. What is recorded for a whole inspection is in nobody's order.
with fault as (
  select finding_id, min(on_date) as on_date, string_agg(concat_ws('；',
    case when skipped is not null then concat('未经“', array_to_string(skipped, '”“'), '”即到“', stage, '”（', on_date, '）') end,
    case when before_stage is not null then concat('“', stage, '”（', on_date, '）早于“', before_stage, '”（', before_on, '）') end), '；' order by stage_no) as faults
  from loop_fault group by finding_id
)
select f.finding_id as subject, f.unit_code, f.inspection_id, x.on_date, case when x.faults is not null then concat(f.called, x.faults) end as because, false as unknown,
  f.batch_id, f.source_file, f.source_sheet, f.source_row
from finding_under('loop') f
left join fault x on x.finding_id = f.finding_id
