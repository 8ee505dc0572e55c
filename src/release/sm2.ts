import {sm2} from "sm-crypto-v2";
import {DerError, der, inside, integer, readDer, SEQUENCE, wholeOf} from "./der.ts";

/** The order of SM2's group (GB/T 32918.5). */
export const SM2_ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

/** The user id that GM/T 0009 sets where nobody agreed on another; GB/T 35276 signs certificates with it too. */
export const SM2_USER = "1234567812345678";

/** A signature: two numbers, 1 … order − 1. */
interface Pair {
  readonly r: bigint;
  readonly s: bigint;
}

/** A fresh key. Shape: 32 bytes of secret; the public point is uncompressed, 65 bytes beginning with 04. */
export function newSm2(): {secret: Buffer; point: Buffer} {
  const {privateKey, publicKey} = sm2.generateKeyPairHex();
  return {secret: Buffer.from(privateKey.padStart(64, "0"), "hex"), point: Buffer.from(publicKey, "hex")};
}

/** The public point of a secret; null when the secret is none of SM2's. */
export function sm2Point(secret: Buffer): Buffer | null {
  const d = BigInt(`0x${secret.toString("hex") || "0"}`);
  if (secret.length !== 32 || d < 1n || d >= SM2_ORDER - 1n) return null;
  return Buffer.from(sm2.getPublicKeyFromPrivateKey(secret.toString("hex")), "hex");
}

/** Whether bytes are a point of the curve, written in full. */
export function isSm2Point(point: Buffer): boolean {
  if (point.length !== 65 || point[0] !== 4) return false;
  try {
    return sm2.verifyPublicKey(point.toString("hex"));
  } catch {
    // The library throws for coordinates that lie beside the curve.
    return false;
  }
}

/**
 * Signs a message with SM2 and SM3 (GB/T 32918.2) under the usual user id.
 * Shape: DER of r and s (GM/T 0009), as OpenSSL writes and reads it.
 */
export function signSm2(message: Buffer, secret: Buffer, point: Buffer): Buffer {
  const raw = sm2.doSignature(message, secret.toString("hex"), {hash: true, publicKey: point.toString("hex"), userId: SM2_USER});
  return pairDer(rawPair(Buffer.from(raw, "hex")));
}

/** Whether a DER signature is this key's over this message. */
export function verifySm2(message: Buffer, signature: Buffer, point: Buffer, user = SM2_USER): boolean {
  const pair = pairOf(signature);
  if (!pair || !isSm2Point(point)) return false;
  const raw = [pair.r, pair.s].map((n) => n.toString(16).padStart(64, "0")).join("");
  return sm2.doVerifySignature(message, raw, point.toString("hex"), {hash: true, userId: user});
}

/**
 * What an office's own device signs when it is handed a digest: e = SM3(Z ‖ M), Z from the user id and the public key.
 * @example sm2Digest(manifest, point) // 64 hex digits
 */
export function sm2Digest(message: Buffer, point: Buffer): string {
  return sm2.getHash(message, point.toString("hex"), SM2_USER);
}

/** A device's signature as DER: it may come so already, or as r ‖ s in 64 bytes. Null when it is neither. */
export function sm2Der(signature: Buffer): Buffer | null {
  if (pairOf(signature)) return signature;
  if (signature.length !== 64) return null;
  const pair = rawPair(signature);
  return isPair(pair) ? pairDer(pair) : null;
}

function rawPair(raw: Buffer): Pair {
  const number = (bytes: Buffer) => BigInt(`0x${bytes.toString("hex")}`);
  return {r: number(raw.subarray(0, 32)), s: number(raw.subarray(32))};
}

function pairDer({r, s}: Pair): Buffer {
  return der(SEQUENCE, integer(r), integer(s));
}

function pairOf(signature: Buffer): Pair | null {
  try {
    const [r, s, ...more] = inside(readDer(signature), SEQUENCE);
    const pair = {r: wholeOf(r), s: wholeOf(s)};
    return more.length === 0 && isPair(pair) ? pair : null;
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

function isPair({r, s}: Pair): boolean {
  return [r, s].every((n) => n >= 1n && n < SM2_ORDER);
}
