-- Step 0 and 2 of the arithmetic: what does not apply is taken out, then of several rows on one subject only the dearest stays.
-- Reads: hit, figure, absent, item_absent, scored, scheme_item, scheme_rule, judged.
-- rule_na: rules that are 不涉及 to a unit. item_leaving: items that leave. rule_out: what is taken out of both kinds.
-- beaten: rows that 择高返还 gives back, with the row that stays. figure_kept: figures of what stays.
-- judged_missing: judgements still owed.
create or replace temp table rule_na as
select distinct a.unit_code, a.rule_id from absent a join scored s on s.unit_code = a.unit_code
union
select unit_code, rule_id from figure where milli is null;

create or replace temp table item_leaving as
select distinct i.unit_code, i.item from item_absent i join scored s on s.unit_code = i.unit_code
union
select s.unit_code, r.item
from scored s cross join scheme_rule r
left join rule_na n on n.unit_code = s.unit_code and n.rule_id = r.rule_id
where r.item is not null and r.measure not in ('bonus', 'veto')
group by s.unit_code, r.item having count(*) = count(n.rule_id);

create or replace temp table rule_out as
select unit_code, rule_id from rule_na
union
select l.unit_code, r.rule_id from item_leaving l join scheme_rule r on r.item = l.item;

create or replace temp table beaten as
with compared as (
  select h.unit_code, h.rule_id, h.subject, h.highest, h.cost, r.highest_of, r.measure = 'bonus' as is_bonus
  from hit h join scored s on s.unit_code = h.unit_code join scheme_rule r on r.rule_id = h.rule_id
  anti join rule_out o on o.unit_code = h.unit_code and o.rule_id = h.rule_id
  where r.highest_of is not null and h.highest is not null
), rivals as (
  select unit_code, is_bonus, highest_of, highest, arg_min({rule_id: rule_id, subject: subject, cost: cost}, (-cost, rule_id, subject)) as dearest
  from compared group by unit_code, is_bonus, highest_of, highest having count(*) > 1
)
select c.unit_code, c.rule_id, c.subject, c.cost, d.dearest.rule_id as dearest_rule, d.dearest.cost as dearest_cost
from compared c join rivals d
  on d.unit_code = c.unit_code and d.is_bonus = c.is_bonus and d.highest_of = c.highest_of and d.highest = c.highest
where c.rule_id <> d.dearest.rule_id or c.subject <> d.dearest.subject;

create or replace temp table figure_kept as
select f.* from figure f join scored s on s.unit_code = f.unit_code
anti join rule_out o on o.unit_code = f.unit_code and o.rule_id = f.rule_id
where f.milli is not null;

create or replace temp table judged_missing as
select s.unit_code, r.rule_id from scored s cross join scheme_rule r
anti join rule_out o on o.unit_code = s.unit_code and o.rule_id = r.rule_id
anti join figure f on f.unit_code = s.unit_code and f.rule_id = r.rule_id
where r.measure = 'judge';
