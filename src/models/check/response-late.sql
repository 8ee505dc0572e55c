-- response-late: first reports of the inspected unit handed in after their last day, or not at all.
-- Grain: subject (inspection). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('整改情况报告', 'rectify_report', '的整改情况报告', '报送')
