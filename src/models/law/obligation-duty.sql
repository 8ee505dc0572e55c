-- What the checks of duties read: rows of obligation that can be judged by 统计截止日.

-- duty: what was due in the year and can be judged: the day is past, or it was done. is_late: the last day itself is in time; a day that only
-- this office's reading gives makes nothing late that was done, since the document writes no such day.
-- Reads: obligation. Variables: as_of, law_from, law_to.
create or replace temp macro duty(kind_name, parameter_name) as table
select subject, case subject_kind when '巡查' then called(unit_name, subject) when '月' then month_text(due_on)
    else concat(coalesce(unit_name, '单位不详'), '的', subject_kind, subject) end as called,
  unit_code, unit_name, inspection_id, finding_id, start_on, due_on, done_on, because as follows, is_known,
  coalesce(done_on, getvariable('as_of')) > due_on and (due_source <> '解释' or done_on is null) as is_late, source_file, source_sheet, source_row
from obligation
where kind = kind_name and parameter = parameter_name and due_on between getvariable('law_from') and getvariable('law_to') and (due_on < getvariable('as_of') or done_on is not null);

-- late_duty: the rows of a check that asks no more than that. what follows the subject (的巡查报告), verb is what should have happened (完成).
create or replace temp macro late_duty(kind_name, parameter_name, what, verb) as table
select subject, unit_code, inspection_id, due_on as on_date,
  case when is_late and is_known then late_text(concat(called, what), verb, due_on, follows, done_on) end as because,
  is_late and not is_known as unknown, source_file, source_sheet, source_row
from duty(kind_name, parameter_name);

-- short_quota: months and years with less than the document counts, judged from their last day on: 2025年2月进行巡查3次，少于4次.
-- Reads: obligation, coverage_quota. Variables: as_of, law_from, law_to.
create or replace temp macro short_quota(parameter_name, verb) as table
select o.subject, o.unit_code, o.inspection_id, o.due_on as on_date,
  case when o.done_on is null then concat(case o.subject_kind when '月' then month_text(o.due_on) else concat(year(o.due_on), '年') end,
    verb, q.have, q.word, case q.word when '个' then '单位' else '' end, '，少于', q.need, q.word) end as because,
  false as unknown, o.source_file, o.source_sheet, o.source_row
from obligation o
join coverage_quota q on q.parameter = o.parameter and q.stretch_to = o.due_on
where o.parameter = parameter_name and o.due_on between getvariable('law_from') and getvariable('law_to');
