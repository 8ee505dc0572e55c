import {groupBy} from "../../score/group.ts";
import {concerns, fourFacts, portfolioFit, tenureDoubts} from "./fact.ts";
import {dayBefore, isDivided, later} from "./tenure.ts";
import type {Exemption, OfficialTenure, OrganisationFinding, Tenure, TenureFinding} from "./types.ts";
import type {Answering, UnitBook} from "./unit-book.ts";

/** What the tenures of a result are held against. */
export interface Scope {
  readonly book: UnitBook;
  readonly period: {readonly from: string; readonly to: string};
  readonly as_of: string;
  /** Kinds of units that are scored. */
  readonly kinds: ReadonlySet<string>;
  /** Codes of the scored units that may be told of. */
  readonly told: ReadonlySet<string>;
}

/**
 * Tenures with the findings that the record ties to them. A tenure is listed when it reaches into the period in a unit of the result, or when
 * one of the period's findings was there in its time.
 * Shape: tenures in the order of tenuresOf; `answers` is by index the units that answer for each finding.
 */
export function officialTenures(
  tenures: readonly Tenure[],
  findings: readonly OrganisationFinding[],
  answers: readonly (readonly Answering[])[],
  exemptions: readonly Exemption[],
  scope: Scope
): OfficialTenure[] {
  const {as_of, book, period} = scope;
  const byUnit = new Map<string, {finding: OrganisationFinding; units: readonly Answering[]; unit: Answering}[]>();
  for (const [i, finding] of findings.entries())
    for (const unit of answers[i] ?? []) {
      const list = byUnit.get(unit.unit_code) ?? [];
      byUnit.set(unit.unit_code, list);
      list.push({finding, units: answers[i] ?? [], unit});
    }
  const byPerson = groupBy(tenures, (t) => t.person_id);
  const inUnit = groupBy(tenures, (t) => t.unit_code);
  return tenures.flatMap((tenure) => {
    const facts = new Map<string, TenureFinding>();
    for (const {finding, units, unit} of byUnit.get(tenure.unit_code) ?? []) {
      if (facts.has(finding.finding_id) || !concerns(finding, tenure, unit, as_of)) continue;
      const portfolio = isDivided(tenure.duty) ? portfolioFit(tenure.portfolio, finding.industry) : null;
      if (isDivided(tenure.duty) && portfolio === null) continue;
      const others = (byPerson.get(tenure.person_id) ?? []).flatMap((other) =>
        other === tenure ? [] : units.filter((u) => u.unit_code === other.unit_code).map((u) => ({tenure: other, unit: u}))
      );
      facts.set(finding.finding_id, {
        finding_id: finding.finding_id,
        ...fourFacts(finding, tenure, unit, as_of, others),
        portfolio,
        exemptions: exemptions.filter((e) => e.finding_id === finding.finding_id).map((e) => e.id)
      });
    }
    if (facts.size === 0 && !isInResult(tenure, scope)) return [];
    const doubts = tenureDoubts(tenure, doubtful(tenure), book.end(tenure.unit_code, tenure.from_on), as_of);
    return [{...tenure, doubts, findings: [...facts.values()]}];
  });

  /** Tenures that a doubt may be about: those of the unit and those of the person. */
  function doubtful({unit_code, person_id}: Tenure): Tenure[] {
    return [...new Set([...(inUnit.get(unit_code) ?? []), ...(byPerson.get(person_id) ?? [])])];
  }

  function isInResult({unit_code, from_on, to_on}: Tenure, {kinds, told}: Scope): boolean {
    if (from_on > period.to || (to_on !== null && to_on < period.from)) return false;
    const day = later(from_on, period.from);
    const end = book.end(unit_code, day);
    const scored = book.scoredOf(unit_code, end !== null && end <= day ? dayBefore(end) : day, kinds);
    return scored !== null && told.has(book.heir(scored, kinds) ?? scored);
  }
}
