-- recusal-undeclared: members who had not declared by the day the inspection began whether to recuse themselves, or whose declaration nobody settled.
-- Grain: subject (inspection#member). Reads: member_under, member_value. A declaration, never kinship, is what is looked at.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with declared as (
  select m.*, cast(d.value as date) as declared_on, r.value as result
  from member_under('recusal') m
  left join member_value d on d.inspection_id = m.inspection_id and d.member_id = m.member_id and d.name = (m.value->>'$.declared')
  left join member_value r on r.inspection_id = m.inspection_id and r.member_id = m.member_id and r.name = (m.value->>'$.result')
)
select subject, unit_code, inspection_id, coalesce(declared_on, started_on) as on_date,
  case
    when declared_on is null then concat(called, '没有申报回避')
    when declared_on > started_on or result is null then concat(called, concat_ws('；',
      case when declared_on > started_on then concat('于', declared_on, '才申报回避，晚于进驻之日', started_on) end,
      case when result is null then '申报回避后没有处理结果' end))
  end as because,
  false as unknown, batch_id, source_file, source_sheet, source_row
from declared
