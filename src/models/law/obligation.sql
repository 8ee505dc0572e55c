-- obligation: what somebody owes because of a clause, by when, and whether it was done.
-- Grain: kind, parameter, subject. Reads: obligation_row.
-- Columns: kind, parameter, clause, modality, grade (违反 or 提示; null: nothing is owed in law), by, subject_kind, subject, unit_code, unit_name,
-- inspection_id, finding_id, start_on DATE, due_on DATE, due_state 确定 未公布 未规定, due_source 文件 指定 解释 (null: no date), done_on DATE,
-- is_known BOOLEAN (whether the data would show that it was done), because (how the last day follows), source_file, source_sheet, source_row.
-- Late: done_on > due_on, or done_on is null and due_on < as_of.
create or replace temp view obligation as
select kind, parameter, clause, modality, grade, "by", subject_kind, subject, unit_code, unit_name, inspection_id, finding_id,
  start_on, due_on, due_state, due_source, done_on, is_known,
  case when note is not null then note when given is not null then given_text(start_on, given, former_on, due_on)
    else due_text(event, start_on, length, unit, due_source, ends_on, due_on, due_state) end as because,
  source_file, source_sheet, source_row
from obligation_row;
