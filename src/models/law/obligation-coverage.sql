-- Whom the inspections must reach, how often, by when.
-- Grain: parameter, last day, subject. Reads: coverage_unit, coverage_quota, coverage_round, parameter. Gives: rows of owed_shape.
-- A unit that came after a cycle began is owed by the cycle's end like the others. What the document counts in a month or year is owed by its last day.
with counted as (
  -- What covers, in the regime's own words: 全面巡查 where not every kind does.
  select stretch_no, case when (select bool_and(list_contains(s.counts, kind)) from regime_kind) then word('inspection', '巡查')
    else array_to_string([kind_word(k) for k in s.counts], '或') end as counted
  from coverage_stretch s where s.parameter = 'cycle'
), reached as (
  select case parameter when 'month_quota' then '每月次数' when 'year_quota' then '每年户数' else '每年部分' end as kind, parameter,
    case parameter when 'month_quota' then '月' else '年' end as subject_kind,
    case parameter when 'month_quota' then strftime(stretch_from, '%Y-%m') else strftime(stretch_from, '%Y') end as subject, null::varchar as unit_code, null::varchar as unit_name,
    null::varchar as inspection_id, stretch_to as fixed_on, reached_on as done_on, true as is_known,
    concat(case parameter when 'month_quota' then month_text(stretch_from) else concat(year(stretch_from), '年') end,
      case parameter when 'month_quota' then '应至少进行' when 'year_quota' then '应检查至少' else '应巡查至少' end, need, word, case word when '个' then '单位' else '' end, '，至', stretch_to, '；已有', have, word) as note
  from coverage_quota
  union all
  select '周期巡查', u.parameter, '单位', unit_code, unit_code, unit_name, covering_id, u.stretch_to, covered_on, true,
    concat(case when is_new then concat('（', came_on, '新设）') else '' end, u.stretch_from, '开始的周期内应接受', c.counted, '一次，至', u.stretch_to,
      case when exempt_because is not null and covered_on is null then concat('；', exempt_because) else '' end)
  from coverage_unit u join counted c on c.stretch_no = u.stretch_no
  where u.parameter = 'cycle' and u.is_owed
  union all
  select '本轮巡查', 'round', '单位', coalesce(unit_code, unit_name), unit_code, coalesce(held_name, unit_name), inspection_id,
    last_day(cast(concat(month, '-01') as date)), started_on, unit_code is not null,
    concat('第', round_no, '轮安排在', month_text(cast(concat(month, '-01') as date)), '进驻，至', last_day(cast(concat(month, '-01') as date)))
  from coverage_round
)
select r.kind, r.parameter, case when r.parameter in ('month_quota', 'year_quota') then '巡查组' else '办公室' end as "by",
  r.subject_kind, r.subject, r.unit_code, r.unit_name, r.inspection_id,
  least(r.fixed_on, getvariable('as_of')) as in_force_on, '文件' as due_source, r.fixed_on, r.note, r.done_on, r.is_known,
  i.source_file, i.source_sheet, i.source_row
from reached r
left join coverage_inspection i on i.inspection_id = r.inspection_id
