import {chmodSync, existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fault} from "../fault.ts";
import {bytewise} from "../warehouse/run.ts";
import {commitTime} from "../workspace/batch.ts";
import {saidText} from "../workspace/decide.ts";
import {appendDecision, type Decision, setTornAside} from "../workspace/decision.ts";
import {flushDirectory, flushFile} from "../workspace/flush.ts";
import {type Waiting, withLock} from "../workspace/lock.ts";
import {shownPath, type Workspace} from "../workspace/workspace.ts";
import {
  type Algorithm,
  fingerprint,
  isEncrypted,
  newKey,
  type PublicKey,
  privatePem,
  publicPem,
  readPublicKey,
  readSecretKey,
  type SecretKey
} from "./key.ts";
import {signerName} from "./signature-file.ts";
import {readTrusted} from "./trust.ts";

type Space = Pick<Workspace, "state">;

/** A key of the workspace. */
export interface OwnKey extends PublicKey {
  readonly name: string;
  readonly fingerprint: string;
  /** Whether the private part is here, and not only the public one. */
  readonly secret: boolean;
  /** Whether the private part is under a passphrase. */
  readonly encrypted: boolean;
}

/** Where a workspace keeps its keys. */
export function keysDirectory({state}: Space): string {
  return join(state.directory, "keys");
}

function keyFile(space: Space, name: string): string {
  return join(keysDirectory(space), `${name}.pem`);
}

function publicFile(space: Space, name: string): string {
  return join(keysDirectory(space), `${name}.pub.pem`);
}

/**
 * Checks, before a passphrase is asked for, that a name is one and is not taken; a key is never replaced.
 * Errors: Fault 2.
 */
export function freeKeyName(space: Space, name: string): string {
  const clean = signerName(name);
  const there = [keyFile(space, clean), publicFile(space, clean)].find((file) => existsSync(file));
  if (there === undefined) return clean;
  throw taken(there);
}

function taken(file: string) {
  return fault(2, {place: {file: shownPath(file)}, what: "已有这个名称的密钥", advice: "密钥从不覆盖；请换一个名称"});
}

/**
 * Makes a key: `.xunheng/keys/NAME.pem` (PKCS#8, mode 600, under the passphrase unless it is empty) and `NAME.pub.pem`.
 * Each file appears whole or not at all, and none is replaced, even when two make a key of one name at once.
 * Errors: Fault 2 for a name that is taken or cannot be one.
 * @example createKey(space, "安委办", "sm2", passphrase).fingerprint
 */
export function createKey(space: Space, name: string, algorithm: Algorithm, passphrase: string): OwnKey {
  const clean = freeKeyName(space, name);
  const key = newKey(algorithm);
  const directory = keysDirectory(space);
  mkdirSync(directory, {recursive: true, mode: 0o700});
  chmodSync(directory, 0o700);
  put(publicFile(space, clean), publicPem(key), 0o644);
  try {
    put(keyFile(space, clean), privatePem(key, passphrase), 0o600);
  } catch (error) {
    rmSync(publicFile(space, clean));
    throw error;
  }
  flushDirectory(directory);
  const {point} = key;
  return {name: clean, algorithm, point, fingerprint: fingerprint(key), secret: true, encrypted: passphrase !== ""};
}

function put(file: string, text: string, mode: number): void {
  const written = `${file}.${process.pid}.new`;
  try {
    writeFileSync(written, text, {mode, flag: "wx"});
    flushFile(written);
    linkSync(written, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw taken(file);
  } finally {
    rmSync(written, {force: true});
  }
}

/** The keys of a workspace by name: those it can sign with, and public ones kept beside them. */
export function listKeys(space: Space): OwnKey[] {
  const directory = keysDirectory(space);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith(".pub.pem"))
    .map((file) => file.slice(0, -".pub.pem".length))
    .toSorted(bytewise)
    .map((name) => ownKey(space, name));
}

