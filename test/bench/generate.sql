-- bench_unit, bench_inspection, bench_finding, bench_rectification: an office of any size, the same on every machine.
-- Variables: findings BIGINT, units BIGINT. Every row is sound: a load rejects and holds none.
-- Each finding's fate is cut out of the 128 bits of one MD5, so that no two columns depend on each other.
create or replace view bench_unit as
select printf('99%06d', u) as unit_code, concat('测速', u, '镇') as unit_name, '镇街' as unit_kind,
  concat('第', 1 + u % 10, '组') as peer_group, u as sort_order, 20 + u % 100 as exposure
from range(1, getvariable('units') + 1) as r(u);

create or replace view bench_inspection as
select printf('X%06d', u) as inspection_id, printf('99%06d', u) as unit_code, '全面' as kind, '县级' as organiser_level,
  date '2025-01-06' + (u % 200)::integer as started_on, date '2025-01-06' + (u % 200 + 11)::integer as ended_on,
  date '2025-01-06' + (u % 200 + 20)::integer as reported_on, date '2025-01-06' + (u % 200 + 30)::integer as fed_back_on
from range(1, getvariable('units') + 1) as r(u);

create or replace view bench_fate as
select i, 1 + i % getvariable('units') as u, md5_number_upper(concat('finding ', i)) as a, md5_number_lower(concat('finding ', i)) as b
from range(1, getvariable('findings') + 1) as r(i);

create or replace view bench_finding as
select printf('W%08d', i) as finding_id, printf('X%06d', u) as inspection_id, printf('99%06d', u) as unit_code,
  list_extract(['党委政府', '部门', '企业', '企业'], (1 + a % 4)::integer) as layer,
  cast(1 + (a >> 4) % 10 as varchar) as item,
  list_extract(['一般', '一般', '一般', '一般', '一般', '较大', '较大', '重大'], (1 + (a >> 12) % 8)::integer) as severity,
  concat('第', i, '号问题：', list_extract(['应急预案未按规定演练', '安全投入台账不完整', '隐患整改未形成闭环', '教育培训记录缺失'], (1 + (a >> 16) % 4)::integer)) as description,
  date '2025-01-06' + (u % 200 + (a >> 20) % 12)::integer as found_on,
  list_extract(['制度', '培训', '现场', '应急', '台账', '投入'], (1 + (a >> 28) % 6)::integer) as category,
  list_extract(['工贸', '建筑施工', '交通运输', '危险化学品', '消防'], (1 + (a >> 36) % 5)::integer) as industry,
  list_extract(['管理问题', '管理问题', '事故隐患', '非法违法行为'], (1 + (a >> 44) % 4)::integer) as nature,
  list_extract(['一般', '一般', '一般', '重大'], (1 + (a >> 48) % 4)::integer) as hazard_level,
  list_extract(['企业主体', '属地监管', '部门监管', '党委政府'], (1 + (a >> 52) % 4)::integer) as fault,
  '巡查' as source, '限期整改并报送佐证材料' as requirement,
  date '2025-01-06' + (u % 200 + 14)::integer as handed_on,
  date '2025-01-06' + (u % 200 + 29 + b % 90)::integer as due_on,
  case when ((b >> 8) & 1) = 1 then '是' else '否' end as fix_now,
  case when ((b >> 9) & 1) = 1 then '补齐制度并组织培训' end as measure,
  case when ((b >> 10) & 1) = 1 then concat('责任人', i % 500) end as owner,
  case when ((b >> 11) & 1) = 1 then ((b >> 12) % 500)::decimal(10, 2) / 10 end::decimal(10, 2) as fund_wan
from bench_fate;

create or replace view bench_rectification as
select f.finding_id, s.stage, s.on_date, 1 as seq_no, concat('经办', r.i % 200) as handler,
  strftime(s.on_date + 1, '%Y-%m-%d 09:30') as recorded_at
from bench_fate r join bench_finding f on f.finding_id = printf('W%08d', r.i)
cross join lateral (values
  ('清单', f.found_on),
  ('方案', f.found_on + (3 + (r.b >> 24) % 5)::integer),
  (case when (r.b >> 32) % 20 < 11 then '完成' when (r.b >> 32) % 20 < 17 then '销号' else '诊断' end, f.due_on + ((r.b >> 40) % 40)::integer - 15)
) as s(stage, on_date);
