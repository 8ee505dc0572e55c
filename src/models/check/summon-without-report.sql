-- summon-without-report: summons whose outcome was not reported in time.
-- Grain: subject (action). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('约谈落实情况', 'summon_report', '（约谈）', '报告落实情况')
