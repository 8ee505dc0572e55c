-- scheme_tally: what each unit's score is computed from, without the rows.
-- Grain: unit_code, rule_id, bucket. Reads: kept_hit, figure_kept, absent, item_leaving, veto_hit, scored, scheme_rule, judged_missing.
-- Columns: unit_code, rule_id, bucket ('' | na | returned | pending), n, num, den, raw_milli BIGINT (signed as in the ledger).
create or replace temp table scheme_tally as
with signed as (
  select h.*, case when r.measure = 'bonus' then h.cost else -h.cost end as milli
  from kept_hit h join scheme_rule r on r.rule_id = h.rule_id
)
select unit_code, rule_id, '' as bucket, count(*)::bigint as n, null::hugeint as num, null::hugeint as den, sum(milli)::bigint as raw_milli
from signed group by unit_code, rule_id
union all
select unit_code, rule_id, 'returned', count(*)::bigint, null, null, sum(-milli)::bigint from signed where not is_dearest group by unit_code, rule_id
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
