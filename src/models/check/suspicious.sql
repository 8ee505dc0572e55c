-- suspicious: rows that were loaded and still make one wonder; they change nothing.
-- Grain: one row a doubt, the first LISTED of a kind. Reads: accident, unit, rectification, confirmation, finding, regime_kind (unit_kind), variables as_of,
-- back_dated_days, alike_length, alike_edits, alike_block, listed.
-- Columns: kind, file, sheet, row, what, total BIGINT (doubts of the kind).
-- Units below another (a town's enterprises) may be of any kind. Source: 国务院令第493号第三条 (deaths, injuries, loss in ten thousands: 特别重大 30/100/10000, 重大 10/50/5000, 较大 3/10/1000).
-- Two findings of a unit, an inspection and a visit (or of none) are alike when their descriptions are equal without blanks and punctuation, or when, item
-- and day being the same, they differ in a few characters, none of them a digit: 1号楼 is not 2号楼. Only small blocks are compared pair by pair.
create or replace temp table suspicious as
with graded as (
  select *, case
    when deaths >= 30 or injuries >= 100 or loss_wan >= 10000 then '特别重大'
    when deaths >= 10 or injuries >= 50 or loss_wan >= 5000 then '重大'
    when deaths >= 3 or injuries >= 10 or loss_wan >= 1000 then '较大'
    else '一般' end as by_numbers
  from accident
), folded as materialized (
  select finding_id, unit_code, inspection_id, visit_id, item, found_on,
    regexp_replace(case when regexp_matches(description, '[０-９Ａ-Ｚａ-ｚ]') then translate(description, '０１２３４５６７８９', '0123456789') else description end, '[\s\p{P}\p{S}\p{Z}]+', '', 'g') as text
  from finding
), twice as (
  select hash(unit_code, inspection_id, visit_id, text) as h from folded group by h having count(*) > 1
), same as (
  select unit_code, inspection_id, visit_id, text, min(finding_id) as first_id
  from folded where hash(unit_code, inspection_id, visit_id, text) in (from twice) group by all having count(*) > 1
), equal as (
  select f.finding_id, s.first_id from folded f join same s
    on s.unit_code = f.unit_code and s.inspection_id is not distinct from f.inspection_id and s.visit_id is not distinct from f.visit_id and s.text = f.text
  where f.finding_id <> s.first_id
), long as materialized (
  select finding_id, text, hash(unit_code, inspection_id, visit_id, item, found_on, regexp_replace(text, '[^0-9]+', '', 'g')) as h
  from folded where length(text) >= getvariable('alike_length')
), block as (
  select h from long group by h having count(*) between 2 and getvariable('alike_block')
), member as materialized (
  select * from long where h in (from block)
), pair as (
  select b.finding_id, min(a.finding_id) as first_id
  from member a join member b on a.h = b.h and a.finding_id < b.finding_id and a.text <> b.text
  where abs(length(a.text) - length(b.text)) <= getvariable('alike_edits') and levenshtein(a.text, b.text) <= getvariable('alike_edits')
  group by all
), alike as (
  select *, '的描述相同（同一单位、同一次巡查、同一点位）；如是重复登记，请删去一条' as how from equal
  union all
  select *, '的描述只差一两个字（同一单位、同一次巡查、同一点位、同一天、同一项）；如是重复登记，请删去一条' from pair where finding_id not in (select finding_id from equal)
), several as (
  select finding_id, stage from rectification
  where stage not in ('退回', '延期') and (select min(source_name) <> max(source_name) from rectification)
  group by all having min(source_name) <> max(source_name)
), in_one_go as materialized (
  select r.finding_id, r.stage, r.on_date, r.source_name, r.source_file, r.source_sheet, r.source_row from rectification r
  semi join several s on s.finding_id = r.finding_id and s.stage = r.stage
  where r.finding_id not in (select finding_id from rectification where stage = '退回')
), doubt as (
  select '事故等级' as kind, source_file as file, source_sheet as sheet, source_row as "row",
    concat('事故', accident_id, '的等级写作“', accident_grade, '”，按伤亡和损失应为“', by_numbers, '”（国务院令第493号第三条）') as what
  from graded where by_numbers <> accident_grade and (deaths is not null or injuries is not null or loss_wan is not null)
  union all
  select '单位类别', source_file, source_sheet, source_row, concat('单位', unit_code, '（', unit_name, '）的类别“', unit_kind, '”不在制度的巡查对象之内')
  from unit where unit_kind not in (select unit_kind from regime_kind) and parent_code is null
  union all
  select '补录', source_file, source_sheet, source_row,
    concat('问题', finding_id, '的“', stage, '”日期是', on_date, '，', recorded_at::date - on_date, '天后（', recorded_at::date, '）才登记；请核对日期')
  from rectification where recorded_at::date - on_date > getvariable('back_dated_days')
  union all
  select '补录', source_file, source_sheet, source_row,
    concat('事故', accident_id, '发生于', occurred_on, '，', reported_at::date - occurred_on, '天后（', reported_at::date, '）才报告；请核对日期')
  from accident where reported_at::date - occurred_on > getvariable('back_dated_days')
  union all
  select '截止后登记', source_file, source_sheet, source_row,
    concat('问题', finding_id, '的“', stage, '”日期是', on_date, '，统计截止日', getvariable('as_of'), '之后（', recorded_at::date, '）才登记；照计，请核对佐证')
  from rectification where recorded_at::date > getvariable('as_of') and on_date <= getvariable('as_of')
  union all
  -- What one source says of a stage another must not say otherwise. A return, an extension and what follows them may come again.
  select '日期不一', o.source_file, o.source_sheet, o.source_row,
    concat('问题', o.finding_id, '的“', o.stage, '”日期是', o.on_date, '，来源“', e.source_name, '”写的是', e.on_date, '（', concat_ws(' ', e.source_file, e.source_sheet), '第', e.source_row, '行）；请核对是不是同一件事，是的删去写错的一处')
  from in_one_go o
  join in_one_go e on e.finding_id = o.finding_id and e.stage = o.stage and e.source_name < o.source_name and e.on_date <> o.on_date
  union all
  select '改动', source_file, source_sheet, source_row,
    concat('问题', finding_id, '的“', stage, '”一行与发出的回填表不同：表单编码不是这个问题的；请与单位核对是哪一个问题，改正后再装入')
  from rectification where form_code is not null and form_code <> concat('HT-', left(sha256(concat('整改回填', chr(31), finding_id)), 10))
  union all
  select '改动', source_file, source_sheet, source_row,
    concat('扣分确认：单位', unit_code, '规则', rule_id, '对象', subject, '一行与发出的确认表不同（锁定的格改动过）；', case answer when '异议' then '异议照收' else '“无异议”不作数' end, '，请与单位核对')
  from confirmation where regexp_matches(digest, '^ZY(-[0-9a-f]{8}){3}$') and right(digest, 8) <> left(sha256(concat_ws(chr(31), unit_code, year, rule_id, subject_kind, subject,
    coalesce(cast(cast(points * 1000 as bigint) as varchar), ''), split_part(digest, '-', 2), split_part(digest, '-', 3))), 8)
  union all
  select '近似重复', f.source_file, f.source_sheet, f.source_row, concat('问题', a.finding_id, '与问题', a.first_id, a.how)
  from alike a join finding f on f.finding_id = a.finding_id
)
select *, count(*) over (partition by kind) as total from doubt
qualify row_number() over (partition by kind order by file, sheet nulls first, "row", what) <= getvariable('listed')
order by file, sheet nulls first, "row", what;
