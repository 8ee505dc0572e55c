import {readFileSync, statSync} from "node:fs";
import {fault} from "../fault.ts";
import {shownPath} from "../workspace/workspace.ts";

/** A key, a signature or a passphrase is never longer. */
const LONGEST = 64 * 1024;

/**
 * The bytes of a file that somebody names: a key, a signature, a passphrase.
 * Errors: Fault 2 when it is not there, no plain file, or too long to be one.
 * @example readSmallFile("安委办.pub.pem").toString("utf8")
 */
export function readSmallFile(file: string): Buffer {
  const place = {file: shownPath(file)};
  const entry = statSync(file, {throwIfNoEntry: false});
  if (!entry) throw fault(2, {place, what: "没有这个文件", advice: "请核对路径"});
  if (!entry.isFile()) throw fault(2, {place, what: "不是普通文件", advice: "请核对路径"});
  if (entry.size > LONGEST) throw fault(2, {place, what: "文件太大，不是密钥、签名或口令", advice: "请核对路径"});
  return readFileSync(file);
}
