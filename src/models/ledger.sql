-- scheme_ledger: one row per cause; a unit's rows add up to its score exactly.
-- Grain: unit_code, kind, item, rule_id, subject. Reads: kept_hit, figure_kept, found_hit, veto_hit, item_leaving, rule_na, scored,
-- scheme_item, scheme_rule, scheme_cap, scheme_start, kind_order.
-- Columns: unit_code, seq, kind, item, rule_id, subject, milli BIGINT (thousandths of a point), because, breach, basis, batch, file, row.
create or replace temp table staying_item as
select s.unit_code, i.item, i.full_milli from scored s cross join scheme_item i
anti join item_leaving l on l.unit_code = s.unit_code and l.item = i.item;

create or replace temp table cause as
select unit_code, '基础' as kind, item, null as rule_id, null as subject, case when start = 'full' then full_milli else 0 end as milli,
  case when start = 'full' then concat('巡查内容', item, '满分') else concat('巡查内容', item, '从零计分') end as because, null as batch_id, null as source_file, null::bigint as source_row
from staying_item cross join scheme_start
union all
select h.unit_code, case when r.measure = 'bonus' then '加分' else '扣分' end, r.item, h.rule_id, h.subject,
  case when r.measure = 'bonus' then h.cost else -h.cost end, h.because, h.batch_id, h.source_file, h.source_row
