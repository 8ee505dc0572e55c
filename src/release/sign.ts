import {readFileSync} from "node:fs";
import {join} from "node:path";
import {fault} from "../fault.ts";
import {canonicalJson} from "../placed-yaml.ts";
import {ALGORITHM_WORDS, type Algorithm, fingerprint, isSignedBy, type PublicKey, type SecretKey, signWith} from "./key.ts";
import {fileHashes, MANIFEST, readManifest} from "./manifest.ts";
import {keepSignature, readSignatureFiles, type SignatureFiles} from "./signature-file.ts";
import {sm2Der} from "./sm2.ts";
import type {TrustedKey} from "./trust.ts";

/*
 * What is signed is the bytes of manifest.json, which lists every other file by its hashes. Signatures lie beside, in
 * signatures/, and can be checked without this program (OpenSSL 3.0, tried both ways in test/release/openssl.test.ts):
 *
 *   openssl dgst -sm3 -verify signatures/NAME.sm2.pub.pem -sigopt distid:1234567812345678 \
 *     -signature signatures/NAME.sm2.sig manifest.json                                            → Verified OK
 *   openssl pkeyutl -verify -pubin -inkey signatures/NAME.ed25519.pub.pem -rawin -in manifest.json \
 *     -sigfile signatures/NAME.ed25519.sig                                                        → Signature Verified Successfully
 *   openssl pkey -pubin -in signatures/NAME.sm2.pub.pem -outform DER | sha256sum                  → the key's fingerprint
 *
 * Without `distid` OpenSSL takes an empty user id and says Verification failure. An office that signs with OpenSSL itself:
 *
 *   openssl genpkey -algorithm SM2 -out KEY.pem;  openssl pkey -in KEY.pem -pubout -out PUB.pem
 *   openssl dgst -sm3 -sign KEY.pem -sigopt distid:1234567812345678 -out FILE.sig manifest.json
 *   openssl genpkey -algorithm ED25519 -out KEY.pem
 *   openssl pkeyutl -sign -inkey KEY.pem -rawin -in manifest.json -out FILE.sig
 *   openssl pkeyutl -sign -inkey KEY.pem -in e.bin -out FILE.sig        (SM2 over the 32 bytes e of `seal --digest`)
 *   xunheng seal DIR --external FILE.sig --public-key PUB.pem --name NAME
 */

/**
 * The command with which a stranger checks a signature, standing in the release's directory; for READMEs and the guide.
 * @example opensslCommand("sm2", "安委办") // "openssl dgst -sm3 -verify signatures/安委办.sm2.pub.pem …"
 */
export function opensslCommand(algorithm: Algorithm, name: string): string {
  const at = `signatures/${name}.${algorithm}`;
  return algorithm === "sm2"
    ? `openssl dgst -sm3 -verify ${at}.pub.pem -sigopt distid:1234567812345678 -signature ${at}.sig manifest.json`
    : `openssl pkeyutl -verify -pubin -inkey ${at}.pub.pem -rawin -in manifest.json -sigfile ${at}.sig`;
}

/** The command that prints a public key's fingerprint. */
export function fingerprintCommand(algorithm: Algorithm, name: string): string {
  return `openssl pkey -pubin -in signatures/${name}.${algorithm}.pub.pem -outform DER | sha256sum`;
}

/** Who signs, and when; the caller reads the clock. */
export interface Signing {
  readonly name: string;
  readonly key: SecretKey;
  /** ISO with offset. */
  readonly at: string;
}

/** A signature that was put beside a manifest. */
export interface Signed {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly fingerprint: string;
  /** Of the signature, below the directory. */
  readonly file: string;
}

/**
 * Signs manifest.json of a release or package and puts the signature, the public key and who signed into signatures/.
 * Errors: Fault 2 when the files are not those of the manifest, or this name has signed already.
 * @example signManifest(dir, {name: "安委办", key, at: "2026-01-20T09:00:00.000+08:00"})
 */
export function signManifest(directory: string, {name, key, at}: Signing): Signed {
  const manifest = checkedManifest(directory);
  const proof = signWith(key, statement({manifest: manifest.sha256, name, key, at})).toString("hex");
  return kept(directory, manifest.bytes, {name, key, signature: signWith(key, manifest.bytes), at, proof});
}

/** A signature made elsewhere, by an office's own device. */
export interface External {
  readonly name: string;
  readonly key: PublicKey;
  /** SM2: DER, or r ‖ s in 64 bytes; Ed25519: 64 bytes; as they are, or written in hex or base64. */
  readonly signature: Buffer;
}

/**
 * Accepts a signature of manifest.json that another device made, after checking it. When it was made is not known here.
 * Errors: as signManifest; Fault 3 when it is not that key's signature of this manifest.
 */
export function acceptSignature(directory: string, {name, key, signature}: External): Signed {
  const {bytes} = checkedManifest(directory);
  const found = readings(signature).find((reading) => isSignedBy(key, bytes, formed(key, reading)));
  if (!found)
    throw fault(3, {
      place: {file: join(directory, MANIFEST)},
      what: `所给的签名不是这把公钥（${ALGORITHM_WORDS[key.algorithm]}，指纹 ${fingerprint(key)}）对这份清单的签名`,
      advice: "请用 xunheng seal 目录 --digest --public-key 公钥 核对要签的内容（SM2 用户标识为1234567812345678）"
    });
  return kept(directory, bytes, {name, key, signature: formed(key, found), at: null, proof: null});
}

