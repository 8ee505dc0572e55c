import {createHash} from "node:crypto";
import {type FileHash, MANIFEST, manifestText, type PackageManifest} from "../release/manifest.ts";
import type {Stamp} from "../release/stamp.ts";
import {bytewise} from "../warehouse/run.ts";
import type {ExportFile} from "./write.ts";

/**
 * Files of an export with the manifest that lists them: what `seal` signs and `verify` checks.
 * Shape: files with their paths in, the same sorted and manifest.json after them out; the manifest names the release, or null for 未审定.
 * @example writeExport("考核", packageFiles("assessment", stamp, files))
 */
export function packageFiles(kind: string, stamp: Stamp, files: readonly ExportFile[]): ExportFile[] {
  const sorted = files.toSorted((a, b) => bytewise(a.path, b.path));
  const {release, ...about} = stamp;
  const manifest: PackageManifest = {
    ...{format: 1, kind, ...about},
    release: release === null ? null : {id: release.id, manifest: release.manifest},
    files: sorted.map(hashOf)
  };
  return [...sorted, {path: MANIFEST, bytes: new TextEncoder().encode(manifestText(manifest))}];
}

function hashOf({path, bytes}: ExportFile): FileHash {
  const hex = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  return {path, bytes: bytes.length, sha256: hex("sha256"), sm3: hex("sm3")};
}
