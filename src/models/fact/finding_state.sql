-- finding_state: what has become of each finding by 统计截止日, before it is given to a scored unit.
-- Grain: finding_id, variant ('decided': as 异议复核 left it, struck ones gone; 'found': as first found, those decided upon and, for repeat_no,
-- those of the same categories).
-- Reads: finding_asof, rectification_asof, action_asof, appeal_effective, finding_clock, stage_order. Variables: as_of, extension_max.
-- Columns: the contract's, with due_on derived, and the derived ones of finding_fact that need no scheme.
create or replace temp view finding_input as
select 'decided' as variant, f.* replace (coalesce(a.new_severity, f.severity) as severity, coalesce(a.new_unit_code, f.unit_code) as unit_code)
from finding_asof f
left join appeal_effective a on a.subject_kind = '问题' and a.subject_id = f.finding_id
where a.decision is distinct from '撤销'
union all
select 'found', f.* from finding_asof f
where f.finding_id in (select subject_id from appeal_effective where subject_kind = '问题')
  or f.category in (select d.category from finding_asof d join appeal_effective a on a.subject_kind = '问题' and a.subject_id = d.finding_id);

create or replace temp view rectification_ordered as
select r.*, (r.on_date - date '1900-01-01') * 100000000 + o.stage_no * 1000000 + r.seq_no as moment
from rectification_asof r join stage_order o on o.stage = r.stage;

create or replace temp table finding_progress as
with returned as (
  select finding_id, max(moment) as moment from rectification_ordered where stage = '退回' group by finding_id
)
select e.finding_id,
  min(e.on_date) filter (where e.stage in ('立行立改', '完成', '验收', '销号') and (r.moment is null or e.moment > r.moment)) as done_on,
  min(e.on_date) filter (where e.stage = '销号' and (r.moment is null or e.moment > r.moment)) as closed_on,
  arg_max(e.stage, e.moment) as last_stage,
  max(e.on_date) as last_on,
  bool_or(e.stage <> '清单') as is_begun,
  coalesce(bool_or(cast(e.recorded_at as date) >= e.on_date + 30), false) as late_recorded
from rectification_ordered e left join returned r on r.finding_id = e.finding_id
group by e.finding_id;

-- extension_granted: the due date after the extensions that hold: applied for in time, approved, numbered, at most n.
create or replace temp table extension_granted as
with recursive asked as (
  select finding_id, new_due_on, applied_on, row_number() over (partition by finding_id order by moment) as n
  from rectification_ordered
  where stage = '延期' and new_due_on is not null and applied_on is not null and approved_by is not null and document_no is not null
    and getvariable('extension_max') > 0
), walk as (
  select f.finding_id, coalesce(f.due_on, case when f.fix_now then f.found_on else c.due_on end) as due_on, 0 as n, 0 as granted
  from finding_asof f semi join asked a on a.finding_id = f.finding_id left join finding_clock c on c.finding_id = f.finding_id
  where f.due_on is not null or f.fix_now or c.due_on is not null
  union all
  select w.finding_id,
    case when a.is_timely and a.new_due_on > w.due_on and w.granted < getvariable('extension_max') then a.new_due_on else w.due_on end,
    w.n + 1,
    w.granted + case when a.is_timely and a.new_due_on > w.due_on and w.granted < getvariable('extension_max') then 1 else 0 end
  from walk w, lateral (
    -- The last day of a period belongs to it: who asks on that day asks in time.
    select new_due_on, applied_on <= w.due_on or getvariable('extension_late') as is_timely from asked where finding_id = w.finding_id and n = w.n + 1
  ) a
)
select finding_id, arg_max(due_on, n) as due_on, max(granted) as granted from walk group by finding_id having max(granted) > 0;

create or replace temp table finding_action as
select finding_id,
  bool_or(kind in ('行业移交', '移送纪检监察')) as transferred,
  bool_or(kind = '挂牌督办') as listed,
  bool_or(kind = '约谈') as summoned
from action_asof where finding_id is not null group by finding_id;

create or replace temp view finding_state as
with due as (
  select f.* exclude (due_on), f.due_on as given_due_on,
    coalesce(x.due_on, f.due_on, case when f.fix_now then f.found_on end, c.due_on) as due_on,
    case when x.due_on is not null then '延期' when f.due_on is not null then '指定' when f.fix_now then '立即'
      when c.due_on is not null then '制度' when c.state = '未公布' then '未公布' else '未规定' end as due_source,
    p.done_on, p.closed_on, p.last_stage, p.last_on, coalesce(p.is_begun, false) as is_begun, coalesce(p.late_recorded, false) as late_recorded
  from finding_input f
  left join finding_progress p on p.finding_id = f.finding_id
  left join extension_granted x on x.finding_id = f.finding_id
  left join finding_clock c on c.finding_id = f.finding_id
)
select d.* exclude (is_begun),
  d.done_on is not null as is_done,
  d.closed_on is not null as is_closed,
  d.due_on < getvariable('as_of') as is_due,
  case
    when d.closed_on is not null then case when d.done_on > d.due_on then '逾期销号' else '已销号' end
    when d.done_on is not null then case when d.done_on > d.due_on then '逾期整改' else '已整改' end
    when d.due_on < getvariable('as_of') then '逾期'
    when d.is_begun then '整改中'
    else '未到期'
  end as state,
  case when d.due_on is not null then greatest(0, coalesce(d.done_on, getvariable('as_of')) - d.due_on) end::bigint as days_overdue,
  coalesce(a.transferred, false) as transferred,
  coalesce(a.listed, false) as listed,
  coalesce(a.summoned, false) as summoned,
  nullif(concat_ws('、',
    case when d.measure is null then '措施' end, case when d.owner is null then '责任' end, case when d.fund_wan is null then '资金' end,
    case when d.given_due_on is null then '时限' end, case when d.plan is null then '预案' end), '') as five_missing,
  getvariable('as_of') as as_of,
  (getvariable('as_of') - d.found_on)::bigint as age_days
from due d left join finding_action a on a.finding_id = d.finding_id;
