-- year-quota: years in which fewer places were looked at than prescribed, once they are over.
-- Grain: subject (year). Reads: short_quota. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from short_quota('year_quota', '检查')
