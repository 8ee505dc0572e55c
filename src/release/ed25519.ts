import {createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify} from "node:crypto";

/** What stands before the 32 bytes in the DER of a private key (PKCS#8) and of a public one (SPKI), RFC 8410. */
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex");

/** A fresh key. Shape: 32 bytes each. */
export function newEd25519(): {secret: Buffer; point: Buffer} {
  const {privateKey} = generateKeyPairSync("ed25519");
  const secret = Buffer.from(privateKey.export({type: "pkcs8", format: "der"})).subarray(-32);
  return {secret, point: ed25519Point(secret)};
}

/** The public key of a secret. */
export function ed25519Point(secret: Buffer): Buffer {
  return Buffer.from(createPublicKey(privateKey(secret)).export({type: "spki", format: "der"})).subarray(-32);
}

/** Signs a message. Shape: 64 bytes (RFC 8032). */
export function signEd25519(message: Buffer, secret: Buffer): Buffer {
  return sign(null, message, privateKey(secret));
}

/** Whether a signature of 64 bytes is this key's over this message. */
export function verifyEd25519(message: Buffer, signature: Buffer, point: Buffer): boolean {
  if (signature.length !== 64) return false;
  const key = createPublicKey({key: Buffer.concat([SPKI_HEAD, point]), format: "der", type: "spki"});
  return verify(null, message, key, signature);
}

function privateKey(secret: Buffer): KeyObject {
  return createPrivateKey({key: Buffer.concat([PKCS8_HEAD, secret]), format: "der", type: "pkcs8"});
}
