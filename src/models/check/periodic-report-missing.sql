-- periodic-report-missing: later reports that are due while findings are open.
-- Grain: subject (inspection). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('后续定期报告', 'periodic_report', '的后续定期报告', '报送')
