-- clue-not-handed-over: unlawful acts and clues that were not handed over in time.
-- Grain: subject (finding). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('移交', 'hand_over', '', '移交')
