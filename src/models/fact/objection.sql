-- appeal_stated: 异议复核 as the office keeps it, and the objections that units raised in 扣分确认 and that nobody has taken up there yet.
-- Grain: appeal_id. Reads: appeal, confirmation. Variables: year, decisions_until. Columns: those of appeal, with provenance.
-- A unit's last answer on a row counts (an objection before a consent of the same day), whichever result it was about: a corrected score settles
-- no objection. The office takes one up by its number (QR-…) or by its subject; what was decided before the unit answered does not
-- settle it. A finding, accident or inspection has one decision whoever asks; a judgement, veto or rule has one for each unit.
create or replace temp view appeal_stated as
with last_answer as (
  select * from confirmation where year = getvariable('year')
  qualify row_number() over (partition by unit_code, rule_id, subject order by answered_on desc, answer = '异议' desc, digest desc) = 1
), objection as (
  select unit_code, subject_kind, subject, min(answered_on) as filed_on, string_agg(distinct reason, '；' order by reason) as grounds,
    arg_min(struct_pack(batch_id, source_name, source_file, source_sheet, source_row), (answered_on, rule_id, digest)) as origin,
    concat('QR-', left(sha256(concat_ws(chr(31), unit_code, getvariable('year'), subject_kind, subject)), 10)) as first_id
  from last_answer where answer = '异议' group by unit_code, subject_kind, subject
), numbered as (
  select o.*, count(a.appeal_id) as earlier,
    coalesce(bool_or(a.decided_on is null or a.decided_on >= o.filed_on) filter (where a.appeal_id is not null), false) as is_taken_up
  from objection o left join appeal a
    on a.filed_on <= getvariable('decisions_until') and (a.appeal_id = o.first_id or starts_with(a.appeal_id, concat(o.first_id, '-'))
    or a.subject_kind = o.subject_kind and a.subject_id = o.subject and (a.unit_code = o.unit_code or o.subject_kind in ('问题', '事故', '覆盖')))
  group by all
)
select appeal_id, subject_kind, subject_id, unit_code, filed_on, accepted_on, decided_on, decision, new_severity, new_unit_code, new_points,
  decided_by, grounds, document_no, batch_id, source_name, source_file, source_sheet, source_row
from appeal
union all
select case earlier when 0 then first_id else concat(first_id, '-', earlier + 1) end, subject_kind, subject, unit_code, filed_on,
  null::date, null::date, null::varchar, null::varchar, null::varchar, null::decimal(28,6), null::varchar, grounds, null::varchar,
  origin.batch_id, origin.source_name, origin.source_file, origin.source_sheet, origin.source_row
from numbered where not is_taken_up;
