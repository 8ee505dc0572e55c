-- coverage-quota: what must be reached in each month and in the year, and what was.
-- Grain: parameter, stretch_from. Reads: coverage_quota. At most 1,000 rows. Columns: those of coverage_quota (src/models/law/coverage_quota.sql).
select parameter, clause, modality, stretch_from, stretch_to, need, have, reached_on, word from coverage_quota order by parameter, stretch_from
