-- team-detached: members, experts apart, who came after the inspection had begun, or left before its end without leave.
-- Grain: subject (inspection#member). Reads: member_under, member_value, parameter. Whether leave was given may be blank: unknown. Where the
-- document knows no leave, leaving is enough unless leave was given.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with present as (
  select m.*, cast(f.value as date) as from_on, cast(t.value as date) as to_on, l.name is not null as knows_leave
  from member_under('detached') m
  left join member_value f on f.inspection_id = m.inspection_id and f.member_id = m.member_id and f.name = (m.value->>'$.from')
  left join member_value t on t.inspection_id = m.inspection_id and t.member_id = m.member_id and t.name = (m.value->>'$.to')
  left join parameter l on l.name = 'leave' and m.started_on >= l.from_on and m.started_on < l.to_on
  where m.role <> '专家'
), wrong as (
  select *, coalesce(to_on < until_on, false) as has_left, concat_ws('；',
    case when from_on > started_on then concat('于', from_on, '才参加，晚于进驻之日', started_on) end,
    case when to_on < until_on and case when knows_leave then not leave_approved else leave_approved is distinct from true end then concat('于', to_on, '离开，',
      case when ended_on is null then '当时尚未结束' else concat('早于结束之日', ended_on) end, case when knows_leave then '，请假未经批准' else '' end) end) as faults
  from present
)
select subject, unit_code, inspection_id, case when from_on > started_on then from_on else to_on end as on_date,
  case when faults <> '' then concat(called, faults) end as because,
  faults = '' and has_left and knows_leave and leave_approved is null as unknown, batch_id, source_file, source_sheet, source_row
from wrong
