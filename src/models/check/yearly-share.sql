-- yearly-share: years in which fewer units were inspected than prescribed, once they are over.
-- Grain: subject (year). Reads: short_quota. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from short_quota('yearly_share', '巡查')
