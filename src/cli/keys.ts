import {existsSync} from "node:fs";
import {Command} from "commander";
import {fault, listed} from "../fault.ts";
import {ALGORITHM_WORDS, ALGORITHMS, type Algorithm, type PublicKey, readPublicKey} from "../release/key.ts";
import {createKey, freeKeyName, keysDirectory, listKeys, type OwnKey, trustKey} from "../release/keyring.ts";
import {readSmallFile} from "../release/small-file.ts";
import {keyNameOf, readTrusted} from "../release/trust.ts";
import {openWorkspace, shownPath, type Workspace} from "../workspace/workspace.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {tellWaiting, waitSeconds, withWait} from "./decision.ts";
import {type Effects, instant} from "./output.ts";
import {type PassphraseFlags, passphraseFor, withPassphrase} from "./passphrase.ts";

/** `xunheng keys new|show|trust`: the office's keys, and those of others that it trusts. */
export const keysCommand: MakeCommand = (effects) => {
  const keys = new Command("keys")
    .description("密钥：建立签名用的密钥，查看指纹，信任别人的公钥")
    .helpCommand(false)
    .addHelpText(
      "after",
      `
例：xunheng keys new 安委办                     建一把 SM2 密钥，口令在终端询问
    xunheng keys show                           有哪些密钥，指纹是什么，信任哪些公钥
    xunheng keys trust 考核办.pub.pem --by 张三 --reason 当面核对过指纹`
    );
  for (const add of [addNew, addShow, addTrust]) add(keys, effects);
  return keys;
};

interface NewFlags extends PassphraseFlags {
  readonly algorithm: string;
  /** False with --no-passphrase. */
  readonly passphrase: boolean;
}

function addNew(keys: Command, effects: Effects): void {
  withPassphrase(
    keys
      .command("new")
      .description("建立一把密钥：工作区 .xunheng/keys/ 里的 名称.pem（私钥，600）和 名称.pub.pem（公钥）")
      .argument("<name>", "名称，写进签名的文件名，如 安委办")
      .option("--algorithm <name>", `算法：${ALGORITHMS.join("、")}`, "sm2")
      .option("--no-passphrase", "私钥不设口令（只宜用于演示和测试）")
  ).action(async (name: string, _, command: Command) => {
    const {workspace, json, algorithm, passphrase, ...flags} = optionsOf<NewFlags>(command);
    const space = openWorkspace(workspace);
    const kind = algorithmNamed(algorithm);
    const clean = freeKeyName(space, name);
    const words = passphrase ? await passphraseFor(clean, flags, effects, true) : "";
    const key = createKey(space, clean, kind, words);
    if (json) return printJson(effects, keyJson(key, false));
    effects.stdout(
      [
        `已建立密钥 ${key.name}（${ALGORITHM_WORDS[key.algorithm]}），在 ${shownPath(keysDirectory(space))}。`,
        `指纹 ${key.fingerprint}`,
        `请把 ${key.name}.pub.pem 交给要核验的人，并用另一条途径（当面、电话）告诉他指纹；私钥和口令不要给任何人，丢了不能找回。`,
        ...(passphrase ? [] : ["！ 私钥没有口令，拿到文件的人就能签名。"]),
        ""
      ].join("\n")
    );
  });
}

function algorithmNamed(text: string): Algorithm {
  const found = ALGORITHMS.find((name) => name === text.toLowerCase());
  if (found) return found;
  throw fault(2, {place: null, what: `没有算法 ${text}`, advice: `可用：${listed(ALGORITHMS)}`});
}

