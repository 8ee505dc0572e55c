-- finding_view: one row per finding and variant, given to the unit that answers for it under a scheme.
-- Grain: finding_id, variant. Reads: finding_state, scored_of, inspection_state, heir, applies_kind.
-- Variables: period_from, period_to. Columns: documented in src/contract/fact.ts (xunheng describe finding_fact).
create or replace temp view finding_view as
with placed as (
  select f.*,
    coalesce(s.scored_unit, i.covers_unit) as scored_unit,
    coalesce(i.is_counted, true) as is_counted,
    i.kind as inspection_kind, i.ended_on as inspection_ended_on, i.round_no,
    case when getvariable('round_no') is not null and f.inspection_id is not null then coalesce(i.round_no = getvariable('round_no'), false)
      else f.found_on between getvariable('period_from') and getvariable('period_to') end as is_in_period
  from finding_state f
  left join scored_of s on s.unit_code = f.unit_code and f.found_on >= s.epoch_from and f.found_on < s.epoch_to
  left join inspection_state i on i.inspection_id = f.inspection_id
)
select p.* exclude (is_in_period),
  case when not p.is_in_period then null when p.category is null then 1 else row_number() over (
    partition by p.variant, p.scored_unit, p.category, p.is_in_period order by p.found_on, p.finding_id) end as repeat_no
from placed p;
