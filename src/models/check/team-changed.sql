-- team-changed: teams that kept too few of the people of their previous inspection in the year (keep_percent), or changed during one.
-- Grain: subject (inspection). Reads: inspection_under, inspection_value, member_under, member_value. Experts apart.
-- Unknown where nobody of the team, or of the previous one, was written down.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with asked as (
  select i.*, cast(i.value->>'$.keep_percent' as integer) as keep_percent, t.value as team
  from inspection_under('same_team') i
  left join inspection_value t on t.inspection_id = i.inspection_id and t.name = (i.value->>'$.column')
  where i.started_on is not null
), person as (
  select m.inspection_id, m.member_id, cast(f.value as date) as from_on, cast(t.value as date) as to_on
  from member_under('same_team') m
  left join member_value f on f.inspection_id = m.inspection_id and f.member_id = m.member_id and f.name = (m.value->>'$.from')
  left join member_value t on t.inspection_id = m.inspection_id and t.member_id = m.member_id and t.name = (m.value->>'$.to')
  where m.role <> '专家'
), ordered as (
  select *, lag(inspection_id) over same_team as previous_id
  from asked
  where keep_percent is not null and team is not null
  window same_team as (partition by team, year(started_on) order by started_on, inspection_id)
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
  select distinct inspection_id from member_asof
)
select o.inspection_id as subject, o.unit_code, o.inspection_id, o.started_on as on_date,
  case when w.inspection_id is not null and k.kept_people * 100 < o.keep_percent * k.before_people
    then concat(o.called, '的', word('team', '巡查组'), '（', o.team, '）与上一次（', o.previous_id, '）相比，', k.before_people, '人中留用', k.kept_people, '人，不足本单位解释的', o.keep_percent, '%') end as because,
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
