-- assessment: what the annual assessment takes from each unit's result, one row an indicator.
-- Grain: scheme, unit_code, use, code. Reads: variable assessment_rows (JSON, as src/warehouse/assessed.ts computed it).
-- Columns: scheme, unit_code, unit_name, unit_kind, covered, score_milli (the score used, after vetoes), source (本年巡查 | 沿用上次 |
-- 采用上级结果), source_year, use (number of the use in the scheme), what, force, clause, rule_id, item, code, name, full_milli,
-- points_milli (thousandths of a point; null when there is none), counts, awaits_acceptance, own_milli (what the assessment itself
-- gave), inspected_milli (替代: the inspection's, scaled), provisional, because. Documented in src/contract/result.ts.
create or replace temp table assessment as
select r.scheme, r.unit_code, r.unit_name, r.unit_kind, r.covered, r.score_milli, r.source, r.source_year, r.use, r.what, r.force, r.clause,
  r.rule_id, r.item, r.code, r.name, r.full_milli, r.points_milli, r.counts, r.awaits_acceptance, r.own_milli, r.inspected_milli,
  r.provisional, r.because
from (
  select unnest(from_json(getvariable('assessment_rows'), '[{"row_no": "BIGINT", "scheme": "VARCHAR", "unit_code": "VARCHAR", "unit_name": "VARCHAR",
    "unit_kind": "VARCHAR", "covered": "VARCHAR", "score_milli": "BIGINT", "source": "VARCHAR", "source_year": "BIGINT", "use": "BIGINT",
    "what": "VARCHAR", "force": "VARCHAR", "clause": "VARCHAR", "rule_id": "VARCHAR", "item": "VARCHAR", "code": "VARCHAR", "name": "VARCHAR",
    "full_milli": "BIGINT", "points_milli": "BIGINT", "counts": "BOOLEAN", "awaits_acceptance": "BOOLEAN", "own_milli": "BIGINT",
    "inspected_milli": "BIGINT", "provisional": "BOOLEAN", "because": "VARCHAR"}]')) as r
)
order by r.row_no;

-- assessment_total: the assessment's sum for each unit, without and with 替代; points awaiting acceptance are in neither.
-- Grain: scheme, unit_code; only units for which there is something to sum. Reads: variable assessment_totals (JSON).
-- Columns: scheme, unit_code, full_milli, without_milli, with_milli, awaiting_milli BIGINT (thousandths of a point).
create or replace temp table assessment_total as
select r.scheme, r.unit_code, r.full_milli, r.without_milli, r.with_milli, r.awaiting_milli
from (
  select unnest(from_json(getvariable('assessment_totals'), '[{"row_no": "BIGINT", "scheme": "VARCHAR", "unit_code": "VARCHAR", "full_milli": "BIGINT",
    "without_milli": "BIGINT", "with_milli": "BIGINT", "awaiting_milli": "BIGINT"}]')) as r
)
order by r.row_no;
