-- feedback-late: feedback given after its last day, or not at all.
-- Grain: subject (inspection). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('反馈', 'feedback', '', '反馈')
