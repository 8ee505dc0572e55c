import {describe, expect, it} from "vitest";
import {der, integer, readDer, SEQUENCE, wholeOf} from "../../src/release/der.ts";
import {
  ALGORITHMS,
  fingerprint,
  isSignedBy,
  newKey,
  privatePem,
  publicPem,
  readPublicKey,
  readSecretKey,
  signWith
} from "../../src/release/key.ts";
import {pemText} from "../../src/release/pem.ts";
import {signerName} from "../../src/release/signature-file.ts";

const place = {file: "k.pem"};
const readPublic = (text: string) => readPublicKey(text, place);
const readSecret = (text: string, passphrase = "") => readSecretKey(text, passphrase, place);

describe.each(ALGORITHMS)("a key of %s", (algorithm) => {
  const key = newKey(algorithm);
  const other = newKey(algorithm);

  it("is read back as it was written, with and without a passphrase", () => {
    expect(readSecret(privatePem(key, ""))).toEqual(key);
    const sealed = privatePem(key, "口令 一", 1000);
    expect(sealed).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    expect(readSecret(sealed, "口令 一")).toEqual(key);
    expect(() => readSecret(sealed, "口令 二")).toThrow("k.pem: 口令不对；请重新输入");
  });

  it("has a public part of one fingerprint, whatever the line ends", () => {
    const read = readPublic(publicPem(key).replaceAll("\n", "\r\n"));
    expect(read).toEqual({algorithm, point: key.point});
    expect(fingerprint(read)).toBe(fingerprint(key));
    expect(fingerprint(other)).not.toBe(fingerprint(key));
  });

  it("signs for itself alone", () => {
    const message = Buffer.from("清单");
    const signature = signWith(key, message);
    expect(isSignedBy(readPublic(publicPem(key)), message, signature)).toBe(true);
    expect(isSignedBy(other, message, signature)).toBe(false);
    expect(isSignedBy(key, Buffer.from("清第"), signature)).toBe(false);
  });
});

describe("a file that is no key", () => {
  const key = newKey("sm2");

  it("is told apart, each with what to do", () => {
    expect(() => readPublic("hello")).toThrow("k.pem: 不是 PEM 格式的密钥；PEM 以一行");
    expect(() => readPublic(publicPem(key) + publicPem(key))).toThrow("文件里有几把密钥");
    expect(() => readPublic(privatePem(key, ""))).toThrow("是私钥，不是公钥；私钥不能交给别人");
    expect(() => readSecret(publicPem(key))).toThrow("是公钥，不是私钥");
    expect(() => readPublic(pemText({label: "CERTIFICATE", bytes: Buffer.of(1)}))).toThrow(
      "是证书，不是公钥；请先取出公钥：openssl x509"
    );
    expect(() => readPublic("x".repeat(20_000))).toThrow("文件太大");
  });

  it("is refused when the point lies beside the curve, or the algorithm is another", () => {
    const {point} = key;
    const beside = Buffer.from(point.with(64, (point[64] as number) ^ 1));
    for (const text of [
      publicPem({algorithm: "sm2", point: beside}),
      publicPem({algorithm: "sm2", point: Buffer.of(2, ...point.subarray(1, 33))}),
      publicPem({algorithm: "ed25519", point}),
      pemText({label: "PUBLIC KEY", bytes: Buffer.of(0x30, 0x80)}),
      pemText({label: "RSA PUBLIC KEY", bytes: Buffer.of(0x30, 0)})
    ])
      expect(() => readPublic(text)).toThrow("不是 SM2 或 Ed25519 的公钥");
    expect(() => readSecret(privatePem({...key, point: newKey("sm2").point}, ""))).toThrow("不是能用的 SM2 或 Ed25519 私钥");
  });

  it("never ends in anything but a sentence, wherever it is cut or changed", () => {
    const bytes = Buffer.from(publicPem(key).split("\n").slice(1, -2).join(""), "base64");
    for (let i = 0; i < bytes.length; i++)
      for (const changed of [bytes.subarray(0, i), Buffer.from(bytes.with(i, 0xff)), Buffer.from(bytes.with(i, 0x30))]) {
        if (changed.equals(bytes)) continue;
        expect(() => readPublic(pemText({label: "PUBLIC KEY", bytes: changed}))).toThrow(/^k\.pem: 不是/);
      }
  });
});

describe("DER", () => {
  it("has one form for a value: lengths and numbers in their shortest", () => {
    expect(wholeOf(readDer(integer(128n)))).toBe(128n);
    for (const hex of ["0201", "02810105", "0280", "020200ff00", "0500ff", ""])
      expect(() => readDer(Buffer.from(hex, "hex"))).toThrow();
    for (const hex of ["020180", "02020005", "0200"]) expect(() => wholeOf(readDer(Buffer.from(hex, "hex")))).toThrow();
  });

  it("writes long values", () => {
    expect(readDer(der(SEQUENCE, Buffer.alloc(300))).value).toHaveLength(300);
  });
});

describe("the name of a signer", () => {
  it("is a name that a file may have", () => {
    expect(["安委办", " a_1-b "].map(signerName)).toEqual(["安委办", "a_1-b"]);
    for (const name of ["", "../x", "a.b", "a/b", "x".repeat(41), "a\u202eb"]) expect(() => signerName(name)).toThrow("不能用");
  });
});
