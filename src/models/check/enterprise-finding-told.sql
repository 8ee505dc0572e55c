-- enterprise-finding-told: findings at an enterprise that were not told before the day that the regime names.
-- Grain: subject (finding). Reads: finding_under, inspection_day, column_word. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
-- Told on the day itself is in time. As long as that day has not come nobody is judged.
select f.finding_id as subject, f.unit_code, f.inspection_id, d.day as on_date,
  case when f.handed_on is null or f.handed_on > d.day then concat(f.called, '应在', regexp_replace(w.header, '日期$', ''), '（', d.day, '）前反馈',
    f.value->'$.enterprise'->>'$.to', '，', case when f.handed_on is null then concat('至', getvariable('as_of'), '没有反馈') else concat(f.handed_on, '才反馈') end) end as because,
  false as unknown, f.batch_id, f.source_file, f.source_sheet, f.source_row
from finding_under('finding_told') f
join inspection_day d on d.inspection_id = f.inspection_id and d.name = (f.value->'$.enterprise'->>'$.before')
join column_word w on w.name = d.name
where f.layer = '企业'
