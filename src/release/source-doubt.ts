import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {sourceFiles} from "../../loaders/files.ts";
import {LOADERS} from "../../loaders/index.ts";
import type {Source} from "../../loaders/loader.ts";
import type {Batch} from "../workspace/batch.ts";
import type {Workspace} from "../workspace/workspace.ts";

/** Sources whose data a result does not hold as they stand, by their names. */
export interface SourceDoubts {
  /** Never loaded. */
  readonly never: readonly string[];
  /** Gone, unreadable or changed on disk since they were last loaded. */
  readonly changed: readonly string[];
}

/**
 * Compares the sources of xunheng.yaml with what was loaded of them: a file that could not be read leaves no batch, and one that was
 * changed since leaves the old rows standing. Servers are not asked, and of a source that only appends its last files are looked at.
 */
export async function sourceDoubts(
  space: Pick<Workspace, "sources" | "directory">,
  batches: readonly Batch[]
): Promise<SourceDoubts> {
  const [never, changed]: [string[], string[]] = [[], []];
  for (const source of space.sources) {
    const last = batches.findLast((b) => b.source === source.name && b.mode !== "corrections");
    if (!last) never.push(source.name);
    else if (await isChanged(source, last, space.directory)) changed.push(source.name);
  }
  return {never, changed};
}

async function isChanged(source: Source, {files, mode}: Batch, root: string): Promise<boolean> {
  const loader = Object.hasOwn(LOADERS, source.loader) ? LOADERS[source.loader] : undefined;
  if (!loader || !("path" in loader.options) || "query" in loader.options) return false;
  const loaded = new Set(files.map((f) => f.sha256));
  try {
    const found = new Set((await sourceFiles(source, {root})).map(({path}) => sha256(path)));
    const isSame = [...loaded].every((hash) => found.has(hash));
    return mode === "append" ? !isSame : !isSame || found.size !== loaded.size;
  } catch {
    // A file that is gone or cannot be read: what was loaded of it stands alone.
    return true;
  }
}

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
