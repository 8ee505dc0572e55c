-- ledger: the rows that add up to each score.
-- Grain: scheme, unit_code, seq. Reads: ledger. At most 1,000,000 rows.
-- Columns: scheme, unit_code, seq, kind, item, rule_id, subject, milli (thousandths of a point), because, breach (clause of the
-- regime), basis (article of the scheme), source_file, source_row (where the subject came from).
select scheme, unit_code, seq, kind, item, rule_id, subject, milli, because, breach, basis, file as source_file, row as source_row
from ledger
order by scheme, unit_code, seq
