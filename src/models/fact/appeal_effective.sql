-- appeal_effective: the decision that rules on each subject: the last 变更 or 撤销 decided in time.
-- Grain: subject_kind, subject_id; for 评议, 否决 and 计分, whose subject may be a rule, also unit_code. Reads: appeal_asof.
-- Columns: those of appeal. Source: 4-scheme 复核: the last decided rules, then the greater appeal_id.
create or replace temp table appeal_effective as
select * from appeal_asof
where decision in ('变更', '撤销') and decided_on is not null
qualify row_number() over (partition by subject_kind, subject_id, case when subject_kind in ('评议', '否决', '计分') then unit_code end order by decided_on desc, appeal_id desc) = 1;
