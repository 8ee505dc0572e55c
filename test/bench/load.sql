-- What cannot be avoided in a load: the same four files, read into tables with their types declared.
-- Variables: unit_csv, inspection_csv, finding_csv, rectification_csv. The denominator of load.
create or replace table unit as
select * from read_csv(getvariable('unit_csv'), header = true, columns = {
  'unit_code': 'VARCHAR', 'unit_name': 'VARCHAR', 'unit_kind': 'VARCHAR', 'peer_group': 'VARCHAR', 'sort_order': 'BIGINT', 'exposure': 'BIGINT'});

create or replace table inspection as
select * from read_csv(getvariable('inspection_csv'), header = true, columns = {
  'inspection_id': 'VARCHAR', 'unit_code': 'VARCHAR', 'kind': 'VARCHAR', 'organiser_level': 'VARCHAR', 'started_on': 'DATE',
  'ended_on': 'DATE', 'reported_on': 'DATE', 'fed_back_on': 'DATE'});

create or replace table finding as
select * from read_csv(getvariable('finding_csv'), header = true, columns = {
  'finding_id': 'VARCHAR', 'inspection_id': 'VARCHAR', 'unit_code': 'VARCHAR', 'layer': 'VARCHAR', 'item': 'VARCHAR',
  'severity': 'VARCHAR', 'description': 'VARCHAR', 'found_on': 'DATE', 'category': 'VARCHAR', 'industry': 'VARCHAR',
  'nature': 'VARCHAR', 'hazard_level': 'VARCHAR', 'fault': 'VARCHAR', 'source': 'VARCHAR', 'requirement': 'VARCHAR',
  'handed_on': 'DATE', 'due_on': 'DATE', 'fix_now': 'VARCHAR', 'measure': 'VARCHAR', 'owner': 'VARCHAR', 'fund_wan': 'DECIMAL(28,6)'});

create or replace table rectification as
select * from read_csv(getvariable('rectification_csv'), header = true, columns = {
  'finding_id': 'VARCHAR', 'stage': 'VARCHAR', 'on_date': 'DATE', 'seq_no': 'BIGINT', 'handler': 'VARCHAR', 'recorded_at': 'TIMESTAMP'});
