-- team-changed: teams that kept too few of the people of their previous inspection in the year (keep_percent), or changed during one.
-- Grain: subject (inspection). Reads: inspection_under, member_asof. Experts apart. Unknown where nobody of a team was written down.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with asked as (
  select *, cast(value->>'$.keep_percent' as integer) as keep_percent
  from inspection_under('same_team')
  where started_on is not null
), person as (
  select inspection_id, member_id, from_on, to_on from member_asof where role <> '专家'
), ordered as (
  select *, lag(inspection_id) over team as previous_id, lag(called) over team as previous_called
  from asked
  where keep_percent is not null and team_no is not null
  window team as (partition by team_no, year(started_on) order by started_on, inspection_id)
), kept as (
  select o.inspection_id, count(*) as before_people, count(n.member_id) as kept_people
  from ordered o
  join person p on p.inspection_id = o.previous_id
  left join person n on n.inspection_id = o.inspection_id and n.member_id = p.member_id
  group by o.inspection_id
), moved as (
  select a.inspection_id, count(*) filter (where p.from_on > a.started_on) as came, count(*) filter (where p.to_on < a.ended_on) as went
  from asked a join person p on p.inspection_id = a.inspection_id
  where a.keep_percent is null
  group by a.inspection_id
), known as (
  select distinct inspection_id from person
)
select o.inspection_id as subject, o.unit_code, o.inspection_id, o.started_on as on_date,
  case when w.inspection_id is not null and k.kept_people * 100 < o.keep_percent * k.before_people
    then concat(o.called, '的', word('team', '巡查组'), o.team_no, '留用了上一次（', o.previous_called, '）', k.before_people, '人中的', k.kept_people, '人，不足', o.keep_percent, '%') end as because,
  w.inspection_id is null or k.inspection_id is null as unknown, o.batch_id, o.source_file, o.source_sheet, o.source_row
from ordered o
left join kept k on k.inspection_id = o.inspection_id
left join known w on w.inspection_id = o.inspection_id
where o.previous_id is not null
union all by name
select a.inspection_id as subject, a.unit_code, a.inspection_id, a.started_on as on_date,
  case when m.came + m.went > 0 then concat(a.called, '的', word('team', '巡查组'), '在进驻期间', concat_ws('、',
    case when m.came > 0 then concat('新来', m.came, '人') end, case when m.went > 0 then concat('离开', m.went, '人') end)) end as because,
  m.inspection_id is null as unknown, a.batch_id, a.source_file, a.source_sheet, a.source_row
from asked a
left join moved m on m.inspection_id = a.inspection_id
where a.keep_percent is null
