import {appendFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {fingerprint, newKey, publicPem, signWith} from "../../src/release/key.ts";
import {writeManifest} from "../../src/release/manifest.ts";
import {acceptSignature, checkSignatures, signManifest} from "../../src/release/sign.ts";
import type {TrustedKey} from "../../src/release/trust.ts";
import {rounds} from "../rounds.ts";
import {makePackage} from "./package.ts";

const at = "2026-01-20T09:00:00.000+08:00";
const own = newKey("sm2");
const theirs = newKey("ed25519");
const trusted: TrustedKey[] = [{name: "安委办", algorithm: "sm2", fingerprint: fingerprint(own), by: "decision"}];

let box: ReturnType<typeof makePackage>;
let directory: string;
beforeEach(() => {
  box = makePackage();
  directory = box.directory;
});
afterEach(() => box.remove());

const check = () => checkSignatures(directory, trusted);
const file = (name: string) => join(directory, "signatures", name);
const manifest = () => readFileSync(join(directory, "manifest.json"));

/** Bytes all over a file changed in turn, in the soak every one; the file stands again afterwards. */
function eachByte(path: string, look: () => void): void {
  const bytes = readFileSync(path);
  const step = Math.ceil(bytes.length / rounds(25));
  for (let i = 0; i < bytes.length; i += step) {
    writeFileSync(path, bytes.with(i, (bytes[i] as number) ^ 1));
    look();
  }
  writeFileSync(path, bytes);
}

describe("signatures beside a manifest", () => {
  it("are none at first", () => {
    expect(check()).toEqual([]);
  });

  it("hold, and say whose key is known", () => {
    const signed = signManifest(directory, {name: "安委办", key: own, at});
    signManifest(directory, {name: "考核办", key: theirs, at});
    expect(signed).toEqual({
      ...{name: "安委办", algorithm: "sm2", fingerprint: fingerprint(own), file: "signatures/安委办.sm2.sig"}
    });
    const files = ["安委办.sm2.sig", "安委办.sm2.pub.pem", "安委办.json"].map((name) => `signatures/${name}`);
    const known = {
      name: "安委办",
      algorithm: "sm2",
      fingerprint: fingerprint(own),
      at,
      valid: true,
      trusted: "安委办",
      problem: null
    };
    const unknown = {name: "考核办", algorithm: "ed25519", fingerprint: fingerprint(theirs), valid: true, trusted: null};
    expect(check()).toEqual([{...known, files}, expect.objectContaining(unknown)]);
  });

  it("are not replaced", () => {
    signManifest(directory, {name: "安委办", key: own, at});
    expect(() => signManifest(directory, {name: "安委办", key: theirs, at})).toThrow(
      "安委办.sm2.sig: 安委办已经签过；签名不能替换"
    );
  });

  it("are made only of what holds", () => {
    appendFileSync(join(directory, "汇总表.csv"), "x");
    expect(() => signManifest(directory, {name: "安委办", key: own, at})).toThrow(
      "清单与文件不符：汇总表.csv；不能给改动过的目录签名"
    );
    expect(existsSync(join(directory, "signatures"))).toBe(false);
  });

  it("outlive a kill before the signature was written", () => {
    signManifest(directory, {name: "安委办", key: own, at});
    rmSync(file("安委办.sm2.sig"));
    expect(check().map(({problem}) => problem)).toEqual(Array(2).fill("不属于任何签名，或它的签名文件不见了"));
    signManifest(directory, {name: "安委办", key: own, at});
    expect(check()).toMatchObject([{valid: true}]);
  });

  it("break when the manifest is another", () => {
    signManifest(directory, {name: "安委办", key: own, at});
    writeManifest(directory, {format: 1, kind: "organisation", release: null});
    expect(check()).toMatchObject([{valid: false, trusted: null, problem: expect.stringContaining("签名与清单不符")}]);
  });

  it("break with any byte of any of their files", () => {
    signManifest(directory, {name: "安委办", key: theirs, at});
    for (const name of readdirSync(join(directory, "signatures")))
      eachByte(file(name), () => expect(check()).toMatchObject([{valid: false, trusted: null, problem: expect.any(String)}]));
    expect(check()).toMatchObject([{valid: true}]);
  });

  it("belong to the name under which they were made", () => {
    signManifest(directory, {name: "安委办", key: own, at});
    for (const end of ["sm2.sig", "sm2.pub.pem", "json"]) renameSync(file(`安委办.${end}`), file(`区委.${end}`));
    expect(check()).toMatchObject([{name: "区委", valid: false, problem: "signatures/区委.json: 与签名或公钥不符"}]);
  });

  it("of a stranger who takes a known name are not known", () => {
    signManifest(directory, {name: "安委办", key: newKey("sm2"), at});
    expect(check()).toMatchObject([{name: "安委办", valid: true, trusted: null}]);
  });

  it("are read from plain files alone, and what does not belong is named", () => {
    signManifest(directory, {name: "安委办", key: own, at});
    renameSync(file("安委办.json"), join(directory, "..", "elsewhere"));
    symlinkSync(join(directory, "..", "elsewhere"), file("安委办.json"));
    writeFileSync(file("说明\u202e.txt"), "x");
    writeFileSync(file("大.sm2.sig"), Buffer.alloc(5000));
    expect(check().map(({name, problem}) => [name, problem])).toEqual([
      ["大", "signatures/大.sm2.sig: 文件太大"],
      ["安委办", "signatures/安委办.json: 不是普通文件"],
      ["说明?.txt", "不属于任何签名，或它的签名文件不见了"]
    ]);
  });
});

describe("a signature of an office's own device", () => {
  it("is accepted in the forms in which devices hand it out", () => {
    const raw = (signature: Buffer) => {
      const [, rest] = [0, signature.subarray(2)];
      const number = (bytes: Buffer) => bytes.subarray(2, 2 + (bytes[1] as number));
      const r = number(rest);
      const s = number(rest.subarray(2 + r.length));
      return Buffer.concat([r, s].map((n) => Buffer.concat([Buffer.alloc(32), n]).subarray(-32)));
    };
    const signature = signWith(own, manifest());
    const forms = [
      signature,
      raw(signature),
      Buffer.from(raw(signature).toString("hex")),
      Buffer.from(`${signature.toString("base64")}\n`)
    ];
    for (const [i, form] of forms.entries()) acceptSignature(directory, {name: `设备${i}`, key: own, signature: form});
    acceptSignature(directory, {
      name: "设备4",
      key: theirs,
      signature: Buffer.from(signWith(theirs, manifest()).toString("base64"))
    });
    expect(check().map(({name, valid, at: when, trusted: who}) => [name, valid, when, who])).toEqual([
      ...["设备0", "设备1", "设备2", "设备3"].map((name) => [name, true, null, "安委办"]),
      ["设备4", true, null, null]
    ]);
    expect(readFileSync(file("设备1.sm2.sig"))).toEqual(signature);
    expect(readFileSync(file("设备1.sm2.pub.pem"), "utf8")).toBe(publicPem(own));
  });

  it("is refused when it is another's, or of another manifest", () => {
    for (const signature of [
      signWith(newKey("sm2"), manifest()),
      signWith(own, Buffer.from("x")),
      Buffer.alloc(64, 1),
      Buffer.of()
    ])
      expect(() => acceptSignature(directory, {name: "设备", key: own, signature})).toThrow(
        /所给的签名不是这把公钥.*对这份清单的签名；请用 xunheng seal 目录 --digest/
      );
    expect(check()).toEqual([]);
  });

  it("breaks with any byte of any of its files too", () => {
    acceptSignature(directory, {name: "设备", key: theirs, signature: signWith(theirs, manifest())});
    for (const name of readdirSync(join(directory, "signatures")))
      eachByte(file(name), () => expect(check()).toMatchObject([{valid: false}]));
  });
});
