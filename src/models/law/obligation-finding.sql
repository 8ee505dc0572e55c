-- What becomes of a finding: put right by its date, then checked and closed where the loop ends in 销号.
-- Grain: kind, finding_id. Reads: law_finding, finding_clock, parameter, kept_column. Gives: rows of owed_shape.
with asking as (
  -- Parameters whose clause asks for rectification, the most specific first; one that only forbids to refuse comes last.
  select *, list_position(['finding_due', 'fix_now', 'must_rectify', 'loop'], name) + case when modality = '不得' then 4 else 0 end as choice
  from parameter where name in ('finding_due', 'fix_now', 'must_rectify', 'loop')
), binding as (
  select s.from_on, lead(s.from_on, 1, date '9999-12-31') over (order by s.from_on) as to_on, arg_min(a.name, a.choice) as name
  from (select distinct from_on from asking) s join asking a on a.from_on <= s.from_on and a.to_on > s.from_on
  group by s.from_on
), known as (
  select coalesce(bool_or(name = 'rectification.stage'), false) as is_known from kept_column
), closing as (
  select name, from_on, to_on from parameter where name = 'loop' and ((value->'$.maps')->>(value->>'$.stages[#-1]')) = '销号'
)
select '问题整改' as kind, case when f.due_source = '制度' then 'finding_due' else 'due_on' end as parameter, '被巡查单位' as "by", '问题' as subject_kind,
  f.finding_id as subject, f.unit_code, f.unit_name, f.inspection_id, f.finding_id, b.name as clause_of, f.found_on as in_force_on, '发现于' as event, f.found_on as start_on,
  case f.due_source when '制度' then '文件' when '未公布' then '文件' when '未规定' then null else '指定' end as due_source, f.due_on as fixed_on,
  f.due_source as given, case when f.due_source = '延期' then coalesce(f.given_due_on, c.due_on) end as former_on,
  f.done_on, k.is_known, f.source_file, f.source_sheet, f.source_row
from law_finding f
cross join known k
left join finding_clock c on c.finding_id = case when f.due_source = '延期' then f.finding_id end
left join binding b on f.found_on >= b.from_on and f.found_on < b.to_on
union all
select '验收销号', 'loop', '办公室', '问题', f.finding_id, f.unit_code, f.unit_name, f.inspection_id, f.finding_id, null, f.done_on, '整改完成于', f.done_on,
  '解释', null, null, null, f.closed_on, k.is_known, f.source_file, f.source_sheet, f.source_row
from law_finding f
join closing c on f.done_on >= c.from_on and f.done_on < c.to_on
cross join known k
