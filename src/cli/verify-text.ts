import {momentText} from "../moment.ts";
import {ALGORITHM_WORDS} from "../release/key.ts";
import type {SignatureCheck} from "../release/sign.ts";
import {waivedTexts} from "../release/stamp.ts";
import {printable} from "../release/verify/files.ts";
import type {Verification} from "../release/verify.ts";
import {SEMANTICS} from "../warehouse/run.ts";

/** At most so many problems are printed; --json has all of them. */
const SHOWN = 50;

/** What verify found, for people: what was looked at, what is wrong, who signed, and the verdict last. */
export function verdictLines(found: Verification, directory: string): string[] {
  const {problems, notes, fallen} = found;
  const more = problems.length - SHOWN;
  const lines = [
    ...titleLines(found, directory),
    ...(problems.length > 0 ? [`发现${problems.length}处不符：`] : []),
    ...problems.slice(0, SHOWN).map(({file, row, what}) => `  ${file}${row === undefined ? "" : ` 第${row}行`}: ${what}`),
    ...(more > 0 ? [`  还有${more}处，见 --json`] : []),
    ...doneLines(found),
    ...found.signatures.map(signatureLine),
    ...(found.signatures.length === 0 && found.kind !== null ? ["签名：没有"] : []),
    ...(fallen === null ? [] : [`工作区的记录：${fallen}`]),
    ...notes.map((note) => `说明：${note}`),
    verdict(found)
  ];
  // What a stranger's manifest says must not look like a line of ours, or steer the terminal.
  return lines.map((line) => printable(line));
}

function titleLines({kind, release, about, manifest}: Verification, directory: string): string[] {
  const hashes = manifest ? [`清单 manifest.json SHA-256 ${manifest.sha256}`, `清单 manifest.json SM3 ${manifest.sm3}`] : [];
  if (!about) {
    const from = release ? `，由审定结果 ${release.id} 生成` : kind === null ? "" : "，未审定";
    return [kind === null ? directory : `${directory}：导出件（${kind}）${from}`, ...hashes];
  }
  const {name, post, organ} = about.release.approver;
  return [
    `${directory}：审定结果 ${about.release.id}，${about.authority}，${about.year}年，统计截止日 ${about.as_of}${about.demo ? "，演示数据" : ""}`,
    `${organ}，${name}（${post}）${about.release.on}审定${about.release.supersedes ? `，取代 ${about.release.supersedes}` : ""}`,
    ...waivedTexts(about.release.waivers).map((text) => `审定时豁免：${text}`),
    ...hashes
  ];
}

/** What was looked at and held. */
function doneLines({kind, files, problems, recomputed, about}: Verification): string[] {
  if (kind === null) return [];
  const good = files.filter((f) => f.ok).length;
  const lines = [`文件：${files.length}个，${good === files.length ? "全部" : `${good}个`}与清单相符`];
  if (!about) return lines;
  const isTrue = (file: string) => !problems.some((p) => p.file === file);
  if (isTrue("decisions.jsonl")) lines.push(`决定：${about.decision.n}条，条条相接；审定的一条与清单、内容相符`);
  if (recomputed.script) lines.push(`复算：用自带的 score.sql 从事实算出的台账逐行相同，摘要 ${about.digest}`);
  if (recomputed.program) lines.push(`重做：本程序（语义版本${SEMANTICS}）从事实、制度、办法重做，各文件相同`);
  return lines;
}

function signatureLine({name, algorithm, fingerprint, at, valid, trusted}: SignatureCheck): string {
  const kind = algorithm === null ? "" : `，${ALGORITHM_WORDS[algorithm]}`;
  const print = fingerprint === null ? "" : `，公钥指纹 ${fingerprint}`;
  if (!valid) return `签名：“${name}”${kind}，无效${print}`;
  const known = trusted === null ? "公钥未知，不能证明是谁签的" : `公钥已受信任（${trusted}）`;
  return `签名：“${name}”${kind}，有效，${known}${at === null ? "" : `，签于${momentText(at)}（签名人自己的时钟）`}${print}`;
}

function verdict({ok, unchanged, kind, release, signatures, fallen}: Verification): string {
  if (ok && release === null) return "核验通过：内容完整，由受信任的公钥签名；但它由未经审定的结果生成，不得作为依据";
  if (ok) return "核验通过：内容完整，由受信任的公钥签名";
  if (kind === null) return "核验不通过：没有可读的清单";
  if (!unchanged) return "核验不通过：与写成时不同，不得作为依据；请向提供者要原件";
  if (fallen !== null) return "核验不通过：内容完整，但已不是现行的审定结果，请用现行的";
  if (signatures.length === 0)
    return `核验未完成：内容完整、前后一致，但没有签名，不能证明是谁${kind === "release" ? "审定" : "出具"}的；请向对方核对清单的 SHA-256`;
  return "核验未完成：内容完整、前后一致，但签名的公钥都不在受信任之列；请向对方核对公钥指纹，用 --trust 公钥文件 再核验";
}
