-- major-not-listed: major hazards that were not listed for supervision in time.
-- Grain: subject (finding). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('挂牌督办', 'list_major', '', '挂牌督办')
