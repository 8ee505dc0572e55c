-- discipline-not-handed-over: clues about officials that did not go to discipline inspection in time.
-- Grain: subject (finding). Reads: late_duty. Columns: subject, unit_code, inspection_id, on_date, because, unknown, source.
select * from late_duty('移送纪检监察', 'hand_over_discipline', '', '移送纪检监察')
