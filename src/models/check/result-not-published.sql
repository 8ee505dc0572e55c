-- result-not-published: results made public after their last day, not at all, or before they could be.
-- Grain: subject (inspection). Reads: duty, parameter, column_word. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select d.subject, d.unit_code, d.inspection_id, case when d.done_on < d.start_on then d.done_on else d.due_on end as on_date,
  case
    when d.done_on < d.start_on then concat(d.called, '的结果于', d.done_on, '公布，早于', w.header, d.start_on)
    when d.is_late and d.is_known then late_text(concat(d.called, '的结果'), '公布', d.due_on, d.follows, d.done_on)
  end as because,
  d.is_late and not d.is_known as unknown, d.source_file, d.source_sheet, d.source_row
from duty('公布', 'publish') d
join parameter p on p.name = 'publish' and d.start_on >= p.from_on and d.start_on < p.to_on
left join column_word w on w.name = (p.value->>'$.after')
