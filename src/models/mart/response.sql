-- response: units' reports on rectification up to 统计截止日.
-- Grain: inspection_id, unit_code, seq_no. Reads: response_all. At most 50,000 rows.
-- Columns: scheme and scored_unit (null: 未归属), then columns of response_fact, then source_file (with the sheet) and source_row.
select case when scored_unit is not null then scheme end as scheme, scored_unit, inspection_id, unit_code, kind, submitted_on, seq_no,
  document_no, has_handling, concat_ws(' ', source_file, source_sheet) as source_file,
  source_row
from response_all
qualify row_number() over (partition by inspection_id, unit_code, seq_no order by scored_unit nulls last, scheme) = 1
order by scored_unit nulls last, submitted_on, inspection_id, seq_no
