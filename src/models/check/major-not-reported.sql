-- major-not-reported: major findings without a report in writing in time.
-- Grain: subject (finding). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('书面报告', 'report_major', '', '书面报告')
