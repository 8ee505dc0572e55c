import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {Command} from "commander";
import {fault} from "../fault.ts";
import {ALGORITHM_WORDS, fingerprint, isEncrypted, type PublicKey, readPublicKey, readSecretKey} from "../release/key.ts";
import {secretPem} from "../release/keyring.ts";
import {listReleases} from "../release/list.ts";
import {MANIFEST, readManifest} from "../release/manifest.ts";
import {releaseDirectory} from "../release/settle.ts";
import {acceptSignature, opensslCommand, type Signed, type Signing, signManifest} from "../release/sign.ts";
import {signerName} from "../release/signature-file.ts";
import {sm2Digest} from "../release/sm2.ts";
import {readSmallFile} from "../release/small-file.ts";
import {openWorkspace, shownPath} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {type Effects, instant} from "./output.ts";
import {type PassphraseFlags, passphraseFor, withPassphrase} from "./passphrase.ts";

interface SealFlags extends PassphraseFlags {
  readonly key?: readonly string[];
  readonly external?: string;
  readonly publicKey?: string;
  readonly name?: string;
  readonly digest?: boolean;
}

/** `xunheng seal DIR|ID`: signs the manifest of a release or an export package. */
export const sealCommand: MakeCommand = (effects) =>
  withPassphrase(
    new Command("seal")
      .description("签名：给审定件或导出件的清单（manifest.json）签名，写进它的 signatures/")
      .argument("<dir>", "审定件或导出件的目录，或工作区里审定结果的编号")
      .option("--key <name>", "用工作区的哪把密钥，可写几次", (name: string, before: readonly string[] = []) => [...before, name])
      .option(
        "--external <file>",
        "收下单位自己的签名设备做好的签名（SM2：DER 或64字节 r‖s；Ed25519：64字节；也可是它的十六进制或 Base64）"
      )
      .option("--public-key <file>", "与 --external 或 --digest 一起：设备的公钥（PEM）")
      .option("--name <name>", "与 --external 一起：签名人的名称，如 安委办")
      .option("--digest", "只打印设备要签的内容：清单的 SHA-256、SM3，给出 SM2 公钥时还有 e = SM3(Z‖M)")
  )
    .addHelpText(
      "after",
      `
例：xunheng seal office-2025-r1 --key 安委办
    xunheng seal 审定件目录 --digest --public-key 安委办.pub.pem
    xunheng seal 审定件目录 --external 安委办.sig --public-key 安委办.pub.pem --name 安委办`
    )
    .action(async (what: string, _, command: Command) => {
      const {workspace, json, ...flags} = optionsOf<SealFlags>(command);
      checkFlags(flags);
      const directory = sealed(what, workspace, effects);
      if (flags.digest) return printDigest(effects, json === true, directory, flags.publicKey);
      const signed =
        flags.external === undefined ? await signAll(directory, workspace, flags, effects) : [accept(directory, flags)];
      if (json) return printJson(effects, {directory: shownPath(directory), signatures: signed});
      for (const one of signed) effects.stdout(signedText(one));
    });

/** Errors: Fault 2 for options that are missing or do not go together. */
function checkFlags({key, external, publicKey, name, digest}: SealFlags): void {
  const ways = [key, external, digest].filter((way) => way !== undefined).length;
  if (ways !== 1)
    throw fault(2, {
      place: null,
      what: ways === 0 ? "没有写用什么签" : "--key、--external、--digest 只能写一种",
      advice: "用工作区的密钥写 --key 名称，收下设备的签名写 --external 文件"
    });
  if (external !== undefined && (publicKey === undefined || name === undefined))
    throw fault(2, {place: null, what: "--external 还要写 --public-key 和 --name", advice: "请写明设备的公钥文件和签名人的名称"});
  if (external === undefined && name !== undefined)
    throw fault(2, {place: null, what: "--name 只同 --external 一起写", advice: "用工作区的密钥签名时，名称就是密钥的名称"});
  if (key !== undefined && publicKey !== undefined)
    throw fault(2, {place: null, what: "--public-key 不同 --key 一起写", advice: "请去掉 --public-key"});
}

