import {createHash} from "node:crypto";
import {sm2} from "sm-crypto-v2";
import {describe, expect, it} from "vitest";
import {der, integer, SEQUENCE} from "../../src/release/der.ts";
import {ed25519Point, signEd25519, verifyEd25519} from "../../src/release/ed25519.ts";
import {isSm2Point, newSm2, SM2_ORDER, signSm2, sm2Der, sm2Digest, sm2Point, verifySm2} from "../../src/release/sm2.ts";

/** GB/T 32918.5—2017 annex A.2: a signature over the recommended curve, by user 1234567812345678 (GM/T 0009 chapter 10). */
const STANDARD = {
  message: Buffer.from("message digest"),
  secret: Buffer.from("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8", "hex"),
  point: Buffer.from(
    "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13",
    "hex"
  ),
  e: "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640",
  k: 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n,
  x1: 0x04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73n,
  r: 0xf5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3n,
  s: 0xb1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aan
};

const pair = (r: bigint, s: bigint) => der(SEQUENCE, integer(r), integer(s));

describe("SM2 with SM3", () => {
  const {message, secret, point, r, s} = STANDARD;

  it("hashes as GB/T 32905 says, and finds the standard's public key and digest", () => {
    expect(createHash("sm3").update("abc").digest("hex")).toBe("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    expect(sm2Point(secret)).toEqual(point);
    expect(sm2Digest(message, point)).toBe(STANDARD.e);
  });

  it("signs with the standard's random number as the standard does", () => {
    const {k, x1} = STANDARD;
    const options = {hash: true, publicKey: point.toString("hex"), pointPool: [{k, x1}]};
    const raw = Buffer.from(sm2.doSignature(message, secret.toString("hex"), options), "hex");
    expect(sm2Der(raw)).toEqual(pair(r, s));
  });

  it("accepts the standard's signature, and no other message, key or user", () => {
    const signature = pair(r, s);
    expect(verifySm2(message, signature, point)).toBe(true);
    expect(verifySm2(Buffer.from("message digesu"), signature, point)).toBe(false);
    expect(verifySm2(message, signature, newSm2().point)).toBe(false);
    expect(verifySm2(message, signature, point, "ALICE123@YAHOO.COM")).toBe(false);
  });

  it("accepts what it signs, each time another signature", () => {
    const [one, two] = [signSm2(message, secret, point), signSm2(message, secret, point)];
    expect(one).not.toEqual(two);
    expect([one, two].map((signature) => verifySm2(message, signature, point))).toEqual([true, true]);
  });

  it("refuses numbers outside the group: each signature has one form", () => {
    for (const [badR, badS] of [
      [r + SM2_ORDER, s],
      [r, s + SM2_ORDER],
      [0n, s],
      [r, 0n],
      [r, SM2_ORDER - r]
    ] as const)
      expect(verifySm2(message, pair(badR, badS), point)).toBe(false);
  });

  it("finds every changed, missing or additional byte of a signature", () => {
    const signature = pair(r, s);
    for (let i = 0; i < signature.length; i++) {
      const changed = Buffer.from(signature);
      changed[i] = (changed[i] as number) ^ 1;
      expect(verifySm2(message, changed, point)).toBe(false);
    }
    expect(verifySm2(message, signature.subarray(0, -1), point)).toBe(false);
    expect(verifySm2(message, Buffer.concat([signature, Buffer.of(0)]), point)).toBe(false);
    expect(verifySm2(message, Buffer.of(), point)).toBe(false);
  });

  it("takes a device's signature as DER or as r ‖ s, and nothing else", () => {
    const raw = Buffer.from(r.toString(16) + s.toString(16), "hex");
    expect(sm2Der(raw)).toEqual(pair(r, s));
    expect(sm2Der(pair(r, s))).toEqual(pair(r, s));
    expect(sm2Der(raw.subarray(1))).toBeNull();
    expect(sm2Der(Buffer.alloc(64, 0xff))).toBeNull();
  });

  it("knows a point beside the curve, and a secret outside the group", () => {
    const beside = Buffer.from(point);
    beside[64] = (beside[64] as number) ^ 1;
    expect([isSm2Point(point), isSm2Point(beside), isSm2Point(point.subarray(1)), isSm2Point(Buffer.alloc(65))]).toEqual([
      ...[true, false, false, false]
    ]);
    expect(sm2Point(Buffer.alloc(32))).toBeNull();
    expect(sm2Point(Buffer.alloc(32, 0xff))).toBeNull();
  });
});

describe("Ed25519", () => {
  /** RFC 8032 section 7.1, test 3. */
  const secret = Buffer.from("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "hex");
  const point = Buffer.from("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "hex");
  const message = Buffer.from("af82", "hex");
  const signature = Buffer.from(
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    "hex"
  );

  it("signs and accepts as RFC 8032 says", () => {
    expect(ed25519Point(secret)).toEqual(point);
    expect(signEd25519(message, secret)).toEqual(signature);
    expect(verifyEd25519(message, signature, point)).toBe(true);
    expect(verifyEd25519(Buffer.from("af83", "hex"), signature, point)).toBe(false);
    expect(verifyEd25519(message, signature.subarray(1), point)).toBe(false);
  });
});
