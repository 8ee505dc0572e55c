-- team-size: inspections whose team, as it stood on the day they began, had too few or too many people, or not the leaders prescribed.
-- Grain: subject (inspection). Reads: inspection_under, member_asof, named_unit. Unknown where nobody of the team was written down.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with asked as (
  select *, cast(value->>'$.min' as integer) as fewest, cast(value->>'$.max' as integer) as most, cast(value->>'$.leaders' as integer) as leaders_due,
    cast(value->>'$.deputies' as integer) as deputies_due, coalesce(cast(value->>'$.experts_count' as boolean), false) as experts_count
  from inspection_under('team_size')
  where started_on is not null
), own_most as (
  select k.inspection_id, max(cast(k.value->'$.by_unit'->>k.name as integer)) as most
  from (select inspection_id, unit_code, value, unnest(json_keys(value, '$.by_unit')) as name from asked) k
  join named_unit n on n.name = k.name and n.unit_code = k.unit_code
  group by k.inspection_id
), team as (
  select a.inspection_id, count(*) filter (where here and (m.role <> '专家' or a.experts_count)) as people,
    count(*) filter (where here and m.role = '组长') as leaders, count(*) filter (where here and m.role = '副组长') as deputies
  from asked a
  join (
    select m.*, coalesce(m.from_on <= i.started_on, true) and coalesce(m.to_on >= i.started_on, true) as here
    from member_asof m join asked i on i.inspection_id = m.inspection_id
  ) m on m.inspection_id = a.inspection_id
  group by a.inspection_id
), wrong as (
  select a.*, t.inspection_id is null as is_unknown, concat_ws('；',
    case when t.people < a.fewest then concat('有', t.people, '人，少于', a.fewest, '人')
      when t.people > coalesce(o.most, a.most) then concat('有', t.people, '人，超过', coalesce(o.most, a.most), '人') end,
    case when t.leaders <> a.leaders_due then concat('组长', t.leaders, '人，应为', a.leaders_due, '人') end,
    case when t.deputies <> a.deputies_due then concat('副组长', t.deputies, '人，应为', a.deputies_due, '人') end) as faults
  from asked a
  left join team t on t.inspection_id = a.inspection_id
  left join own_most o on o.inspection_id = a.inspection_id
)
select inspection_id as subject, unit_code, inspection_id, started_on as on_date,
  case when faults <> '' then concat(called, '的', word('team', '巡查组'), faults) end as because,
  is_unknown as unknown, batch_id, source_file, source_sheet, source_row
from wrong
