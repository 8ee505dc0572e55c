import {groupBy} from "../../score/group.ts";
import {isHeld, knownArising, SINGLE, stateOn} from "./fact.ts";
import {actingOn, dayAfter, dayBefore, earlier, order, postsOn} from "./tenure.ts";
import type {BothPosts, Holder, OrganisationFinding, Tenure, Vacancy} from "./types.ts";
import type {Answering} from "./unit-book.ts";

/** 党政同责: the two posts that answer together. */
const PARTY = "党委主要负责人";
const GOVERNMENT = "政府主要负责人";

/**
 * Who held the two principal posts on each of a finding's four days, side by side; days that are not on record or have not come are left out.
 * Shape: a row a finding and day, in the findings' order; empty when no principal post is on record at all.
 */
export function bothPosts(
  tenures: readonly Tenure[],
  findings: readonly OrganisationFinding[],
  answers: readonly (readonly Answering[])[],
  as_of: string
): BothPosts[] {
  const principals = groupBy(
    tenures.filter(({duty}) => duty === PARTY || duty === GOVERNMENT),
    (t) => t.unit_code
  );
  if (principals.size === 0) return [];
  return findings.flatMap((finding, i) => {
    const units = (answers[i] ?? []).filter(({unit_code}) => principals.has(unit_code));
    if (units.length === 0) return [];
    const moments = [
      ["形成", knownArising(finding.arose_on, finding.found_on)],
      ["发现", finding.found_on],
      ["到期", finding.due_on],
      ["销号", finding.closed_on]
    ] as const;
    return moments.flatMap(([moment, on]) =>
      on === null || on > as_of
        ? []
        : [
            {
              finding_id: finding.finding_id,
              moment,
              on,
              party: holders(PARTY, units, on),
              government: holders(GOVERNMENT, units, on)
            }
          ]
    );
  });

  function holders(duty: string, units: readonly Answering[], on: string): Holder[] {
    return units.flatMap((unit) =>
      (principals.get(unit.unit_code) ?? []).flatMap((tenure) => {
        const state = stateOn(on, tenure, unit);
        if (tenure.duty !== duty || !isHeld(state)) return [];
        const {person_id, person_name, unit_code} = tenure;
        const post = [...new Set(postsOn(tenure, on).map((p) => p.post))].join("、");
        return [{person_id, person_name, unit_code, post, state, acting: actingOn(tenure, on)}];
      })
    );
  }
}

/**
 * Stretches of the period for which nobody is on record in a principal duty that is on record otherwise: both days belong to them.
 * Shape: listed tenures in, vacancies by unit, duty and day out.
 */
export function vacancies(tenures: readonly Tenure[], {from, to}: {readonly from: string; readonly to: string}): Vacancy[] {
  const groups = groupBy(
    tenures.filter(({duty}) => SINGLE.has(duty)),
    ({unit_code, duty}) => JSON.stringify([unit_code, duty])
  );
  return [...groups.values()]
    .flatMap((own) => {
      const [{unit_code, unit_name, duty}] = own as [Tenure];
      const found: Vacancy[] = [];
      let next = from;
      for (const {from_on, to_on} of [...own].sort((a, b) => order(a.from_on, b.from_on))) {
        if (from_on > next && next <= to)
          found.push({unit_code, unit_name, duty, from_on: next, to_on: earlier(to, dayBefore(from_on))});
        if (to_on === null) return found;
        if (dayAfter(to_on) > next) next = dayAfter(to_on);
      }
      return next <= to ? [...found, {unit_code, unit_name, duty, from_on: next, to_on: to}] : found;
    })
    .sort((a, b) => order(a.unit_code, b.unit_code) || order(a.duty, b.duty) || order(a.from_on, b.from_on));
}
