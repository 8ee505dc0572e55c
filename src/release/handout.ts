import {join} from "node:path";
import {z} from "zod";
import {appendLink, type Chain, type Link, readChain} from "../workspace/chain.ts";
import {saidText} from "../workspace/decide.ts";
import {type Waiting, withLock} from "../workspace/lock.ts";
import type {Workspace} from "../workspace/workspace.ts";

/** One line of handed-out.jsonl: what was made from a release for whom; each names the hash of the line before. */
export interface Handout extends Link {
  /** ISO with offset. */
  readonly at: string;
  readonly by: string;
  /** The release's id. */
  readonly release: string;
  /** SHA-256 of the release's manifest.json: what the holder compares. */
  readonly manifest: string;
  /** What was made: `assessment`, `organisation`, a document's name … */
  readonly what: string;
  /** Who holds it; empty when nobody was named. */
  readonly to: readonly string[];
  /** Number of the 函询 that it answers. */
  readonly request: string | null;
  readonly files: readonly HandedFile[];
}

/** A file that was handed out; its name, never where it lay. */
export interface HandedFile {
  readonly path: string;
  readonly sha256: string;
}

/** What the caller says of a hand-out; it reads the clock. */
export interface HandoutBody {
  readonly at: string;
  readonly by: string;
  readonly release: {readonly id: string; readonly manifest: string};
  readonly what: string;
  readonly to: readonly string[];
  readonly request?: string | null | undefined;
  readonly files: readonly HandedFile[];
}

/** Someone who holds things made from a release. */
export interface Holder {
  readonly recipient: string;
  readonly what: readonly string[];
  /** The last time, ISO with offset. */
  readonly at: string;
}

const said = z.string().refine((text) => text.trim() !== "");
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const line = z.object({
  at: z.iso.datetime({offset: true}),
  by: said,
  release: said,
  manifest: hash,
  what: said,
  to: z.array(said),
  request: said.nullable(),
  files: z.array(z.strictObject({path: said, sha256: hash}))
});

const CHAIN: Chain<Handout> = {
  word: "发放",
  lost: "这次发放没有记下",
  restore: "请用备份恢复handed-out.jsonl",
  fields: ["at", "by", "release", "manifest", "what", "to", "request", "files"],
  complaint: (link) => {
    const issue = line.safeParse(link).error?.issues[0];
    if (!issue) return null;
    return {what: `发放记录的 ${issue.path.join(".")} 缺少或不对`, advice: "请用备份恢复handed-out.jsonl"};
  }
};

/** Where a workspace keeps what left it. */
export function handoutFile({state}: Pick<Workspace, "state">): string {
  return join(state.directory, "handed-out.jsonl");
}

/**
 * Records that something made from a release leaves the office, under the workspace's lock; a recipient named twice counts once.
 * Errors: Fault 2 without `by`, or when the record was changed by hand; 4 when another command holds the workspace.
 * @example await recordHandout(space, {at, by: "张三", release: stamp.release, what: "assessment", to: ["区考核办"], files})
 */
export async function recordHandout(
  space: Pick<Workspace, "state">,
  handout: HandoutBody,
  waiting: Waiting = {}
): Promise<Handout> {
  const body = bodyOf(handout);
  return withLock(space.state.lock, "export", async () => appendLink(CHAIN, handoutFile(space), body), waiting);
}

function bodyOf({at, by, release, what, to, request = null, files}: HandoutBody): Omit<Handout, keyof Link> {
  const holders = to.map((name) => saidText(name, "--recipient", "请写上接收机关，如 --recipient 区考核办"));
  return {
    at,
    by: saidText(by, "--by", "审定结果交出去要记下经手人，请写上谁交出，如 --by 张三"),
    ...{release: release.id, manifest: release.manifest, what},
    to: [...new Set(holders)],
    request,
    files: files.map(({path, sha256}) => ({path, sha256}))
  };
}

/** Everything that left the office, in order. Errors: Fault 2 naming the line that was changed by hand. */
export function readHandouts(space: Pick<Workspace, "state">): readonly Handout[] {
  return readChain(CHAIN, handoutFile(space)).links;
}

/**
 * Who holds things made from a release, in the order in which they first got one.
 * @example holdersOf(readHandouts(space), "office-2025-r1")[0] // {recipient: "区考核办", what: ["assessment"], at: "2026-01-20T09:00:00.000+08:00"}
 */
export function holdersOf(handouts: readonly Handout[], release: string): Holder[] {
  const holders = new Map<string, Holder>();
  for (const handout of handouts) {
    if (handout.release !== release) continue;
    for (const recipient of handout.to) {
      const before = holders.get(recipient)?.what ?? [];
      holders.set(recipient, {recipient, what: [...new Set([...before, handout.what])], at: handout.at});
    }
  }
  return [...holders.values()];
}