/** The directory that is meant: a path, or the id of one of the workspace's releases. */
function sealed(what: string, workspace: string, {stderr}: Effects): string {
  if (existsSync(join(what, MANIFEST))) return what;
  if (/^[a-z0-9-]+$/.test(what) && existsSync(join(workspace, "xunheng.yaml"))) {
    const space = openWorkspace(workspace);
    const directory = releaseDirectory(space, what);
    const fallen = listReleases(space).find(({id}) => id === what)?.fallen ?? null;
    if (fallen !== null) stderr(`！ ${what} ${fallen}；现在签名只能证明它曾经审定\n`);
    return directory;
  }
  throw fault(2, {
    place: {file: what},
    what: "不是审定件或导出件的目录（里面没有 manifest.json）",
    advice: "请写目录，或用 -w 指出工作区并写审定结果的编号"
  });
}

async function signAll(directory: string, workspace: string, flags: SealFlags, effects: Effects): Promise<Signed[]> {
  // All keys are opened before the first signature is written.
  const keys = await openKeys(workspace, flags.key ?? [], flags, effects);
  const at = instant(effects);
  return keys.map((one) => signManifest(directory, {...one, at}));
}

/** Keys of a workspace, each opened with its passphrase. */
export async function openKeys(
  workspace: string,
  names: readonly string[],
  flags: PassphraseFlags,
  effects: Effects
): Promise<Pick<Signing, "name" | "key">[]> {
  const space = openWorkspace(workspace);
  const keys = [];
  for (const name of new Set(names)) {
    const pem = secretPem(space, name);
    const passphrase = isEncrypted(pem.text) ? await passphraseFor(pem.name, flags, effects) : "";
    keys.push({name: pem.name, key: readSecretKey(pem.text, passphrase, {file: shownPath(pem.file)})});
  }
  return keys;
}

function accept(directory: string, {external = "", publicKey = "", name = ""}: SealFlags): Signed {
  const key = readKeyFile(publicKey);
  return acceptSignature(directory, {name: signerName(name), key, signature: readSmallFile(external)});
}

function readKeyFile(file: string): PublicKey {
  return readPublicKey(readSmallFile(file).toString("utf8"), {file});
}

function signedText({name, algorithm, fingerprint: print, file}: Signed): string {
  return [
    `${name} 已签名（${ALGORITHM_WORDS[algorithm]}）：${file}`,
    `  公钥指纹 ${print}`,
    `  不用本程序也能核验，在该目录里执行：${opensslCommand(algorithm, name)}`,
    ""
  ].join("\n");
}

function printDigest(effects: Effects, json: boolean, directory: string, publicKey: string | undefined): void {
  const {sha256, sm3} = readManifest(directory);
  const key = publicKey === undefined ? null : readKeyFile(publicKey);
  const manifest = readFileSync(join(directory, MANIFEST));
  const e = key?.algorithm === "sm2" ? sm2Digest(manifest, key.point) : null;
  if (json) {
    printJson(effects, {file: MANIFEST, bytes: manifest.length, sha256, sm3, fingerprint: key && fingerprint(key), sm2_e: e});
    return;
  }
  effects.stdout(
    [
      `要签的是 ${shownPath(join(directory, MANIFEST))} 的全部${manifest.length}字节。`,
      `SHA-256 ${sha256}`,
      `SM3     ${sm3}`,
      ...(key ? [`公钥    ${ALGORITHM_WORDS[key.algorithm]}，指纹 ${fingerprint(key)}`] : []),
      ...(e ? [`SM2 的 e = SM3(Z‖M)（用户标识1234567812345678）：`, `        ${e}`] : []),
      key === null ? "设备只收摘要的，SM2 请加 --public-key 公钥.pem，打印 e。" : "",
      ""
    ]
      .filter((line, i, all) => line !== "" || i === all.length - 1)
      .join("\n")
  );
}
