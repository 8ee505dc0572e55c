-- What the law is asked about: the office's own inspections, their dated columns as rows, findings as decided, units in use.
-- Reads: inspection_asof, visit_asof, finding_state, appeal_effective, unit_version_now, return_kind. Variables: as_of, law_from, law_to.
-- own_inspection: an inspection that this office made, so that its regime binds it; those extended from above follow other rules, and those
-- of return_visit.kinds are approved each on its own. Grain: inspection_id.
create or replace temp table own_inspection as
with decided as (
  select i.* replace (coalesce(a.new_unit_code, i.unit_code) as unit_code), coalesce(i.started_on, i.ended_on) as anchor_on
  from inspection_asof i
  left join appeal_effective a on a.subject_kind = '覆盖' and a.subject_id = i.inspection_id and a.decision = '变更'
  where i.extended_from is null and i.kind not in (select kind from return_kind)
)
select d.*, u.unit_name, u.unit_kind, coalesce(d.anchor_on between getvariable('law_from') and getvariable('law_to'), false) as in_scope
from decided d
left join unit_version_now u on u.unit_code = d.unit_code
qualify row_number() over (
  partition by d.inspection_id
  order by u.valid_from <= coalesce(d.anchor_on, getvariable('as_of')) and coalesce(u.valid_to, date '9999-12-31') > coalesce(d.anchor_on, getvariable('as_of')) desc, u.valid_from desc
) = 1;

-- law_finding: findings as 异议复核 left them, without what was written about them at length. Grain: finding_id.
create or replace temp table law_finding as
select f.* exclude (description, requirement, criterion), u.unit_name, f.found_on between getvariable('law_from') and getvariable('law_to') as in_scope,
  f.inspection_id is null or o.inspection_id is not null as is_own
from finding_state f
left join own_inspection o on o.inspection_id = f.inspection_id
left join (select unit_code, arg_max(unit_name, valid_from) as unit_name from unit_version_now group by unit_code) u on u.unit_code = f.unit_code
where f.variant = 'decided';

-- unit_now: units in use on 统计截止日. Grain: unit_code.
create or replace temp table unit_now as
select unit_code, unit_name, unit_kind, parent_code, valid_from, peer_group, sort_order, tile_col, tile_row
from unit_version_now
where valid_from <= getvariable('as_of') and coalesce(valid_to, date '9999-12-31') > getvariable('as_of')
qualify row_number() over (partition by unit_code order by valid_from desc) = 1;
