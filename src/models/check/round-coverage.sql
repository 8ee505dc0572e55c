-- round-coverage: units of the round whose inspection did not begin in the month laid down for them, once it is over.
-- Grain: subject (unit). Reads: obligation. Unknown where the workspace does not say which unit the document's name means.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select subject, unit_code, inspection_id, due_on as on_date,
  case when not is_known then null
    when done_on is null then concat(unit_name, '尚未进驻（', because, '）')
    when date_trunc('month', done_on) <> date_trunc('month', due_on) then concat(unit_name, '于', done_on, '进驻（', because, '）')
  end as because,
  not is_known as unknown, source_file, source_sheet, source_row
from obligation
where kind = '本轮巡查' and due_on between getvariable('law_from') and getvariable('law_to')
