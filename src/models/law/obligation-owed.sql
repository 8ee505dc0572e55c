-- owed_shape: the columns of what somebody owes, before its last day is counted; without rows. Every obligation-*.sql gives rows of this shape, to be
-- read as the view owed; columns it has no use for it leaves out.
-- Grain: kind, parameter, subject.
-- Columns: clause_of (the parameter whose clause is cited, where it is another), in_force_on DATE (the day whose value of it is cited), event (what happened on start_on, in words), length, unit, rest_day (the clock),
-- due_source 文件 (a clock, or a fixed day), 指定 (a date given with the thing), 解释 (the document gives no time: parameter undated), null (no date);
-- fixed_on DATE (the last day where none is counted); given, former_on (a finding's date: where it comes from, what it was before 延期); note (how a
-- fixed day follows, in words); settled_on DATE (the matter ended: not owed when that came before the last day).
create or replace temp table owed_shape (
  kind varchar, parameter varchar, "by" varchar, subject_kind varchar, subject varchar, unit_code varchar, unit_name varchar, inspection_id varchar,
  finding_id varchar, clause_of varchar, in_force_on date, event varchar, start_on date, length integer, unit varchar, rest_day varchar, due_source varchar, fixed_on date,
  given varchar, former_on date, note varchar, done_on date, settled_on date, is_known boolean, source_file varchar, source_sheet varchar, source_row bigint
);