function ownKey(space: Space, name: string): OwnKey {
  const file = publicFile(space, name);
  const {algorithm, point} = readPublicKey(readFileSync(file, "utf8"), {file});
  const secret = existsSync(keyFile(space, name));
  const encrypted = secret && isEncrypted(readFileSync(keyFile(space, name), "utf8"));
  return {name, algorithm, point, fingerprint: fingerprint({algorithm, point}), secret, encrypted};
}

/** Whether nobody but the owner may read a key's private part. Windows has no such modes. */
export function isPrivate(space: Space, name: string): boolean {
  return process.platform === "win32" || (lstatSync(keyFile(space, name)).mode & 0o077) === 0;
}

/**
 * The PEM of a key to sign with.
 * Errors: Fault 2 naming the keys there are; Fault 3 when others may read the file.
 */
export function secretPem(space: Space, name: string): {name: string; text: string; file: string} {
  const clean = signerName(name);
  const file = keyFile(space, clean);
  const entry = lstatSync(file, {throwIfNoEntry: false});
  if (!entry?.isFile()) {
    const names = listKeys(space).flatMap((key) => (key.secret ? [key.name] : []));
    const advice = names.length > 0 ? `可用：${names.join("、")}` : `请先建立：xunheng keys new ${clean}`;
    throw fault(2, {place: {file: shownPath(file)}, what: "没有这把私钥", advice});
  }
  if (!isPrivate(space, clean))
    throw fault(3, {
      place: {file: shownPath(file)},
      what: `私钥的权限是${(entry.mode & 0o777).toString(8)}，别的用户能读`,
      advice: "可能已经泄露；查明后用 chmod 600 改正，或另建一把"
    });
  return {name: clean, text: readFileSync(file, "utf8"), file};
}

/**
 * Opens a key to sign with.
 * Errors: as secretPem; Fault 3 for a wrong passphrase.
 * @example signManifest(dir, {name: "安委办", key: openKey(space, "安委办", passphrase), at})
 */
export function openKey(space: Space, name: string, passphrase: string): SecretKey {
  const {text, file} = secretPem(space, name);
  return readSecretKey(text, passphrase, {file: shownPath(file)});
}

/** A decision to trust a key. */
export interface Trusting extends Waiting {
  /** ISO with offset; the caller reads the clock. */
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  readonly name: string;
  readonly key: PublicKey;
}

/**
 * Records that a key is trusted: whoever compared its fingerprint with its owner decides.
 * Shape: the decision, and what is to be told.
 * Errors: Fault 2 without `by` or `reason`, for a key that is trusted already, and a name that another trusted key has; 4 when another
 * command holds the workspace.
 */
export async function trustKey(
  space: Space,
  {at, by, reason, name, key, ...waiting}: Trusting
): Promise<{decision: Decision; notes: readonly string[]}> {
  const who = saidText(by, "--by", "请写上谁核对过指纹，如 --by 张三");
  const why = saidText(reason, "--reason", "请写上凭什么信任，如 --reason 当面核对过指纹");
  const clean = signerName(name);
  const print = fingerprint(key);
  return withLock(
    space.state.lock,
    "keys trust",
    async () => {
      const torn = setTornAside(space.state.decisions);
      for (const known of readTrusted({space})) {
        if (known.fingerprint === print)
          throw fault(2, {place: null, what: `这把公钥已经以 ${known.name} 的名义信任`, advice: "不必再次信任"});
        if (known.name === clean)
          throw fault(2, {
            place: null,
            what: `${clean} 已是另一把受信任公钥（指纹 ${known.fingerprint}）的名称`,
            advice: "请给公钥文件另起名称再信任，如 安委办2027"
          });
      }
      const clock = commitTime(space.state, at);
      const args = {name: clean, algorithm: key.algorithm, fingerprint: print, public_key: publicPem(key), reason: why};
      const decision = appendDecision(space.state.decisions, {at: clock.at, kind: "trust-key", by: who, args});
      return {decision, notes: [torn, clock.note].filter((note) => note !== null)};
    },
    waiting
  );
}
