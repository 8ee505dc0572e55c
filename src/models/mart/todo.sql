-- todo: what is owed and not done by 统计截止日: late, or due within 30 days, the last of them included.
-- Grain: kind, parameter, clause, unit_code, due_on where the subject is a finding; otherwise a row a duty. Reads: told_obligation (obligation,
-- or of it what may be told to the audience), law_finding. Variables: as_of. At most 50,000 rows.
-- A duty of which the data would not show that it was done is left out once its day has passed.
-- Columns: kind, parameter, clause, modality, grade 违反 or 提示, by (who owes it, in the regime's word), subject_kind, subject and finding_id (null: several), unit_code
-- and unit_name (null: of no unit), inspection_id, due_on, due_source 文件 指定 解释, days_left (below 0: late), n (how many), n_major (of them major
-- findings), because (how the last day follows; null: several).
select kind, parameter, clause, modality, grade, party_word("by") as "by", subject_kind, case when count(*) = 1 then max(subject) end as subject, unit_code,
  max(unit_name) as unit_name, case when count(*) = 1 then max(inspection_id) end as inspection_id, case when count(*) = 1 then max(finding_id) end as finding_id,
  due_on, due_source, due_on - getvariable('as_of') as days_left, count(*) as n, count(*) filter (where severity = '重大') as n_major,
  case when count(*) = 1 then max(because) end as because
from (
  select o.*, f.severity, case when o.subject_kind = '问题' then '' else o.subject end as lone
  from told_obligation o
  left join law_finding f on f.finding_id = o.finding_id
)
where done_on is null and (is_known or due_on >= getvariable('as_of')) and due_on <= getvariable('as_of') + 30
group by kind, parameter, clause, modality, grade, "by", subject_kind, lone, unit_code, due_on, due_source
order by due_on, kind, unit_code nulls first, lone
