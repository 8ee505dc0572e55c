-- visit-announced: unannounced visits that were announced: said so, or the visited were told by the day it began.
-- Grain: subject (inspection). Reads: inspection_under, inspection_flag, inspection_day.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select i.inspection_id as subject, i.unit_code, i.inspection_id, coalesce(n.day, i.started_on) as on_date,
  case
    when n.day <= i.started_on then concat(i.called, '的', word('inspection', '巡查'), '于', i.started_on, '开始，', n.day, '已告知', word('unit', '被巡查单位'))
    when not f.flag then concat(i.called, '没有做到不预先通知')
  end as because,
  f.flag is null and coalesce(n.day > i.started_on, true) as unknown, i.batch_id, i.source_file, i.source_sheet, i.source_row
from inspection_under('unannounced') i
left join inspection_flag f on f.inspection_id = i.inspection_id and f.name = (i.value->>'$.flag')
left join inspection_day n on n.inspection_id = i.inspection_id and n.name = 'inspection.notified_on'
where i.started_on is not null
