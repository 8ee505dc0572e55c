import {createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes} from "node:crypto";
import {contentOf, type Der, DerError, der, inside, integer, isOid, OCTETS, oid, readDer, SEQUENCE, wholeOf} from "./der.ts";

const PBES2 = "1.2.840.113549.1.5.13";
const PBKDF2 = "1.2.840.113549.1.5.12";
const HMAC_SHA256 = "1.2.840.113549.2.9";
const AES_256_CBC = "2.16.840.1.101.3.4.1.42";
const NULL = Buffer.from([0x05, 0x00]);

/** Rounds of PBKDF2: about 0.2 s a guess; OpenSSL's own 2048 are too few. */
const ROUNDS = 600_000;

/** A file that asks for more would stop the program for minutes. */
const MOST_ROUNDS = 10_000_000;

/** How OpenSSL may have derived the key. */
const HASHES: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.7": "sha1",
  [HMAC_SHA256]: "sha256",
  "1.2.840.113549.2.11": "sha512"
};

const CIPHERS: Readonly<Record<string, {readonly name: string; readonly length: number}>> = {
  "2.16.840.1.101.3.4.1.2": {name: "aes-128-cbc", length: 16},
  [AES_256_CBC]: {name: "aes-256-cbc", length: 32}
};

/**
 * A private key under a passphrase: EncryptedPrivateKeyInfo of PKCS#8 (RFC 5958) with PBES2 (RFC 8018), PBKDF2 by HMAC-SHA-256,
 * AES-256-CBC. OpenSSL reads it.
 * @param pkcs8 DER of PrivateKeyInfo
 * @example encryptKey(pkcs8, "passphrase")
 */
export function encryptKey(pkcs8: Uint8Array, passphrase: string, rounds = ROUNDS): Buffer {
  const [salt, iv] = [randomBytes(16), randomBytes(16)];
  const cipher = createCipheriv("aes-256-cbc", pbkdf2Sync(passphrase, salt, rounds, 32, "sha256"), iv);
  const derivation = der(
    SEQUENCE,
    oid(PBKDF2),
    der(SEQUENCE, der(OCTETS, salt), integer(BigInt(rounds)), der(SEQUENCE, oid(HMAC_SHA256), NULL))
  );
  const scheme = der(SEQUENCE, derivation, der(SEQUENCE, oid(AES_256_CBC), der(OCTETS, iv)));
  return der(SEQUENCE, der(SEQUENCE, oid(PBES2), scheme), der(OCTETS, cipher.update(pkcs8), cipher.final()));
}

/**
 * The private key inside, or null when the passphrase is another.
 * Errors: DerError for another scheme than OpenSSL's usual ones.
 */
export function decryptKey(encrypted: Uint8Array, passphrase: string): Buffer | null {
  const [scheme, data] = inside(readDer(encrypted), SEQUENCE);
  const [kind, parameters] = inside(scheme, SEQUENCE);
  if (!isOid(kind, PBES2)) throw new DerError("not PBES2");
  const [derivation, encryption] = inside(parameters, SEQUENCE);
  const [cipherId, iv] = inside(encryption, SEQUENCE);
  const cipher = named(CIPHERS, cipherId);
  const key = derived(derivation, passphrase, cipher.length);
  try {
    const decipher = createDecipheriv(cipher.name, key, contentOf(iv, OCTETS));
    const plain = Buffer.concat([decipher.update(contentOf(data, OCTETS)), decipher.final()]);
    readDer(plain);
    return plain;
  } catch {
    return null;
  }
}

function derived(derivation: Der | undefined, passphrase: string, length: number): Buffer {
  const [kind, parameters] = inside(derivation, SEQUENCE);
  if (!isOid(kind, PBKDF2)) throw new DerError("not PBKDF2");
  const [salt, rounds, ...more] = inside(parameters, SEQUENCE);
  const count = wholeOf(rounds);
  if (count < 1n || count > MOST_ROUNDS) throw new DerError("too many rounds");
  const prf = more.find(({tag}) => tag === SEQUENCE);
  const hash = prf ? named(HASHES, inside(prf, SEQUENCE)[0]) : "sha1";
  return pbkdf2Sync(passphrase, contentOf(salt, OCTETS), Number(count), length, hash);
}

function named<T>(table: Readonly<Record<string, T>>, id: Der | undefined): T {
  const found = Object.entries(table).find(([dotted]) => isOid(id, dotted));
  if (!found) throw new DerError("unknown algorithm");
  return found[1];
}
