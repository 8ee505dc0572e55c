import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {writeManifest} from "../../src/release/manifest.ts";

/** A package of two small files with its manifest, in a temporary directory. */
export function makePackage(): {directory: string; remove: () => void} {
  const directory = join(mkdtempSync(join(tmpdir(), "xunheng-package-")), "package");
  for (const [path, text] of Object.entries({"汇总表.csv": "单位,得分\n", "data/assessment.json": "{}\n"})) {
    mkdirSync(dirname(join(directory, path)), {recursive: true});
    writeFileSync(join(directory, path), text);
  }
  writeManifest(directory, {format: 1, kind: "assessment", release: null});
  return {directory, remove: () => rmSync(dirname(directory), {recursive: true, force: true})};
}
