-- exempt-inspected: inspections of units that an earlier one of the same calendar year exempted.
-- Grain: subject (inspection). Reads: inspection_under, inspection_asof, own_inspection.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with barred as (
  select *, cast(value->'$.by_extended' as varchar[]) as by_extended, cast(value->'$.by_kind' as varchar[]) as by_kind
  from inspection_under('exempt')
  where started_on is not null and list_contains(cast(value->'$.bars' as varchar[]), kind)
    and coalesce(list_contains(cast(value->'$.unit_kinds' as varchar[]), unit_kind), (value->'$.unit_kinds') is null)
), earlier as (
  select inspection_id, unit_code, started_on, extended_from, null::varchar as kind from inspection_asof where extended_from is not null
  union all
  select inspection_id, unit_code, started_on, null, kind from own_inspection
), first_earlier as (
  select b.inspection_id, e.started_on, e.extended_from, e.kind, e.inspection_id as earlier_id
  from barred b
  join earlier e on e.unit_code = b.unit_code and year(e.started_on) = year(b.started_on) and e.started_on < b.started_on
    and (list_contains(b.by_extended, e.extended_from) or list_contains(b.by_kind, e.kind))
  qualify row_number() over (partition by b.inspection_id order by e.started_on, e.inspection_id) = 1
)
select b.inspection_id as subject, b.unit_code, b.inspection_id, b.started_on as on_date,
  case when f.inspection_id is not null then concat(b.called, '于', b.started_on, '开展', kind_word(b.kind), '，同年', f.started_on, '已有',
    case when f.extended_from is null then kind_word(f.kind) else concat(f.extended_from, case when length(f.extended_from) = 1 then '级' else '' end, '延伸巡查') end,
    '（', f.earlier_id, '）') end as because,
  false as unknown, b.batch_id, b.source_file, b.source_sheet, b.source_row
from barred b
left join first_earlier f on f.inspection_id = b.inspection_id
