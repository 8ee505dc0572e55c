-- scored_of: which unit answers for a unit's facts, per stretch of time in which no unit changes.
-- Grain: epoch_from, unit_code. Reads: unit, applies_kind. Variables: as_of.
-- Columns: epoch_from, epoch_to DATE (half open), unit_code, scored_unit (null when no unit of the scheme's kinds is found).
-- A unit is in use from valid_from until the day before valid_to; a unit no longer in use leads to its successor.
create or replace temp table unit_version_now as
select * from unit qualify row_number() over (partition by unit_code, valid_from order by batch_id) = 1;

create or replace temp table epoch as
with bound as (
  select date '0001-01-01' as day
  union select valid_from from unit_version_now
  union select valid_to from unit_version_now where valid_to is not null
)
select day as epoch_from, coalesce(lead(day) over (order by day), date '9999-12-31') as epoch_to from bound;

create or replace temp table unit_in_epoch as
with code as (select unit_code, arg_max(successor_code, valid_from) as successor_code from unit_version_now group by unit_code)
select e.epoch_from, e.epoch_to, c.unit_code, v.unit_kind,
  case when v.unit_code is null then c.successor_code else v.parent_code end as next_code
from epoch e cross join code c
left join unit_version_now v on v.unit_code = c.unit_code and v.valid_from <= e.epoch_from and coalesce(v.valid_to, date '9999-12-31') > e.epoch_from
qualify row_number() over (partition by e.epoch_from, c.unit_code order by v.valid_from desc nulls last) = 1;

-- heir: who has taken a unit's place by 统计截止日; the unit itself while in use.
create or replace temp table heir as
with recursive now as (
  select * from unit_in_epoch where epoch_from <= getvariable('as_of') and epoch_to > getvariable('as_of')
), walk as (
  select unit_code, unit_code as at_code, unit_kind, next_code, 0 as depth from now
  union all
  select w.unit_code, n.unit_code, n.unit_kind, n.next_code, w.depth + 1
  from walk w join now n on n.unit_code = w.next_code where w.unit_kind is null and w.depth < 12
)
select unit_code, at_code as heir_code, unit_kind as heir_kind from walk where unit_kind is not null;

create or replace temp table scored_of as
with recursive walk as (
  select epoch_from, epoch_to, unit_code, unit_code as at_code, unit_kind, next_code, 0 as depth from unit_in_epoch
  union all
  select w.epoch_from, w.epoch_to, w.unit_code, n.unit_code, n.unit_kind, n.next_code, w.depth + 1
  from walk w join unit_in_epoch n on n.epoch_from = w.epoch_from and n.unit_code = w.next_code
  where w.depth < 12 and (w.unit_kind is null or w.unit_kind not in (select unit_kind from applies_kind))
), found as (
  select epoch_from, epoch_to, unit_code, at_code from walk where unit_kind in (select unit_kind from applies_kind)
), today as (
  select unit_code, at_code from found where epoch_from <= getvariable('as_of') and epoch_to > getvariable('as_of')
)
-- Whoever answered that day may be gone since: the heir answers, or whoever stands above an heir of another kind.
select f.epoch_from, f.epoch_to, f.unit_code, t.at_code as scored_unit
from found f join heir h on h.unit_code = f.at_code join today t on t.unit_code = h.heir_code;
