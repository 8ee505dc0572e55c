import {isPrivate, listKeys} from "../release/keyring.ts";
import {readTrusted} from "../release/trust.ts";
import type {Workspace} from "../workspace/workspace.ts";
import {doubtful, failing, type Health, well} from "./health.ts";

/** Keys to sign with: whether others can read them, whether they are under a passphrase; how many keys of others are trusted. */
export function keyHealth(space: Pick<Workspace, "state" | "demo">): Health {
  const keys = listKeys(space).filter((key) => key.secret);
  const trusted = readTrusted({space}).length;
  if (keys.length === 0) return well("密钥", `没有签名用的密钥，信任${trusted}把公钥`);
  const said = `${keys.length}把（${keys.map((key) => key.name).join("、")}），信任${trusted}把公钥`;
  const loose = keys.filter((key) => !isPrivate(space, key.name)).map((key) => key.name);
  if (loose.length > 0)
    return failing(
      "密钥",
      `${loose.join("、")}的私钥别的用户能读`,
      "可能已经泄露，签名时会被拒绝；查明后用 chmod 600 改正，或另建一把"
    );
  const open = keys.filter((key) => !key.encrypted).map((key) => key.name);
  if (open.length > 0 && !space.demo)
    return doubtful("密钥", `${said}；${open.join("、")}没有口令`, "拿到文件的人就能签名；正式使用请另建一把有口令的");
  return well("密钥", said);
}
