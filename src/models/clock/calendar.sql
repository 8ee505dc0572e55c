-- calendar: every day with what due dates are joined by, so that a million clocks need no loop.
-- Grain: day, no gaps. Variables: calendar_first DATE (the first day), calendar_marks VARCHAR (a letter a day in order:
-- W workday, R rest day; lower case when the schedule of its year is not published).
-- Columns: day DATE, is_workday BOOLEAN, published BOOLEAN,
--   workday_no BIGINT (workdays up to and with this day: the n-th workday after a day has the day's number + n),
--   unpublished_no BIGINT (days without a schedule up to and with this day: equal on two days when none lies between),
--   next_workday DATE (the first workday from this day on; null past the end),
--   next_published BOOLEAN (whether the schedule of every day from this one to next_workday is known).
create or replace temp table calendar as
with marked as (
  select generate_subscripts(marks, 1) - 1 as n, unnest(marks) as mark
  from (select string_split(getvariable('calendar_marks'), '') as marks)
), dated as (
  select getvariable('calendar_first') + n::integer as day, upper(mark) = 'W' as is_workday, mark = upper(mark) as published
  from marked
), numbered as (
  -- A sum over a growing range is one pass; a filtered count over rows takes eight times as long.
  select day, is_workday, published,
    (sum(is_workday::integer) over (order by day))::bigint as workday_no,
    (sum((not published)::integer) over (order by day))::bigint as unpublished_no
  from dated
)
select n.day, n.is_workday, n.published, n.workday_no, n.unpublished_no, w.day as next_workday,
  coalesce(n.published and w.unpublished_no = n.unpublished_no, false) as next_published
from numbered n left join numbered w on w.is_workday and w.workday_no = n.workday_no + (not n.is_workday)::integer
order by n.day;
