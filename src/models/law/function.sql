-- What several checks share. An arrow binds more loosely than a comparison: hence the brackets.
-- Reads: own_inspection, inspection_day, parameter, visit_asof, member_asof, unit_version_now. Variables: words, kinds, as_of.

-- word: what the regime itself calls a thing (unit, team, inspection …).
create or replace temp macro word(name, otherwise) as coalesce(getvariable('words')[name], otherwise);

-- party_word: what it calls a party.
create or replace temp macro party_word(party) as
  word(case party when '巡查组' then 'team' when '办公室' then 'office' when '被巡查单位' then 'unit' end, party);

-- kind_word: its own name for a kind of inspection.
create or replace temp macro kind_word(kind) as coalesce(getvariable('kinds')[kind], kind);

-- stretch_end: the last day of so many days or months after a day.
create or replace temp macro stretch_end(day, length, unit) as case unit when 'months' then cast(day + to_months(length) as date) else day + length end;

-- called: an inspection in a sentence, such as 河西镇（X25-03）.
create or replace temp macro called(unit_name, inspection_id) as concat(coalesce(unit_name, '单位不详'), '（', inspection_id, '）');

-- inspection_under: own inspections in scope with the parameter's value in force on their day.
create or replace temp macro inspection_under(parameter_name) as table
select i.inspection_id, i.unit_code, i.unit_name, i.unit_kind, i.kind, i.team_no, i.anchor_on, i.started_on, i.ended_on, i.reported_on, p.value,
  called(i.unit_name, i.inspection_id) as called, i.batch_id, i.source_file, i.source_sheet, i.source_row
from own_inspection i
join parameter p on p.name = parameter_name and i.anchor_on >= p.from_on and i.anchor_on < p.to_on
where i.in_scope;

-- inspection_step: the same with the days that the value's `column`, `after`, and `before` or `not_after` name.
create or replace temp macro inspection_step(parameter_name) as table
select i.*, done.day as done_on, earlier.day as after_on, limited.day as limit_on, (i.value->>'$.before') is not null as is_before
from inspection_under(parameter_name) i
left join inspection_day done on done.inspection_id = i.inspection_id and done.name = (i.value->>'$.column')
left join inspection_day earlier on earlier.inspection_id = i.inspection_id and earlier.name = (i.value->>'$.after')
left join inspection_day limited on limited.inspection_id = i.inspection_id and limited.name = coalesce(i.value->>'$.before', i.value->>'$.not_after')
where (i.value->>'$.column') is not null;

-- visit_under: places looked at by own inspections in scope, with the parameter's value in force on the inspection's day.
create or replace temp macro visit_under(parameter_name) as table
select v.visit_id, v.inspection_id, v.unit_code, v.visited_on, i.value, concat(coalesce(u.unit_name, i.unit_name), '的受检点位', v.visit_id) as called,
  v.batch_id, v.source_file, v.source_sheet, v.source_row
from inspection_under(parameter_name) i
join visit_asof v on v.inspection_id = i.inspection_id
left join (select unit_code, arg_max(unit_name, valid_from) as unit_name from unit_version_now group by unit_code) u on u.unit_code = v.unit_code;

-- member_under: the people of those inspections that have begun; until_on is the last day they were wanted on.
create or replace temp macro member_under(parameter_name) as table
select m.inspection_id, m.member_id, concat(m.inspection_id, '#', m.member_id) as subject, i.unit_code, i.value, i.started_on, i.ended_on,
  coalesce(i.ended_on, getvariable('as_of')) as until_on, m.role, m.rank, m.in_service, m.leave_approved,
  concat(i.called, '的', m.role, m.member_id) as called, m.batch_id, m.source_file, m.source_sheet, m.source_row
from inspection_under(parameter_name) i
join member_asof m on m.inspection_id = i.inspection_id
where i.started_on is not null;

-- finding_under: own findings in scope with the parameter's value in force on the day they were found.
create or replace temp macro finding_under(parameter_name) as table
select f.finding_id, f.inspection_id, f.unit_code, f.layer, f.category, f.found_on, f.handed_on, f.fix_now, f.given_due_on, f.due_on, f.is_done, p.value,
  concat(coalesce(f.unit_name, '单位不详'), '的问题', f.finding_id) as called, f.batch_id, f.source_file, f.source_sheet, f.source_row
from law_finding f
join parameter p on p.name = parameter_name and f.found_on >= p.from_on and f.found_on < p.to_on
where f.is_own and f.in_scope;