function addShow(keys: Command, effects: Effects): void {
  keys
    .command("show")
    .description("列出密钥的算法和指纹，以及工作区信任的公钥")
    .argument("[name]", "只看这一把")
    .action(async (name: string | undefined, _, command: Command) => {
      const {workspace, json} = optionsOf<object>(command);
      const space = openWorkspace(workspace);
      const trusted = readTrusted({space});
      const isTrusted = (print: string) => trusted.some((one) => one.fingerprint === print);
      const named = (one: {name: string}) => name === undefined || one.name === name;
      const own = listKeys(space).filter(named);
      const others = trusted.filter((t) => named(t) && !own.some((o) => o.fingerprint === t.fingerprint));
      if (name !== undefined && own.length + others.length === 0) throw unknownKey(space, name);
      if (json)
        return printJson(effects, {
          keys: own.map((key) => keyJson(key, isTrusted(key.fingerprint))),
          trusted: others.map(({name: who, algorithm, fingerprint}) => ({name: who, algorithm, fingerprint}))
        });
      effects.stdout(
        [
          ...own.map((key) => keyText(key, isTrusted(key.fingerprint))),
          ...others.map((t) => `${t.name}  ${ALGORITHM_WORDS[t.algorithm]}  受信任的公钥\n  指纹 ${t.fingerprint}\n`),
          own.length + others.length === 0 ? "还没有密钥，也没有信任谁的公钥；用 xunheng keys new 名称 建立。\n" : ""
        ].join("")
      );
    });
}

function keyText({name, algorithm, secret, encrypted, fingerprint}: OwnKey, trusted: boolean): string {
  const kind = secret ? `可签名，${encrypted ? "有口令" : "没有口令"}` : "只有公钥";
  return `${name}  ${ALGORITHM_WORDS[algorithm]}  ${kind}，${trusted ? "受信任" : "未列为信任"}\n  指纹 ${fingerprint}\n`;
}

function keyJson({name, algorithm, fingerprint, secret, encrypted}: OwnKey, trusted: boolean): object {
  return {name, algorithm, fingerprint, secret, encrypted, trusted};
}

function unknownKey(space: Workspace, name: string) {
  const names = [...listKeys(space), ...readTrusted({space})].map((key) => key.name);
  const advice = names.length > 0 ? `可用：${listed(names)}` : `用 xunheng keys new ${name} 建立`;
  return fault(2, {place: null, what: `没有名为 ${name} 的密钥`, advice});
}

interface TrustFlags {
  readonly by?: string;
  readonly reason?: string;
  readonly wait?: string;
}

function addTrust(keys: Command, effects: Effects): void {
  withWait(
    keys
      .command("trust")
      .description("信任一把公钥：先同它的主人核对指纹；作为决定记入工作区，永久保留")
      .argument("<file-or-name>", "公钥文件（PEM），或工作区里密钥的名称")
      .option("--by <name>", "谁核对过（必填）")
      .option("--reason <text>", "凭什么信任（必填）")
  ).action(async (what: string, _, command: Command) => {
    const {workspace, json, by = "", reason = "", wait} = optionsOf<TrustFlags>(command);
    const space = openWorkspace(workspace);
    const {name, key} = namedKey(space, what);
    const {decision, notes} = await trustKey(space, {
      ...{at: instant(effects), by, reason, name, key},
      ...{wait: waitSeconds(wait), waiting: tellWaiting(effects)}
    });
    if (json) return printJson(effects, {decision, notes});
    const {fingerprint} = decision.args;
    effects.stdout(
      `已记录第${decision.n}条决定：信任 ${name} 的公钥（${ALGORITHM_WORDS[key.algorithm]}）。\n指纹 ${fingerprint}\n`
    );
    effects.stdout("它签过的审定件和导出件，xunheng verify 加 -w 本工作区 时算作已知。\n");
    for (const note of notes) effects.stdout(`！ ${note}\n`);
  });
}

function namedKey(space: Workspace, what: string): {name: string; key: PublicKey} {
  const own = listKeys(space).find(({name}) => name === what);
  if (own) return {name: own.name, key: own};
  if (!existsSync(what)) throw unknownKey(space, what);
  const key = readPublicKey(readSmallFile(what).toString("utf8"), {file: what});
  return {name: keyNameOf(what), key};
}