from kept_hit h join scheme_rule r on r.rule_id = h.rule_id
union all
select h.unit_code, '择高返还', r.item, h.rule_id, h.subject, case when r.measure = 'bonus' then -h.cost else h.cost end,
  concat('同一事项已按', d.rule_id, '计', printf('%d.%02d', d.cost // 1000, (d.cost % 1000) // 10), '分，不重复计'), h.batch_id, h.source_file, h.source_row
from kept_hit h join scheme_rule r on r.rule_id = h.rule_id
join (
  select k.*, m.measure = 'bonus' as is_bonus from kept_hit k join scheme_rule m on m.rule_id = k.rule_id where k.is_dearest and k.highest is not null
) d on d.unit_code = h.unit_code and d.highest_of = h.highest_of and d.highest = h.highest and d.is_bonus = (r.measure = 'bonus')
where not h.is_dearest
union all
select f.unit_code, f.kind, r.item, f.rule_id, null, f.milli, f.because, f.batch_id, f.source_file, f.source_row
from figure_kept f join scheme_rule r on r.rule_id = f.rule_id where f.milli <> 0
union all
select h.unit_code, k.kind, r.item, h.rule_id, concat(h.subject, '@原'), k.sign * h.cost,
  case when k.sign < 0 then concat('原认定：', h.because) else concat('异议复核后撤去原扣分：', h.because) end, h.batch_id, h.source_file, h.source_row
from found_hit h join scored s on s.unit_code = h.unit_code join scheme_rule r on r.rule_id = h.rule_id
anti join rule_out o on o.unit_code = h.unit_code and o.rule_id = h.rule_id
cross join (values ('扣分', -1), ('复核', 1)) k(kind, sign);

-- Steps 3 to 5: rule cap, group cap, item floor (or ceiling). A cap takes back what lies beyond it.
create or replace temp table rule_sum as
select c.unit_code, c.item, c.rule_id, r.cap_id, sum(c.milli)::bigint as milli,
  case when sum(c.milli) < -r.cap_milli then -r.cap_milli - sum(c.milli) when sum(c.milli) > r.cap_milli then r.cap_milli - sum(c.milli) else 0 end::bigint as back
from cause c join scheme_rule r on r.rule_id = c.rule_id
group by c.unit_code, c.item, c.rule_id, r.cap_id, r.cap_milli;

create or replace temp table cap_sum as
select s.unit_code, s.item, s.cap_id,
  case when sum(s.milli + s.back) < -c.cap_milli then -c.cap_milli - sum(s.milli + s.back)
    when sum(s.milli + s.back) > c.cap_milli then c.cap_milli - sum(s.milli + s.back) else 0 end::bigint as back
from rule_sum s join scheme_cap c on c.cap_id = s.cap_id
group by s.unit_code, s.item, s.cap_id, c.cap_milli;

create or replace temp table item_sum as
with points as (
  select i.unit_code, i.item, i.full_milli,
    (case when t.start = 'full' then i.full_milli else 0 end + coalesce(r.milli, 0) + coalesce(g.back, 0))::bigint as milli
  from staying_item i cross join scheme_start t
  left join (select unit_code, item, sum(milli + back) as milli from rule_sum group by unit_code, item) r on r.unit_code = i.unit_code and r.item = i.item
  left join (select unit_code, item, sum(back) as back from cap_sum group by unit_code, item) g on g.unit_code = i.unit_code and g.item = i.item
)
select *, case when milli < 0 then -milli when milli > full_milli then full_milli - milli else 0 end as back from points;

create or replace temp table bonus_sum as
select s.unit_code, sum(s.milli + s.back)::bigint as milli, coalesce(least(0, t.bonus_cap_milli - sum(s.milli + s.back)), 0)::bigint as back
from rule_sum s join scheme_rule r on r.rule_id = s.rule_id and r.measure = 'bonus' cross join scheme_start t
group by s.unit_code, t.bonus_cap_milli;

-- Steps 6 to 10. S, F in milli-points: 折算 from the exact fraction, 取整 to a hundredth of a point, then the lowest veto.
create or replace temp table total as
with sums as (
  select i.unit_code, sum(i.milli + i.back)::hugeint as s, sum(i.full_milli)::hugeint as f from item_sum i group by i.unit_code
), bonused as (
  select t.*, coalesce(b.milli + b.back, 0)::hugeint as b from sums t left join bonus_sum b on b.unit_code = t.unit_code where t.f > 0
), exact as (
  select *, ((2 * 100000 * s + f) // (2 * f))::bigint as scaled,
    (10 * ((2 * (100000 * s + b * f) + 10 * f) // (20 * f)))::bigint as score
  from bonused
), vetoed as (
  select unit_code, arg_min({rule_id: rule_id, subject: subject, score: score_milli, because: because, batch_id: batch_id, source_file: source_file, source_row: source_row},
    (score_milli, rule_id, subject)) as veto
  from veto_hit where score_milli is not null and not is_pending group by unit_code
)
select e.unit_code, e.s::bigint as s, e.f::bigint as f, e.b::bigint as b,
  case when e.f < 100000 then e.scaled - e.s::bigint else 0 end as scaling,
  e.score - case when e.f < 100000 then e.scaled else e.s::bigint end - e.b::bigint as rounding,
  case when v.veto is null then 0 else least(0, v.veto.score - e.score) end as vetoing,
  v.veto, e.score
from exact e left join vetoed v on v.unit_code = e.unit_code;

create or replace temp table scheme_ledger as
with entry as (
  select * from cause
  union all
  select unit_code, '封顶返还', item, rule_id, null, back, concat('规则', rule_id, '最多计', printf('%d.%02d', abs(milli + back) // 1000, (abs(milli + back) % 1000) // 10), '分'), null, null, null
  from rule_sum where back <> 0
  union all
  select unit_code, '封顶返还', item, concat('cap:', cap_id), null, back, concat('规则组', cap_id, '合计封顶'), null, null, null from cap_sum where back <> 0
  union all
  select unit_code, '封顶返还', item, concat('item:', item), null, back, concat('巡查内容', item, case when back > 0 then '扣完为止' else '以满分为限' end), null, null, null from item_sum where back <> 0
  union all
  select unit_code, '封顶返还', null, 'cap:bonus', null, back, '加分合计封顶', null, null, null from bonus_sum where back <> 0
  union all
  select unit_code, '折算', null, null, null, scaling, concat('不涉及的内容不计，按', printf('%d.%02d', f // 1000, (f % 1000) // 10), '分折算为100分'), null, null, null from total where scaling <> 0
  union all
  select unit_code, '取整', null, null, null, rounding, '得分保留两位小数', null, null, null from total where rounding <> 0
  union all
  select unit_code, '否决', null, veto.rule_id, veto.subject, vetoing, veto.because, veto.batch_id, veto.source_file, veto.source_row from total where vetoing <> 0
)
select e.unit_code,
  row_number() over (partition by e.unit_code order by k.kind_no, coalesce(e.item, ''), coalesce(e.rule_id, ''), coalesce(e.subject, ''))::bigint as seq,
  e.kind, e.item, e.rule_id, e.subject, e.milli::bigint as milli, e.because, r.breach, r.basis,
  e.batch_id as batch, e.source_file as file, e.source_row as "row"
from entry e
join total t on t.unit_code = e.unit_code
join kind_order k on k.kind = e.kind
left join scheme_rule r on r.rule_id = e.rule_id
where e.milli <> 0 or e.kind = '基础'
order by e.unit_code, seq;
