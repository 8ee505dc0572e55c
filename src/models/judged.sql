-- judged: points that people gave, as 异议复核 left them. Grain: unit_code, rule_id. Reads: judgement_asof, appeal_effective, heir.
-- Variables: year. Columns: unit_code, rule_id, is_na (不涉及), points_milli BIGINT, reason, judged_by, reviewed_by, judged_on, provenance.
-- scored: units whose score is computed, with the contents their inspections looked at (null: all). Grain: unit_code. Reads: unit_state.
create or replace temp table judged as
select coalesce(h.heir_code, j.unit_code) as unit_code, j.rule_id, j.points = '不涉及' and a.new_points is null as is_na,
  cast(cast(coalesce(a.new_points, try_cast(j.points as decimal(28,6))) as decimal(28,3)) * 1000 as bigint) as points_milli,
  case when a.new_points is null then j.reason else concat(j.reason, '；异议复核变更（', a.appeal_id, '）') end as reason,
  j.judged_by, j.reviewed_by, j.judged_on, j.batch_id, concat_ws(' ', j.source_file, j.source_sheet) as source_file, j.source_row
from judgement_asof j
left join heir h on h.unit_code = j.unit_code
left join appeal_effective a on a.subject_kind = '评议' and a.decision = '变更' and a.subject_id = j.rule_id and a.unit_code = j.unit_code
where j.year = getvariable('year')
qualify row_number() over (partition by coalesce(h.heir_code, j.unit_code), j.rule_id order by (j.unit_code = coalesce(h.heir_code, j.unit_code)) desc, j.unit_code) = 1;

create or replace temp table scored as
select unit_code, items from unit_state where covered = '已巡查';
