import {chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {keyHealth} from "../../src/doctor/key.ts";
import {newKey, publicPem, readPublicKey, signWith} from "../../src/release/key.ts";
import {checkSignatures} from "../../src/release/sign.ts";
import {sm2Digest} from "../../src/release/sm2.ts";
import {readTrusted} from "../../src/release/trust.ts";
import {readDecisions} from "../../src/workspace/decision.ts";
import {openWorkspace} from "../../src/workspace/workspace.ts";
import {makePackage} from "../release/package.ts";
import {run} from "./run.ts";

let above: string;
let office: string;
const words = () => join(above, "words.txt");
const keys = (...args: readonly string[]) => run("keys", ...args, "-w", office);

beforeAll(async () => {
  above = mkdtempSync(join(tmpdir(), "xunheng-seal-"));
  office = join(above, "office");
  mkdirSync(office);
  writeFileSync(join(office, "xunheng.yaml"), "authority: 演示安委办\nregime: r\nschemes: [s]\nyear: 2025\nsources: []\n");
  writeFileSync(words(), "口令\n第二行\n", {mode: 0o600});
  expect((await keys("new", "安委办", "--passphrase-file", words())).exit).toBe(0);
  expect((await keys("new", "备用", "--algorithm", "ed25519", "--no-passphrase")).stdout).toContain("！ 私钥没有口令");
});
afterAll(() => rmSync(above, {recursive: true, force: true}));

/** A package that is removed after use. */
async function withPackage(use: (directory: string) => Promise<void>): Promise<void> {
  const {directory, remove} = makePackage();
  try {
    await use(directory);
  } finally {
    remove();
  }
}

const keyPath = (name: string) => join(office, ".xunheng", "keys", name);

describe("keys", () => {
  it("are kept so that no other user can read them, and shown by fingerprint", async () => {
    const mode = (name: string) => (statSync(keyPath(name)).mode & 0o777).toString(8);
    expect([mode("安委办.pem"), mode("安委办.pub.pem"), mode(".")]).toEqual(["600", "644", "700"]);
    const {stdout} = await keys("show");
    expect(stdout).toMatch(
      /^备用 {2}Ed25519 {2}可签名，没有口令，未列为信任\n {2}指纹 [0-9a-f]{64}\n安委办 {2}SM2配SM3 {2}可签名，有口令，/
    );
  });

  it("are never replaced", async () => {
    const before = readFileSync(keyPath("安委办.pem"));
    const {exit, stderr} = await keys("new", "安委办", "--no-passphrase");
    expect([exit, stderr]).toEqual([2, expect.stringMatching(/安委办\.pem: 已有这个名称的密钥；密钥从不覆盖/)]);
    expect(readFileSync(keyPath("安委办.pem"))).toEqual(before);
  });

  it("want a passphrase that is none of nothing, from a place that others cannot read", async () => {
    const empty = join(above, "empty.txt");
    writeFileSync(empty, "\n", {mode: 0o600});
    const loose = join(above, "loose.txt");
    writeFileSync(loose, "x", {mode: 0o644});
    chmodSync(loose, 0o644);
    expect(await keys("new", "甲", "--passphrase-file", empty)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("口令是空的")
    });
    expect(await keys("new", "甲", "--passphrase-file", loose)).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining("chmod 600")
    });
    expect(await keys("new", "甲", "--passphrase-file", join(above, "none"))).toMatchObject({
      ...{exit: 2, stderr: expect.stringContaining("没有这个文件")}
    });
    expect(await keys("new", "甲/乙", "--no-passphrase")).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("名称“甲/乙”不能用")
    });
    expect(await keys("new", "甲", "--algorithm", "rsa")).toMatchObject({exit: 2, stderr: "没有算法 rsa；可用：sm2、ed25519\n"});
    expect(JSON.parse((await keys("show", "--json")).stdout).keys).toHaveLength(2);
  });

  it("are not used when others can read them", async () => {
    const copy = join(above, "copy");
    cpSync(office, copy, {recursive: true});
    chmodSync(join(copy, ".xunheng/keys/备用.pem"), 0o640);
    await withPackage(async (directory) => {
      const {exit, stderr} = await run("seal", directory, "--key", "备用", "-w", copy);
      expect([exit, stderr]).toEqual([3, expect.stringContaining("私钥的权限是640，别的用户能读；可能已经泄露")]);
      expect(checkSignatures(directory, [])).toEqual([]);
    });
  });

  it("are looked at by doctor", async () => {
    const copy = join(above, "looked-at");
    cpSync(office, copy, {recursive: true});
    const space = openWorkspace(copy);
    expect(keyHealth(space)).toMatchObject({state: "注意", said: "2把（备用、安委办），信任0把公钥；备用没有口令"});
    expect(keyHealth({...space, demo: true})).toMatchObject({state: "正常"});
    chmodSync(join(copy, ".xunheng/keys/安委办.pem"), 0o604);
    expect(keyHealth(space)).toMatchObject({state: "不行", said: "安委办的私钥别的用户能读"});
    rmSync(join(copy, ".xunheng/keys"), {recursive: true});
    expect(keyHealth(space)).toMatchObject({state: "正常", said: "没有签名用的密钥，信任0把公钥"});
  });

  it("are trusted by a decision that says who compared them and why", async () => {
    const copy = join(above, "trusting");
    cpSync(office, copy, {recursive: true});
    const file = join(above, "考核办.pub.pem");
    writeFileSync(file, publicPem(newKey("sm2")));
    const trust = (...args: readonly string[]) => run("keys", "trust", ...args, "-w", copy);
    expect(await trust(file)).toMatchObject({exit: 2, stderr: expect.stringContaining("没有写明 --by")});
    const said = ["--by", "张三", "--reason", "当面核对过指纹"];
    expect(await trust(file, ...said)).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining("已记录第1条决定：信任 考核办 的公钥")
    });
    expect(await trust("安委办", ...said)).toMatchObject({exit: 0});
    expect(await trust(file, ...said)).toMatchObject({exit: 2, stderr: expect.stringContaining("已经以 考核办 的名义信任")});
    writeFileSync(file, publicPem(newKey("sm2")));
    expect(await trust(file, ...said)).toMatchObject({exit: 2, stderr: expect.stringContaining("考核办 已是另一把受信任公钥")});
    expect(await trust("没有", ...said)).toMatchObject({exit: 2, stderr: "没有名为 没有 的密钥；可用：备用、安委办、考核办\n"});
    const space = openWorkspace(copy);
    expect(readTrusted({space}).map(({name}) => name)).toEqual(["考核办", "安委办"]);
    expect(readDecisions(space.state.decisions).decisions[0]).toMatchObject({kind: "trust-key", by: "张三"});
    expect((await run("keys", "show", "-w", copy)).stdout).toMatch(
      /安委办.*有口令，受信任\n(.|\n)*考核办 {2}SM2配SM3 {2}受信任的公钥\n/
    );
  });
});

