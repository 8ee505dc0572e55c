-- tip: 举报 up to 统计截止日, with the unit that answers for each; never who reported.
-- Grain: tip_id, scored_unit. Reads: tip_all. At most 50,000 rows.
-- Columns: scheme and scored_unit (null: 未归属), then columns of tip_fact, then source_file (with the sheet) and source_row.
select case when scored_unit is not null then scheme end as scheme, scored_unit, tip_id, inspection_id, unit_code, received_on, channel,
  outcome, closed_on, concat_ws(' ', source_file, source_sheet) as source_file,
  source_row
from tip_all
where scored_unit is not null or tip_id not in (select tip_id from tip_all where scored_unit is not null)
qualify row_number() over (partition by tip_id, scored_unit order by scheme) = 1
order by scored_unit nulls last, received_on, tip_id
