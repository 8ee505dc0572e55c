-- How far every finding has come in its regime's own loop.
-- Reads: law_finding, loop_stage and loop_map (src/warehouse/loop.ts), rectification_ordered, action_asof, inspection_day, visit_asof,
-- visit_value, visit_flag, response_asof. Variables: as_of.
-- loop_stage. Grain: from_on, stage_no. Columns: to_on (the loop in force from from_on until the day before), stage (the regime's own word),
-- recorded_by (what records it, in words; null: 台账不记录), scope 问题 点位 巡查 (what it is recorded for), after_no (the last stage of the
-- finding's own before it; 0: none).
-- A finding follows the loop in force on the day it was found; those of inspections made from above follow none.
create or replace temp table loop_input as
select f.finding_id, l.from_on, f.inspection_id, f.visit_id, f.found_on, f.handed_on, f.arose_on, f.is_done, f.done_on
from law_finding f
join (select distinct from_on, to_on from loop_stage) l on f.found_on >= l.from_on and f.found_on < l.to_on
where f.is_own;

create or replace temp table loop_returned as
select finding_id, max(moment) as moment, max(on_date) as returned_on, count(*) as times
from rectification_ordered where stage = '退回' group by finding_id;

-- loop_sign: what shows that a stage was reached, and on which day first. on_date: the first that still counts, null when a later 退回 undid it; first_on: the first ever.
-- Where 完成 is a stage, 验收 and 销号 show that it was reached, and leave open on which day.
create or replace temp table loop_sign as
select f.finding_id, f.from_on, m.stage_no,
  min(e.on_date) filter (where e.stage not in ('立行立改', '完成', '验收', '销号') or r.moment is null or e.moment > r.moment) as on_date,
  min(e.on_date) filter (where m.is_named) as first_on, false as is_unknown
from rectification_ordered e
join loop_map m on m.source = 'rectification' and m.word = e.stage
join loop_input f on f.finding_id = e.finding_id and f.from_on = m.from_on
left join loop_returned r on r.finding_id = e.finding_id
group by f.finding_id, f.from_on, m.stage_no
union all
select f.finding_id, f.from_on, m.stage_no, min(a.taken_on), min(a.taken_on), false
from action_asof a
join loop_map m on m.source = 'action' and m.word = a.kind
join loop_input f on f.finding_id = a.finding_id and f.from_on = m.from_on
group by f.finding_id, f.from_on, m.stage_no
union all
select f.finding_id, f.from_on, m.stage_no, d.day, d.day, false
from loop_input f
join loop_map m on m.source = 'finding' and m.from_on = f.from_on
cross join lateral (select case m.word when 'finding.found_on' then f.found_on when 'finding.handed_on' then f.handed_on when 'finding.arose_on' then f.arose_on end as day) d
where d.day is not null
union all
-- Of a place, a blank yes or no says nothing, and neither does a finding that names no place.
select f.finding_id, f.from_on, m.stage_no, s.day, s.day, s.day is null
from loop_input f
join loop_map m on m.source = 'visit' and m.from_on = f.from_on
left join visit_asof v on v.visit_id = f.visit_id
left join visit_value c on c.visit_id = f.visit_id and c.name = m.word
left join visit_flag b on b.visit_id = f.visit_id and b.name = m.word
cross join lateral (select case when case when m.is_flag then b.flag else c.value is not null end then v.visited_on end as day) s
where s.day is not null or v.visit_id is null or (m.is_flag and b.flag is null)
union all
select f.finding_id, f.from_on, m.stage_no, d.day, null, false
from loop_input f
join loop_map m on m.source = 'inspection' and m.from_on = f.from_on
join inspection_day d on d.inspection_id = f.inspection_id and d.name = m.word
union all
select f.finding_id, f.from_on, m.stage_no, d.day, null, false
from loop_input f
join loop_map m on m.source = 'response' and m.from_on = f.from_on
join (select inspection_id, min(submitted_on) as day from response_asof group by inspection_id) d on d.inspection_id = f.inspection_id;

-- A stage that is recorded in several ways was reached by the first of them.
create or replace temp table loop_seen as
select finding_id, from_on, stage_no, min(on_date) as on_date, min(first_on) as first_on, bool_and(is_unknown) as is_unknown
from loop_sign group by finding_id, from_on, stage_no;

create or replace temp table loop_own as
select e.finding_id, max(e.stage_no) as stage_no
from loop_seen e join loop_stage s on s.from_on = e.from_on and s.stage_no = e.stage_no
where e.on_date is not null and s.scope <> '巡查'
group by e.finding_id;

-- loop_event: the stages that each finding has reached. Grain: finding_id, stage_no. Columns: from_on, on_date DATE.
-- What an inspection reached as a whole (its feedback, the unit's report) counts for the findings that had come through the stage before it.
create or replace temp table loop_event as
select e.finding_id, e.from_on, e.stage_no, e.on_date
from loop_seen e
join loop_stage s on s.from_on = e.from_on and s.stage_no = e.stage_no
left join loop_own o on o.finding_id = e.finding_id
where e.on_date is not null and (s.scope <> '巡查' or coalesce(o.stage_no, 0) >= s.after_no);

-- loop_fault: where a finding left the order: stages it skipped on its way to this one, or one before this one that came later.
-- Grain: finding_id, stage_no. Columns: stage, on_date DATE (the day this stage was first reached), skipped VARCHAR[] and skipped_bits (bit n: stage n), before_stage and
-- before_on (the stage that should have come first, and its day). What is recorded for a whole inspection is in nobody's order.
create or replace temp table loop_fault as
with judged as (
  select e.finding_id, e.from_on, e.stage_no, e.first_on, e.is_unknown, s.stage
  from loop_seen e join loop_stage s on s.from_on = e.from_on and s.stage_no = e.stage_no
  where s.scope <> '巡查' and (e.first_on is not null or e.is_unknown)
), stepped as (
  select *, coalesce(lag(stage_no) over step, 0) as before_no, lag(case when is_unknown then null else stage end ignore nulls) over step as before_stage,
    lag(first_on ignore nulls) over step as before_on
  from judged
  window step as (partition by finding_id order by stage_no)
), gap as (
  select p.from_on, p.before_no, p.stage_no, list(m.stage order by m.stage_no) as skipped, bit_or(1::bigint << m.stage_no) as skipped_bits
  from (select distinct from_on, before_no, stage_no from stepped where not is_unknown) p
  join loop_stage m on m.from_on = p.from_on and m.stage_no > p.before_no and m.stage_no < p.stage_no and m.scope <> '巡查'
  group by p.from_on, p.before_no, p.stage_no
)
select s.finding_id, s.stage_no, s.stage, s.first_on as on_date, g.skipped, coalesce(g.skipped_bits, 0) as skipped_bits,
  case when s.before_on > s.first_on then s.before_stage end as before_stage, case when s.before_on > s.first_on then s.before_on end as before_on
from stepped s
left join gap g on g.from_on = s.from_on and g.before_no = s.before_no and g.stage_no = s.stage_no
where not s.is_unknown and (g.skipped is not null or s.before_on > s.first_on);

-- loop_finding: where each finding stands. Grain: finding_id. Columns: from_on, stage_no (the furthest reached; 0: none) and stage, reached (bit n:
-- stage n was reached), waits_since DATE (since when it stands there; null: the last stage that is recorded is reached), skipped (names, by 、) and
-- skipped_bits, reversed (`甲早于乙`, by ；) and reversed_bits (the stages that came too early), returned_on DATE (sent back by 退回 and not put right since), times_returned.
create or replace temp table loop_finding as
with last_stage as (
  select from_on, max(stage_no) as stage_no from loop_stage where recorded_by is not null group by from_on
), standing as (
  select finding_id, max(stage_no) as stage_no, arg_max(on_date, stage_no) as on_date, bit_or(1::bigint << stage_no) as reached from loop_event group by finding_id
), faulty as (
  select finding_id, string_agg(array_to_string(skipped, '、'), '、' order by stage_no) as skipped, bit_or(skipped_bits) as skipped_bits,
    coalesce(bit_or(1::bigint << stage_no) filter (where before_stage is not null), 0) as reversed_bits,
    string_agg(concat(stage, '早于', before_stage), '；' order by stage_no) filter (where before_stage is not null) as reversed
  from loop_fault group by finding_id
)
select f.finding_id, f.from_on, coalesce(g.stage_no, 0) as stage_no, s.stage, coalesce(g.reached, 0) as reached,
  case when l.stage_no is distinct from g.stage_no then greatest(coalesce(g.on_date, f.found_on), case when not f.is_done then r.returned_on end) end as waits_since,
  x.skipped, coalesce(x.skipped_bits, 0) as skipped_bits, x.reversed, coalesce(x.reversed_bits, 0) as reversed_bits, case when not f.is_done then r.returned_on end as returned_on, coalesce(r.times, 0) as times_returned
from loop_input f
left join standing g on g.finding_id = f.finding_id
left join loop_stage s on s.from_on = f.from_on and s.stage_no = g.stage_no
left join last_stage l on l.from_on = f.from_on
left join faulty x on x.finding_id = f.finding_id
left join loop_returned r on r.finding_id = f.finding_id;
