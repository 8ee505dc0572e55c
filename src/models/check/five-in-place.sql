-- five-in-place: findings at enterprises, to be put right by a date, that lack something of 五落实.
-- Grain: subject (finding). Reads: finding_under, five_missing. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
-- A finding without a date of which nobody wrote whether it must be put right at once: unknown.
with missing as (
  select finding_id, string_agg(name, '、' order by five_no) as names from five_missing group by finding_id
)
select f.finding_id as subject, f.unit_code, f.inspection_id, f.found_on as on_date,
  case when m.names is not null and (f.fix_now is not null or f.given_due_on is not null) then concat(f.called, '限时整改，五落实缺', m.names) end as because,
  f.fix_now is null and f.given_due_on is null as unknown, f.batch_id, f.source_file, f.source_sheet, f.source_row
from finding_under('five_in_place') f
left join missing m on m.finding_id = f.finding_id
where f.layer = '企业' and f.fix_now is distinct from true
