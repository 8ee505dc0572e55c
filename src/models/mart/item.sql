-- item: what each unit got for each of the scheme's contents.
-- Grain: scheme, unit_code, item. Reads: item_score (the result as `score --json` gives it). At most 200,000 rows.
-- Columns: scheme, unit_code, item, full_milli, milli (null when the content does not apply), applies.
select scheme, unit_code, item, full_milli, milli, applies from item_score order by scheme, unit_code, item_no
