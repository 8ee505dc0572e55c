-- month-quota: months with fewer trips than prescribed, once they are over.
-- Grain: subject (month). Reads: short_quota. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from short_quota('month_quota', concat('进行', word('inspection', '巡查')))
