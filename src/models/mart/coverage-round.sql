-- coverage-round: each unit that the round names, in the document's order.
-- Grain: group_no, place_no. Reads: coverage_round. At most 10,000 rows. Columns: those of coverage_round (src/models/law/coverage_round.sql).
select clause, round_no, group_no, month, place_no, unit_name, unit_code, held_name, inspection_id, started_on, ended_on, in_month, counties, counties_seen,
  counties_missing
from coverage_round
order by group_no, place_no
