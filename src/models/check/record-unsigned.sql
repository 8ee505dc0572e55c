-- record-unsigned: places looked at without a record form, or whose form nobody entitled to it signed.
-- Grain: subject (visit). Reads: visit_under, visit_value, visit_flag. Whether it was signed, and by whom, may be blank: unknown.
-- Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
with kept as (
  select v.*, n.value as record_no, s.flag as signed, g.value as signer, cast(v.value->'$.signers' as varchar[]) as signers
  from visit_under('record') v
  left join visit_value n on n.visit_id = v.visit_id and n.name = (v.value->>'$.no')
  left join visit_flag s on s.visit_id = v.visit_id and s.name = (v.value->>'$.signed')
  left join visit_value g on g.visit_id = v.visit_id and g.name = (v.value->>'$.signer')
)
select visit_id as subject, unit_code, inspection_id, visited_on as on_date,
  case
    when record_no is null then concat(called, '没有填写记录表')
    when not signed then concat(called, '的记录表没有签字确认')
    when not list_contains(signers, signer) then concat(called, '的记录表由', case signer when '其他' then '其他人' else signer end, '签字，不是', array_to_string(signers, '或'))
  end as because,
  record_no is not null and coalesce(signed, true) and coalesce(list_contains(signers, signer), true) and (signed is null or signer is null) as unknown,
  batch_id, source_file, source_sheet, source_row
from kept
