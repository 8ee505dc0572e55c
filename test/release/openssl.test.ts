import {spawnSync} from "node:child_process";
import {chmodSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {ALGORITHMS, fingerprint, newKey, privatePem, publicPem, readPublicKey, readSecretKey} from "../../src/release/key.ts";
import {acceptSignature, checkSignatures, fingerprintCommand, opensslCommand, signManifest} from "../../src/release/sign.ts";
import {sm2Digest} from "../../src/release/sm2.ts";
import {makePackage} from "./package.ts";

/** Stock OpenSSL; where it is missing these tests are skipped, in CI they fail. */
const there = spawnSync("openssl", ["version"]).status === 0 || process.env.CI === "true";

let box: ReturnType<typeof makePackage>;
beforeEach(() => {
  box = makePackage();
});
afterEach(() => box.remove());

/** Runs a command line as a clerk would, standing in the package; what it printed, or why it failed. */
function shell(line: string): string {
  const {status, stdout, stderr} = spawnSync("sh", ["-c", line], {cwd: box.directory, encoding: "utf8"});
  return status === 0 ? stdout.trim() : `exit ${status}: ${stdout.trim()}${stderr.trim()}`;
}

const at = "2026-01-20T09:00:00.000+08:00";
const file = (name: string) => join(box.directory, "..", name);

/** How an office makes a key and a signature with OpenSSL alone. */
const MADE_BY_OPENSSL = {
  sm2: [
    "openssl genpkey -algorithm SM2 -out ../k.pem && openssl pkey -in ../k.pem -pubout -out ../k.pub.pem",
    "openssl dgst -sm3 -sign ../k.pem -sigopt distid:1234567812345678 -out ../k.sig manifest.json"
  ],
  ed25519: [
    "openssl genpkey -algorithm ED25519 -out ../k.pem && openssl pkey -in ../k.pem -pubout -out ../k.pub.pem",
    "openssl pkeyutl -sign -inkey ../k.pem -rawin -in manifest.json -out ../k.sig"
  ]
} as const;

const OK = {sm2: "Verified OK", ed25519: "Signature Verified Successfully"};

describe.skipIf(!there).each(ALGORITHMS)("OpenSSL and a signature by %s", (algorithm) => {
  it("accepts ours by the command that we print, and not after a change of the manifest", () => {
    signManifest(box.directory, {name: "安委办", key: newKey(algorithm), at});
    expect(shell(opensslCommand(algorithm, "安委办"))).toBe(OK[algorithm]);
    writeFileSync(join(box.directory, "manifest.json"), "{}\n");
    expect(shell(opensslCommand(algorithm, "安委办"))).toMatch(/^exit 1: (Verification failure|Signature Verification Failure)/i);
  });

  it("prints the fingerprint that we print", () => {
    const key = newKey(algorithm);
    signManifest(box.directory, {name: "安委办", key, at});
    expect(shell(fingerprintCommand(algorithm, "安委办"))).toBe(`${fingerprint(key)}  -`);
  });

  it("signs with a key of its own, and we accept it", () => {
    for (const line of MADE_BY_OPENSSL[algorithm]) expect(shell(line)).not.toMatch(/^exit/);
    const key = readPublicKey(readFileSync(file("k.pub.pem"), "utf8"), {file: "k.pub.pem"});
    acceptSignature(box.directory, {name: "设备", key, signature: readFileSync(file("k.sig"))});
    expect(checkSignatures(box.directory, [])).toMatchObject([{name: "设备", algorithm, valid: true, trusted: null}]);
  });

  it("opens our private keys, and we open its, with and without a passphrase", () => {
    const key = newKey(algorithm);
    writeFileSync(file("ours.pem"), privatePem(key, "pass word", 1000));
    chmodSync(file("ours.pem"), 0o600);
    expect(`${shell("openssl pkey -in ../ours.pem -passin 'pass:pass word' -pubout")}\n`).toBe(publicPem(key));
    const [make = ""] = MADE_BY_OPENSSL[algorithm];
    shell(make);
    shell("openssl pkcs8 -topk8 -v2 aes-256-cbc -in ../k.pem -passout 'pass:pass word' -out ../sealed.pem");
    const read = (name: string) => fingerprint(readSecretKey(readFileSync(file(name), "utf8"), "pass word", {file: name}));
    expect([read("k.pem"), read("sealed.pem")]).toEqual(
      Array(2).fill(shell("openssl pkey -in ../k.pem -pubout -outform DER | sha256sum").slice(0, 64))
    );
  });
});

describe.skipIf(!there)("OpenSSL and SM2's user id", () => {
  it("signs the digest that we print for a device that takes no more, and we accept it", () => {
    expect(shell(MADE_BY_OPENSSL.sm2[0])).not.toMatch(/^exit/);
    const key = readPublicKey(readFileSync(file("k.pub.pem"), "utf8"), {file: "k.pub.pem"});
    const manifest = readFileSync(join(box.directory, "manifest.json"));
    writeFileSync(file("e.bin"), Buffer.from(sm2Digest(manifest, key.point), "hex"));
    expect(shell("openssl pkeyutl -sign -inkey ../k.pem -in ../e.bin -out ../k.sig")).toBe("");
    acceptSignature(box.directory, {name: "设备", key, signature: readFileSync(file("k.sig"))});
    expect(shell(opensslCommand("sm2", "设备"))).toBe(OK.sm2);
  });

  it("says no without it: the id is part of what is signed", () => {
    signManifest(box.directory, {name: "安委办", key: newKey("sm2"), at});
    const without = opensslCommand("sm2", "安委办").replace("-sigopt distid:1234567812345678 ", "");
    expect(shell(without)).toMatch(/^exit 1: Verification failure/);
  });
});
