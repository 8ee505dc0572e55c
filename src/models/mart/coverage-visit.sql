-- coverage-visit: inspections of the stretches shown, for the calendar of teams.
-- Grain: inspection_id. Reads: coverage_visit. At most 50,000 rows. Columns: those of coverage_visit (src/models/law/coverage_round.sql).
select inspection_id, unit_code, unit_name, covers_code, kind, round_no, team_no, extended_from, counts, started_on, ended_on, planned_from, planned_to, state
from coverage_visit
order by coalesce(started_on, planned_from, ended_on), inspection_id
