-- report-late: reports made after their last day, or not at all.
-- Grain: subject (inspection). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('巡查报告', 'report', '的巡查报告', '完成')
