-- finding: every finding once for each unit that answers for it, in codes; texts are in finding-text.
-- Grain: finding_id, scored_unit. Reads: finding_all. At most 200,000 rows.
-- Columns: scheme and scored_unit (null: 未归属), text_part (which of the 16 finding-text files has its texts), then columns of
-- finding_fact, then source_file (with the sheet) and source_row.
select case when scored_unit is not null then scheme end as scheme, scored_unit, cast(hash(finding_id) % 16 as integer) as text_part,
  finding_id, inspection_id, unit_code, layer, item, severity, found_on, visit_id, category, industry, nature, hazard_level, violated, fault,
  source, arose_on, handed_on, given_due_on, due_on, due_source, fix_now, done_on, closed_on, is_done, is_closed, is_due, state,
  days_overdue, repeat_no, transferred, listed, summoned, five_missing, last_stage, last_on, claimed_on_time, late_recorded, is_counted,
  inspection_kind, round_no, fund_wan, concat_ws(' ', source_file, source_sheet) as source_file,
  source_row
from finding_all
where scored_unit is not null or finding_id not in (select finding_id from finding_all where scored_unit is not null)
qualify row_number() over (partition by finding_id, scored_unit order by scheme) = 1
order by scored_unit nulls last, found_on, finding_id
