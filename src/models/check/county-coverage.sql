-- county-coverage: counties below an inspected unit that its inspection ended without having looked at.
-- Grain: subject (inspection#county). Reads: inspection_under, unit_in_epoch, visit_asof, law_finding, unit_version_now.
-- A county is reached by a visit or a finding there or below it; counties are those in use on the day the inspection ended.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with recursive ended as (
  select i.*, e.epoch_from
  from inspection_under('county_coverage') i
  join (select distinct epoch_from, epoch_to from unit_in_epoch) e on i.ended_on >= e.epoch_from and i.ended_on < e.epoch_to
  where i.started_on is not null and i.ended_on is not null
), placed as (
  select * from unit_in_epoch where epoch_from in (select epoch_from from ended)
), above as (
  select epoch_from, unit_code, unit_kind, unit_code as at_code, next_code, 0 as depth from placed
  union all
  select a.epoch_from, a.unit_code, a.unit_kind, p.unit_code, p.next_code, a.depth + 1
  from above a join placed p on p.epoch_from = a.epoch_from and p.unit_code = a.next_code
  where a.depth < 12
), looked_at as (
  select inspection_id, unit_code from visit_asof
  union
  select inspection_id, unit_code from law_finding
), reached as (
  select distinct e.inspection_id, a.at_code
  from ended e
  join looked_at l on l.inspection_id = e.inspection_id
  join above a on a.epoch_from = e.epoch_from and a.unit_code = l.unit_code
), county as (
  select e.*, a.unit_code as county_code
  from ended e
  join above a on a.epoch_from = e.epoch_from and a.at_code = e.unit_code and a.unit_code <> e.unit_code
  where list_contains(cast(e.value->'$.unit_kinds' as varchar[]), a.unit_kind)
), name as (
  select unit_code, arg_max(unit_name, valid_from) as unit_name from unit_version_now group by unit_code
)
select distinct concat(c.inspection_id, '#', c.county_code) as subject, c.unit_code, c.inspection_id, c.ended_on as on_date,
  case when r.inspection_id is null then concat(c.called, '于', c.ended_on, '结束，没有覆盖', n.unit_name) end as because,
  false as unknown, c.batch_id, c.source_file, c.source_sheet, c.source_row
from county c
left join reached r on r.inspection_id = c.inspection_id and r.at_code = c.county_code
left join name n on n.unit_code = c.county_code
