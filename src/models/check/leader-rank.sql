-- leader-rank: leaders and deputies whose rank is not among those prescribed, or who are no longer in service where they must be.
-- Grain: subject (inspection#member). Reads: member_under. Where the document names no rank only the service is asked.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with asked as (
  select *, value->(case role when '组长' then 'leader' else 'deputy' end) as prescribed
  from member_under('leader_rank')
  where role in ('组长', '副组长')
), ranked as (
  select *, cast(prescribed->'$.ranks' as varchar[]) as ranks, coalesce(cast(prescribed->>'$.in_service' as boolean), false) as must_serve
  from asked
), wrong as (
  select *, concat_ws('；',
    case when not list_contains(ranks, rank) then concat('职级为', rank, '，不在规定的', array_to_string(ranks, '、'), '之内') end,
    case when must_serve and not in_service then '不是现职' end) as faults
  from ranked
  where ranks is not null or must_serve
)
select subject, unit_code, inspection_id, started_on as on_date,
  case when faults <> '' then concat(called, faults) end as because,
  faults = '' and ((ranks is not null and rank is null) or (must_serve and in_service is null)) as unknown,
  batch_id, source_file, source_sheet, source_row
from wrong
