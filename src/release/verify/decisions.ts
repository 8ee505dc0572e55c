import {existsSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {Fault} from "../../fault.ts";
import {canonicalJson} from "../../placed-yaml.ts";
import {type Decision, readDecisions} from "../../workspace/decision.ts";
import {type Approval, isApproval, releaseAbout} from "../about.ts";
import {contentHash, type FileHash, type ReleaseManifest} from "../manifest.ts";
import {PARTS} from "../office-file.ts";
import type {Problem} from "./files.ts";

/** A record of decisions beyond this is none of ours. */
const LARGEST = 256 * 2 ** 20;

/** Names of what a manifest says, for people. */
const WORDS: Readonly<Record<string, string>> = {
  ...{release: "审定信息", decision: "审定决定的序号和哈希", authority: "办公室", regime: "制度", year: "年度", demo: "演示标记"},
  ...{as_of: "统计截止日", decisions_until: "决定计至", known_at: "数据截止时间", run: "运行编号", digest: "结果摘要"},
  ...{provisional: "暂定标记", semantics: "语义版本", contract: "契约版本", versions: "程序版本", format: "格式", kind: "类别"}
};

/**
 * Follows the chain of a release's decisions, up to and with its approval, and compares that line with the manifest and with what the
 * release holds.
 * @param files those that are there, with their own hashes
 * Shape: what is wrong, with the row of decisions.jsonl; none: every line follows, and the manifest says what was decided.
 */
export function checkDecisions(
  directory: string,
  manifest: ReleaseManifest,
  files: readonly Pick<FileHash, "path" | "sha256">[]
): Problem[] {
  const path = join(directory, PARTS.decisions);
  const wrong = (what: string, row?: number): Problem[] => [{file: PARTS.decisions, ...(row === undefined ? {} : {row}), what}];
  if (!existsSync(path)) return wrong("没有决定记录，无从核对是谁审定的");
  if (statSync(path).size > LARGEST) return wrong("文件太大，不是巡衡写成的决定记录");
  let decisions: readonly Decision[];
  try {
    const log = readDecisions(path);
    if (log.torn !== null) return wrong("最后一行没有写完，或与前一条接不上", log.decisions.length + 1);
    decisions = log.decisions;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const [complaint] = error.complaints;
    return wrong(complaint?.what ?? error.message, complaint?.place?.line);
  }
  const lines = readFileSync(path, "utf8").split("\n");
  const odd = decisions.findIndex((decision, i) => lines[i] !== JSON.stringify(ordered(decision)));
  if (odd >= 0) return wrong(`第${odd + 1}条决定不是原来的写法，记录被改动过`, odd + 1);
  if (lines.length !== decisions.length + 1 || lines.at(-1) !== "")
    return wrong("末尾多出或缺少换行，记录被改动过", decisions.length);
  const last = decisions.at(-1);
  const id = manifest.release.id;
  const row = decisions.findIndex((d) => isApproval(d) && d.args.release === id) + 1;
  if (row === 0) return wrong(`没有审定 ${id} 的决定`);
  if (!last || row !== decisions.length)
    return wrong(`审定 ${id} 的决定之后还有${decisions.length - row}条，审定件里不应有`, row + 1);
  return checkApproval(last as Approval, manifest, files);
}

/** Whether the line that approved says what the manifest says, and what the release holds. */
function checkApproval(
  approval: Approval,
  manifest: ReleaseManifest,
  here: readonly Pick<FileHash, "path" | "sha256">[]
): Problem[] {
  const {files, ...said} = manifest;
  const about = releaseAbout(approval) as unknown as Record<string, unknown>;
  const keys = new Set([...Object.keys(about), ...Object.keys(said)]);
  const problems: Problem[] = [];
  for (const key of [...keys].toSorted())
    if (canonicalJson(about[key] ?? null) !== canonicalJson((said as Record<string, unknown>)[key] ?? null))
      problems.push({file: "manifest.json", what: `清单里的${WORDS[key] ?? key}与审定的决定不符`});
  const {content} = approval.args;
  if (contentHash(files) === content) return problems;
  if (contentHash(here) === content)
    problems.push({file: "manifest.json", what: "清单所列的文件被改动；各文件本身与审定时的内容相符"});
  else
    problems.push({
      file: PARTS.decisions,
      row: approval.n,
      what: "审定时的内容（content）与清单所列各文件不符：审定以后换过文件，或这条决定审定的是另一份"
    });
  return problems;
}

/** A decision with its fields in the order in which they are written. */
function ordered({n, at, kind, by, args, prev, hash}: Decision): Decision {
  return {n, at, kind, by, args, prev, hash};
}

/** What a workspace knows of a release that somebody holds. */
export interface KnownThere {
  readonly problems: readonly Problem[];
  /** Why it no longer stands there; null: it stands. */
  readonly fallen: string | null;
}

/**
 * Compares a release's decisions with the workspace's own record: each line must be there at its place.
 * @param decisions the workspace's, whose chain was followed
 */
export function compareRecord(directory: string, manifest: ReleaseManifest, decisions: readonly Decision[]): Problem[] {
  const {n, hash} = manifest.decision;
  const own = decisions[n - 1];
  const approved = decisions.filter(isApproval).find((d) => d.args.release === manifest.release.id);
  if (!approved) return [{file: PARTS.decisions, what: `工作区的决定记录里没有审定 ${manifest.release.id} 的决定`}];
  if (own?.hash === hash) return [];
  const there = existsSync(join(directory, PARTS.decisions)) ? hashesIn(join(directory, PARTS.decisions)) : [];
  const row = there.findIndex((h, i) => decisions[i]?.hash !== h) + 1;
  return [
    {
      file: PARTS.decisions,
      ...(row > 0 ? {row} : {}),
      what: `审定的决定与工作区的记录不同（工作区第${approved.n}条），不是同一次审定`
    }
  ];
}

function hashesIn(path: string): (string | undefined)[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      try {
        return (JSON.parse(line) as Decision | null)?.hash;
      } catch {
        return undefined;
      }
    });
}
