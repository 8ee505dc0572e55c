-- finding-text: what was written about findings; in 16 files, fetched when one is opened.
-- Grain: finding_id. Reads: finding_all. At most 200,000 rows.
-- Columns: finding_id, text_part (by which the files are cut), description, criterion, requirement, measure, owner, plan.
select distinct on (finding_id) finding_id, cast(hash(finding_id) % 16 as integer) as text_part,
  description, criterion, requirement, measure, owner, plan
from finding_all
order by finding_id, scheme
