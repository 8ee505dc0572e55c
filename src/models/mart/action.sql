-- action: 督办措施 taken up to 统计截止日, with the unit that answers for each.
-- Grain: action_id, scored_unit. Reads: action_all. At most 100,000 rows.
-- Columns: scheme and scored_unit (null: 未归属), then columns of action_fact, then source_file (with the sheet) and source_row.
select case when scored_unit is not null then scheme end as scheme, scored_unit, action_id, kind, unit_code, taken_on, finding_id,
  inspection_id, by_office, to_office, document_no, effective_on, closed_on, result, concat_ws(' ', source_file, source_sheet) as source_file,
  source_row
from action_all
where scored_unit is not null or action_id not in (select action_id from action_all where scored_unit is not null)
qualify row_number() over (partition by action_id, scored_unit order by scheme) = 1
order by scored_unit nulls last, taken_on, action_id
