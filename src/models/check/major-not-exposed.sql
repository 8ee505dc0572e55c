-- major-not-exposed: findings that should have been made public, and were not in time.
-- Grain: subject (finding). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('曝光', 'expose', '', '曝光')
