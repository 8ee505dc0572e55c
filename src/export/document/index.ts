import {fault, listed, nearestName} from "../../fault.ts";
import {circular} from "./circular.ts";
import {feedback} from "./feedback.ts";
import type {DocumentKind} from "./kind.ts";
import {listing} from "./listing.ts";
import {monthly} from "./monthly.ts";
import {notice} from "./notice.ts";
import {publication} from "./publication.ts";
import {slip} from "./slip.ts";
import {summon} from "./summon.ts";

/** Every document, in the order of `export document --list`; each has a file of its own. */
export const DOCUMENTS: readonly DocumentKind[] = [circular, publication, feedback, notice, slip, summon, listing, monthly];

/**
 * A document by its name or by what the office calls it.
 * Errors: Fault 2 for another name, with the nearest.
 * @example documentNamed("通报").name // "circular"
 */
export function documentNamed(name: string): DocumentKind {
  const found = DOCUMENTS.find((d) => d.name === name || d.title === name);
  if (found) return found;
  const near = nearestName(
    name,
    DOCUMENTS.flatMap((d) => [d.name, d.title])
  );
  throw fault(2, {
    place: null,
    what: `没有“${name}”这种文书`,
    advice: near ? `是否指 ${near}？` : `可用：${listed(DOCUMENTS.map((d) => `${d.name}（${d.title}）`))}`
  });
}
