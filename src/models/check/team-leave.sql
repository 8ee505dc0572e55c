-- team-leave: members of a role whose leave somebody must approve, who left before the end without it.
-- Grain: subject (inspection#member). Reads: member_under, member_value. Only those who left before the end are judged.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with asked as (
  select m.*, t.to_on, cast(f.value as boolean) as approved,
    unnest(from_json(m.value->'$.approvals', '[{"roles": ["VARCHAR"], "by": ["VARCHAR"]}]')) as approval
  from member_under('leave') m
  join member_asof t on t.inspection_id = m.inspection_id and t.member_id = m.member_id and t.to_on < m.until_on
  left join member_value f on f.inspection_id = m.inspection_id and f.member_id = m.member_id and f.name = (m.value->>'$.flag')
)
select subject, unit_code, inspection_id, to_on as on_date,
  case when not approved then concat(called, '于', to_on, '离开，请假未经', array_to_string(approval.by, '、'), '批准') end as because,
  approved is null as unknown, batch_id, source_file, source_sheet, source_row
from asked
where list_contains(approval.roles, role)
