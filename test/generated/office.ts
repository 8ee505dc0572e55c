import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {stringify} from "yaml";
import {shapeRegime} from "../../src/contract/shape.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import {load} from "../../src/workspace/load.ts";
import {openWorkspace} from "../../src/workspace/workspace.ts";
import {csvText} from "../office.ts";
import type {Case} from "./case.ts";
import {type Dice, dice} from "./dice.ts";
import type {Row} from "./rows.ts";
import {schemeText} from "./scheme.ts";

/** A table's share of rows in a file of its own. */
interface File {
  readonly name: string;
  readonly table: string;
  readonly rows: readonly Row[];
}

/** What came of loading a case from files and scoring it. */
export interface Loaded {
  readonly digest: string;
  readonly run: string;
  /** Rows that were rejected or held, table by table: generated rows are good, so there should be none. */
  readonly lost: readonly string[];
}

/**
 * Scores a case through a real workspace: every table in one to three CSV files, each a source and a batch of its own.
 * @param order a seed: in which order the sources are named, and in how many loads they come
 */
export async function scoreLoaded(one: Case, order: number): Promise<Loaded> {
  const directory = join(mkdtempSync(join(tmpdir(), "xunheng-generated-")), "office");
  mkdirSync(join(directory, "schemes"), {recursive: true});
  try {
    writeFileSync(join(directory, "schemes/generated.yaml"), schemeText(one.scheme));
    const files = filesOf(one);
    for (const {name, rows} of files) writeFileSync(join(directory, `${name}.csv`), csvText(rows.map(cells)));
    const mixed = shuffledFiles(dice(order), files);
    // The sources come in two loads: the first knows only some of them.
    const cut = dice(order + 1).int(mixed.length + 1);
    for (const [i, known] of [mixed.slice(0, cut), mixed].entries()) {
      if (known.length === 0) continue;
      writeFileSync(join(directory, "xunheng.yaml"), workspaceText(one, known));
      const space = openWorkspace(directory);
      const at = `2026-01-0${5 + i}T09:00:00.000+08:00`;
      const {failures} = await load(space, {at, as_of: one.as_of, regime: shapeRegime(one.land.regime)});
      if (failures.length > 0) throw new RangeError(failures.map((f) => f.what).join("\n"));
    }
    const scored = await openScored(directory);
    try {
      const lost = await scored.db.list(
        `${files.map(({table}) => `select concat('${table}_held: ', cause) from ${table}_held`).join(" union all ")} union all select concat("table", ': ', reason) from reject`
      );
      return {digest: scored.result.digest, run: scored.result.run, lost};
    } finally {
      scored.close();
    }
  } finally {
    rmSync(join(directory, ".."), {recursive: true, force: true});
  }
}

function filesOf({seed, rows}: Case): File[] {
  const d = dice(seed);
  return Object.entries(rows).flatMap(([table, list]) => {
    const parts = list.length < 4 ? 1 : d.from(1, 3);
    const shares = Array.from({length: parts}, (_, i) => list.filter((_, n) => n % parts === i) as readonly Row[]);
    return shares.flatMap((share, i) => (share.length === 0 ? [] : [{name: `${table}-${i}`, table, rows: share}]));
  });
}

function cells(row: Row): Record<string, string | number> {
  const text = (value: Row[string]) => (value === null ? "" : typeof value === "boolean" ? (value ? "是" : "否") : value);
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, text(value)]));
}

function shuffledFiles(d: Dice, files: readonly File[]): File[] {
  return files
    .map((file) => [d.int(1_000_000), file] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, file]) => file);
}

function workspaceText({land, as_of, decisions_until, year, round}: Case, files: readonly File[]): string {
  return stringify({
    authority: "演示安委办",
    regime: land.regime.id,
    schemes: ["generated"],
    year,
    ...(round === null ? {} : {round}),
    as_of,
    decisions_until,
    sources: files.map(({name, table}) => ({name, table, loader: "csv", path: `${name}.csv`}))
  });
}
