import {basename} from "node:path";
import {readDecisions} from "../workspace/decision.ts";
import type {Workspace} from "../workspace/workspace.ts";
import {type Algorithm, fingerprint, readPublicKey} from "./key.ts";
import {readSmallFile} from "./small-file.ts";

/** A key that someone answers for. */
export interface TrustedKey {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly fingerprint: string;
  /** `decision`: the workspace decided to trust it; `file`: named on the command line. */
  readonly by: "decision" | "file";
}

/** Where trust comes from. */
export interface TrustSources {
  /** A workspace's trust-key decisions. */
  readonly space?: Pick<Workspace, "state"> | undefined;
  /** Files of public keys, PEM. */
  readonly files?: readonly string[] | undefined;
}

/**
 * Keys that are trusted; one that was trusted twice has its last name.
 * Errors: Fault 2 for a file that is no public key, or a record of decisions that was changed.
 * @example readTrusted({space, files: ["安委办.pub.pem"]})
 */
export function readTrusted({space, files = []}: TrustSources): TrustedKey[] {
  const keys = new Map<string, TrustedKey>();
  for (const {kind, args} of space ? readDecisions(space.state.decisions).decisions : []) {
    if (kind !== "trust-key") continue;
    const {name, algorithm, public_key} = args as {name: string; algorithm: Algorithm; public_key: string};
    const print = fingerprint(readPublicKey(public_key, {file: space?.state.decisions ?? ""}));
    keys.set(print, {name, algorithm, fingerprint: print, by: "decision"});
  }
  for (const file of files) {
    const key = readPublicKey(readSmallFile(file).toString("utf8"), {file});
    const print = fingerprint(key);
    if (!keys.has(print)) keys.set(print, {name: keyNameOf(file), algorithm: key.algorithm, fingerprint: print, by: "file"});
  }
  return [...keys.values()];
}

/** The name of a key in a file. @example keyNameOf("keys/安委办.sm2.pub.pem") // "安委办" */
export function keyNameOf(file: string): string {
  return basename(file).replace(/(\.(sm2|ed25519))?(\.pub)?\.pem$/, "");
}
