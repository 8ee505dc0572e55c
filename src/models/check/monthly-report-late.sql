-- monthly-report-late: months whose report came after its day, or not at all.
-- Grain: subject (month). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('每月报告', 'monthly_report', '的报告', '报送')
