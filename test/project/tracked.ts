import {execFileSync} from "node:child_process";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Paths of the files under version control that match one pattern and not the other, those deleted on disk left out. */
export function tracked(like: RegExp = /./, unlike: RegExp = /^$/): string[] {
  const paths = execFileSync("git", ["ls-files", "-z"], {cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 26}).split("\0");
  return paths.filter((path) => path !== "" && like.test(path) && !unlike.test(path) && existsSync(join(ROOT, path)));
}
