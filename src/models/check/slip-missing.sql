-- slip-missing: places with something found and no supervision slip.
-- Grain: subject (visit). Reads: visit_under, visit_value, law_finding. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with found as (
  select visit_id, count(*) as findings from law_finding where visit_id is not null group by visit_id
)
select v.visit_id as subject, v.unit_code, v.inspection_id, v.visited_on as on_date,
  case when n.value is null then concat(v.called, '查出', f.findings, '个问题，没有填写督办单') end as because,
  false as unknown, v.batch_id, v.source_file, v.source_sheet, v.source_row
from visit_under('slip') v
join found f on f.visit_id = v.visit_id
left join visit_value n on n.visit_id = v.visit_id and n.name = (v.value->>'$.no')
