-- The control: one raw group-by over the facts. When it moves, the machine moved.
create or replace temp table raw_group as
select scored_unit, count(*) as n from finding_fact group by scored_unit;