describe("seal", () => {
  it("signs with several keys, or with none when one cannot be opened", async () => {
    await withPackage(async (directory) => {
      const wrong = join(above, "wrong.txt");
      writeFileSync(wrong, "不对", {mode: 0o600});
      const seal = (...args: readonly string[]) =>
        run("seal", directory, "--key", "备用", "--key", "安委办", "-w", office, ...args);
      expect(await seal("--passphrase-file", wrong)).toMatchObject({exit: 3, stderr: expect.stringContaining("口令不对")});
      expect(checkSignatures(directory, [])).toEqual([]);
      const {exit, stdout} = await seal("--passphrase-file", words(), "--json");
      expect(exit).toBe(0);
      expect(JSON.parse(stdout).signatures.map((s: {file: string}) => s.file)).toEqual([
        ...["signatures/备用.ed25519.sig", "signatures/安委办.sm2.sig"]
      ]);
      expect(checkSignatures(directory, []).map((s) => [s.name, s.valid, s.at])).toEqual([
        ["备用", true, "2026-01-05T09:00:00.000+08:00"],
        ["安委办", true, "2026-01-05T09:00:00.000+08:00"]
      ]);
    });
  });

  it("prints what an office's device signs, and takes its signature", async () => {
    await withPackage(async (directory) => {
      const key = newKey("sm2");
      const [pub, sig] = [join(above, "device.pub.pem"), join(above, "device.sig")];
      writeFileSync(pub, publicPem(key));
      const manifest = readFileSync(join(directory, "manifest.json"));
      writeFileSync(sig, signWith(key, manifest));
      const digest = await run("seal", directory, "--digest", "--public-key", pub);
      expect(digest.stdout).toMatch(new RegExp(`全部${manifest.length}字节。\nSHA-256 [0-9a-f]{64}\nSM3     [0-9a-f]{64}\n`));
      expect(digest.stdout).toContain(sm2Digest(manifest, key.point));
      const given = ["--external", sig, "--public-key", pub];
      expect(await run("seal", directory, ...given)).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining("还要写 --public-key 和 --name")
      });
      expect(await run("seal", directory, ...given, "--name", "区安委办")).toMatchObject({exit: 0});
      expect(checkSignatures(directory, readTrusted({files: [pub]}))).toMatchObject([{name: "区安委办", trusted: "device"}]);
      writeFileSync(sig, signWith(key, Buffer.from("x")));
      expect(await run("seal", directory, ...given, "--name", "另一次")).toMatchObject({exit: 3});
      expect(readPublicKey(readFileSync(join(directory, "signatures/区安委办.sm2.pub.pem"), "utf8"), {file: ""}).point).toEqual(
        key.point
      );
    });
  });

  it("says what is missing", async () => {
    expect(await run("seal", above, "--key", "安委办", "-w", office)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("没有 manifest.json")
    });
    expect(await run("seal", "office-2025-r1", "--key", "安委办", "-w", office)).toMatchObject({
      ...{exit: 2, stderr: "工作区 office 没有审定结果 office-2025-r1；先用 xunheng approve 审定\n"}
    });
    await withPackage(async (directory) => {
      for (const external of [above, join(above, "none")])
        expect(await run("seal", directory, "--external", external, "--public-key", words(), "--name", "x")).toMatchObject({
          exit: 2
        });
      expect(await run("seal", directory)).toMatchObject({exit: 2, stderr: expect.stringContaining("没有写用什么签")});
      expect(await run("seal", directory, "--key", "x", "--digest")).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining("只能写一种")
      });
      expect(await run("seal", directory, "--key", "没有", "-w", office)).toMatchObject({
        ...{exit: 2, stderr: expect.stringContaining("没有这把私钥；可用：备用、安委办")}
      });
    });
  });
});
