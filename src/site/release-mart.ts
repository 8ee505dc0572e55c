import {zipSync} from "fflate";
import {organisationData} from "../export/organisation/data.ts";
import {publicationData} from "../export/publication.ts";
import {demandApproved} from "../release/demand.ts";
import {publicStamp, stampOf} from "../release/stamp.ts";
import type {Scored} from "../warehouse/scored.ts";
import type {ReleaseAudience} from "./build.ts";
import {regimeBook} from "./regime-book.ts";
import {compareRegimes, knownRegimes} from "./regime-comparison.ts";
import {schemeBook} from "./scheme-book.ts";
import {spaceFacts} from "./space-facts.ts";

/** What each audience is told, in the file of its own page. */
const TOLD: Readonly<
  Record<ReleaseAudience, {readonly what: string; readonly file: string; readonly data: (scored: Scored) => Promise<unknown>}>
> = {
  organisation: {what: "组织部参考", file: "organisation.json", data: organisationData},
  public: {what: "公布", file: "publication.json", data: publicationData}
};

/**
 * The files of a space for readers who see releases alone: `space.json`, `regime.json`, `comparison.json`, `scheme.json`, `check.json`
 * (nothing), and what their page shows. No mart is among them.
 * Shape: an opened release in, a zip out. Errors: Fault 3 for what is no standing release, or where the regime gives no such power.
 */
export async function releaseZip(scored: Scored, audience: ReleaseAudience): Promise<Uint8Array> {
  const {regime, schemes, when, space, result} = scored;
  const {what, file, data} = TOLD[audience];
  demandApproved(scored, what);
  const told = {unassigned_count: 0, provisional: result.provisional};
  const files = {
    "space.json": {
      ...spaceFacts(scored, audience, told),
      stamp: audience === "public" ? publicStamp(stampOf(scored)) : stampOf(scored)
    },
    "regime.json": regimeBook(regime, when.as_of),
    "comparison.json": compareRegimes(knownRegimes(space.directory, regime), when.as_of),
    "scheme.json": schemes.map(({scheme, plan}) => schemeBook(scheme, plan)),
    "check.json": null,
    [file]: await data(scored)
  };
  const bytes = Object.entries(files).map(([name, value]) => [name, new TextEncoder().encode(JSON.stringify(value))] as const);
  return zipSync(Object.fromEntries(bytes), {level: 0, mtime: new Date("1980-01-01T00:00:00")});
}
