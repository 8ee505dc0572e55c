-- What is asked of the inspected before an inspection: to check themselves, to name whom to call. Nothing in the data shows that it was done.
-- Grain: parameter, subject. Reads: own_inspection, parameter. Gives: rows of owed_shape.
select '自查' as kind, 'self_check' as parameter, '被巡查单位' as "by", '巡查' as subject_kind, i.inspection_id as subject, i.unit_code, i.unit_name, i.inspection_id,
  i.planned_from as in_force_on, '文件' as due_source, i.planned_from - 1 as fixed_on,
  concat('计划', i.planned_from, '开始巡查，应在此前自查') as note, null::date as done_on, false as is_known, i.source_file, i.source_sheet, i.source_row
from own_inspection i
join parameter p on p.name = 'self_check' and i.planned_from >= p.from_on and i.planned_from < p.to_on
where i.started_on is null and i.ended_on is null
union all
select '联络名单', name, '被巡查单位', '制度', name, null, null, null, cast(value->>'$.list_by' as date), '文件', cast(value->>'$.list_by' as date),
  concat(array_to_string(cast(coalesce(value->'$.list', value->'$.who') as varchar[]), '、'), '名单应在', value->>'$.list_by', '以前（含当日）报送'), null, false, null, null, null
from parameter
where name = 'liaison' and (value->>'$.list_by') is not null and cast(value->>'$.list_by' as date) >= from_on and cast(value->>'$.list_by' as date) < to_on
