-- inspection: every inspection once for each unit it was made of.
-- Grain: inspection_id, scored_unit. Reads: inspection_all. At most 50,000 rows.
-- Columns: scheme and scored_unit (null: 未归属), then columns of inspection_fact, then source_file (with the sheet) and source_row.
select case when scored_unit is not null then scheme end as scheme, scored_unit, inspection_id, unit_code, kind, organiser_level,
  extended_from, previous_id, round_no, team_no, items, planned_from, planned_to, started_on, ended_on, reported_on, report_approved_on, fed_back_on,
  feedback_received_on, result_approved_on, published_on, finding_count, visit_count, report_due_on, report_days_late, response_due_on,
  response_due_state, responded_on, response_days_late, is_counted, concat_ws(' ', source_file, source_sheet) as source_file,
  source_row
from inspection_all
where scored_unit is not null or inspection_id not in (select inspection_id from inspection_all where scored_unit is not null)
qualify row_number() over (partition by inspection_id, scored_unit order by scheme) = 1
order by scored_unit nulls last, started_on, inspection_id
