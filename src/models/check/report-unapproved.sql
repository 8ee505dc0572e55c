-- report-unapproved: reports handed in before they had been approved.
-- Grain: subject (inspection). Reads: inspection_step, column_word. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select i.inspection_id as subject, i.unit_code, i.inspection_id, i.reported_on as on_date,
  case
    when i.done_on is null then concat(i.called, '的报告于', i.reported_on, '报送，没有', i.value->>'$.by', '的', w.header)
    when i.done_on > i.reported_on then concat(i.called, '的报告于', i.reported_on, '报送，早于', i.value->>'$.by', '的', w.header, i.done_on)
  end as because,
  false as unknown, i.batch_id, i.source_file, i.source_sheet, i.source_row
from inspection_step('report_approval') i
left join column_word w on w.name = (i.value->>'$.column')
where i.started_on is not null and i.reported_on is not null
