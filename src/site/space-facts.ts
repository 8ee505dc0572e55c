import {STAGES} from "../contract/index.ts";
import {outsideView} from "../regime/secrecy.ts";
import type {Scored} from "../warehouse/scored.ts";
import type {SiteAudience} from "./build.ts";
import {factLabels} from "./words.ts";

/** What every page of the space needs to know. */
export function spaceFacts(
  {space, regime, schemes, result, when}: Scored,
  audience: SiteAudience,
  told: {unassigned_count: number; provisional: boolean}
) {
  const {run, digest, as_of, decisions_until, known_at, period, unassigned, warnings} = result;
  const secret = outsideView(regime, when.as_of);
  return {
    id: space.id,
    authority: space.authority,
    demo: space.demo,
    audience,
    regime: {id: regime.id, title: regime.title, words: regime.words, kinds: regime.kinds, text: regime.text},
    run,
    digest,
    as_of,
    decisions_until,
    known_at,
    period,
    unassigned: audience === "analyst" ? unassigned : [],
    ...told,
    warnings: audience === "analyst" ? warnings : [],
    secrecy:
      audience === "analyst" || secret.clause === null
        ? null
        : {clause: secret.clause, what: secret.what, until: secret.until !== null},
    stages: STAGES,
    labels: factLabels(),
    schemes: schemes.map(({scheme, plan}) => ({
      id: scheme.id,
      name: scheme.name,
      document_no: scheme.document_no,
      start: scheme.start,
      applies_to: scheme.applies_to,
      grades: plan.grades,
      items: plan.items,
      rules: plan.rules.map(({id, item, name, measure, grade_at_most}) => ({id, item, name, measure, grade_at_most}))
    }))
  };
}
