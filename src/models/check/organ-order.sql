-- organ-order: results sent to the organisation department before they had been approved.
-- Grain: subject (inspection). Reads: inspection_step, column_word. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select i.inspection_id as subject, i.unit_code, i.inspection_id, i.done_on as on_date,
  case
    when i.after_on is null then concat(i.called, '的结果于', i.done_on, '通报组织部门，没有', i.value->>'$.approved_by', '的', w.header)
    when i.after_on > i.done_on then concat(i.called, '的结果于', i.done_on, '通报组织部门，早于', i.value->>'$.approved_by', '的', w.header, i.after_on)
  end as because,
  false as unknown, i.batch_id, i.source_file, i.source_sheet, i.source_row
from inspection_step('organ_order') i
left join column_word w on w.name = (i.value->>'$.after')
where i.started_on is not null and i.done_on is not null
