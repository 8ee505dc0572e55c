-- event: what happened to findings afterwards, up to 统计截止日.
-- Grain: finding_id, on_date, stage, seq_no. Reads: rectification_asof. At most 800,000 rows.
-- Columns: finding_id, on_date, stage, seq_no, new_due_on, document_no, recorded_at, evidence.
select finding_id, on_date, stage, seq_no, new_due_on, document_no, recorded_at, evidence
from rectification_asof
order by finding_id, on_date, seq_no, stage
