import {createHash} from "node:crypto";
import {fault, type Place} from "../fault.ts";
import {BITS, contentOf, type Der, DerError, der, inside, integer, isOid, OCTETS, oid, readDer, SEQUENCE} from "./der.ts";
import {ed25519Point, newEd25519, signEd25519, verifyEd25519} from "./ed25519.ts";
import {decryptKey, encryptKey} from "./pbes2.ts";
import {pemText, readPem} from "./pem.ts";
import {isSm2Point, newSm2, signSm2, sm2Point, verifySm2} from "./sm2.ts";

export const ALGORITHMS = ["sm2", "ed25519"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** Algorithms as people read them. */
export const ALGORITHM_WORDS: Readonly<Record<Algorithm, string>> = {sm2: "SM2配SM3", ed25519: "Ed25519"};

/** Who can check. */
export interface PublicKey {
  readonly algorithm: Algorithm;
  /** SM2: the point in full, 65 bytes; Ed25519: 32 bytes. */
  readonly point: Buffer;
}

/** Who can sign. */
export interface SecretKey extends PublicKey {
  /** 32 bytes. */
  readonly secret: Buffer;
}

const ED25519 = "1.3.101.112";
const EC = "1.2.840.10045.2.1";
/** sm2p256v1, GM/T 0006. */
const SM2 = "1.2.156.10197.1.301";

/** A fresh key of the system's randomness. @example newKey("sm2").point.length // 65 */
export function newKey(algorithm: Algorithm): SecretKey {
  return {algorithm, ...(algorithm === "sm2" ? newSm2() : newEd25519())};
}

/** DER of a public key (SubjectPublicKeyInfo), the only form of it that is hashed. */
export function spki({algorithm, point}: PublicKey): Buffer {
  return der(SEQUENCE, identifier(algorithm), der(BITS, Buffer.of(0), point));
}

/**
 * What people compare: SHA-256 of the public key's DER. `openssl pkey -pubin -in NAME.pub.pem -outform DER | sha256sum` prints it too.
 * @example fingerprint(key) // 64 hex digits
 */
export function fingerprint(key: PublicKey): string {
  return createHash("sha256").update(spki(key)).digest("hex");
}

/** A public key as a PEM file. */
export function publicPem(key: PublicKey): string {
  return pemText({label: "PUBLIC KEY", bytes: spki(key)});
}

/** Reads a public key's PEM. Errors: Fault 2 saying what the file is instead. */
export function readPublicKey(text: string, place: Place): PublicKey {
  const {label, bytes} = readPem(text, place);
  if (label.endsWith("PRIVATE KEY"))
    throw fault(2, {place, what: "是私钥，不是公钥", advice: "私钥不能交给别人；请用同名的 .pub.pem"});
  const key = label === "PUBLIC KEY" ? parsed(() => publicOf(readDer(bytes))) : null;
  if (key && (key.algorithm === "ed25519" ? key.point.length === 32 : isSm2Point(key.point))) return key;
  throw fault(2, {place, what: "不是 SM2 或 Ed25519 的公钥", advice: "只认这两种算法的公钥（SM2 的点要写全，以04开头）"});
}

/**
 * A private key as a PEM file: PKCS#8, under a passphrase unless it is empty.
 * @param rounds of PBKDF2; fewer only where nothing depends on the key
 * @example privatePem(newKey("sm2"), "passphrase") // "-----BEGIN ENCRYPTED PRIVATE KEY-----…"
 */
export function privatePem(key: SecretKey, passphrase: string, rounds?: number): string {
  const pkcs8 = der(SEQUENCE, integer(0n), identifier(key.algorithm), der(OCTETS, privateDer(key)));
  if (passphrase === "") return pemText({label: "PRIVATE KEY", bytes: pkcs8});
  return pemText({label: "ENCRYPTED PRIVATE KEY", bytes: encryptKey(pkcs8, passphrase, rounds)});
}

/** Whether a private key's PEM asks for a passphrase. */
export function isEncrypted(text: string): boolean {
  return text.includes("ENCRYPTED");
}

/**
 * Reads a private key's PEM: ours, and what `openssl genpkey` and `openssl pkcs8` write.
 * Errors: Fault 2 for another kind of file, 3 for a wrong passphrase.
 */
export function readSecretKey(text: string, passphrase: string, place: Place): SecretKey {
  const {label, bytes} = readPem(text, place);
  if (label === "PUBLIC KEY") throw fault(2, {place, what: "是公钥，不是私钥", advice: "签名要用私钥"});
  const plain = label === "ENCRYPTED PRIVATE KEY" ? parsed(() => decryptKey(bytes, passphrase) ?? "wrong") : bytes;
  if (plain === "wrong") throw fault(3, {place, what: "口令不对", advice: "请重新输入；口令忘了不能找回，只能另建一把"});
  const key = plain && parsed(() => (label === "EC PRIVATE KEY" ? sec1Of(readDer(plain)) : secretOf(readDer(plain))));
  if (key) return key;
  throw fault(2, {
    place,
    what: "不是能用的 SM2 或 Ed25519 私钥",
    advice: "请用 xunheng keys new 建立，或用 openssl pkcs8 -topk8 -v2 aes-256-cbc 转成 PKCS#8"
  });
}

/** Signs. Shape: 64 bytes for Ed25519, DER for SM2. */
export function signWith({algorithm, secret, point}: SecretKey, message: Buffer): Buffer {
  return algorithm === "sm2" ? signSm2(message, secret, point) : signEd25519(message, secret);
}

/** Whether a signature is this key's over this message. */
export function isSignedBy({algorithm, point}: PublicKey, message: Buffer, signature: Buffer): boolean {
  return algorithm === "sm2" ? verifySm2(message, signature, point) : verifyEd25519(message, signature, point);
}

function identifier(algorithm: Algorithm): Buffer {
  return algorithm === "ed25519" ? der(SEQUENCE, oid(ED25519)) : der(SEQUENCE, oid(EC), oid(SM2));
}

function algorithmOf(identifiers: Der | undefined): Algorithm {
  const [kind, curve, ...more] = inside(identifiers, SEQUENCE);
  if (isOid(kind, ED25519) && !curve) return "ed25519";
  if (isOid(kind, EC) && isOid(curve, SM2) && more.length === 0) return "sm2";
  throw new DerError("another algorithm");
}

function publicOf(value: Der): PublicKey {
  const [kind, bits, ...more] = inside(value, SEQUENCE);
  const [unused, ...point] = contentOf(bits, BITS);
  if (unused !== 0 || more.length > 0) throw new DerError("not a public key");
  return {algorithm: algorithmOf(kind), point: Buffer.from(point)};
}

/** What a private key holds by itself: Ed25519 its bytes (RFC 8410), SM2 as ECPrivateKey (RFC 5915). */
function privateDer({algorithm, secret, point}: SecretKey): Buffer {
  if (algorithm === "ed25519") return der(OCTETS, secret);
  return der(SEQUENCE, integer(1n), der(OCTETS, secret), der(PUBLIC_PART, der(BITS, Buffer.of(0), point)));
}

const CURVE_PART = 0xa0;
const PUBLIC_PART = 0xa1;

function secretOf(value: Der): SecretKey {
  const [, kind, octets] = inside(value, SEQUENCE);
  const inner = readDer(contentOf(octets, OCTETS));
  if (algorithmOf(kind) === "sm2") return sm2Of(inner);
  const secret = contentOf(inner, OCTETS);
  if (secret.length !== 32) throw new DerError("not 32 bytes");
  return {algorithm: "ed25519", secret, point: ed25519Point(secret)};
}

/** An EC key as OpenSSL writes it outside PKCS#8 names its curve itself. */
function sec1Of(value: Der): SecretKey {
  const curve = inside(value, SEQUENCE).find(({tag}) => tag === CURVE_PART);
  if (!isOid(inside(curve, CURVE_PART)[0], SM2)) throw new DerError("another curve");
  return sm2Of(value);
}

function sm2Of(value: Der): SecretKey {
  const [, octets, ...parts] = inside(value, SEQUENCE);
  const secret = contentOf(octets, OCTETS);
  const point = sm2Point(secret);
  const said = parts.find(({tag}) => tag === PUBLIC_PART);
  const bits = said && contentOf(inside(said, PUBLIC_PART)[0], BITS).subarray(1);
  if (!point || (bits && !bits.equals(point))) throw new DerError("secret and public part disagree");
  return {algorithm: "sm2", secret, point};
}

function parsed<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}
