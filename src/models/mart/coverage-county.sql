-- coverage-county: the counties that each inspection of the stretches shown has to cover.
-- Grain: inspection_id, county_code. Reads: coverage_county, coverage_visit. At most 50,000 rows. Columns: those of coverage_county
-- (src/models/law/coverage_round.sql), and unit_name (of the inspected unit).
select c.inspection_id, c.unit_code, v.unit_name, c.county_code, c.county_name, c.visits, c.findings, c.is_seen
from coverage_county c
join coverage_visit v on v.inspection_id = c.inspection_id
order by v.started_on, c.inspection_id, c.county_code
