import {fault} from "../../fault.ts";
import {stampOf} from "../../release/stamp.ts";
import {type Leaving, leavingTables} from "../../site/leaving.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {organisationNotes} from "./notes.ts";
import {officialTenures} from "./official.ts";
import {bothPosts, vacancies} from "./posts.ts";
import {decisionRows, exemptionRows, findingRows, officialRows, unitRows} from "./rows.ts";
import {tenuresOf} from "./tenure.ts";
import type {OrganisationData, OrganisationUnit} from "./types.ts";
import {UnitBook} from "./unit-book.ts";

/**
 * What of a result the organisation department may hold: units with grade, rank, vetoes, major and overdue findings and effective
 * decisions; officials with their tenures and four facts a finding, where the regime's clause reaches persons. For a page, a workbook
 * and a letter alike. Nothing in it is a score, rank, grade, count or sum of a person.
 * Shape: a scored workspace or release in; the caller demands that it is approved before anything leaves (demandApproved).
 * Errors: Fault 3 when the regime gives no such power.
 * @example const data = await organisationData(await openReleased(dir)); data.officials[0]?.findings[0]?.found.state // "在任"
 */
export async function organisationData(scored: Scored): Promise<OrganisationData> {
  const {db, regime, schemes, result, when} = scored;
  const power = demandPower(scored);
  const leaving = await leavingTables(scored, "organisation");
  const {period} = result;
  const units = await unitResults(scored, leaving);
  const told = new Set(units.map((u) => u.unit_code));
  const book = new UnitBook(await unitRows(db), when.as_of);
  const kinds = new Map(schemes.map(({scheme}) => [scheme.id, new Set(scheme.applies_to)]));
  const rows = (await findingRows(db, period.from, leaving.visible)).filter((row) => told.has(row.scored_unit));
  const findings = rows.map(({scheme: _, anchor_on: __, anchor_unit: ___, ...row}) => ({
    ...row,
    unit_name: row.unit_code === null ? null : book.name(row.unit_code),
    is_major: row.severity === "重大" || row.hazard_level === "重大",
    is_overdue: (row.days_overdue ?? 0) > 0
  }));
  const exemptions = await exemptionRows(db);
  const answers = rows.map(({scheme, anchor_on, anchor_unit, scored_unit}) =>
    book.answering(anchor_unit, anchor_on, kinds.get(scheme) ?? new Set(), scored_unit)
  );
  const tenures = power.persons ? tenuresOf(await officialRows(db), (code) => book.name(code)) : [];
  const scope = {book, period, as_of: when.as_of, kinds: new Set(schemes.flatMap(({scheme}) => scheme.applies_to)), told};
  const officials = officialTenures(tenures, findings, answers, exemptions, scope);
  const data = {
    stamp: stampOf(scored),
    power,
    words: regime.words,
    period,
    units,
    findings,
    decisions: (await decisionRows(db, period, leaving.visible)).filter((d) => told.has(d.scored_unit)),
    officials,
    both_posts: bothPosts(tenures, findings, answers, when.as_of),
    exemptions: exemptions.filter((e) => concernsTold(e.finding_id, e.unit_code)),
    vacancies: vacancies(officials, period)
  };
  return {...data, notes: organisationNotes(data, regime)};

  function concernsTold(finding: string | null, unit: string): boolean {
    return finding === null ? told.has(book.heir(unit, scope.kinds) ?? "") : findings.some((f) => f.finding_id === finding);
  }
}

/** The regime's power over the organisation department's files. Errors: Fault 3 when there is none. */
export function demandPower({regime}: Pick<Scored, "regime">): OrganisationData["power"] {
  if (regime.organisation) return regime.organisation;
  throw fault(3, {
    place: null,
    what: `制度没有规定结果送组织部门（${regime.title}）`,
    advice: "不能导出组织部参考；要送，须先由有权机关在制度里写明"
  });
}

/** Results of the units that may be told of, in the order of the pages. */
async function unitResults({db, schemes}: Scored, leaving: Leaving): Promise<OrganisationUnit[]> {
  const names = new Map(schemes.map(({scheme}) => [scheme.id, scheme.name]));
  type Row = Omit<OrganisationUnit, "scheme_name" | "vetoes"> & {readonly vetoes: string};
  return (await db.rows<Row>(await leaving.select("unit", null))).map(
    ({scheme, unit_code, unit_name, unit_kind, peer_group, covered, covered_because, grade, rank, provisional, vetoes}) => ({
      ...{scheme, scheme_name: names.get(scheme) ?? scheme, unit_code, unit_name, unit_kind, peer_group, covered, covered_because},
      ...{grade, rank, provisional, vetoes: JSON.parse(vetoes)}
    })
  );
}
