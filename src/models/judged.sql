-- judged: points that people gave, as 异议复核 left them. Grain: unit_code, rule_id. Reads: judgement_asof, appeal_asof, heir.
-- Variables: year. Columns: unit_code, rule_id, is_na (不涉及), points_milli BIGINT, reason, judged_by, reviewed_by, judged_on, appeal_id (of the 异议 that set the points), provenance.
-- An 异议 about a 评议 names a rule and no year: it is about the last judgement made before it was filed, or else the first one after.
-- A judgement that was struck (撤销) is no longer there: somebody has to judge again.
-- scored: units whose score is computed, with the contents their inspections looked at (null: all). Grain: unit_code. Reads: unit_state.
create or replace temp table judged as
with aimed as (
  select a.appeal_id, arg_min(j.year, (j.judged_on > a.filed_on, abs(j.judged_on - a.filed_on), -j.year)) as year
  from appeal_asof a join judgement_asof j on j.rule_id = a.subject_id and j.unit_code = a.unit_code
  where a.subject_kind = '评议' and a.decision in ('变更', '撤销') and a.decided_on is not null group by a.appeal_id
), appealed as (
  select a.*, m.year from aimed m join appeal_asof a on a.appeal_id = m.appeal_id
  qualify row_number() over (partition by a.subject_id, a.unit_code, m.year order by a.decided_on desc, a.appeal_id desc) = 1
)
select coalesce(h.heir_code, j.unit_code) as unit_code, j.rule_id, j.points = '不涉及' and a.new_points is null as is_na,
  cast(cast(coalesce(a.new_points, try_cast(j.points as decimal(28,6))) as decimal(28,3)) * 1000 as bigint) as points_milli,
  case when a.new_points is null then j.reason else concat(j.reason, '；异议复核变更（', concat_ws('，', a.appeal_id, a.decided_by, a.document_no, a.decided_on), '）') end as reason,
  j.judged_by, j.reviewed_by, j.judged_on, case when a.new_points is not null then a.appeal_id end as appeal_id, j.batch_id, concat_ws(' ', j.source_file, j.source_sheet) as source_file, j.source_row
from judgement_asof j
left join heir h on h.unit_code = j.unit_code
left join appealed a on a.subject_id = j.rule_id and a.unit_code = j.unit_code and a.year = j.year
where j.year = getvariable('year') and a.decision is distinct from '撤销'
qualify row_number() over (partition by coalesce(h.heir_code, j.unit_code), j.rule_id order by (j.unit_code = coalesce(h.heir_code, j.unit_code)) desc, j.unit_code) = 1;

create or replace temp table scored as
select unit_code, items from unit_state where covered = '已巡查';