/** The bytes as they are, and what they say when they are text in hex or base64, as devices hand it out. */
function readings(signature: Buffer): Buffer[] {
  const text = signature.toString("latin1").replace(/\s/g, "");
  const hex = /^([0-9a-fA-F]{2})+$/.test(text) ? [Buffer.from(text, "hex")] : [];
  const base64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? [Buffer.from(text, "base64")] : [];
  return [signature, ...hex, ...base64];
}

function formed({algorithm}: PublicKey, signature: Buffer): Buffer {
  return algorithm === "sm2" ? (sm2Der(signature) ?? signature) : signature;
}

interface Made {
  readonly name: string;
  readonly key: PublicKey;
  readonly signature: Buffer;
  readonly at: string | null;
  readonly proof: string | null;
}

function kept(directory: string, manifest: Buffer, {name, key, signature, at, proof}: Made): Signed {
  if (!isSignedBy(key, manifest, signature)) throw new Error("a signature that was just made does not hold");
  const file = keepSignature(directory, {name, key, signature, at, proof});
  return {name, algorithm: key.algorithm, fingerprint: fingerprint(key), file};
}

/** The manifest's bytes, when all it lists is there as listed. Errors: Fault 2; nobody should sign what does not hold. */
function checkedManifest(directory: string): {bytes: Buffer; sha256: string} {
  const {manifest, sha256} = readManifest(directory);
  const line = (file: {path: string; sha256: string; sm3: string; bytes: number}) => canonicalJson(file);
  const listed = new Map(manifest.files.map((file) => [line(file), file.path]));
  const there = new Map(fileHashes(directory).map((file) => [line(file), file.path]));
  const differing = [...listed, ...there].filter(([key]) => !listed.has(key) || !there.has(key)).map(([, path]) => path);
  if (differing.length > 0)
    throw fault(2, {
      place: {file: join(directory, MANIFEST)},
      what: `清单与文件不符：${[...new Set(differing)].slice(0, 5).join("、")}`,
      advice: "不能给改动过的目录签名；请用 xunheng verify 核对，用原来的目录重做"
    });
  return {bytes: readFileSync(join(directory, MANIFEST)), sha256};
}

/** What binds the name and moment of a signature made here to its key: signed too, so that a changed line is noticed. */
function statement({manifest, name, key, at}: {manifest: string; name: string; key: PublicKey; at: string}): Buffer {
  return Buffer.from(canonicalJson({manifest, name, algorithm: key.algorithm, fingerprint: fingerprint(key), at}));
}

/** What became of one signature in signatures/. */
export interface SignatureCheck {
  /** As the file's name says; it is the signer's own word until the key is known. */
  readonly name: string;
  readonly algorithm: Algorithm | null;
  readonly fingerprint: string | null;
  /** When it was made, by the signer's own clock; null when that is not known. */
  readonly at: string | null;
  /** Whether the signature holds for this manifest and all that lies beside it is in order. */
  readonly valid: boolean;
  /** Under which name the key is trusted; null: unknown. Never set for a signature that does not hold. */
  readonly trusted: string | null;
  /** What is wrong; null: nothing. */
  readonly problem: string | null;
  /** Below the directory. */
  readonly files: readonly string[];
}

/**
 * Checks every signature beside a manifest, sorted by name. None: an empty list. A broken one is a result, never an error.
 * @param trusted see readTrusted
 * @example checkSignatures(dir, readTrusted({space})).some((s) => s.valid && s.trusted !== null)
 */
export function checkSignatures(directory: string, trusted: readonly TrustedKey[]): SignatureCheck[] {
  const {sha256} = readManifest(directory);
  const bytes = readFileSync(join(directory, MANIFEST));
  return readSignatureFiles(directory).map((found) => checkOne(found, {bytes, sha256}, trusted));
}

function checkOne(
  {name, algorithm, key, signature, at, proof, problem, files}: SignatureFiles,
  manifest: {bytes: Buffer; sha256: string},
  trusted: readonly TrustedKey[]
): SignatureCheck {
  const known = key && trusted.find((one) => one.fingerprint === fingerprint(key));
  const wrong =
    problem ??
    (key && signature && !isSignedBy(key, manifest.bytes, signature)
      ? "签名与清单不符：清单或签名被改动过，或签的是另一份"
      : null) ??
    (key && !isProven(name, key, at, proof, manifest.sha256) ? "签名人或签名时间被改动过" : null);
  return {
    ...{name, algorithm, at, files, problem: wrong},
    fingerprint: key && fingerprint(key),
    valid: wrong === null,
    trusted: wrong === null ? (known?.name ?? null) : null
  };
}

function isProven(name: string, key: PublicKey, at: string | null, proof: string | null, manifest: string): boolean {
  if (at === null || proof === null) return at === proof;
  return isSignedBy(key, statement({manifest, name, key, at}), Buffer.from(proof, "hex"));
}
