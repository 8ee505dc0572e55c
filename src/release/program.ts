import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {Database} from "../warehouse/duckdb.ts";
import {ROOT} from "../workspace/workspace.ts";
import type {ReleaseManifest} from "./manifest.ts";

/** The versions of this program, of Node and of the engine: the same ones write the same bytes. */
export async function programVersions(db: Database): Promise<ReleaseManifest["versions"]> {
  const {version: program} = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {version: string};
  return {program, node: process.version, duckdb: String(await db.value("select version()"))};
}
