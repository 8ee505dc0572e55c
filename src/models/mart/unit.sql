-- unit: every unit of every scheme, scored or not.
-- Grain: scheme, unit_code. Reads: unit_all, unit_score (the result as `score --json` gives it). At most 10,000 rows.
-- Columns: scheme, unit_code, unit_name, unit_kind, peer_group, sort_order, tile_col, tile_row, covered, covered_because,
-- milli (thousandths of a point, null when not scored), grade, rank, provisional, provisional_because (parted by ；),
-- vetoes (JSON: rule_id, name, effect, subject).
select u.scheme, u.unit_code, u.unit_name, u.unit_kind, u.peer_group, u.sort_order, u.tile_col, u.tile_row,
  s.covered, s.covered_because, s.milli, s.grade, s.rank, s.provisional, s.provisional_because, s.vetoes
from unit_all u
join unit_score s on s.scheme = u.scheme and s.unit_code = u.unit_code
order by s.scheme_no, u.sort_order nulls last, u.unit_code
