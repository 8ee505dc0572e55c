-- What may be told outside the office, by inspection and by finding.
-- outside_inspection. Grain: inspection_id. Columns: told_on DATE (its feedback, or a later day on which it was made; null where the regime
-- keeps nothing back until then: only later days may be told), is_sealed (not fed back by 统计截止日: nothing may be told), anchor_on DATE.
-- outside_finding. Grain: finding_id. Columns: told_on and is_sealed (of its inspection, or of its visit's), anchor_on, is_clue.
-- closed_subject. Grain: subject. Numbers of what nobody outside sees: clues, cases, and what is_sealed.
-- secret_unit: codes of units of which neither name nor code may be told. secret_word: their names, and what names a place or a person.
-- Reads: told (inspection_id, told_on), secret_kind, inspection_asof, visit_asof, finding_asof, action_asof, tip_asof, unit. Variables: has_until,
-- visits_secret.
create or replace temp table outside_inspection as
select i.inspection_id, case when t.told_on is not null then greatest(t.told_on, i.started_on, i.ended_on) end as told_on,
  getvariable('has_until') and t.told_on is null as is_sealed, coalesce(i.ended_on, i.started_on) as anchor_on
from inspection_asof i join told t on t.inspection_id = i.inspection_id;

create or replace temp table outside_finding as
select f.finding_id,
  case when coalesce(i.told_on, w.told_on) is not null then greatest(i.told_on, w.told_on, f.found_on, v.visited_on) end as told_on,
  coalesce(i.is_sealed, false) or coalesce(w.is_sealed, false) as is_sealed,
  greatest(i.anchor_on, w.anchor_on) as anchor_on, coalesce(f.nature = '问题线索', false) as is_clue
from finding_asof f
left join visit_asof v on v.visit_id = f.visit_id
left join outside_inspection i on i.inspection_id = f.inspection_id
left join outside_inspection w on w.inspection_id = v.inspection_id;

create or replace temp table closed_subject as
select subject, bool_or(is_sealed) as is_sealed from (
  select finding_id as subject, is_sealed from outside_finding where is_sealed or is_clue
  union all
  select a.action_id, coalesce(f.is_sealed, false) or coalesce(i.is_sealed, false) from action_asof a
  left join outside_finding f on f.finding_id = a.finding_id
  left join outside_inspection i on i.inspection_id = a.inspection_id
  where a.kind in ('移送纪检监察', '立案') or f.is_sealed or f.is_clue or i.is_sealed
  union all
  select inspection_id, true from outside_inspection where is_sealed
  union all
  select v.visit_id, true from visit_asof v join outside_inspection i on i.inspection_id = v.inspection_id where i.is_sealed
  union all
  select t.tip_id, true from tip_asof t join outside_inspection i on i.inspection_id = t.inspection_id where i.is_sealed
) group by subject;

create or replace temp table secret_unit as
select distinct unit_code from unit where unit_kind in (select unit_kind from secret_kind);

create or replace temp table secret_word as
select distinct trim(word) as word from (
  select unit_name as word from unit where unit_kind in (select unit_kind from secret_kind)
  union all
  select unnest([place_name, credit_code]) from visit_asof where getvariable('visits_secret')
  union all
  select unnest(regexp_split_to_array(checkers, '[、,，;；\s]+')) from visit_asof where getvariable('visits_secret')
) where length(trim(word)) >= 2;
