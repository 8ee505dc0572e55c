-- team-approval: inspections that began before their team had been approved.
-- Grain: subject (inspection). Reads: inspection_step. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select inspection_id as subject, unit_code, inspection_id, coalesce(done_on, started_on) as on_date,
  case
    when done_on is null then concat(called, '的', word('team', '巡查组'), '人员没有经', value->>'$.by', '批准')
    when done_on > started_on then concat(called, '于', started_on, '进驻，', word('team', '巡查组'), '人员', done_on, '才经', value->>'$.by', '批准')
  end as because,
  false as unknown, batch_id, source_file, source_sheet, source_row
from inspection_step('team_approval')
where started_on is not null
