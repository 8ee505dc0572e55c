-- scheme_ledger: one row per cause; a unit's rows add up to its score exactly. scheme_key: the same rows without words, for the digest.
-- Grain: unit_code, kind, item, rule_id, subject. Reads: hit, charged (every rule's rows with their sentences), origin, beaten, figure_kept,
-- found_hit, rule_out, scored, scheme_item, scheme_rule, scheme_start, kind_order, appeal_effective and what cap.sql made.
-- Columns: unit_code, seq, kind, item, rule_id, subject, milli BIGINT (thousandths of a point), because, breach, basis, batch, file, row.
-- Columns of scheme_key: unit_code, kind_no, kind, item, rule_id, subject, milli.
-- All are views, so that nothing is written down before somebody asks for it; entry_of makes both from rows with words and from rows without.
create or replace temp view bare as
select unit_code, rule_id, subject, cost, null::varchar as because, null::varchar as batch_id, null::varchar as source_file, null::bigint as source_row
from hit;

create or replace temp macro entry_of(source) as table
with changed as (
  select subject_id, concat(appeal_id, case when new_unit_code is null then '' else concat('，责任单位改为', new_unit_code) end) as appeal_id
  from appeal_effective where subject_kind = '问题' and decision = '变更'
), struck as (
  select case subject_kind when '问题' then 'finding' else 'accident' end as grain, subject_id, concat('异议复核', decision, '（', concat_ws('，', appeal_id, decided_by, document_no, decided_on), '）') as ruling
  from appeal_effective where subject_kind in ('问题', '事故')
), returned as (
  select b.unit_code, r.item, b.rule_id, b.subject, case when r.measure = 'bonus' then -b.cost else b.cost end as milli,
    concat('同一事项已按规则', b.dearest_rule, case when r.measure = 'bonus' then '加' else '扣' end, points_text(b.dearest_cost), '分，不重复计') as because,
    o.batch_id, o.source_file, o.source_row
  from beaten b join scheme_rule r on r.rule_id = b.rule_id
  left join origin o on o.unit_code = b.unit_code and o.grain = r.grain and o.subject = b.subject
), entry as (
  select i.unit_code, '基础' as kind, i.item, null as rule_id, null as subject, case when t.start = 'full' then i.full_milli else 0 end as milli,
    case when t.start = 'full' then concat('巡查内容', i.item, '满分', points_text(i.full_milli), '分') else concat('巡查内容', i.item, '从零计分') end as because,
    null as batch_id, null as source_file, null::bigint as source_row
  from staying_item i cross join scheme_start t
  union all
  select h.unit_code, case when r.measure = 'bonus' then '加分' else '扣分' end, r.item, h.rule_id, h.subject,
    case when r.measure = 'bonus' then h.cost else -h.cost end,
    case when c.appeal_id is null then h.because else concat(h.because, '（按异议复核变更', c.appeal_id, '）') end,
    h.batch_id, h.source_file, h.source_row
  from query_table(source) h join scored s on s.unit_code = h.unit_code join scheme_rule r on r.rule_id = h.rule_id
  anti join rule_out o on o.unit_code = h.unit_code and o.rule_id = h.rule_id
  left join changed c on c.subject_id = h.subject and r.grain = 'finding'
  union all
  select unit_code, '择高返还', item, rule_id, subject, milli, because, batch_id, source_file, source_row from returned
  union all
  select f.unit_code, f.kind, r.item, f.rule_id, null, f.milli, f.because, f.batch_id, f.source_file, f.source_row
  from figure_kept f join scheme_rule r on r.rule_id = f.rule_id
  union all
  select h.unit_code, k.kind, r.item, h.rule_id, concat(h.subject, '@原'), k.sign * h.cost,
    case when k.sign < 0 then concat('原认定：', h.because) else concat(a.ruling, '，撤去原扣分：', h.because) end, h.batch_id, h.source_file, h.source_row
  from found_hit h join scored s on s.unit_code = h.unit_code join scheme_rule r on r.rule_id = h.rule_id
  anti join rule_out o on o.unit_code = h.unit_code and o.rule_id = h.rule_id
  left join struck a on a.grain = r.grain and a.subject_id = h.subject
  cross join (values ('扣分', -1), ('复核', 1)) k(kind, sign)
  union all
  select unit_code, '封顶返还', item, rule_id, null, back, concat('规则', rule_id, '最多计', points_text(abs(milli + back)), '分'), null, null, null
  from rule_sum
  union all
  select unit_code, '封顶返还', item, concat('cap:', cap_id), null, back, concat('规则组', cap_id, '合计最多计', points_text(abs(milli + back)), '分'), null, null, null
  from cap_sum
  union all
  select unit_code, '封顶返还', item, concat('item:', item), null, back, concat('巡查内容', item, case when back > 0 then '扣完为止' else '以满分为限' end), null, null, null
  from item_sum
  union all
  select unit_code, '封顶返还', null, 'cap:bonus', null, back, concat('加分合计最多计', points_text(milli + back), '分'), null, null, null from bonus_sum
  union all
  select unit_code, '折算', null, null, null, scaling, concat('不涉及的内容不计，按', points_text(f), '分折算为100分'), null, null, null from total
  union all
  select unit_code, '取整', null, null, null, rounding, '得分保留两位小数', null, null, null from total
  union all
  select unit_code, '否决', null, veto.rule_id, veto.subject, vetoing, veto.because, veto.batch_id, veto.source_file, veto.source_row from total
)
select e.unit_code, k.kind_no, e.kind, e.item, e.rule_id, e.subject, e.milli::bigint as milli, e.because, r.breach, r.basis,
  e.batch_id as batch, e.source_file as file, e.source_row as "row"
from entry e
join total t on t.unit_code = e.unit_code
join kind_order k on k.kind = e.kind
left join scheme_rule r on r.rule_id = e.rule_id
where e.milli <> 0 or e.kind = '基础';

create or replace temp view scheme_ledger as
select unit_code,
  row_number() over (partition by unit_code order by kind_no, coalesce(item, ''), coalesce(rule_id, ''), coalesce(subject, ''))::bigint as seq,
  kind, item, rule_id, subject, milli, because, breach, basis, batch, file, "row"
from entry_of('charged');

create or replace temp view scheme_key as
select unit_code, kind_no, kind, item, rule_id, subject, milli from entry_of('bare');
