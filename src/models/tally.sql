-- scheme_tally: what each unit's score is computed from, without the rows.
-- Grain: unit_code, rule_id, bucket. Reads: row_tally, kept_hit, figure_kept, rule_na, rule_out, item_leaving, veto_hit, scored,
-- scheme_rule, judged_missing.
-- Columns: unit_code, rule_id, bucket ('' or a label of weight and repeat | na | returned | pending), n, num, den,
-- raw_milli BIGINT (signed as in the ledger).
create or replace temp table scheme_tally as
with counted as (
  select t.unit_code, t.rule_id, t.bucket, t.n, t.cost
  from row_tally t join scored s on s.unit_code = t.unit_code
  anti join rule_out o on o.unit_code = t.unit_code and o.rule_id = t.rule_id
  union all
  select unit_code, rule_id, bucket, count(*)::bigint, sum(cost)::bigint from kept_hit group by unit_code, rule_id, bucket
)
select c.unit_code, c.rule_id, c.bucket, c.n, null::hugeint as num, null::hugeint as den,
  case when r.measure = 'bonus' then c.cost else -c.cost end as raw_milli
from counted c join scheme_rule r on r.rule_id = c.rule_id
union all
select h.unit_code, h.rule_id, 'returned', count(*)::bigint, null, null,
  sum(case when r.measure = 'bonus' then -h.cost else h.cost end)::bigint
from kept_hit h join scheme_rule r on r.rule_id = h.rule_id where not h.is_dearest group by h.unit_code, h.rule_id
union all
select unit_code, rule_id, '', 1, num, den, milli from figure_kept
union all
select unit_code, rule_id, 'na', 1, null, null, 0 from rule_na
union all
select unit_code, concat('item:', item), 'na', 1, null, null, 0 from item_leaving
union all
select unit_code, rule_id, 'pending', count(*)::bigint, null, null, 0 from judged_missing group by unit_code, rule_id
union all
select v.unit_code, v.rule_id, case when is_pending then 'pending' else '' end, count(*)::bigint, min(score_milli), null, 0
from veto_hit v join scored s on s.unit_code = v.unit_code group by v.unit_code, v.rule_id, is_pending
order by unit_code, rule_id, bucket;
