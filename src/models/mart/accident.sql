-- accident: accidents up to 统计截止日, with the unit that answers for each.
-- Grain: accident_id, scored_unit. Reads: accident_all. At most 50,000 rows.
-- Columns: scheme and scored_unit (null: 未归属), then columns of accident_fact, then source_file (with the sheet) and source_row.
select case when scored_unit is not null then scheme end as scheme, scored_unit, accident_id, unit_code, occurred_on, accident_grade,
  accident_type, deaths, injuries, loss_wan, liable, concealed, concluded_on, concluded_by, document_no, is_concluded, concat_ws(' ', source_file, source_sheet) as source_file,
  source_row
from accident_all
where scored_unit is not null or accident_id not in (select accident_id from accident_all where scored_unit is not null)
qualify row_number() over (partition by accident_id, scored_unit order by scheme) = 1
order by scored_unit nulls last, occurred_on, accident_id
