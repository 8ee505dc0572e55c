-- The report of each month, due on a fixed day of it: on the inspections that ended since that day of the month before.
-- Grain: month. Reads: own_inspection, inspection_day, parameter, kept_column. Variables: as_of. Gives: rows of owed_shape.
-- A month without inspections owes a report only while its day has not passed: afterwards nothing would show that it was missed.
with month as (
  select m, cast(p.value->>'$.fixed_day' as integer) as fixed_day, coalesce(p.value->>'$.done', 'inspection.reported_on') as ends,
    least(m + cast(p.value->>'$.fixed_day' as integer) - 1, last_day(m)) as due_on,
    least(cast(m - interval 1 month as date) + cast(p.value->>'$.fixed_day' as integer) - 1, last_day(cast(m - interval 1 month as date))) as before_on
  from (
    select cast(unnest(generate_series(date_trunc('month', min(ended_on)), date_trunc('month', getvariable('as_of')), interval 1 month)) as date) as m
    from (select ended_on from own_inspection where ended_on is not null union all select getvariable('as_of'))
  )
  join parameter p on p.name = 'monthly_report'
    and least(m + cast(p.value->>'$.fixed_day' as integer) - 1, last_day(m)) >= p.from_on and least(m + cast(p.value->>'$.fixed_day' as integer) - 1, last_day(m)) < p.to_on
), reported as (
  select m.m, m.due_on, m.ends, m.fixed_day, count(i.inspection_id) as n, count(d.day) as n_done, max(d.day) as last_on
  from month m
  left join own_inspection i on i.ended_on > m.before_on and i.ended_on <= m.due_on
  left join inspection_day d on d.inspection_id = i.inspection_id and d.name = m.ends
  group by all
)
select '每月报告' as kind, 'monthly_report' as parameter, '巡查组' as "by", '月' as subject_kind, strftime(m, '%Y-%m') as subject, due_on as in_force_on,
  '文件' as due_source, due_on as fixed_on,
  concat('每月', fixed_day, '日以前（含当日）报送', case when day(due_on) < fixed_day then concat('，该月没有', fixed_day, '日，取最后一日') else '' end, '，',
    case when n = 0 then concat('尚无结束的', word('inspection', '巡查')) when n_done < n then concat('应报', n, '次', word('inspection', '巡查'), '，已报', n_done, '次') else concat('应报', n, '次', word('inspection', '巡查'), '，均已报') end) as note,
  case when n > 0 and n_done = n then last_on end as done_on, n > 0 and ends in (select name from kept_column) as is_known
from reported
where n > 0 or (m = date_trunc('month', getvariable('as_of')) and due_on >= getvariable('as_of'))
