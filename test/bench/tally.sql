-- hand_tally: the sixty rules of office/schemes/bench.yaml, written by hand as one would without a rule book.
-- Grain: unit_code, rule_id. Reads: finding_fact. The denominator of facts, score, ledger and digest.
-- Columns: unit_code, rule_id, n BIGINT (rows charged), num and den BIGINT (ratios), raw_milli BIGINT (before caps, ≤ 0).
create or replace temp table hand_tally as
select scored_unit as unit_code, 'R1-1' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(case severity when '一般' then 10 when '较大' then 20 when '重大' then 50 end)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '1' group by scored_unit
union all
select scored_unit as unit_code, 'R1-2' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(5)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '1' and layer = '企业' and fault = '属地监管' group by scored_unit
union all
select scored_unit as unit_code, 'R1-3' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(50)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '1' and nature = '事故隐患' and hazard_level = '重大' group by scored_unit
union all
select scored_unit as unit_code, 'R1-4' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(least(100, days_overdue))::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '1' and days_overdue > 0 group by scored_unit
union all
select scored_unit as unit_code, 'R1-5' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(100)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '1' and days_overdue > 30 and severity = '重大' group by scored_unit
union all
select scored_unit, 'R1-6', 1, count(*) filter (where is_done), count(*), -((2 * 2000 * count(*) filter (where not is_done) + count(*)) // (2 * count(*)))
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '1' and is_due group by scored_unit
union all
select scored_unit as unit_code, 'R2-1' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(case severity when '一般' then 10 when '较大' then 20 when '重大' then 50 end)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '2' group by scored_unit
union all
select scored_unit as unit_code, 'R2-2' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(5)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '2' and layer = '企业' and fault = '属地监管' group by scored_unit
union all
select scored_unit as unit_code, 'R2-3' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(50)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '2' and nature = '事故隐患' and hazard_level = '重大' group by scored_unit
union all
select scored_unit as unit_code, 'R2-4' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(least(100, days_overdue))::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '2' and days_overdue > 0 group by scored_unit
union all
select scored_unit as unit_code, 'R2-5' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(100)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '2' and days_overdue > 30 and severity = '重大' group by scored_unit
union all
select scored_unit, 'R2-6', 1, count(*) filter (where is_done), count(*), -((2 * 2000 * count(*) filter (where not is_done) + count(*)) // (2 * count(*)))
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '2' and is_due group by scored_unit
union all
select scored_unit as unit_code, 'R3-1' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(case severity when '一般' then 10 when '较大' then 20 when '重大' then 50 end)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '3' group by scored_unit
union all
select scored_unit as unit_code, 'R3-2' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(5)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '3' and layer = '企业' and fault = '属地监管' group by scored_unit
union all
select scored_unit as unit_code, 'R3-3' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(50)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '3' and nature = '事故隐患' and hazard_level = '重大' group by scored_unit
union all
select scored_unit as unit_code, 'R3-4' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(least(100, days_overdue))::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '3' and days_overdue > 0 group by scored_unit
union all
select scored_unit as unit_code, 'R3-5' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(100)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '3' and days_overdue > 30 and severity = '重大' group by scored_unit
union all
select scored_unit, 'R3-6', 1, count(*) filter (where is_done), count(*), -((2 * 2000 * count(*) filter (where not is_done) + count(*)) // (2 * count(*)))
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '3' and is_due group by scored_unit
union all
select scored_unit as unit_code, 'R4-1' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(case severity when '一般' then 10 when '较大' then 20 when '重大' then 50 end)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '4' group by scored_unit
union all
select scored_unit as unit_code, 'R4-2' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(5)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '4' and layer = '企业' and fault = '属地监管' group by scored_unit
union all
select scored_unit as unit_code, 'R4-3' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(50)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '4' and nature = '事故隐患' and hazard_level = '重大' group by scored_unit
union all
select scored_unit as unit_code, 'R4-4' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(least(100, days_overdue))::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '4' and days_overdue > 0 group by scored_unit
union all
select scored_unit as unit_code, 'R4-5' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(100)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '4' and days_overdue > 30 and severity = '重大' group by scored_unit
union all
select scored_unit, 'R4-6', 1, count(*) filter (where is_done), count(*), -((2 * 2000 * count(*) filter (where not is_done) + count(*)) // (2 * count(*)))
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '4' and is_due group by scored_unit
union all
select scored_unit as unit_code, 'R5-1' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(case severity when '一般' then 10 when '较大' then 20 when '重大' then 50 end)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '5' group by scored_unit
union all
select scored_unit as unit_code, 'R5-2' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(5)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '5' and layer = '企业' and fault = '属地监管' group by scored_unit
union all
select scored_unit as unit_code, 'R5-3' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(50)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '5' and nature = '事故隐患' and hazard_level = '重大' group by scored_unit
union all
select scored_unit as unit_code, 'R5-4' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(least(100, days_overdue))::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '5' and days_overdue > 0 group by scored_unit
union all
select scored_unit as unit_code, 'R5-5' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(100)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '5' and days_overdue > 30 and severity = '重大' group by scored_unit
union all
select scored_unit, 'R5-6', 1, count(*) filter (where is_done), count(*), -((2 * 2000 * count(*) filter (where not is_done) + count(*)) // (2 * count(*)))
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '5' and is_due group by scored_unit
union all
select scored_unit as unit_code, 'R6-1' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(case severity when '一般' then 10 when '较大' then 20 when '重大' then 50 end)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '6' group by scored_unit
union all
select scored_unit as unit_code, 'R6-2' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(5)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '6' and layer = '企业' and fault = '属地监管' group by scored_unit
union all
select scored_unit as unit_code, 'R6-3' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(50)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '6' and nature = '事故隐患' and hazard_level = '重大' group by scored_unit
union all
select scored_unit as unit_code, 'R6-4' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(least(100, days_overdue))::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '6' and days_overdue > 0 group by scored_unit
union all
select scored_unit as unit_code, 'R6-5' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(100)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '6' and days_overdue > 30 and severity = '重大' group by scored_unit
union all
select scored_unit, 'R6-6', 1, count(*) filter (where is_done), count(*), -((2 * 2000 * count(*) filter (where not is_done) + count(*)) // (2 * count(*)))
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '6' and is_due group by scored_unit
union all
select scored_unit as unit_code, 'R7-1' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(case severity when '一般' then 10 when '较大' then 20 when '重大' then 50 end)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '7' group by scored_unit
union all
select scored_unit as unit_code, 'R7-2' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(5)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '7' and layer = '企业' and fault = '属地监管' group by scored_unit
union all
select scored_unit as unit_code, 'R7-3' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(50)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '7' and nature = '事故隐患' and hazard_level = '重大' group by scored_unit
union all
select scored_unit as unit_code, 'R7-4' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(least(100, days_overdue))::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '7' and days_overdue > 0 group by scored_unit
union all
select scored_unit as unit_code, 'R7-5' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(100)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '7' and days_overdue > 30 and severity = '重大' group by scored_unit
union all
select scored_unit, 'R7-6', 1, count(*) filter (where is_done), count(*), -((2 * 2000 * count(*) filter (where not is_done) + count(*)) // (2 * count(*)))
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '7' and is_due group by scored_unit
union all
select scored_unit as unit_code, 'R8-1' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(case severity when '一般' then 10 when '较大' then 20 when '重大' then 50 end)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '8' group by scored_unit
union all
select scored_unit as unit_code, 'R8-2' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(5)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '8' and layer = '企业' and fault = '属地监管' group by scored_unit
union all
select scored_unit as unit_code, 'R8-3' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(50)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '8' and nature = '事故隐患' and hazard_level = '重大' group by scored_unit
union all
select scored_unit as unit_code, 'R8-4' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(least(100, days_overdue))::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '8' and days_overdue > 0 group by scored_unit
union all
select scored_unit as unit_code, 'R8-5' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(100)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '8' and days_overdue > 30 and severity = '重大' group by scored_unit
union all
select scored_unit, 'R8-6', 1, count(*) filter (where is_done), count(*), -((2 * 2000 * count(*) filter (where not is_done) + count(*)) // (2 * count(*)))
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '8' and is_due group by scored_unit
union all
select scored_unit as unit_code, 'R9-1' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(case severity when '一般' then 10 when '较大' then 20 when '重大' then 50 end)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '9' group by scored_unit
union all
select scored_unit as unit_code, 'R9-2' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(5)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '9' and layer = '企业' and fault = '属地监管' group by scored_unit
union all
select scored_unit as unit_code, 'R9-3' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(50)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '9' and nature = '事故隐患' and hazard_level = '重大' group by scored_unit
union all
select scored_unit as unit_code, 'R9-4' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(least(100, days_overdue))::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '9' and days_overdue > 0 group by scored_unit
union all
select scored_unit as unit_code, 'R9-5' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(100)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '9' and days_overdue > 30 and severity = '重大' group by scored_unit
union all
select scored_unit, 'R9-6', 1, count(*) filter (where is_done), count(*), -((2 * 2000 * count(*) filter (where not is_done) + count(*)) // (2 * count(*)))
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '9' and is_due group by scored_unit
union all
select scored_unit as unit_code, 'R10-1' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(case severity when '一般' then 10 when '较大' then 20 when '重大' then 50 end)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '10' group by scored_unit
union all
select scored_unit as unit_code, 'R10-2' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(5)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '10' and layer = '企业' and fault = '属地监管' group by scored_unit
union all
select scored_unit as unit_code, 'R10-3' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(50)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and found_on between date '2025-01-01' and date '2025-12-31' and item = '10' and nature = '事故隐患' and hazard_level = '重大' group by scored_unit
union all
select scored_unit as unit_code, 'R10-4' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(least(100, days_overdue))::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '10' and days_overdue > 0 group by scored_unit
union all
select scored_unit as unit_code, 'R10-5' as rule_id, count(*) as n, null::bigint as num, null::bigint as den, -sum(100)::bigint as raw_milli
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '10' and days_overdue > 30 and severity = '重大' group by scored_unit
union all
select scored_unit, 'R10-6', 1, count(*) filter (where is_done), count(*), -((2 * 2000 * count(*) filter (where not is_done) + count(*)) // (2 * count(*)))
from finding_fact where is_counted and scored_unit is not null and due_on between date '2025-01-01' and date '2025-12-31' and item = '10' and is_due group by scored_unit;
