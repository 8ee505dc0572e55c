-- overdue-not-summoned: late or weak rectification without a summons in time.
-- Grain: subject (finding). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('约谈', 'summon_late', '', '约谈')
