-- coverage-unit: each unit that is to be covered, in each stretch; without a rule, in the year.
-- Grain: parameter, stretch_no, unit_code. Reads: coverage_unit. At most 20,000 rows.
-- Columns: those of coverage_unit (src/models/law/coverage.sql) without clause and modality, which the page has from the regime.
select unit_code, unit_name, unit_kind, peer_group, sort_order, tile_col, tile_row, parameter, round_no, stretch_no, stretch_from, stretch_to,
  is_current, is_owed, covered_on, covering_id, under_way_id, extended_id, extended_by, exempt_id, exempt_on, exempt_because, state, year_state,
  last_ended_on, next_by, is_new, came_on, went_on, merged_into, merged_name, planned_id, planned_from, rank_next
from coverage_unit
order by parameter, stretch_no, sort_order nulls last, unit_code
