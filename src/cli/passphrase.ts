import {statSync} from "node:fs";
import {createInterface} from "node:readline";
import {Writable} from "node:stream";
import type {Command} from "commander";
import {fault} from "../fault.ts";
import {readSmallFile} from "../release/small-file.ts";
import type {Effects} from "./output.ts";

/** Where a passphrase comes from, beside the variable XUNHENG_PASSPHRASE and the terminal. */
export interface PassphraseFlags {
  readonly passphraseFile?: string;
}

/** Adds the option of commands that open or make a private key. */
export function withPassphrase(command: Command): Command {
  return command.option(
    "--passphrase-file <file>",
    "从文件读口令（只有自己能读的文件，取第一行）；也可用环境变量 XUNHENG_PASSPHRASE；都没有时在终端询问"
  );
}

/**
 * The passphrase of a key: from the file, the variable, or the terminal, where it does not show.
 * @param twice ask a second time, for a key that is being made
 * Errors: Fault 2 for an empty one, two that differ, a file that others can read, and where there is no terminal to ask.
 */
export async function passphraseFor(name: string, flags: PassphraseFlags, effects: Effects, twice = false): Promise<string> {
  const {passphraseFile} = flags;
  const given = passphraseFile === undefined ? process.env.XUNHENG_PASSPHRASE : fromFile(passphraseFile);
  if (given !== undefined) return said(given);
  if (!process.stdin.isTTY)
    throw fault(2, {
      place: null,
      what: "没有终端可以询问口令",
      advice: "请用 --passphrase-file 或环境变量 XUNHENG_PASSPHRASE 给出"
    });
  const first = said(await hidden(`${name} 的口令：`, effects));
  if (twice && (await hidden("再输一次：", effects)) !== first)
    throw fault(2, {place: null, what: "两次输入的口令不同", advice: "请重来"});
  return first;
}

function said(text: string): string {
  if (text !== "") return text;
  throw fault(2, {place: null, what: "口令是空的", advice: "请给一个口令；确实不要口令时，建立密钥要写 --no-passphrase"});
}

function fromFile(file: string): string {
  const text = readSmallFile(file).toString("utf8");
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0)
    throw fault(3, {place: {file}, what: "口令文件别的用户能读", advice: "请先 chmod 600"});
  return text.split(/\r?\n/, 1)[0] ?? "";
}

/** Asks on the terminal; what is typed is not shown. */
async function hidden(question: string, {stderr}: Effects): Promise<string> {
  const nowhere = new Writable({write: (_chunk, _encoding, done) => done()});
  const terminal = createInterface({input: process.stdin, output: nowhere, terminal: true});
  stderr(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      terminal.question("", resolve);
      // Ctrl-C, Ctrl-D, or a terminal that is gone.
      for (const event of ["SIGINT", "close"])
        terminal.on(event, () => reject(fault(2, {place: null, what: "没有输入口令", advice: "请重来"})));
    });
  } finally {
    terminal.close();
    stderr("\n");
  }
}
