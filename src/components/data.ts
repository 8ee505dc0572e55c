import {tableFromIPC} from "npm:@uwdata/flechette";
import type {SchemeFacts, SpaceFacts, UnitRow} from "./types.js";

/**
 * The rows of a mart; days as dates at midnight UTC.
 * @example await readMart<UnitRow>(FileAttachment("./mart/unit.arrow").arrayBuffer())
 */
export async function readMart<Row>(file: Promise<ArrayBuffer>): Promise<Row[]> {
  return tableFromIPC(await file, {useDate: true}).toArray() as Row[];
}

/** Units that may be ranked together: of one scheme, kind and peer group, in rank order, the unscored at the end. */
export interface Peers {
  readonly scheme: SchemeFacts;
  readonly unit_kind: string;
  readonly peer_group: string | null;
  readonly units: readonly UnitRow[];
}

/** Units by scheme, kind and peer group, as they are ranked; several schemes never share a ranking. */
export function peersOf({schemes}: Pick<SpaceFacts, "schemes">, units: readonly UnitRow[]): Peers[] {
  return schemes.flatMap((scheme) => {
    const groups = new Map<string, UnitRow[]>();
    for (const unit of units) {
      if (unit.scheme !== scheme.id) continue;
      const key = `${unit.unit_kind}\n${unit.peer_group ?? ""}`;
      groups.set(key, [...(groups.get(key) ?? []), unit]);
    }
    return [...groups.values()].map((members) => {
      const {unit_kind, peer_group} = members[0] as UnitRow;
      return {scheme, unit_kind, peer_group, units: members.toSorted(byRank)};
    });
  });
}

/** Ranked units first, by rank; then scored ones that are not ranked; then the others, in the official order. */
function byRank(a: UnitRow, b: UnitRow): number {
  return (
    (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) ||
    Number(b.milli !== null) - Number(a.milli !== null) ||
    (a.sort_order ?? Number.POSITIVE_INFINITY) - (b.sort_order ?? Number.POSITIVE_INFINITY) ||
    (a.unit_code < b.unit_code ? -1 : 1)
  );
}

/** What peers are called: 镇街, 镇街（一类）. */
export function peersName({unit_kind, peer_group}: Pick<Peers, "unit_kind" | "peer_group">): string {
  return peer_group ? `${unit_kind}（${peer_group}）` : unit_kind;
}

/** 一票否决 of a unit. */
export function vetoesOf(unit: UnitRow): readonly {rule_id: string; name: string; effect: string; subject: string | null}[] {
  return JSON.parse(unit.vetoes);
}

/** A scheme of the space. Errors: RangeError for an unknown id. */
export function schemeOf({schemes}: Pick<SpaceFacts, "schemes">, id: string): SchemeFacts {
  const found = schemes.find((scheme) => scheme.id === id);
  if (!found) throw new RangeError(`没有评分办法 ${id}`);
  return found;
}
