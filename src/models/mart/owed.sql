-- owed: what has to be done about findings besides putting them right, and whether it was: due since 1 January, or not done.
-- Grain: kind, parameter, subject. Reads: told_obligation, law_finding. Variables: as_of. At most 200,000 rows.
-- Columns: kind, parameter, clause, modality, by (who owes it, in the regime's word), subject, unit_code, unit_name, inspection_id, finding_id, severity, due_on, due_source
-- 文件 指定 解释, done_on, because, state: 按时 (done by the last day), 迟办 (done after it), 逾期 (not done, the day is past), 未到期 (not done, the day is
-- not past), 未定 (not done, no day is known), 不明 (nothing in the files would show it).
select o.kind, o.parameter, o.clause, o.modality, party_word(o."by") as "by", o.subject, o.unit_code, o.unit_name, o.inspection_id, o.finding_id, f.severity, o.due_on, o.due_source,
  o.done_on, o.because,
  case when o.done_on is not null then case when o.done_on > o.due_on then '迟办' else '按时' end
    when not o.is_known then '不明' when o.due_on is null then '未定' when o.due_on < getvariable('as_of') then '逾期' else '未到期' end as state
from told_obligation o
left join law_finding f on f.finding_id = o.finding_id
where o.kind in ('约谈', '约谈落实情况', '挂牌督办', '书面报告', '移交', '移送纪检监察', '曝光', '整改情况报告', '后续定期报告', '验收销号', '公布')
order by o.kind, o.due_on nulls last, o.subject
