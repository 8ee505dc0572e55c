-- response-without-handling: first reports on rectification that propose nothing about the units and people answerable.
-- Grain: subject (inspection#seq_no). Reads: inspection_under, response_asof, response_value.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select concat(r.inspection_id, '#', r.seq_no) as subject, r.unit_code, r.inspection_id, r.submitted_on as on_date,
  case when f.value = 'false' then concat(i.called, '的', word('response', '整改情况报告'), '（', r.submitted_on, '报送）没有对有关单位及人员的处理意见') end as because,
  f.value is null as unknown, r.batch_id, r.source_file, r.source_sheet, r.source_row
from inspection_under('handling_proposal') i
join response_asof r on r.inspection_id = i.inspection_id and r.kind = '首次'
left join response_value f on f.inspection_id = r.inspection_id and f.unit_code = r.unit_code and f.seq_no = r.seq_no and f.name = (i.value->>'$.flag')
