-- not-archived: inspections whose papers were not filed in time.
-- Grain: subject (inspection). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('归档', 'archive', '的材料', '归档')
