-- summon-missing: findings that call for a summons, without one in time.
-- Grain: subject (finding). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('约谈', 'summon', '', '约谈')
