import {outsideView} from "../regime/secrecy.ts";
import {quotedList} from "../sql.ts";
import {arrowIpc} from "../warehouse/arrow.ts";
import type {Database} from "../warehouse/duckdb.ts";
import {buildLaw, type LawOptions} from "../warehouse/law.ts";
import {modelSql} from "../warehouse/model.ts";
import {outsideObligations, sealAlso, type Untold} from "../warehouse/outside.ts";
import type {Scored} from "../warehouse/scored.ts";
import type {SiteAudience} from "./build.ts";
import {checkBook} from "./check-book.ts";
import {coverageMarts} from "./coverage-mart.ts";
import {loopMarts} from "./loop-mart.ts";

/** Marts that come from the tables of src/models/law, with the row limit that their page is made for. */
const MARTS = [{name: "todo", limit: 50_000}] as const;

/** Kinds of obligations that tell of clues, or of days that the contract shows to the office's own analysts alone. */
const INSIDE = ["移交", "移送纪检监察", "报告审定", "归档", "通报组织部门"];

/**
 * The files of a space that answer questions of law: `check.json` and an Arrow IPC stream a mart. They are computed in a second session
 * of the scored database.
 * Shape: every file is there for every audience; the office's own compliance is empty but for its analysts, and of what is owed others
 * see what may be told outside the office, without where it stands in the files; `untold` are further rows that they may not see.
 * Errors: RangeError when a mart has more rows than its page is made for.
 */
export async function lawMarts(
  scored: Scored,
  audience: SiteAudience,
  untold: Untold = {findings: [], inspections: []}
): Promise<Record<string, Uint8Array>> {
  const db = await scored.db.beside();
  try {
    const law = await lawOptions(scored);
    await buildLaw(db, law);
    await toldObligations(db, law, audience, untold);
    const files: Record<string, Uint8Array> = {
      "check.json": new TextEncoder().encode(JSON.stringify(await checkBook(db, law, scored, audience)))
    };
    for (const {name, limit} of MARTS) {
      const sql = modelSql(`mart/${name}`);
      const count = Number(await db.value(`select count(*) from (${sql})`));
      if (count > limit) throw new RangeError(`${name} 有${count}行，超过页面能承受的${limit}行`);
      files[`${name}.arrow`] = await arrowIpc(db, sql);
    }
    Object.assign(files, await coverageMarts(db, scored.regime, scored.when.as_of, audience));
    Object.assign(files, await loopMarts(db, {regime: scored.regime, as_of: scored.when.as_of, audience}));
    return files;
  } finally {
    db.close();
  }
}

/** What the law is asked with, for a workspace that has been scored. */
async function lawOptions({space, regime, schemes, when, calendar, year, kept}: Scored): Promise<LawOptions> {
  return {
    ...{regime, when},
    ...{calendar, year},
    named_units: space.named_units,
    kept: await kept(),
    extension: schemes.find(({scheme}) => scheme.extension)?.scheme.extension ?? null
  };
}

/** `told_obligation`: what is owed, as far as the audience may know. Needs: buildObligations. */
async function toldObligations(db: Database, {regime, when}: LawOptions, audience: SiteAudience, untold: Untold): Promise<void> {
  if (audience === "analyst") {
    await db.run("create or replace temp view told_obligation as select * from obligation");
    return;
  }
  await outsideObligations(db, outsideView(regime, when.as_of));
  await sealAlso(db, untold);
  await db.run(
    `create or replace temp view told_obligation as select * replace (null::varchar as because) from outside_obligation where kind not in ${quotedList(INSIDE)}`
  );
}
