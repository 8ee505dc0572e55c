-- obligation_row: what somebody owes, with its last day, without sentences; these are made for the rows that somebody looks at.
-- Grain: kind, parameter, subject. Reads: owed, parameter, calendar. Variables: law_from. Columns: those of obligation but because; and what it is made of.
-- Kept: what was due since law_from, and what is not done; not what was settled before its last day.
-- The last day is counted as dueDate of src/regime/clock.ts does, by joins with the calendar whatever the length of a row.
with stretch as (
  select '解释' as due_source, from_on, to_on, cast(value->>'$.length' as integer) as length, value->>'$.unit' as unit from parameter where name = 'undated'
), clocked as (
  select o.* replace (coalesce(o.length, s.length) as length, coalesce(o.unit, s.unit) as unit)
  from owed o left join stretch s on s.due_source = o.due_source and o.start_on >= s.from_on and o.start_on < s.to_on
), reached as (
  select c.*, case c.unit when 'days' then c.start_on + c.length when 'months' then cast(c.start_on + to_months(c.length) as date) else e.day end as ends_on,
    c.unit <> 'workdays' or coalesce(e.unpublished_no = f.unpublished_no, false) as is_counted
  from clocked c
  left join calendar f on f.day = case when c.unit = 'workdays' then c.start_on end
  left join (select * from calendar where is_workday) e on e.workday_no = f.workday_no + c.length
), moved as (
  select r.*, case when r.rest_day = '顺延' and r.unit <> 'workdays' then n.next_workday else r.ends_on end as moved_on,
    r.is_counted and (r.rest_day is distinct from '顺延' or r.unit = 'workdays' or coalesce(n.next_published, false)) as is_published
  from reached r
  left join calendar n on n.day = case when r.rest_day = '顺延' and r.unit <> 'workdays' then r.ends_on end
), dated as (
  select *, case when length is null then fixed_on when is_published then moved_on end as due_on,
    case when length is not null then case when is_published then '确定' else '未公布' end when fixed_on is not null then '确定'
      when due_source = '文件' then '未公布' else '未规定' end as due_state
  from moved
)
select d.kind, d.parameter, p.clause, p.modality, p.grade, d."by", d.subject_kind, d.subject, d.unit_code, d.unit_name, d.inspection_id, d.finding_id,
  d.event, d.start_on, d.length, d.unit, d.ends_on, d.given, d.former_on, d.note,
  d.due_on, d.due_state, case when d.due_state <> '未规定' then d.due_source end as due_source, d.done_on, d.is_known,
  d.source_file, d.source_sheet, d.source_row
from dated d
left join parameter p on p.name = coalesce(d.clause_of, d.parameter) and d.in_force_on >= p.from_on and d.in_force_on < p.to_on
where (d.due_on >= getvariable('law_from') or d.done_on is null)
  and not coalesce(d.settled_on < d.due_on, d.settled_on is not null)
