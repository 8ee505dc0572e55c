-- scheme_score: every unit of a scheme with score, grade and rank; the same arithmetic as src/score/score.ts, for whoever has only
-- the engine. Grain: unit_code. Reads: unit_state, total, veto_hit, judged_missing, scheme_grade, scheme_rule.
-- Columns: unit_code, unit_name, unit_kind, peer_group, covered, milli BIGINT, grade, rank BIGINT, provisional, vetoes BIGINT.
create or replace temp table scheme_score as
with lowered as (
  select v.unit_code, count(*)::bigint as vetoes, max(g.place) as place
  from veto_hit v join scheme_rule r on r.rule_id = v.rule_id left join scheme_grade g on g.grade = r.grade_at_most
  where not v.is_pending group by v.unit_code
), pending as (
  select unit_code from judged_missing union select unit_code from veto_hit where is_pending
), graded as (
  select t.unit_code, t.score + t.vetoing as milli, t.f,
    greatest(coalesce(l.place, 1), (select min(g.place) from scheme_grade g where t.score + t.vetoing >= g.from_milli)) as place,
    coalesce(l.vetoes, 0) as vetoes
  from total t left join lowered l on l.unit_code = t.unit_code
)
select u.unit_code, u.unit_name, u.unit_kind, u.peer_group, u.covered, g.milli, n.grade,
  case when g.f >= 50000 then rank() over (partition by u.unit_kind, u.peer_group, g.f >= 50000 order by g.milli desc) end as rank,
  g.unit_code is not null and (u.due_unpublished or u.pending_appeals > 0 or p.unit_code is not null) as provisional,
  coalesce(g.vetoes, 0) as vetoes
from unit_state u
left join graded g on g.unit_code = u.unit_code
left join scheme_grade n on n.place = g.place
left join pending p on p.unit_code = u.unit_code
order by u.unit_code;
