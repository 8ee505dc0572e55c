import type {Regime} from "../regime/types.ts";
import {quotedIdentifier, quotedString} from "../sql.ts";

/** Which findings a parameter speaks of: any of the filters, each of which must hold in full. */
type FindingFilter = Readonly<Record<string, readonly string[]>>;

/**
 * `concerned`: the findings that each parameter with a `findings` filter speaks of, by the value in force on the day found.
 * Grain: parameter, finding_id. Reads: law_finding. A filter asks that a column has one of the values listed; where it names a hazard level,
 * a finding whose nature nobody wrote down is taken for a hazard.
 */
export function concernedSql(regime: Regime): string {
  const selects = Object.values(regime.parameters).flatMap(({name, values}) =>
    values.flatMap(({from, value}, i) => {
      const filters = (value as {findings?: readonly FindingFilter[]}).findings;
      if (!filters) return [];
      const day = `found_on >= date ${quotedString(from)} and found_on < date ${quotedString(values[i + 1]?.from ?? "9999-12-31")}`;
      return [
        `select ${quotedString(name)} as parameter, finding_id from law_finding where ${day} and (${filters.map(filterSql).join(" or ")})`
      ];
    })
  );
  const rows =
    selects.length === 0 ? "select null::varchar as parameter, null::varchar as finding_id limit 0" : selects.join(" union all ");
  return `create or replace temp table concerned as ${rows}`;
}

function filterSql(filter: FindingFilter): string {
  const parts = Object.entries(filter).map(([column, values]) => {
    const list = values.map(quotedString).join(", ");
    const given = column === "nature" && filter.hazard_level ? "coalesce(nature, '事故隐患')" : quotedIdentifier(column);
    return `${given} in (${list})`;
  });
  return `(${parts.join(" and ")})`;
}
