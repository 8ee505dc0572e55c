-- suspicious: rows that were loaded and still make one wonder; they change nothing.
-- Grain: one row a doubt. Reads: accident, unit, regime_kind (unit_kind). Columns: file, sheet, row, what.
-- Units below another (a town's enterprises) may be of any kind. Source: 国务院令第493号第三条 (deaths, injuries, loss in ten thousands: 特别重大 30/100/10000, 重大 10/50/5000, 较大 3/10/1000).
create or replace temp table suspicious as
with graded as (
  select *, case
    when deaths >= 30 or injuries >= 100 or loss_wan >= 10000 then '特别重大'
    when deaths >= 10 or injuries >= 50 or loss_wan >= 5000 then '重大'
    when deaths >= 3 or injuries >= 10 or loss_wan >= 1000 then '较大'
    else '一般' end as by_numbers
  from accident
)
select source_file as file, source_sheet as sheet, source_row as "row",
  concat('事故', accident_id, '的等级写作“', accident_grade, '”，按伤亡和损失应为“', by_numbers, '”（国务院令第493号第三条）') as what
from graded where by_numbers <> accident_grade and (deaths is not null or injuries is not null or loss_wan is not null)
union all
select source_file, source_sheet, source_row, concat('单位', unit_code, '（', unit_name, '）的类别“', unit_kind, '”不在制度的巡查对象之内')
from unit where unit_kind not in (select unit_kind from regime_kind) and parent_code is null
order by file, sheet nulls first, "row", what;
