-- site-time: inspections that stayed longer than they should.
-- Grain: subject (inspection). Reads: inspection_under, site_clock. Unknown where the calendar of a day it looks at is not published.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select i.inspection_id as subject, i.unit_code, i.inspection_id, c.due_on as on_date,
  case when coalesce(i.ended_on, getvariable('as_of')) > c.due_on then concat(i.called, '于', i.started_on, '进驻，应不晚于', c.due_on, '结束，',
    case when i.ended_on is null then concat('至', getvariable('as_of'), '尚未结束') else concat('实际', i.ended_on, '结束') end,
    '，超过', coalesce(i.ended_on, getvariable('as_of')) - c.due_on, '日') end as because,
  c.due_on is null as unknown, i.batch_id, i.source_file, i.source_sheet, i.source_row
from inspection_under('site_time') i
join site_clock c on c.inspection_id = i.inspection_id
where i.started_on is not null
