-- loop: where each finding stands in its regime's own loop, and what of 五落实 it lacks.
-- Grain: finding_id. Reads: loop_finding, loop_stage, law_finding, five_missing, parameter. At most 200,000 rows.
-- Columns: finding_id, loop_no (which of the dated loops of loop.json it follows; null: the document lists none), stage_no (the furthest reached; 0: none),
-- reached, skipped and reversed (bit n: stage n was reached; was skipped; came before the one that precedes it), waits_since DATE (null: the
-- last stage that is recorded is reached), returned_on DATE (sent back and not put right since), times_returned, five (of 五落实: 齐全, 不明, or what is
-- missing, by 、; null: not asked of this finding).
with loop as (
  select from_on, row_number() over (order by from_on) - 1 as loop_no from (select distinct from_on from loop_stage)
), missing as (
  select finding_id, string_agg(name, '、' order by five_no) as names from five_missing group by finding_id
), five as (
  select f.finding_id, case when f.fix_now is null and f.given_due_on is null then '不明' else coalesce(m.names, '齐全') end as five
  from law_finding f
  join parameter p on p.name = 'five_in_place' and f.found_on >= p.from_on and f.found_on < p.to_on
  left join missing m on m.finding_id = f.finding_id
  where f.is_own and f.layer = '企业' and f.fix_now is distinct from true
)
select coalesce(l.finding_id, v.finding_id) as finding_id, cast(o.loop_no as integer) as loop_no, cast(coalesce(l.stage_no, 0) as integer) as stage_no,
  cast(coalesce(l.reached, 0) as integer) as reached, cast(coalesce(l.skipped_bits, 0) as integer) as skipped,
  cast(coalesce(l.reversed_bits, 0) as integer) as reversed, l.waits_since, l.returned_on, cast(coalesce(l.times_returned, 0) as integer) as times_returned, v.five
from loop_finding l
full join five v on v.finding_id = l.finding_id
left join loop o on o.from_on = l.from_on
order by finding_id
