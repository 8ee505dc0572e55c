-- outside_obligation: what is owed, as it may be told outside the office.
-- Grain and columns: those of obligation. Reads: obligation, outside_finding, outside_inspection, finding_state, secret_unit.
-- Variables: as_of, has_secret.
-- Clues and cases are left out always. Where the regime keeps visits secret, what stays is owed by the month, the year or the document and
-- still to come, or is counted from a day after the feedback, or has a due date that was set and not counted; which inspection, from which
-- day and how it was counted is not said, nor how many visits there were. What was done on a day that may not be told is left out, so
-- that nothing done looks as if it were not.
create or replace temp view outside_obligation as
with linked as (
  select o.*, greatest(f.told_on, i.told_on) as told_on, s.due_source as finding_due_source,
    coalesce(f.is_sealed, false) or coalesce(i.is_sealed, false) as is_sealed, coalesce(f.is_clue, false) as is_clue
  from obligation o
  left join outside_finding f on f.finding_id = o.finding_id
  left join outside_inspection i on i.inspection_id = o.inspection_id
  left join finding_state s on s.finding_id = o.finding_id and s.variant = 'decided'
), told as (
  select * from linked
  where kind <> '移送纪检监察' and not is_clue and (not getvariable('has_secret') or case
    when is_sealed or kind in ('每月次数', '每年户数') then false
    when subject_kind in ('月', '年', '制度') then done_on is null and due_on >= getvariable('as_of')
    when finding_id is null and inspection_id is null then kind = '约谈落实情况'
    when done_on <= told_on then false
    else (due_on is null or told_on is null or due_on > told_on)
      and (told_on is null or start_on > told_on or (kind = '问题整改' and finding_due_source in ('指定', '延期')))
  end)
)
select t.* exclude (told_on, is_sealed, is_clue, finding_due_source) replace (
  case when getvariable('has_secret') and subject_kind = '巡查' then null else subject end as subject,
  case when s.unit_code is null then t.unit_code end as unit_code,
  case when s.unit_code is null then unit_name end as unit_name,
  case when not getvariable('has_secret') then inspection_id end as inspection_id,
  case when not getvariable('has_secret') then start_on end as start_on,
  case when not getvariable('has_secret') then because end as because,
  null::varchar as source_file, null::varchar as source_sheet, null::bigint as source_row)
from told t left join secret_unit s on s.unit_code = t.unit_code;
