-- scheme_tally: what each unit's score is computed from, without the rows.
-- Grain: unit_code, rule_id, bucket. Reads: hit, beaten, figure_kept, rule_na, rule_out, item_leaving, veto_hit, scored,
-- scheme_rule, judged_missing.
-- Columns: unit_code, rule_id, bucket ('' or a label of weight and repeat | na | returned | pending), n, num, den,
-- raw_milli BIGINT (signed as in the ledger).
create or replace temp table scheme_tally as
select h.unit_code, h.rule_id, h.bucket, count(*)::bigint as n, null::hugeint as num, null::hugeint as den,
  (case when r.measure = 'bonus' then 1 else -1 end * sum(h.cost))::bigint as raw_milli
from hit h join scored s on s.unit_code = h.unit_code join scheme_rule r on r.rule_id = h.rule_id
anti join rule_out o on o.unit_code = h.unit_code and o.rule_id = h.rule_id
group by h.unit_code, h.rule_id, h.bucket, r.measure
union all
select b.unit_code, b.rule_id, 'returned', count(*)::bigint, null, null,
  (case when r.measure = 'bonus' then -1 else 1 end * sum(b.cost))::bigint
from beaten b join scheme_rule r on r.rule_id = b.rule_id group by b.unit_code, b.rule_id, r.measure
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
