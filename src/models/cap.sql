-- Steps 3 to 10 of the arithmetic, from the tally. A cap takes back what lies beyond it.
-- Reads: scheme_tally, scored, item_leaving, scheme_item, scheme_rule, scheme_cap, scheme_start, veto_hit.
-- rule_sum, cap_sum, item_sum, bonus_sum: what each rule, group, item and all bonuses come to (milli) and what is taken back (back).
-- total: s, f, b as in the text, score after 取整, scaling, rounding and vetoing rows; one row a unit with F > 0.
create or replace temp table staying_item as
select s.unit_code, i.item, i.full_milli from scored s cross join scheme_item i
anti join item_leaving l on l.unit_code = s.unit_code and l.item = i.item;

create or replace temp table rule_sum as
select t.unit_code, r.item, t.rule_id, r.cap_id, r.measure, sum(t.raw_milli)::bigint as milli,
  case when sum(t.raw_milli) < -r.cap_milli then -r.cap_milli - sum(t.raw_milli)
    when sum(t.raw_milli) > r.cap_milli then r.cap_milli - sum(t.raw_milli) else 0 end::bigint as back
from scheme_tally t join scheme_rule r on r.rule_id = t.rule_id
where t.bucket not in ('na', 'pending') and r.measure <> 'veto'
group by t.unit_code, r.item, t.rule_id, r.cap_id, r.cap_milli, r.measure;

create or replace temp table cap_sum as
select s.unit_code, s.item, s.cap_id, sum(s.milli + s.back)::bigint as milli,
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
from rule_sum s cross join scheme_start t
where s.measure = 'bonus'
group by s.unit_code, t.bonus_cap_milli;

-- S, F in milli-points: 折算 from the exact fraction, 取整 to a hundredth of a point, then the lowest veto.
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
